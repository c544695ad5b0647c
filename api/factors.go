package api

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// DisableMFA is DELETE /users/{id}/mfa (6.5): TOTP, SMS second factor and
// backup codes go at once. The answer is only the id, so callers re-read.
func (c *Client) DisableMFA(ctx context.Context, id Text) error {
	return c.factorGone(ctx, "reset MFA of the user", id, "/mfa")
}

// factorGone deletes a factor; the answer is {"user_id": …} (7.11).
func (c *Client) factorGone(ctx context.Context, op string, id Text, rest string) error {
	k, err := onUser(op, http.MethodDelete, id, rest)
	if err != nil {
		return err
	}
	k.read = func(body []byte, _ time.Time) error {
		got, err := readOne[struct {
			UserID Text `json:"user_id"`
		}](body, "an object")
		if err == nil && got.UserID != id {
			err = errors.New("it is not about this user")
		}
		return err
	}
	return c.do(ctx, k)
}
