package command_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/text"
)

func TestDo_AsksTheQuestionOfTheConsole(t *testing.T) {
	c := newCounter(t)
	told := c.at("chargebacks", "y").run("do", "ban_user", someoneID)
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Banned Tilda Nord · tilda@fjord.example; reason: chargebacks · on DEMO\n", told.out, "the question is not on stdout")
	for _, word := range []string{"Ban user, on DEMO", "Tilda Nord", "tilda@fjord.example", "• ends all sessions now", "To undo: Unban user", "Reason (required): ", "Ban? y/N", "ctrl-c leaves; nothing is sent before the last question.\n"} {
		require.Contains(t, told.err, word)
	}
	told = c.at("y").run("do", "unban_user", someoneID)
	require.Zero(t, told.code, told.err)
	require.NotContains(t, told.err, "Reason", "T1 asks for none")
}

func TestDo_WrapsTheQuestionAtWords(t *testing.T) {
	c := newCounter(t)
	c.columns = 50
	told := c.at("asked for it", "tilda@fjord.example", "n").run("do", "disable_mfa", someoneID)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Confirm: you reached the caller on a phone or\ne-mail of this account? y/N ")
	asked, _, _ := strings.Cut(told.err, "frontdesk: ")
	for line := range strings.Lines(asked) {
		require.LessOrEqual(t, text.Width(strings.TrimRight(line, " \n")), 50, line)
	}
	c.columns = 0
	require.Contains(t, c.at("no").run("do", "disable_mfa", someoneID).err, "on a phone or e-mail of this account? y/N")
}

func TestDo_OnlyYConfirms(t *testing.T) {
	c := newCounter(t)
	for name, lines := range map[string][]string{
		"no": {"why", "n"}, "enter": {"why", ""}, "nothing": {"why"}, "something": {"why", "sure"}, "no reason": {"", "y"}, "a space": {"  ", "y"}, "the end": nil,
	} {
		told := c.at(lines...).run("do", "ban_user", someoneID, "--json")
		require.Equal(t, 1, told.code, name)
		require.Equal(t, "refused", told.object()["state"])
		require.Contains(t, told.object()["message"], "Nothing was sent", name)
	}
	require.Empty(t, c.writes())
}

// What does not apply is not asked.
func TestDo_DoesNotAskAboutAnUnavailableOperation(t *testing.T) {
	c := newCounter(t)
	told := c.at("y").run("do", "unban_user", someoneID)
	require.Zero(t, told.code)
	require.Equal(t, "Nothing to do for Tilda Nord: not banned · on DEMO\n", told.out)
	require.Empty(t, told.err)
	c.change(func(u *store.User) { u.PasswordDigest = "" })
	told = c.at("y").run("do", "set_user_password_compromised", someoneID)
	require.Equal(t, 1, told.code, "what is not so either is no success")
	require.Equal(t, "frontdesk: Set password as compromised, Tilda Nord: no password is set\n", told.err)
}

func TestDo_AsksForChecklistAndTyping(t *testing.T) {
	c := newCounter(t)
	for name, lines := range map[string][]string{
		"an open point": {"y", "n", "y", "lost phone", "0199", "y"},
		"another four":  {"y", "y", "y", "lost phone", "0142", "y"},
		"not at last":   {"y", "y", "y", "lost phone", "0199", "n"},
	} {
		require.Equal(t, 1, c.at(lines...).run("do", "disable_mfa", someoneID).code, name)
	}
	require.Empty(t, c.writes())
	told := c.at("y", "y", "y", "lost phone", "0199", "y").run("do", "disable_mfa", someoneID)
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.err, "Type the last four digits of the phone")
	require.False(t, c.user(someoneID).TwoFactorEnabled)
}

