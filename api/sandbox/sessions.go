package sandbox

import (
	"errors"
	"slices"
	"time"

	"frontdesk/api/sandbox/store"
)

var sessionStatuses = []string{"abandoned", "active", "ended", "expired", "removed", "replaced", "revoked", "pending"}

func listSessions(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	paginated, refused := params.flag("paginated")
	if refused != nil {
		return nil, refused
	}
	userID, clientID, status := params.first("user_id"), params.first("client_id"), params.first("status")
	if userID == "" && clientID == "" {
		return nil, fail(400, "missing_query_parameter", "Missing query parameter",
			"Either of the following query parameters must be provided: client_id, user_id.")
	}
	if status != "" && !slices.Contains(sessionStatuses, status) {
		return nil, errValue("status", quoteTruncated(status))
	}
	page, err := c.sessions(userID, clientID, status, limit, offset)
	if err != nil {
		return nil, err
	}
	if paginated != nil && *paginated {
		return page, nil
	}
	return page.Data, nil
}

// sessions filters by the current status of a session rather than the stored one, and
// therefore pages in memory; a user has few sessions.
func (c *call) sessions(userID, clientID, status string, limit, offset int) (wirePage[wireSession], error) {
	const all = 10_000
	page := wirePage[wireSession]{Data: []wireSession{}}
	err := c.read(func(tx *store.Tx) error {
		list, _, err := tx.Sessions(userID, clientID, "", all, 0)
		if err != nil {
			return err
		}
		view := c.viewer(store.Settings{})
		for _, s := range list {
			shown := view.session(s)
			if (status != "" && shown.Status != status) || c.hidesSession(shown) {
				continue
			}
			if page.Total >= offset && len(page.Data) < limit {
				page.Data = append(page.Data, shown)
			}
			page.Total++
		}
		return nil
	})
	return page, err
}

// hidesSession reports whether the call's API version predates the session's status
// pending.
func (c *call) hidesSession(s wireSession) bool {
	return s.Status == sessionPending && c.version < versionPending
}

func getSession(c *call) (any, error) {
	var out wireSession
	err := c.read(func(tx *store.Tx) error {
		s, err := c.session(tx)
		if err != nil {
			return err
		}
		out = c.viewer(store.Settings{}).session(s)
		return nil
	})
	return out, err
}

// session loads the session of the path.
func (c *call) session(tx *store.Tx) (*store.Session, error) {
	id := c.path["session_id"]
	s, err := tx.Session(id)
	if errors.Is(err, store.ErrNotFound) || (err == nil && c.hidesSession(c.viewer(store.Settings{}).session(s))) {
		return nil, errSessionNotFound(id)
	}
	return s, err
}

// revokeSession ends a session. A session that has already ended keeps its status.
func revokeSession(c *call) (any, error) {
	var out wireSession
	err := c.write(func(tx *store.Tx) error {
		s, err := c.session(tx)
		if err != nil {
			return err
		}
		if status := sessionStatus(s, c.nowMS); status == sessionActive || status == sessionPending {
			s.Status, s.UpdatedAt = sessionRevoked, c.nowMS
			if err := tx.PutSession(s); err != nil {
				return err
			}
		}
		out = c.viewer(store.Settings{}).session(s)
		return nil
	})
	return out, err
}

const (
	sessionLife    = 7 * 24 * time.Hour
	sessionAbandon = 30 * 24 * time.Hour
)

// createSession signs a user in for a test. Only development instances allow it.
func createSession(c *call) (any, error) {
	f, err := c.form("user_id", "active_organization_id")
	if err != nil {
		return nil, err
	}
	userID, organization := f.requiredText("user_id"), f.text("active_organization_id")
	if err := f.problem(); err != nil {
		return nil, err
	}
	s := &store.Session{
		UserID: userID, Status: sessionActive, OrganizationID: organization.value, LastActiveAt: c.nowMS,
		ExpireAt: c.nowMS + sessionLife.Milliseconds(), AbandonAt: c.nowMS + sessionAbandon.Milliseconds(),
		CreatedAt: c.nowMS, UpdatedAt: c.nowMS,
	}
	if s.ID, err = c.newID("sess"); err != nil {
		return nil, err
	}
	if s.ClientID, err = c.newID("client"); err != nil {
		return nil, err
	}
	err = c.write(func(tx *store.Tx) error { return c.signIn(tx, s) })
	if err != nil {
		return nil, err
	}
	return c.viewer(store.Settings{}).session(s), nil
}

func (c *call) signIn(tx *store.Tx, s *store.Session) error {
	settings, err := c.settings(tx)
	if err != nil {
		return err
	}
	if settings.Environment == productionEnvironment {
		return fail(400, "request_invalid_for_environment", "Invalid request for environment",
			"Request only valid for development instances.")
	}
	u, err := userByID(tx, s.UserID)
	if err != nil {
		return err
	}
	switch {
	case u.Banned:
		return fail(403, "user_banned", "User banned",
			"You have been banned. If you think this was by mistake, please contact support.")
	case u.Deprovisioned:
		return fail(400, "deprovisioned", "account deprovisioned",
			"The target user's account has been deprovisioned according to their external identity provider")
	}
	if s.OrganizationID != "" {
		if _, err := memberOf(tx, u.ID, s.OrganizationID); err != nil {
			return notAMember("active_organization_id", err)
		}
	}
	u.LastSignInAt, u.LastActiveAt = c.nowMS, c.nowMS
	if err := tx.PutUser(u); err != nil {
		return err
	}
	return tx.PutSession(s)
}

// productionEnvironment is [store.Settings].Environment of a production instance.
const productionEnvironment = "production"
