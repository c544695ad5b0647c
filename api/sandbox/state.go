package sandbox

import (
	"fmt"

	"frontdesk/api/sandbox/store"
)

const maxBulk = 50 // users of one bulk request

func banUser(c *call) (any, error)    { return c.changeUser(c.ban) }
func unbanUser(c *call) (any, error)  { return c.changeUser(c.unban) }
func lockUser(c *call) (any, error)   { return c.changeUser(c.lock) }
func unlockUser(c *call) (any, error) { return c.changeUser(c.unlock) }

// ban marks the user as banned and ends all sessions. Banning a banned user only ends
// sessions.
func (c *call) ban(tx *store.Tx, u *store.User) error {
	if err := c.banAllowed(tx); err != nil {
		return err
	}
	ended, err := tx.EndSessions(u.ID, sessionRevoked, c.nowMS)
	if err != nil {
		return err
	}
	if u.Banned && ended == 0 {
		return errUnchanged
	}
	u.Banned = true
	return nil
}

// unban removes the mark. The sessions are not restored.
func (c *call) unban(tx *store.Tx, u *store.User) error {
	if err := c.banAllowed(tx); err != nil {
		return err
	}
	if !u.Banned {
		return errUnchanged
	}
	u.Banned = false
	return nil
}

func (c *call) banAllowed(tx *store.Tx) error {
	settings, err := c.settings(tx)
	if err != nil {
		return err
	}
	if settings.BanOff {
		return errPlan("ban_user")
	}
	return nil
}

// lock prevents sign-in until the instance's lockout duration is over. Locking a locked
// user restarts it. Sessions are kept.
func (c *call) lock(tx *store.Tx, u *store.User) error {
	settings, err := c.lockSettings(tx)
	if err != nil {
		return err
	}
	u.Locked, u.LockedUntil = true, c.nowMS+settings.LockoutMillis
	if settings.LockoutPermanent {
		u.LockedUntil = 0
	}
	return nil
}

// unlock allows sign-in and resets the failed attempts, since otherwise the next one would
// lock the user again.
func (c *call) unlock(tx *store.Tx, u *store.User) error {
	if _, err := c.lockSettings(tx); err != nil {
		return err
	}
	if !u.Locked && u.FailedAttempts == 0 {
		return errUnchanged
	}
	u.Locked, u.LockedUntil, u.FailedAttempts = false, 0, 0
	return nil
}

func (c *call) lockSettings(tx *store.Tx) (store.Settings, error) {
	settings, err := c.settings(tx)
	if err == nil && settings.LockoutOff {
		err = errFeatureOff
	}
	return settings, err
}

func banUsers(c *call) (any, error)   { return c.bulk(c.ban) }
func unbanUsers(c *call) (any, error) { return c.bulk(c.unban) }

// bulk changes all named users or, if one does not exist, none.
func (c *call) bulk(change func(*store.Tx, *store.User) error) (any, error) {
	form, err := c.openForm()
	if err != nil {
		return nil, err
	}
	ids := form.texts("user_ids")
	if err := form.problem(); err != nil {
		return nil, err
	}
	if len(ids.value) == 0 {
		return nil, errMissing("user_ids")
	}
	if len(ids.value) > maxBulk {
		return nil, fail(400, "bulk_size_exceeded", "bulk size exceeded",
			fmt.Sprintf("Parameters exceed the maximum allowed bulk processing size of %d.", maxBulk))
	}
	out := []wireUser{}
	err = c.write(func(tx *store.Tx) error {
		for _, id := range unique(ids.value) {
			one := *c
			one.path = map[string]string{"user_id": id}
			changed, err := one.changeWithin(tx, change)
			if err != nil {
				return err
			}
			out = append(out, changed)
		}
		return nil
	})
	return out, err
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	out := make([]string, 0, len(list))
	for _, text := range list {
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}
