package ops

import (
	"context"
	"slices"

	"frontdesk/api"
)

// sessions lists the operations on sessions.
func sessions() []Operation { return []Operation{getSessions(), revokeSession(), revokeAllSessions()} }

const (
	sessionActive = "active"
	// everySession is the largest page.
	everySession = 500
)

func revokeSession() Operation {
	return Operation{
		ID: "revoke_session", Title: "Sign out session", Verb: "Sign out", Doing: "Signing a session out", Done: "Signed a session out", Preposition: "for",
		Keywords: []string{"logout", "log out", "end session"},
		Group:    GroupAccess, Part: PartSession, Tier: T2, Destructive: true,
		Effects: func(Subject) []string {
			return []string{"ends this session; the others stay",
				"does not stop them from signing in again"}
		},
		WhyNot: always,
		Call: func(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
			_, err := c.RevokeSession(ctx, r.PartID)
			return nil, err
		},
		Retry: RetryReadBack,
		ReadBack: func(ctx context.Context, c *api.Client, before *api.User, r Request) (Found, error) {
			page, err := c.Sessions(ctx, r.UserID, "", everySession, 0)
			still := slices.ContainsFunc(page.Rows, func(s api.Session) bool { return s.ID == r.PartID && s.IsLive() })
			return Found{User: before, Applied: err == nil && !still}, err
		},
	}
}

func revokeAllSessions() Operation {
	return Operation{
		ID: "revoke_all_sessions", Title: "Sign out everywhere", Verb: "Sign out", Doing: "Signing out", Done: "Signed out",
		Keywords: []string{"logout", "log out", "end sessions"},
		Group:    GroupAccess, RelatedParts: []Part{PartSession}, Tier: T2, Destructive: true,
		Effects: func(s Subject) []string {
			return []string{endsSessions(s) + ", one after the other",
				"does not stop them from signing in again; Ban user or Lock user does"}
		},
		WhyNot: always,
		Call:   signOutEverywhere,
		Retry:  RetryReadBack,
		ReadBack: func(ctx context.Context, c *api.Client, before *api.User, r Request) (Found, error) {
			page, err := c.Sessions(ctx, r.UserID, sessionActive, 1, 0)
			return Found{User: before, Applied: err == nil && len(page.Rows) == 0}, err
		},
	}
}

// signOutEverywhere lists the sessions first, so that a failure to list differs from
// one after some sessions ended.
func signOutEverywhere(ctx context.Context, c *api.Client, r Request) (*api.User, error) {
	page, err := c.Sessions(ctx, r.UserID, sessionActive, 1, 0)
	if err != nil {
		return nil, &NotSent{err}
	}
	if len(page.Rows) == 0 {
		return nil, nil
	}
	revoked, err := c.RevokeAllSessions(ctx, r.UserID)
	if err != nil && (len(revoked) > 0 || api.IsOutcomeUnknown(err)) {
		said := choose(len(revoked) == 0, "A session may be signed out", "At least "+count(len(revoked), "session")+" signed out")
		err = &PartlyDone{Done: said, Err: err}
	}
	return nil, err
}
