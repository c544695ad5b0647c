package command_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/text"
)

const hostile = "=cmd|'/c calc'!A1\x1b[2J\u202e\u009b31m,\"\n"

func TestUsers_TableIsAligned(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.FirstName, u.LastName = "王小明", "محمد" })
	told := c.run("users", "--limit", "20")
	require.Zero(t, told.code, told.err)
	rows := strings.Split(strings.TrimSuffix(told.out, "\n"), "\n")
	require.Len(t, rows, 21)
	at := text.Width(rows[0][:strings.Index(rows[0], "ID")])
	for _, row := range rows[1:] {
		require.Equal(t, at, text.Width(row[:strings.LastIndex(row, "user_")]), row)
	}
	require.Regexp(t, `20 of \d+ shown; a larger --limit lists more\.`, told.err)
	require.Equal(t, "No users match.\n", c.run("users", "zzzzqqq").out)
}

func TestUsers_HostileNames(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.FirstName = hostile })
	for _, args := range [][]string{{"users", "tilda"}, {"users", "tilda", "--csv"}, {"users", "tilda", "--json"},
		{"do", "lock_user", someoneID, "--yes", "--reason", "asked to"}, {"do", "unlock_user", someoneID, "--yes", "--json"},
		{"do", "get_user", someoneID}, {"do", "get_user", someoneID, "--json"}, {"do", "ban_user", "cmd", "--yes", "--reason", "asked to"},
		{"do", "ban_user", hostile, "--yes", "--reason", "asked to"}, {"do", hostile}, {"do", "ban_user", someoneID, "--" + hostile},
		{"do", "update_user", someoneID, "--locale", hostile, "--yes", "--reason", "asked to"}} {
		told := c.run(args...)
		for _, bad := range []string{"\x1b", "\u202e", "\u009b"} {
			require.NotContains(t, told.out+told.err, bad, "%q", args)
		}
	}
	told := c.run("users", "tilda", "--csv")
	rows, err := csv.NewReader(strings.NewReader(told.out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, []string{"id", "first_name"}, rows[0][:2])
	require.True(t, strings.HasPrefix(rows[1][1], "'=cmd"), rows[1][1])

	told = c.run("users", "tilda", "--json")
	for _, b := range []byte(told.out) {
		require.True(t, b == '\n' || b >= ' ' && b <= '~', "printable ASCII: %q", b)
	}
	var users []struct {
		First string `json:"first_name"`
	}
	require.NoError(t, json.Unmarshal([]byte(told.out), &users))
	require.Equal(t, hostile, users[0].First, "and nothing is lost")
	require.Equal(t, "[]\n", c.run("users", "zzzzqqq", "--json").out)
	require.Equal(t, 1, strings.Count(c.run("users", "zzzzqqq", "--csv").out, "\n"))
}

func TestUsers_Filters(t *testing.T) {
	c := newCounter(t)
	c.change(func(u *store.User) { u.Banned = true })
	one := func(args ...string) {
		t.Helper()
		told := c.run(append([]string{"users", "--csv"}, args...)...)
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, someoneID, "%v", args)
		require.Equal(t, 2, strings.Count(told.out, "\n"), "%v", args)
	}
	one("tilda", "nord")
	one("--email", "tilda@fjord.example")
	one("--phone", "(415) 555-0199")
	one("tilda", "--banned")
	require.NotContains(t, c.run("users", "--csv", "tilda", "--banned=false").out, someoneID)
	told := c.run("users", "--csv", "--order", "first_name", "--limit", "30")
	require.Zero(t, told.code, told.err)
	told = c.run("users", "--csv", "--order", "-created_at", "--limit", "30")
	require.Zero(t, told.code, told.err)
}

// More than one page holds comes page by page, each user once, in every order.
func TestUsers_Paging(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	c := newCounter(t)
	at := c.Clock.Now().UnixMilli()
	require.NoError(t, c.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 1100 {
			if err := tx.PutUser(&store.User{ID: fmt.Sprintf("user_2c%025d", i), FirstName: "Row", CreatedAt: at + int64(i/7), UpdatedAt: at}); err != nil {
				return err
			}
		}
		return nil
	}))
	for _, order := range []string{"-created_at", "created_at", "first_name"} {
		told := c.run("users", "Row", "--json", "--limit", "1050", "--order", order)
		require.Zero(t, told.code, told.err)
		var users []struct{ ID string }
		require.NoError(t, json.Unmarshal([]byte(told.out), &users))
		require.Len(t, users, 1050)
		seen := map[string]bool{}
		for _, u := range users {
			require.False(t, seen[u.ID])
			seen[u.ID] = true
		}
		require.Contains(t, told.err, "1,050 of 1,100 shown")
	}
	told := c.run("users", "Row", "--csv", "--limit", "5000")
	require.Equal(t, 1101, strings.Count(told.out, "\n"))
	require.Empty(t, told.err)
}

