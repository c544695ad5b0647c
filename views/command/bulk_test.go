package command_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/profile"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// crowd puts n sign-ups into the directory and gives their ids.
func (c *counter) crowd(n int) []string {
	c.Helper()
	var ids []string
	at := c.Clock.Now().UnixMilli()
	require.NoError(c, c.Store.Write(c.Context(), func(tx *store.Tx) error {
		for i := range n {
			mail := fmt.Sprintf("idn_2crowd%021d", i)
			u := &store.User{ID: fmt.Sprintf("user_2crowd%021d", i), FirstName: "Sign-up", LastName: fmt.Sprint(i), PrimaryEmailID: mail, CreatedAt: at, UpdatedAt: at,
				Emails: []store.Email{{ID: mail, Address: fmt.Sprintf("s%d@mail-drop.example", i), CreatedAt: at, UpdatedAt: at}}}
			ids = append(ids, u.ID)
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}

func (c *counter) ban(id string) {
	c.Helper()
	c.EditUser(c.user(id), func(u *store.User) { u.Banned = true })
}

// bannedOf is how many of them are banned.
func (c *counter) bannedOf(ids []string) (n int) {
	for _, id := range ids {
		if c.user(id).Banned {
			n++
		}
	}
	return n
}

func TestBulk_BansInOneRequest(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(4)
	c.ban(ids[1])
	told := c.run("do", "users_ban", ids[0], "S1@mail-drop.example", "tilda.n", ids[0], "s2@mail-drop.example", "--yes", "--reason", "ring")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Banned 3 users; reason: ring. 1 unchanged: already banned · on DEMO\n", told.out)
	require.Equal(t, []string{"POST /v1/users/ban"}, c.writes())
	require.True(t, c.user(someoneID).Banned)
	require.False(t, c.user(ids[3]).Banned)

	told = c.run("do", "users-unban", "tilda.n", ids[0], ids[3], "--yes", "--reason", "mistake", "--json")
	require.Zero(t, told.code, told.err)
	got := told.object()
	require.Equal(t, "done", got["state"])
	people := got["people"].([]any)
	require.Len(t, people, 3)
	require.Equal(t, map[string]any{"id": someoneID, "name": "Tilda Nord", "email": "tilda@fjord.example", "phone": "+14155550199", "state": "done"}, people[0])
	require.Equal(t, "left_as_is", people[2].(map[string]any)["state"])
	require.Equal(t, "unchanged: not banned", people[2].(map[string]any)["reason"])

	told = c.run("do", "users_unban", ids[3], "--yes", "--reason", "mistake")
	require.Zero(t, told.code, "nothing to do is no failure")
	require.Equal(t, "Nothing to do: not banned · on DEMO\n", told.out)

	told = c.run("do", "users_ban", ids[1], ids[2], "tilda.n", ids[0], "--yes", "--reason", "ring")
	require.Zero(t, told.code, told.err)
	writes := len(c.writes())
	told = c.run("do", "users_ban", ids[1], ids[2], "--yes", "--reason", "ring", "--json")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "already_so", told.object()["state"])
	require.Equal(t, "Nothing to do: all 2 are already banned", told.object()["message"])
	require.Len(t, c.writes(), writes)
}

func TestBulk_ReadsUsersFromAFile(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(120)
	var lines []string
	for i, id := range ids {
		if i%2 == 0 {
			id = fmt.Sprintf("s%d@mail-drop.example", i)
		}
		lines = append(lines, id)
	}
	list := strings.Join(append([]string{"# the ring of Thursday", ""}, lines...), "\r\n")
	asked := 0
	c.sleep = func(_ context.Context, d time.Duration) error {
		asked++
		require.Equal(t, time.Second, d, "a tenth of what a development instance takes")
		return nil
	}
	told := c.run("do", "users_ban", "--from", c.WriteFile("ring.txt", []byte(list)), "--yes", "--reason", "ring", "--confirm", "ban 120")
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Banned 120 users; reason: ring · on DEMO\n", told.out)
	require.Equal(t, 120, c.bannedOf(ids))
	require.Equal(t, 3, asked, "four look-ups: two of ids, two of addresses")

	c.stdin = strings.NewReader(list)
	told = c.run("do", "users_unban", "--from", "-", "--yes", "--reason", "mistake", "--confirm", "unban 120")
	require.Zero(t, told.code, told.err)
	require.Zero(t, c.bannedOf(ids))
}

// Everybody has to be one person, or nothing is sent.
func TestBulk_SendsNothingUnlessAllAreFound(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(1)
	told := c.run("do", "users_ban", ids[0], "user_2none", "nobody@mail-drop.example", "no\x1b[2J", "--yes", "--reason", "ring")
	require.Equal(t, 1, told.code)
	require.Contains(t, told.err, "Nothing was sent, because some users could not be found:\n  “user_2none”   matches no id")
	require.Contains(t, told.err, "“nobody@mail-drop.example”")
	require.NotContains(t, told.err, "\x1b")
	require.NotContains(t, told.err, ids[0])
	require.Empty(t, c.writes())
}

func TestBulk_UsageErrors(t *testing.T) {
	c := newCounter(t)
	for says, args := range map[string][]string{
		"users_ban needs a USER, or --from":        {"--yes", "--reason", "asked to"},
		"needs a --reason with --yes":              {"tilda.n", "--yes"},
		"No terminal to ask on":                    {"tilda.n"},
		"so the question cannot be answered there": {"--from", "-"},
		"the file does not exist":                  {"--from", c.Home + "/none", "--yes", "--reason", "asked to"},
		"the list is empty":                        {"--from", c.WriteFile("empty", []byte("\n# nobody\n")), "--yes", "--reason", "asked to"},
	} {
		told := c.run(append([]string{"do", "users_ban"}, args...)...)
		require.Equal(t, 2, told.code, "%v: %s", args, told.err)
		require.Contains(t, told.err, says)
	}
	require.Empty(t, c.writes())
	help := c.run("do", "users_ban", "--help").out
	for _, word := range []string{"USER …", "--from", "“ban 10”", "One request takes up to 50", "none of them can sign in until you unban them"} {
		require.Contains(t, help, word)
	}
}

func TestBulk_TenOrMoreNeedTyping(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(12)
	args := append([]string{"do", "users_ban"}, ids...)
	var waited time.Duration
	c.sleep = func(_ context.Context, d time.Duration) error { waited = d; return nil }
	require.Equal(t, 1, c.at("ring", "ban 11", "y").run(args...).code)
	require.Empty(t, c.writes())
	told := c.at("ring", "ban 12", "y").run(args...)
	require.Zero(t, told.code, told.err)
	for _, word := range []string{"Ban 12 users, on DEMO", "12 users   Sign-up 0, Sign-up 1, Sign-up 2   and 9 more", "all 12 have an address at mail-drop.example",
		"To undo: Unban the same users", "Type “ban 12”", "Starting in 5 seconds; ctrl-c stops it."} {
		require.Contains(t, told.err, word)
	}
	require.Equal(t, 5*time.Second, waited)
	require.Equal(t, 12, c.bannedOf(ids))

	// Few are asked with a y, and in production with the number as well.
	few := append([]string{"do", "users_unban"}, ids[:2]...)
	told = c.at("mistake", "y").run(few...)
	require.Zero(t, told.code, told.err)
	require.NotContains(t, told.err, "Type")
	c.kind = profile.Production
	told = c.at("ring", "ban 2", "y").run("do", "users_ban", ids[0], ids[1])
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.err, "Type “ban 2”")
}

// What was done in part is a failure with a list of whom it was not done to.
func TestBulk_PartialSuccessFailsWithAList(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(60)
	posts := 0
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			if posts++; posts == 2 {
				c.Server.SetFaults(faults.Switches{Method: http.MethodPost, ErrorRate: 1, ErrorStatus: 403})
			}
		}
		return nil, nil
	})
	told := c.run("do", "users_ban", "--from", c.WriteFile("ring", []byte(strings.Join(ids, "\n"))), "--yes", "--reason", "ring", "--confirm", "ban 60")
	require.Equal(t, 1, told.code)
	require.Empty(t, told.out)
	require.Contains(t, told.err, "50 of 60 banned, then stopped: ")
	require.Equal(t, 10, strings.Count(told.err, "not banned: "), told.err)
	require.Contains(t, told.err, "  Sign-up 55   s55@mail-drop.example   "+ids[55])
	require.Equal(t, 50, c.bannedOf(ids))

	// All of a batch refused is refused; the same for a machine.
	told = c.run("do", "users_ban", ids[58], ids[59], "--yes", "--reason", "ring", "--json")
	require.Equal(t, 1, told.code)
	require.Equal(t, "refused", told.object()["state"])
	require.Equal(t, "failed", told.object()["people"].([]any)[0].(map[string]any)["state"])
}

