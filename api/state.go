package api

import (
	"context"
	"net/http"
)

// BanUser is POST /users/{id}/ban (6.6): all sessions end, and the user cannot
// sign in. 402 where the plan has no bans.
func (c *Client) BanUser(ctx context.Context, id Text) (*User, error) {
	return c.user(ctx, "ban the user", http.MethodPost, id, "/ban", nil)
}

// UnbanUser is POST /users/{id}/unban (6.6). Ended sessions do not come back.
func (c *Client) UnbanUser(ctx context.Context, id Text) (*User, error) {
	return c.user(ctx, "unban the user", http.MethodPost, id, "/unban", nil)
}

// LockUser is POST /users/{id}/lock (6.6): no sign-in until the instance's
// lockout time is over. 403 feature_not_enabled where lockout is off.
func (c *Client) LockUser(ctx context.Context, id Text) (*User, error) {
	return c.user(ctx, "lock the user", http.MethodPost, id, "/lock", nil)
}

// UnlockUser is POST /users/{id}/unlock (6.6). 403 feature_not_enabled where lockout is off.
func (c *Client) UnlockUser(ctx context.Context, id Text) (*User, error) {
	return c.user(ctx, "unlock the user", http.MethodPost, id, "/unlock", nil)
}