func TestDo_DeletionCanBeStoppedForFiveSeconds(t *testing.T) {
	c := newCounter(t)
	lines := []string{"y", "y", "y", "asked for it", "tilda@fjord.example", "y"}
	var waited time.Duration
	c.sleep = func(_ context.Context, d time.Duration) error { waited = d; return context.Canceled }
	told := c.at(lines...).run("do", "delete_user", someoneID)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Cancelled in time. Nothing was sent.")
	require.NotContains(t, told.err, "30 days", "nothing is recorded, so nothing is saved")
	require.Equal(t, 5*time.Second, waited)
	require.Empty(t, c.writes())

	require.Equal(t, 1, c.at("y", "y", "y", "asked for it", "tilda", "y").run("do", "delete_user", someoneID).code)
	c.sleep = func(context.Context, time.Duration) error { return nil }
	told = c.at(lines...).run("do", "delete_user", someoneID)
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Deleted Tilda Nord · tilda@fjord.example; reason: asked for it · on DEMO\n", told.out)
	told = c.run("do", "get_user", someoneID)
	require.Equal(t, 1, told.code)
}

// Who changed while the question stood open is asked about again.
func TestDo_AsksAgainWhenTheUserHasChanged(t *testing.T) {
	c := newCounter(t)
	asked := 0
	c.terminal = true
	lines := []string{"Tilly typed it\n", "y\n", "y\n", "y\n"}
	c.stdin = readerFunc(func(p []byte) (int, error) {
		if asked++; asked == 2 { // another desk, and half a minute
			c.change(func(u *store.User) { u.FirstName = "Tilly" })
			c.late = 30 * time.Second
		}
		return copy(p, lines[asked-1]), nil
	})
	told := c.run("do", "update_user", someoneID, "--last-name", "North")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.err, "changed since you looked: was “first name Tilda")
	require.Equal(t, "North", c.user(someoneID).LastName.Raw())
	require.Equal(t, "Tilly", c.user(someoneID).FirstName.Raw(), "what the other desk did stays")
}

// A secret is never typed where it would be seen.
func TestDo_ReadsSecretsWithoutEcho(t *testing.T) {
	c := newCounter(t)
	told := c.at(password, "y").run("do", "verify_password", someoneID, "--password-stdin")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "it would be visible while you type it here: use a pipe or a file")
	require.Empty(t, c.writes())
}

func TestDo_SaysWhatIsToBeTyped(t *testing.T) {
	c := newCounter(t)
	told := c.at("y", "y", "y", "lost phone", "1234", "y").run("do", "disable_mfa", someoneID)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "what you typed does not match; type 0199, the last four digits of the phone")
	told = c.run("do", "disable_mfa", someoneID, "--yes", "--reason", "lost", "--confirm", "1234")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "needs --confirm 0199, the last four digits of the phone (phone +")
	require.Empty(t, c.writes())
	require.Zero(t, c.at("y", "y", "y", "lost phone", " (01-99) ", "y").run("do", "disable_mfa", someoneID).code)
}

func TestDo_IdentifiesTheCallerAsConfigured(t *testing.T) {
	c := newCounter(t)
	c.catalogue = ops.Users().WithIdentityChecks([]string{"The caller named their last order."})
	add := func(more ...string) []string {
		return append([]string{"do", "create_email_address", someoneID, "--email-address", "new@fjord.example"}, more...)
	}
	told := c.at("y", "y", "by phone", "0199", "y").run(add("--verified", "yes")...)
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.err, "Confirm: The caller named their last order? y/N ")
	require.Contains(t, told.err, "Confirm: they have this e-mail address and gave it to you themselves? y/N ")
	require.NotContains(t, told.err, "you reached the caller")
	told = c.run(add("--primary", "yes", "--verified", "yes", "--yes", "--reason", "asked to")...)
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "With it you also confirm that:\n  The caller named their last order\n  they have")
}

func TestDo_NamesWhoElseHasTheName(t *testing.T) {
	c := newCounter(t)
	told := c.at("n").run("do", "lock_user", someoneID, "--reason", "asked to")
	require.Contains(t, told.err, "\n  nobody else is called Tilda Nord\n")
	created := c.run("do", "create_user", "--first-name", "TILDA", "--last-name", "Nord", "--email-address", "other@north.example", "--yes", "--reason", "asked to")
	require.Zero(t, created.code, created.err)
	told = c.at("n").run("do", "lock_user", someoneID, "--reason", "asked to")
	require.Contains(t, told.err, "\n  ! 1 other is called Tilda Nord\n      other@north.example · joined ")
	told = c.run("do", "lock_user", someoneID, "--yes", "--reason", "asked to")
	require.NotContains(t, told.err+told.out, "called Tilda", "nobody reads it")
}
