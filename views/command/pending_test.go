package command_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// pending is the secret of the directory that no code was checked of, nil for none.
func (c *counter) pending() (kept *store.TOTP) {
	c.change(func(u *store.User) { kept = u.TOTP })
	return kept
}

// TestDo_TakesBackASecretThatDoesNotShow has nothing to go by: another console
// may have handed the secret out, and the service shows nothing of it.
func TestDo_TakesBackASecretThatDoesNotShow(t *testing.T) {
	for _, way := range []string{"delete_totp", "disable_mfa"} {
		for handedOut, hand := range map[string]func(*counter){
			"here": func(c *counter) {
				require.Zero(t, c.run("do", "create_user_totp", someoneID, "--yes", "--reason", "new phone", "--confirm", "0199", "--reveal").code)
			},
			"elsewhere": func(c *counter) {
				c.change(func(u *store.User) { u.TOTP = &store.TOTP{ID: "totp_1", Secret: "JBSWY3DPEHPK3PXP"} })
			},
		} {
			c := newCounter(t)
			c.change(func(u *store.User) {
				u.TOTP, u.BackupCodes = nil, nil
				for i := range u.Phones {
					u.Phones[i].ReservedForSecondFactor = false
				}
			})
			hand(c)
			require.NotNil(t, c.pending(), "%s %s", way, handedOut)
			require.False(t, c.user(someoneID).TOTPEnabled)

			before := len(c.writes())
			told := c.run("do", way, someoneID, "--dry-run")
			require.Zero(t, told.code, told.err)
			require.Contains(t, told.out, "DELETE", "a rehearsal says what would be sent")
			require.Len(t, c.writes(), before)

			told = c.run("do", way, someoneID, "--yes", "--reason", "wrong caller", "--confirm", "0199")
			require.Zero(t, told.code, told.err)
			require.NotContains(t, told.out, "Nothing to do")
			require.Len(t, c.writes(), before+1)
			require.Nil(t, c.pending(), "%s %s", way, handedOut)
			told = c.run("do", way, someoneID, "--yes", "--reason", "to be sure", "--confirm", "0199")
			require.Zero(t, told.code, told.err)
		}
	}
}
