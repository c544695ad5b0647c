package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"frontdesk/api/clean"
)

// BanUser calls POST /users/{id}/ban. All sessions end, and the user cannot sign in. It
// fails with 402 where the plan does not include bans.
func (c *Client) BanUser(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "ban the user", http.MethodPost, id, "/ban", nil)
}

// UnbanUser calls POST /users/{id}/unban. Sessions that ended are not restored.
func (c *Client) UnbanUser(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "unban the user", http.MethodPost, id, "/unban", nil)
}

// LockUser calls POST /users/{id}/lock. The user cannot sign in until the instance's
// lockout period is over. It fails with 403 feature_not_enabled where lockout is off.
func (c *Client) LockUser(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "lock the user", http.MethodPost, id, "/lock", nil)
}

// UnlockUser calls POST /users/{id}/unlock. It fails with 403 feature_not_enabled where
// lockout is off.
func (c *Client) UnlockUser(ctx context.Context, id clean.Text) (*User, error) {
	return c.callUser(ctx, "unlock the user", http.MethodPost, id, "/unlock", nil)
}

// MaxBulk is the maximum number of users in one bulk call.
const MaxBulk = 50

// BanUsers calls POST /users/ban for 1 to 50 ids and returns the users. It fails with 402
// like BanUser, or with 400 bulk_size_exceeded.
func (c *Client) BanUsers(ctx context.Context, ids []clean.Text) ([]User, error) {
	return c.sendBulk(ctx, "ban the users", "/users/ban", ids)
}

// UnbanUsers calls POST /users/unban. See BanUsers.
func (c *Client) UnbanUsers(ctx context.Context, ids []clean.Text) ([]User, error) {
	return c.sendBulk(ctx, "unban the users", "/users/unban", ids)
}

func (c *Client) sendBulk(ctx context.Context, op, path string, ids []clean.Text) ([]User, error) {
	k := call{op: op, method: http.MethodPost, path: path}
	switch {
	case len(ids) == 0:
		return nil, k.newError(KindRefused, errors.New("no users were given"))
	case len(ids) > MaxBulk:
		return nil, k.newError(KindRefused, fmt.Errorf("%d users are too many for one call; at most %d are allowed", len(ids), MaxBulk))
	}
	raw := make([]string, len(ids))
	for i, id := range ids {
		if raw[i] = id.Raw(); strings.ContainsRune(raw[i], maskRune) {
			return nil, k.newError(KindRefused, errMaskedID)
		}
	}
	if err := k.setJSON(map[string][]string{"user_ids": raw}); err != nil {
		return nil, err
	}
	var users []User
	k.decode = func(body []byte, at time.Time) (err error) {
		users, err = decodeUsers(body, at)
		return err
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	c.totpPending.markAll(users)
	return users, nil
}
