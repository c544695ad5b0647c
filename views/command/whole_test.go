package command_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/viewtest"
)

// six hundred more, of whom only the last but fifty is locked.
func withSixHundred(t *testing.T) *counter {
	c := newCounter(t)
	require.NoError(t, c.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 600 {
			u := &store.User{ID: fmt.Sprintf("user_2c%025d", i), FirstName: "Row", CreatedAt: c.Clock.Now().UnixMilli() - int64(i), LastSignInAt: 1}
			if i == 550 {
				u.Locked = true
			}
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	return c
}

// A server may give fewer rows than it is asked for; that is not the end.
func TestUsers_ShortPageIsNotTheEnd(t *testing.T) {
	c := withSixHundred(t)
	c.Transport.Intercept(viewtest.CapPageSize(100))
	for _, order := range []string{"-created_at", "first_name"} {
		told := c.run("users", "row", "is:locked", "--csv", "--order", order)
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, fmt.Sprintf("user_2c%025d", 550))
		require.Equal(t, "scanned 600 of 600 · 1 found\n", told.err)

		told = c.run("users", "row", "--json", "--limit", "5000", "--order", order)
		require.Zero(t, told.code, told.err)
		require.Equal(t, 600, strings.Count(told.out, `"id":"user_2c`))
		require.Empty(t, told.err)

		told = c.run("users", "row", "--json", "--limit", "250", "--order", order)
		require.Equal(t, 250, strings.Count(told.out, `"id":"user_2c`))
		require.Contains(t, told.err, "250 of 600 shown")
	}
}

// Where not everybody can be looked at, nobody is told that there is nobody.
func TestUsers_RepeatingPagesAreAnError(t *testing.T) {
	c := withSixHundred(t)
	for _, round := range []int{1, 300} {
		c.Transport.Intercept(viewtest.RepeatPages(100, round))
		for _, args := range []string{"row is:locked", "row is:locked --order first_name", "row --limit 5000"} {
			told := c.run(append([]string{"users"}, strings.Fields(args)...)...)
			require.Equal(t, 1, told.code, "%s: %s", args, told.err)
			require.Empty(t, told.out, args)
			require.Contains(t, told.err, "the server keeps sending the same users, so the rest cannot be read")
			require.NotContains(t, told.err, "scanned")
		}
		require.Contains(t, c.run("users", "row", "is:locked").err, fmt.Sprintf("stopped at %d of 600", max(round, 100)))
	}
	// One that always gives all it has gives the same again, and is whole.
	c = newCounter(t)
	c.Transport.Intercept(viewtest.RepeatPages(500, 1))
	told := c.run("users", "--csv", "--limit", "5000")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, someoneID)
}

// A cursor whose user has gone meanwhile is no end either.
func TestUsers_CursorThatDoesNotAdvance(t *testing.T) {
	c := withSixHundred(t)
	capped := viewtest.CapPageSize(100)
	c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if q := r.URL.Query(); q.Get("starting_after") != "" {
			q.Set("starting_after", "")
			q.Set("offset", "100000")
			r.URL.RawQuery = q.Encode()
		}
		return capped(r)
	})
	told := c.run("users", "row", "is:locked", "--csv")
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.out, fmt.Sprintf("user_2c%025d", 550))
}
