package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// DisableMFA calls DELETE /users/{id}/mfa, which removes TOTP, SMS second factor and
// backup codes at once. The response has only the id, so callers read the user again.
func (c *Client) DisableMFA(ctx context.Context, id clean.Text) error {
	err := c.deleteFactor(ctx, "reset MFA of the user", id, "/mfa")
	if err == nil {
		c.totpPending.set(id, false)
	}
	return err
}

// DeleteBackupCodes calls DELETE /users/{id}/backup_code, which removes all of them. The
// response has only the id.
func (c *Client) DeleteBackupCodes(ctx context.Context, id clean.Text) error {
	return c.deleteFactor(ctx, "delete the backup codes of the user", id, "/backup_code")
}

// SetPasswordCompromised calls POST /users/{id}/password/set_compromised: the user must
// choose a new password at the next sign-in. It fails with 403 password_disabled where the
// instance has no passwords. Versions before 2025-11-10 do not have the operation, and
// nothing is sent.
func (c *Client) SetPasswordCompromised(ctx context.Context, id clean.Text, revokeAllSessions bool) (*User, error) {
	const op = "set the password as compromised"
	if err := c.requireVersion(versionCompromised, call{op: op, method: http.MethodPost}); err != nil {
		return nil, err
	}
	return c.callUser(ctx, op, http.MethodPost, id, "/password/set_compromised", map[string]bool{"revoke_all_sessions": revokeAllSessions})
}

// UnsetPasswordCompromised calls POST /users/{id}/password/unset_compromised. It needs the
// same versions as SetPasswordCompromised.
func (c *Client) UnsetPasswordCompromised(ctx context.Context, id clean.Text) (*User, error) {
	const op = "unset the password as compromised"
	if err := c.requireVersion(versionCompromised, call{op: op, method: http.MethodPost}); err != nil {
		return nil, err
	}
	return c.callUser(ctx, op, http.MethodPost, id, "/password/unset_compromised", nil)
}

// RemovePassword calls POST /users/{id}/remove_password. A user without a password is
// returned unchanged.
func (c *Client) RemovePassword(ctx context.Context, id clean.Text, signOutOfOtherSessions bool) (*User, error) {
	return c.callUser(ctx, "remove the password of the user", http.MethodPost, id, "/remove_password",
		map[string]bool{"sign_out_of_other_sessions": signOutOfOtherSessions})
}

// deleteFactor deletes a second factor. The response is {"user_id": …}.
func (c *Client) deleteFactor(ctx context.Context, op string, id clean.Text, rest string) error {
	k, err := newUserCall(op, http.MethodDelete, id, rest)
	if err != nil {
		return err
	}
	k.decode = func(body []byte, _ time.Time) error {
		got, err := wire.DecodeObject[struct {
			UserID clean.Text `json:"user_id"`
		}](body, "an object")
		if err == nil && got.UserID != id {
			err = errors.New("it is for another user")
		}
		return err
	}
	return c.do(ctx, k)
}
