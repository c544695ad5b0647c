package command_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestUsers_TakesTheTokensOfTheSearchBox(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.Banned = true })
	one := func(args ...string) {
		t.Helper()
		told := c.run(append([]string{"users", "--csv"}, args...)...)
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, someoneID, "%v", args)
		require.Equal(t, 2, strings.Count(told.out, "\n"), "%v: %s", args, told.out)
	}
	one("tilda", "is:banned")
	one("nord tilda")
	one("name:Tilda Nord", "is:banned")
	one("email:tilda@fjord.example")
	one("id:" + someoneID)
	one("is:banned", "tilda", "has:username")
	told := c.run("users", "--csv", "--", "tilda", "-is:banned")
	require.Zero(t, told.code)
	require.NotContains(t, told.out, someoneID)
}

func TestUsers_InvalidTokenIsAUsageError(t *testing.T) {
	c := newCounter(t)
	for args, says := range map[string]string{
		"is:bannd":         "“is:bannd”: is: needs banned, locked, active, unverified, new-password …. Did you mean is:banned?",
		"maya emial:x":     "There is no token emial:.",
		"created:01/02":    "needs a day like today",
		":nosuch":          "there is no saved search :nosuch; there are :locked, :banned",
		"org:nosuchthing":  "No organization is called “nosuchthing”.",
		"is:\x1b[2J\u202e": "needs banned",
	} {
		told := c.run(append([]string{"users"}, strings.Fields(args)...)...)
		require.Equal(t, 2, told.code, args)
		require.Contains(t, told.err, says, args)
		require.Empty(t, told.out)
		require.NotContains(t, told.err, "\x1b")
	}
}

func TestUsers_ScanReportsProgress(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	c := newCounter(t)
	require.NoError(t, c.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 5600 {
			u := &store.User{ID: fmt.Sprintf("user_2c%025d", i), FirstName: "Row", CreatedAt: c.Clock.Now().UnixMilli() - int64(i), LastSignInAt: 1}
			if i%1000 == 999 {
				u.LastSignInAt = 0
			}
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	told := c.run("users", "row", "signed-in:never", "--csv")
	require.Zero(t, told.code, told.err)
	require.Equal(t, 6, strings.Count(told.out, "\n"), "a head and the five who are in it")
	require.Equal(t, "scanned 5,000 of 5,600 · 5 found\nscanned 5,600 of 5,600 · 5 found\n", told.err)
	told = c.run("users", "row", "signed-in:never", "--json", "--limit", "2")
	require.Zero(t, told.code, told.err)
	require.Equal(t, 2, strings.Count(told.out, "user_2c"))
	require.Equal(t, "2 shown, found among the first 2,000 of 5,600; a larger --limit searches further.\n", told.err)
}

func TestUsers_SavedSearch(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.Banned = true })
	c.queues = filepath.Join(t.TempDir(), "queues.toml")
	require.NoError(t, os.WriteFile(c.queues, []byte("mine = \"tilda is:banned\"\n"), 0o600))
	told := c.run("users", ":mine", "--csv")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, someoneID)
	require.NoError(t, os.WriteFile(c.queues, []byte("mine = \n"), 0o600))
	told = c.run("users", ":mine")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "queues.toml line 1")
}
