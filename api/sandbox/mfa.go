package sandbox

import (
	"frontdesk/api/sandbox/store"
)

// wireUserID is the response of the operations that disable factors.
type wireUserID struct {
	UserID string `json:"user_id"`
}

// removeFactors changes a user's second factors and updates mfa_enabled_at and
// mfa_disabled_at. Neither is ever cleared: each says when it last happened.
func (c *call) removeFactors(drop func(*store.User)) (any, error) {
	var out wireUserID
	_, err := c.changeUser(func(_ *store.Tx, u *store.User) error {
		out.UserID = u.ID
		had := hasSecondFactor(u)
		if !had && u.TOTP == nil && len(u.BackupCodes) == 0 {
			return errUnchanged
		}
		drop(u)
		c.setMFATimes(u, had)
		return nil
	})
	return out, err
}

// setMFATimes records that MFA was just enabled or disabled. had reports whether it was
// enabled before.
func (c *call) setMFATimes(u *store.User, had bool) {
	switch has := hasSecondFactor(u); {
	case had && !has:
		u.MFADisabledAt = c.nowMS
	case !had && has:
		u.MFAEnabledAt = c.nowMS
	}
}

func disableMFA(c *call) (any, error) {
	return c.removeFactors(func(u *store.User) {
		u.TOTP, u.BackupCodes = nil, nil
		for i := range u.Phones {
			u.Phones[i].ReservedForSecondFactor = false
			u.Phones[i].DefaultSecondFactor = false
		}
	})
}

// deleteTOTP deletes the authenticator app. Backup codes are deleted with the last second
// factor.
func deleteTOTP(c *call) (any, error) {
	return c.removeFactors(func(u *store.User) {
		u.TOTP = nil
		if !hasSecondFactor(u) {
			u.BackupCodes = nil
		}
	})
}

func deleteBackupCodes(c *call) (any, error) {
	return c.removeFactors(func(u *store.User) { u.BackupCodes = nil })
}
