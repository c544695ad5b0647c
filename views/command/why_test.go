package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

func TestWhy_SaysWhatBlocksAndWhatHelps(t *testing.T) {
	c := newCounter(t)
	told := c.run("why", "maya@harborpine.example")
	require.Zero(t, told.code, "a blocked person is an answer")
	require.Empty(t, told.err)
	for _, part := range []string{"Maya Okafor   maya@harborpine.example   user_", "Can't sign in. Locked after too many wrong attempts. Unlocks by itself in 47 min.",
		"They see that the account is locked, and when to try again.", "Unlock user: frontdesk do unlock_user " + c.FindUser("Maya Okafor").ID.Raw()} {
		require.Contains(t, told.out, part)
	}
	require.Empty(t, c.writes(), "it only reads")
}

func TestWhy_ReadsSessionsForTheSigns(t *testing.T) {
	c := newCounter(t)
	told := c.run("why", "priya.r")
	require.Zero(t, told.code)
	for _, sign := range []string{"! password changed 25 min ago", "! MFA switched off 22 min ago", "! e-mail address added, now primary 21 min ago: priya.raman@mail-relay.example",
		"! signed in from a new country 26 min ago: Bucharest, RO", "! in use from several countries 4 min ago: IN and RO",
		"Somebody else may be using this account", "Sign out everywhere, if it was not them: frontdesk do revoke_all_sessions user_"} {
		require.Contains(t, told.out, sign)
	}
	masked := c.run("why", "priya.r", "--mask")
	for _, secret := range []string{"Priya", "Raman", "mail-relay", "Bucharest", "RO\n", "0171"} {
		require.NotContains(t, masked.out+masked.err, secret)
	}
	require.Contains(t, masked.out, "signed in from a new country 26 min ago: ••••")
}

func TestWhy_JSONIsStable(t *testing.T) {
	c := newCounter(t)
	got := c.run("why", "maya.o", "--json").object()
	u := c.FindUser("Maya Okafor")
	require.Equal(t, map[string]any{
		"user":     map[string]any{"id": u.ID.Raw(), "name": "Maya Okafor", "email": "maya@harborpine.example", "phone": "+14155550142"},
		"instance": "DEMO", "blocked": true, "fully_known": true, "state": "locked", "title": "Can't sign in",
		"reasons": []any{"Locked after too many wrong attempts.", "Unlocks by itself in 47 min."}, "until": c.Clock.Now().UTC().Add(47 * 60e9).Format("2006-01-02T15:04:05Z"),
		"sees": "They see that the account is locked, and when to try again.", "helps": "",
		"remedies": []any{map[string]any{"operation": "unlock_user", "title": "Unlock user", "when": ""}},
		"ways_in":  []any{"the password", "Google", "a code by e-mail", "a code by SMS"}, "signs": []any{}, "sessions_read": true,
	}, got)

	c.change(func(u *store.User) { *u = store.User{ID: u.ID, CreatedAt: u.CreatedAt} })
	got = c.run("why", someoneID, "--json").object()
	require.Equal(t, "no_way_in", got["state"])
	require.Nil(t, got["until"])
	for _, list := range []string{"remedies", "ways_in", "signs"} {
		require.IsType(t, []any{}, got[list], list)
	}
}

func TestWhy_SaysWhenSessionsCouldNotBeRead(t *testing.T) {
	c := newCounter(t)
	c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Path: "/sessions"})
	told := c.run("why", "priya.r", "--json")
	require.Zero(t, told.code)
	require.Contains(t, told.err, "the sessions could not be read")
	got := told.object()
	require.Equal(t, false, got["sessions_read"])
	signs, err := json.Marshal(got["signs"])
	require.NoError(t, err)
	require.NotContains(t, string(signs), "Bucharest")
	require.Contains(t, string(signs), "password_changed")
}

func TestWhy_FindsUsersAsDoDoes(t *testing.T) {
	c := newCounter(t)
	told := c.run("why", "nobody@pine.example")
	require.Equal(t, 1, told.code)
	require.Empty(t, told.out)
	require.Contains(t, told.err, "nobody has the id, e-mail address")
	require.Equal(t, 1, c.run("why", "sam carter").code)
	for _, args := range [][]string{{"why"}, {"why", " "}, {"why", "a", "b"}, {"why", "a", "--nonsense"}} {
		require.Equal(t, 2, c.run(args...).code, args)
	}
	for _, who := range []string{"tilda.n", "tilda@fjord.example", "+1 415 555 0199", someoneID} {
		require.True(t, strings.HasPrefix(c.run("why", who).out, "Tilda Nord"), who)
	}
}
