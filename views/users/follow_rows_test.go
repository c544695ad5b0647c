package users_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/views/viewtest"
)

// whoIs finds a user with another client.
func whoIs(t testing.TB, b *viewtest.Harness, query string) api.User {
	t.Helper()
	found, err := b.Client.ListUsers(t.Context(), api.Query{Search: query, Limit: 2})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	return found[0]
}

// line is the line of the screen that has the text, "" for none.
func lineOf(screen, text string) string {
	for _, line := range strings.Split(screen, "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// Changes by another client to users on the screen are shown within one interval, and
// no row moves.
func TestFollow_ShowsChangesMadeElsewhere(t *testing.T) {
	b, d := drive(t, 60, 140, 30)
	d.Press("L", "j", "j")
	before := strings.Split(d.Screen(), "\n")
	at := marked(t, d)[:40]
	other := who(t, d)
	var name string
	for _, line := range before { // an active user, not under the cursor
		if strings.Contains(line, "● active") && !strings.Contains(line, other) {
			name = strings.Join(strings.Fields(line)[:2], " ")
		}
	}
	require.NotEmpty(t, name)
	u := whoIs(t, b, name)
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Advance(21 * time.Second)
	require.Contains(t, lineOf(d.Screen(), name), "banned")
	require.Equal(t, at, marked(t, d)[:40], "the cursor stays")
	_, err = b.Client.UpdateUser(t.Context(), u.ID, api.UserChange{LastName: wire.Set("Zzyzx")})
	require.NoError(t, err)
	_, err = b.Client.UnbanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Advance(21 * time.Second)
	require.NotContains(t, lineOf(d.Screen(), "Zzyzx"), "banned")
	require.Contains(t, d.Screen(), "Zzyzx")
	require.Equal(t, at, marked(t, d)[:40])
	require.Equal(t, len(before), len(strings.Split(d.Screen(), "\n")))
}

// Deletions by another client show on the screen and in the total.
func TestFollow_ShowsUsersDeletedElsewhere(t *testing.T) {
	for name, crowd := range map[string]int{"all rows are here": 60, "more than is here": 700} {
		t.Run(name, func(t *testing.T) {
			b, d := drive(t, crowd, 140, 30)
			d.Press("L")
			total := func(n int) string { return "of " + comma(n) }
			d.Has(total(crowd))
			d.Press("j", "j", "j")
			cursor := marked(t, d)[:40]
			gone := who(t, d)
			d.Press("k")
			stays := who(t, d)
			u := whoIs(t, b, gone)
			require.Contains(t, u.Name().Raw(), gone)
			_, err := b.Client.DeleteUser(t.Context(), u.ID)
			require.NoError(t, err)
			d.Advance(25 * time.Second)
			d.Has(total(crowd - 1))
			require.Empty(t, lineOf(d.Screen(), gone))
			require.Equal(t, stays, who(t, d))
			require.NotEqual(t, cursor, marked(t, d)[:40])

			last, err := b.Client.ListUsers(t.Context(), api.Query{Limit: 5, Ascending: true})
			require.NoError(t, err)
			for i := range last { // far below the screen
				_, err := b.Client.DeleteUser(t.Context(), last[i].ID)
				require.NoError(t, err)
			}
			d.Advance(45 * time.Second)
			d.Has(total(crowd - 6))
			require.Equal(t, stays, who(t, d))
			join(t, b, "Ada")
			d.Advance(25 * time.Second)
			d.Has(total(crowd-5), "1 new since you opened")
			d.Advance(5 * time.Minute)
			d.Has(total(crowd - 5))
		})
	}
}

func comma(n int) string { return strconv.Itoa(n) } // below a thousand

// A newer state is not replaced by an older answer, and a server that ignores the
// filter does not make users look deleted.
func TestFollow_DropsAnOlderAnswer(t *testing.T) {
	b, d := drive(t, 60, 140, 30)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if q := r.URL.Query(); len(q["user_id"]) > 0 {
			q.Del("user_id")
			q.Set("limit", "1")
			r.URL.RawQuery = q.Encode()
		}
		return nil, nil
	})
	d.Press("L")
	before := d.Screen()
	d.Advance(time.Minute)
	d.Has("of 60")
	require.Equal(t, strings.Count(before, "●"), strings.Count(d.Screen(), "●"))
}

// A user who no longer matches keeps their row.
func TestFollow_ASearchKeepsItsRows(t *testing.T) {
	b, d := drive(t, 60, 140, 30)
	d.Press("/")
	d.Type("is:active daniel")
	d.Press("enter", "esc", "L")
	n := lists(b)
	u := whoIs(t, b, "Daniel Reyes")
	b.EditUser(&u, func(r *store.User) { r.Banned = true; r.UpdatedAt = b.Clock.Now().UnixMilli() })
	d.Advance(21 * time.Second)
	require.Greater(t, lists(b), n)
	require.Contains(t, lineOf(d.Screen(), "dreyes@"), "banned")
	d.Has("no longer match")
}