func TestBulk_LostAnswer(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(3)
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			c.Server.SetFaults(faults.Switches{Drop: "before"})
		}
		return nil, nil
	})
	told := c.run("do", "users_ban", ids[0], ids[1], "--yes", "--reason", "ring", "--json")
	require.Equal(t, 3, told.code)
	require.Equal(t, "unknown", told.object()["state"])
	require.Contains(t, told.err, "It is unclear whether 2 users were banned")
	require.Contains(t, told.err, ids[1])
}

func TestBulk_DryRun(t *testing.T) {
	c := newCounter(t)
	ids := c.crowd(60)
	c.ban(ids[7])
	told := c.run("do", "users_ban", "--from", c.WriteFile("ring", []byte(strings.Join(ids, "\n"))), "--dry-run", "--json")
	require.Zero(t, told.code, told.err)
	got := told.object()
	require.Equal(t, "POST", got["method"])
	require.Equal(t, "http://frontdesk.local/v1/users/ban", got["url"])
	require.Len(t, got["body"].(map[string]any)["user_ids"], 50)
	then := got["then"].([]any)
	require.Len(t, then, 1)
	require.Len(t, then[0].(map[string]any)["body"].(map[string]any)["user_ids"], 9)
	require.Len(t, got["left_out"], 1)
	require.Empty(t, c.writes())
	text := c.run("do", "users_ban", ids[7], ids[8], "--dry-run")
	require.Contains(t, text.out, "Nothing was sent. Unchanged: 1 user (already banned).")
	text = c.run("do", "users_ban", ids[7], "--dry-run")
	require.Equal(t, 1, text.code)
	require.Contains(t, text.err, "Nothing would be sent: already banned")
}
