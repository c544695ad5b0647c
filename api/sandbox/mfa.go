package sandbox

import (
	"frontdesk/api/sandbox/store"
)

// wireUserID is the answer of the operations that switch factors off.
type wireUserID struct {
	UserID string `json:"user_id"`
}

// dropFactors changes a user's second factors and keeps the two stamps in step:
// neither is ever cleared, each says when it last happened.
func (c *call) dropFactors(drop func(*store.User)) (any, error) {
	var out wireUserID
	_, err := c.changeUser(func(_ *store.Tx, u *store.User) error {
		out.UserID = u.ID
		had := hasSecondFactor(u)
		if !had && u.TOTP == nil && len(u.BackupCodes) == 0 {
			return errUnchanged
		}
		drop(u)
		c.stampMFA(u, had)
		return nil
	})
	return out, err
}

// stampMFA notes that the second factor was just switched off or on. had is
// whether there was one before.
func (c *call) stampMFA(u *store.User, had bool) {
	switch has := hasSecondFactor(u); {
	case had && !has:
		u.MFADisabledAt = c.nowMS
	case !had && has:
		u.MFAEnabledAt = c.nowMS
	}
}

func disableMFA(c *call) (any, error) {
	return c.dropFactors(func(u *store.User) {
		u.TOTP, u.BackupCodes = nil, nil
		for i := range u.Phones {
			u.Phones[i].ReservedForSecondFactor = false
			u.Phones[i].DefaultSecondFactor = false
		}
	})
}

// deleteTOTP takes the authenticator app. Backup codes stand in for it, so
// they go with the last second factor.
func deleteTOTP(c *call) (any, error) {
	return c.dropFactors(func(u *store.User) {
		u.TOTP = nil
		if !hasSecondFactor(u) {
			u.BackupCodes = nil
		}
	})
}

func deleteBackupCodes(c *call) (any, error) {
	return c.dropFactors(func(u *store.User) { u.BackupCodes = nil })
}