// A failure is one sentence, and never looks like an empty or a whole list.
func TestUsers_FailedRead(t *testing.T) {
	c := newCounter(t)
	c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 500})
	for _, format := range []string{"--json", "--csv", "--limit=9"} {
		told := c.run("users", format)
		require.Equal(t, 1, told.code)
		require.Empty(t, told.out)
		require.Contains(t, told.err, "Could not list users")
	}
	c.Server.SetFaults(faults.Switches{})
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/count") {
			c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 500})
		}
		return nil, nil
	})
	told := c.run("users", "--limit", "5")
	require.Zero(t, told.code)
	require.Contains(t, told.err, "5 shown; there may be more")
}

// What is given to the command is cleaned as it is in the console.
func TestUsers_PastedText(t *testing.T) {
	c := newCounter(t)
	for _, args := range [][]string{{"maya\u00a0okafor"}, {"\u200bmaya", "oka\u202efor"}, {"name:\u201cmaya okafor\u201d"}, {"name:\u201cmaya okafor\u201d", "is:locked"}, {"name:maya\u2028okafor", "is:locked"}} {
		told := c.run(append([]string{"users", "--csv"}, args...)...)
		require.Zero(t, told.code, told.err)
		require.Equal(t, 2, strings.Count(told.out, "\n"), "%q: %s", args, told.out)
		require.Contains(t, told.out, "Okafor")
	}
	told := c.run("users", "\"")
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "The quotes are empty")
}

// --offset leaves out the first, of a list that the service filters and of one
// that is looked through.
func TestUsers_Offset(t *testing.T) {
	c := withSixHundred(t)
	ids := func(args ...string) []string {
		t.Helper()
		told := c.run(append([]string{"users", "--csv"}, args...)...)
		require.Zero(t, told.code, told.err)
		var all []string
		for _, row := range strings.Split(strings.TrimSpace(told.out), "\n")[1:] {
			id, _, _ := strings.Cut(row, ",")
			all = append(all, id)
		}
		return all
	}
	for _, search := range [][]string{{"row"}, {"row", "--order", "first_name"}, {"row", "signed-in:>1d"}, {"signed-in:>1d", "row", "no:mfa", "--order", "-updated_at"}} {
		whole := ids(append(search, "--limit", "1000")...)
		require.Len(t, whole, 600, "%v", search)
		for _, offset := range []int{0, 1, 499, 500, 501, 599, 600, 5000} {
			got := ids(append(search, "--offset", strconv.Itoa(offset), "--limit", "550")...)
			require.Equal(t, append([]string(nil), whole[min(offset, 600):min(offset+550, 600)]...), got, "%v from %d", search, offset)
		}
	}
	require.Contains(t, c.run("users", "row", "--offset", "100", "--limit", "10", "--csv").err, "10 of 600 shown")
	require.Contains(t, c.run("users", "row", "--offset", "590", "--limit", "10", "--csv").err, "10 shown; that is all.")
	require.Empty(t, ids("tilda", "nord", "--offset", "1"), "nobody is found otherwise because the first is left out")
	require.Contains(t, c.run("users", "--offset", "-1").err, "--offset must be 0 or more")
}

func TestUsers_ExactUsernameAndActiveSince(t *testing.T) {
	c := newCounter(t)
	told := c.run("users", "--username", "tilda.n", "--csv")
	require.Zero(t, told.code, told.err)
	require.Equal(t, 2, strings.Count(told.out, "\n"))
	require.Contains(t, told.out, someoneID)
	require.NotContains(t, c.run("users", "--username", "tilda").out, someoneID)
	require.Contains(t, c.run("users", "--username", "nobody", "--username", "tilda.n").out, someoneID)
	at := c.user(someoneID).LastActiveAt
	for since, there := range map[string]bool{
		strconv.FormatInt(at.UnixMilli(), 10): true, strconv.FormatInt(at.UnixMilli()+1, 10): false,
		at.UTC().Format(time.DateOnly): true, at.Add(time.Hour).Format(time.RFC3339): false,
	} {
		told := c.run("users", "tilda", "--last-active-since", since, "--csv")
		require.Zero(t, told.code, told.err)
		require.Equal(t, there, strings.Contains(told.out, someoneID), since)
	}
	for _, args := range [][]string{{"--username", ""}, {"--email", " "}, {"--phone", ""}, {"--last-active-since", "lately"}} {
		require.Equal(t, 2, c.run(append([]string{"users"}, args...)...).code, "%v", args)
	}
}
