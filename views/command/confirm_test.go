package command_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/store"
)

// confirm is what --yes needs beside a reason for someone, as no admin and not
// on production.
func confirm(o ops.Operation) []string {
	switch {
	case o.Scope == ops.ScopeUser && o.Tier == ops.T3:
		return []string{"--confirm", "0199"}
	case o.Scope == ops.ScopeUser && o.Tier == ops.T4:
		return []string{"--confirm", "tilda@fjord.example"}
	}
	return nil
}

// What the console has typed, --yes has as an option: on every instance.
func TestConfirm_IsRequiredWithYes(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(12)
	c.change(func(u *store.User) { u.Phones[0].Number = "+14155550199" })
	many := func(n int, more ...string) []string {
		return append(append([]string{"do", "users_ban"}, ids[:n]...), append(more, "--yes", "--reason", "asked to")...)
	}
	one := func(op string, more ...string) []string {
		return append([]string{"do", op, someoneID}, append(more, "--yes", "--reason", "asked to")...)
	}
	const mail, four, phone = "--confirm tilda@fjord.example", "needs --confirm: the last four digits of the phone", "(phone +1 (415) 555-0199)"
	for _, kind := range []profile.Kind{profile.Demo, profile.Development, profile.Production} {
		c.kind = kind
		for _, want := range []struct {
			args       []string
			says       []string
			production bool // only there
		}{
			{args: one("delete_user"), says: []string{mail, "With it you also confirm that:"}},
			{args: one("delete_user", "--confirm", "tilda"), says: []string{mail}},
			{args: one("delete_user", "--confirm", "0199"), says: []string{mail}},
			{args: one("delete_user", "--confirm", "t.nord@fjord.example"), says: []string{mail}},
			{args: one("delete_user", "--confirm", " "), says: []string{mail}},
			{args: one("disable_mfa"), says: []string{"disable_mfa for Tilda Nord", "needs --confirm"}},
			{args: one("disable_mfa", "--confirm", "0142"), says: []string{"--confirm does not match"}},
			{args: one("delete_totp", "--confirm", "yes"), says: []string{"--confirm does not match"}},
			{args: one("user_passkey_delete", "--part", "idn_passkey"), says: []string{"needs --confirm"}},
			{args: many(12), says: []string{`with --yes users_ban needs --confirm 'ban 12'`}},
			{args: many(12, "--confirm", "ban 11"), says: []string{`--confirm does not match: users_ban needs --confirm 'ban 12'`}},
			{args: many(2, "--confirm", "ban 3"), says: []string{`--confirm does not match: users_ban needs --confirm 'ban 2'`}},
			{args: one("ban_user"), says: []string{four, phone}, production: true},
			{args: one("lock_user"), says: []string{four}, production: true},
			{args: many(2), says: []string{`--confirm 'ban 2'`}, production: true},
			{args: []string{"do", "create_user", "--username", "elin.b", "--yes", "--reason", "asked to"}, says: []string{"--confirm create"}, production: true},
			{args: one("disable_mfa", "--confirm", "0199"), says: []string{mail}, production: true},
		} {
			if want.production && kind != profile.Production {
				continue
			}
			told := c.run(want.args...)
			require.Equal(t, 2, told.code, "%s %v: %s%s", kind, want.args, told.out, told.err)
			require.Empty(t, told.out)
			for _, says := range want.says {
				require.Contains(t, told.err, says, "%s %v", kind, want.args)
			}
		}
	}
	require.Empty(t, c.writes())
}

func TestConfirm_MatchesWhatWouldBeTyped(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(12)
	require.Zero(t, c.run("do", "disable_mfa", someoneID, "--yes", "--reason", "lost", "--confirm", "0199").code)
	require.Zero(t, c.run(append([]string{"do", "users_ban", "--yes", "--reason", "ring", "--confirm", "BAN 12 "}, ids...)...).code)
	require.Equal(t, 12, c.bannedOf(ids))

	c.kind = profile.Production
	require.Zero(t, c.run("do", "ban_user", someoneID, "--yes", "--reason", "asked to", "--confirm", "0199").code)
	require.Zero(t, c.run("do", "users_unban", ids[0], ids[1], "--yes", "--reason", "asked to", "--confirm", "unban 2").code)
	told := c.run("do", "delete_user", someoneID, "--yes", "--reason", "asked", "--confirm", "Tilda@Fjord.Example")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Deleted Tilda Nord · tilda@fjord.example; reason: asked · on PRODUCTION\n", told.out)
	require.Empty(t, told.err, "nobody reads it: nothing is waited for")
}

func TestConfirm_NeedsYes(t *testing.T) {
	c := newCounter(t)
	told := c.run("do", "delete_user", someoneID, "--reason", "asked to", "--confirm", "tilda@fjord.example")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "--confirm needs --yes")
	told = c.run("do", "delete_user", someoneID, "--dry-run")
	require.Zero(t, told.code, told.err)
	require.Contains(t, c.run("do", "get_user", someoneID, "--confirm", "x").err, "there is no flag --confirm here")
	require.Contains(t, c.run("do", "unlock_user", someoneID, "--confirm", "x").err, "there is no flag --confirm here")
	require.Empty(t, c.writes())
	for op, says := range map[string]string{"delete_user": "With --yes it needs --reason and --confirm", "ban_user": "on production", "users_ban": "for ten users or more",
		"update_user": "With password, password-digest, totp-secret, backup-codes it always asks for a checklist"} {
		require.Contains(t, c.run("do", op, "--help").out, says)
	}
}

// Where somebody reads along, a deletion can be stopped with --yes as well.
func TestConfirm_DeletionWithYesCanBeStopped(t *testing.T) {
	c := newCounter(t)
	c.reads = true
	var waited time.Duration
	c.sleep = func(_ context.Context, d time.Duration) error { waited = d; return context.Canceled }
	args := []string{"do", "delete_user", someoneID, "--yes", "--reason", "asked", "--confirm", "tilda@fjord.example"}
	told := c.run(args...)
	require.Equal(t, 1, told.code)
	require.Equal(t, "Deleting in 5 s; ctrl-c stops it.\nfrontdesk: Cancelled in time. Nothing was sent.\n", told.err)
	require.Equal(t, 5*time.Second, waited)
	require.Empty(t, c.writes())

	ids := c.crowd(10)
	waited = 0
	told = c.run(append([]string{"do", "users_ban", "--yes", "--reason", "ring", "--confirm", "ban 10"}, ids...)...)
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Banning in 5 s")
	require.Zero(t, c.bannedOf(ids))
	told = c.run("do", "disable_mfa", someoneID, "--yes", "--reason", "lost", "--confirm", "0199")
	require.Zero(t, told.code)
	require.False(t, strings.Contains(told.err, "ctrl-c"), "a T3 has no window")

	c.sleep = func(context.Context, time.Duration) error { return nil }
	require.Zero(t, c.run(args...).code)
}
