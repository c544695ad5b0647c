package e2e

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
)

func callRing(c *caller) {
	c.find("drop", "Rosa Grant")
	c.Has("37 found", "37 sign-ups from", "mail-drop.example")
	c.press("*", "b")
	c.read("Ban 37 users", "Type “ban 37”")
	c.usual("f")
	c.text("ban 37")
	c.press("enter", "y")
	c.Advance(6 * time.Second)
	c.Has("Banned 37 users")
	require.Equal(c.TB, 33, strings.Count(c.Screen(), "■ banned"), "checked on the screen")
	found, err := c.Client.ListUsers(c.Context(), api.Query{Search: "mail-drop.example", Limit: 50})
	require.NoError(c.TB, err)
	require.Equal(c.TB, 37, banned(found))
	c.press("b")
	c.read("Unban user", "Rosa Grant")
	c.press("y")
	c.Has("Unbanned Rosa Grant")
	found, err = c.Client.ListUsers(c.Context(), api.Query{Search: "mail-drop.example", Limit: 50})
	require.NoError(c.TB, err)
	require.Equal(c.TB, 36, banned(found))
	require.Equal(c.TB, "fraud", c.reasons()["users_ban"])
}

func banned(found []api.User) (n int) {
	for _, u := range found {
		if u.Banned {
			n++
		}
	}
	return n
}

// What was done before the program was quit is there after the next start.
func callLastHour(c *caller) {
	callMaya(c)
	c.start()
	c.press("A")
	c.Has("Journal", "Unlock user", "Maya Okafor", "done")
}

func callLockedCSV(c *caller) {
	c.press("f")
	c.text("lo")
	c.Has("▌ :locked")
	c.press("enter")
	c.Has("[is:locked]", "25 found")
	c.press("E")
	c.read("Export users", "everybody found by is:locked")
	c.press("ctrl+s", "y")
	c.Has("Exported 25 users")
	found, err := filepath.Glob(filepath.Join(c.Home, "*.csv"))
	require.NoError(c.TB, err)
	require.Len(c.TB, found, 1)
	raw, err := os.ReadFile(found[0])
	require.NoError(c.TB, err)
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	require.NoError(c.TB, err)
	require.Len(c.TB, rows, 26)
}

func callWithoutMFA(c *caller) {
	c.press("/")
	c.text("org:pi")
	c.Has("Pine Outfitters")
	c.press("tab")
	c.text("no:mfa")
	c.Has("org:pine-outfitters no:mfa", "found", "▌ Íñigo Villanueva")
	c.Lacks("Daniel Reyes")
	members := c.membersWithoutMFA("pine-outfitters")
	require.Positive(c.TB, members)
	c.Has(strconv.Itoa(members) + " found")
}

// membersWithoutMFA counts the members of an organization without MFA in the directory.
func (c *caller) membersWithoutMFA(slug string) (n int) {
	c.Helper()
	found, err := c.Client.Organizations(c.Context(), slug, 1, 0)
	require.NoError(c.TB, err)
	members, err := c.Client.ListUsers(c.Context(), api.Query{OrganizationID: []string{found.Rows[0].ID.Raw()}, Limit: 500})
	require.NoError(c.TB, err)
	for _, u := range members {
		if !u.TwoFactorEnabled {
			n++
		}
	}
	return n
}
