package command_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
)

// Against a server that acts 8 s after it cut the connection no operation is called
// refused: it is not known, with when and how to look; asked again it is found done.
func TestDo_LateServerIsExitThree(t *testing.T) {
	for op, c := range map[string]struct {
		method, state string // state is how it is the second time, "" for nothing to change
		args          []string
	}{
		"ban_user":             {"POST", "already_so", nil},
		"lock_user":            {"POST", "already_so", nil},
		"update_user":          {"PATCH", "", []string{"--first-name", "Till"}},
		"update_user_metadata": {"PATCH", "done", []string{"--public-metadata", `{"plan":"silver"}`}},
		"delete_user":          {"DELETE", "refused", nil}, // there is nobody of that id to find any more
		"disable_mfa":          {"DELETE", "done", nil},    // it is sent again: a secret that is not verified does not show
		"delete_backup_code":   {"DELETE", "already_gone", nil},
		"create_email_address": {"POST", "refused", []string{"--email-address", "late@fjord.example"}},
		"user_passkey_delete":  {"DELETE", "already_gone", []string{"--part", "idn_passkey"}},
		"users_ban":            {"POST", "already_so", nil},
	} {
		t.Run(op, func(t *testing.T) {
			counter := newCounter(t)
			counter.Server.SetFaults(faults.Switches{Method: c.method, Drop: "before", ActAfter: faults.Duration(8 * time.Second)})
			args := append([]string{"do", op, someoneID, "--yes", "--reason", "fraud", "--json"}, c.args...)
			if known, ok := counter.catalogue.Get(op); ok {
				args = append(args, confirm(known)...)
			}
			told := counter.run(args...)
			require.Equal(t, 3, told.code, "%s%s", told.out, told.err)
			require.Equal(t, "unknown", told.object()["state"])
			require.Contains(t, told.err, "It is unclear")
			require.Contains(t, told.err, "It may still happen. Check")
			require.Contains(t, told.err, "in a minute with frontdesk do get_user")
			require.NotContains(t, told.err, "Nothing was done")
			require.Len(t, counter.writes(), 1)

			counter.Server.SetFaults(faults.Switches{})
			counter.Clock.Jump(8 * time.Second)
			counter.acts()
			again := counter.run(args...)
			if c.state == "" {
				require.Contains(t, again.err, "nothing was changed")
				return
			}
			require.Equal(t, c.state, again.object()["state"], "%s%s", again.out, again.err)
		})
	}
}

// acts lets the directory do what it was late with.
func (c *counter) acts() { c.Clock.Due() }

// Who is made late is named by what finds them.
func TestDo_LateNewUserIsFoundByAddress(t *testing.T) {
	c := newCounter(t)
	c.Server.SetFaults(faults.Switches{Method: http.MethodPost, Drop: "before"})
	told := c.run("do", "create_user", "--email-address", "late@fjord.example", "--skip-password-requirement", "yes", "--yes", "--reason", "asked to")
	require.Equal(t, 3, told.code, told.err)
	require.Contains(t, told.err, "It is unclear whether this was done: created: the connection was lost, and ")
	require.Contains(t, told.err, "It may still happen. Check in a minute with frontdesk users late@fjord.example before you try again.")
}
