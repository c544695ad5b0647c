package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Session is a session of a user.
type Session struct {
	ID       clean.Text `json:"id"`
	UserID   clean.Text `json:"user_id"`
	ClientID clean.Text `json:"client_id"`
	// Status is active, pending (signed in, with open tasks), ended, removed, expired,
	// revoked, replaced or abandoned.
	Status                   clean.Text      `json:"status"`
	Actor                    json.RawMessage `json:"actor"` // the impersonator, nil if there is none
	LastActiveOrganizationID clean.Text      `json:"last_active_organization_id"`
	LatestActivity           *Activity       `json:"latest_activity"`
	Tasks                    []SessionTask   `json:"tasks"`
	LastActiveAt             wire.Time       `json:"last_active_at"`
	ExpireAt                 wire.Time       `json:"expire_at"`
	AbandonAt                wire.Time       `json:"abandon_at"`
	CreatedAt                wire.Time       `json:"created_at"`
	UpdatedAt                wire.Time       `json:"updated_at"`
	Problems                 []clean.Text    `json:"-" wire:"problems"`
}

// IsLive reports whether the user is still signed in with the session.
func (s Session) IsLive() bool { return s.Status.Raw() == "active" || s.Status.Raw() == "pending" }

// Activity is where and with which device a session was last used.
type Activity struct {
	ID             clean.Text `json:"id"`
	DeviceType     clean.Text `json:"device_type"`
	IsMobile       bool       `json:"is_mobile"`
	BrowserName    clean.Text `json:"browser_name"`
	BrowserVersion clean.Text `json:"browser_version"`
	IPAddress      clean.Text `json:"ip_address"`
	City           clean.Text `json:"city"`
	Country        clean.Text `json:"country"`
}

// SessionTask is a task that the user must complete before a pending session becomes
// active.
type SessionTask struct {
	Key clean.Text `json:"key"`
}

// Sessions calls GET /sessions for one user, newest first. An empty status returns all
// that Clerk still has; it deletes old ones.
func (c *Client) Sessions(ctx context.Context, userID clean.Text, status string, limit, offset int) (Page[Session], error) {
	k := call{op: "list the sessions of the user", method: http.MethodGet, path: "/sessions"}
	if userID.Empty() { // without it, the call would list everybody's
		return Page[Session]{}, k.newError(KindRefused, errors.New("the id is missing"))
	}
	k.query = pageQueryWithTotal(limit, offset)
	k.query.Set("user_id", userID.Raw())
	if status != "" {
		k.query.Set("status", status)
	}
	return doPage[Session](ctx, c, k, "a session")
}

// RevokeSession calls POST /sessions/{id}/revoke and returns the session with the status
// revoked, or another final one. It fails with 404 if the session does not exist.
func (c *Client) RevokeSession(ctx context.Context, id clean.Text) (*Session, error) {
	k, err := newCall("revoke the session", http.MethodPost, "/sessions/", id, "/revoke")
	if err != nil {
		return nil, err
	}
	return doObject(ctx, c, k, "a session", func(s *Session) error {
		switch {
		case s.ID != id:
			return errors.New("it is not about this session")
		case s.Status.Empty() || s.IsLive():
			return errors.New("it does not say that the session has ended")
		}
		return nil
	})
}

// RevokeAllSessions revokes every active session of the user with one call each, since the
// API has no call for all. It returns the sessions it revoked, also together with the
// error that stopped it. A session that no longer exists counts as revoked.
func (c *Client) RevokeAllSessions(ctx context.Context, userID clean.Text) ([]Session, error) {
	var revoked []Session
	seen := map[clean.Text]bool{}
	for {
		p, err := c.Sessions(ctx, userID, "active", maxLimit, 0)
		if err != nil {
			return revoked, err
		}
		fresh := false
		for _, s := range p.Rows {
			// Prevents an endless loop if the server lists a session again after it was
			// revoked.
			if seen[s.ID] || s.ID.Empty() {
				continue
			}
			seen[s.ID], fresh = true, true
			done, err := c.RevokeSession(ctx, s.ID)
			var e *Error
			if errors.As(err, &e) && e.Kind == KindNotFound {
				continue
			}
			if err != nil {
				return revoked, err
			}
			revoked = append(revoked, *done)
		}
		if !fresh {
			return revoked, nil
		}
	}
}
