package users_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// ticked returns the rows with a mark in the gutter.
func ticked(d *tuitest.Driver, sign string) []string {
	var rows []string
	for _, l := range strings.Split(d.Screen(), "\n") {
		if rest, ok := strings.CutPrefix(l, sign); ok {
			rows = append(rows, strings.TrimSpace(strings.TrimLeft(rest, "▌ ")))
		}
	}
	return rows
}

// ring adds 37 sign-ups with one address to the directory, as in the demo's spam ring,
// and searches for them.
func ring(b *viewtest.Harness, d *tuitest.Driver) {
	at := b.Clock.Now().UnixMilli()
	require.NoError(b, b.Store.Write(b.Context(), func(tx *store.Tx) error {
		for i := range 37 {
			mail := fmt.Sprintf("idn_2ring%022d", i)
			if err := tx.PutUser(&store.User{ID: fmt.Sprintf("user_2ring%022d", i), FirstName: "Linda", LastName: fmt.Sprint("Novak ", i),
				PrimaryEmailID: mail, CreatedAt: at, UpdatedAt: at,
				Emails: []store.Email{{ID: mail, Address: fmt.Sprintf("linda%d@mail-drop.example", i), CreatedAt: at, UpdatedAt: at}}}); err != nil {
				return err
			}
		}
		return nil
	}))
	d.Press("/")
	d.Type("mail-drop")
	d.Press("enter")
}

// bannedAt counts the banned users who match a query.
func bannedAt(b *viewtest.Harness, query string) (n int) {
	found, err := b.Client.ListUsers(b.Context(), api.Query{Search: query, Limit: 500})
	require.NoError(b, err)
	for i := range found {
		if found[i].Banned {
			n++
		}
	}
	return n
}

func TestMarks_SpaceMarksAndMovesOn(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	first := marked(t, d)
	d.Press("space", "space")
	d.Has("2 marked · ")
	rows := ticked(d, "✓")
	require.Len(t, rows, 2)
	require.Contains(t, first, rows[0][:12], "the first is the one the cursor was on")
	d.Press("k", "space")
	require.Len(t, ticked(d, "✓"), 1, "once more takes it away")
	d.Has("1 marked · ")
	d.Press("esc")
	d.Has("Unmarked 1 user")
	require.Empty(t, ticked(d, "✓"))
	d.Lacks("marked · ")
}

func TestSearchBox_SpaceIsText(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Press("/")
	d.Type("maya o")
	d.Has("maya o")
	d.Lacks("marked")
}

func TestMarks_OutliveSearchOrderAndRefresh(t *testing.T) {
	b, d := drive(t, 60, 100, 40)
	d.Press("/")
	d.Type("daniel reyes")
	d.Press("enter", "esc", "space")
	d.Has("1 marked")
	d.Press("esc")
	d.Has("1 marked · 1–")
	d.Press("o", "o", "o", "r")
	d.Has("1 marked")
	d.Press("/")
	d.Type("daniel reyes")
	d.Press("enter", "esc")
	require.Len(t, ticked(d, "✓"), 1)
	require.Contains(t, ticked(d, "✓")[0], "Daniel Reyes")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(b.FindUser("daniel reyes").ID.Raw()) }))
	d.Press("l")
	d.Dialog().Expect("Lock user", "Daniel Reyes")
}

// The demo's story: 37 sign-ups of a ring, marked at once and banned.
func TestBulk_BansASpamRing(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Has("37 found")
	d.Press("v", "G")
	d.Has("range of 37 · ")
	require.Greater(t, len(ticked(d, "+")), 25)
	d.Press("v")
	d.Has("37 marked · ")
	d.Lacks("range of")
	d.Press("b")
	d.Dialog().Expect("Ban 37 users", "37 users", "and 34 more", "all 37 have an address at mail-drop.example", "on DEMO",
		"ends all their sessions now", "Unban the same users", "Type “ban 37”")
	d.Type("spam ring")
	d.Press("enter")
	d.Type("ban 36")
	d.Press("enter", "y")
	d.Has("that does not match")
	d.Press("backspace")
	d.Type("7")
	d.Press("enter", "y")
	d.Has("Ban 37 users in 5 s")
	require.Zero(t, bannedAt(b, "mail-drop"), "it can still be stopped")
	d.Advance(6e9)
	d.Has("Banned 37 users", "spam ring", "z undoes: Unban 37 users just banned")
	require.Equal(t, 37, bannedAt(b, "mail-drop"))
	require.Empty(t, ticked(d, "✓"), "who is dealt with is not marked any more")
	d.Has("■ banned")
	d.Lacks("● active", "○ never signed in")

	writes := 0
	for _, line := range b.Transport.Requests() {
		if line == "POST /v1/users/ban" {
			writes++
		}
	}
	require.Equal(t, 1, writes)
}

// Undo concerns the users whom this bulk banned, and not those banned before.
func TestBulk_Undo(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	before := b.FindUser("mail-drop")
	b.EditUser(before, func(u *store.User) { u.Banned = true })
	d.Press("r")
	d.Press("v", "G", "v", "b")
	d.Dialog().Expect("Ban 36 users", "1 is already banned and stays that way", "Type “ban 36”")
	agree(d, "ban 36")
	d.Has("Banned 36 users; reason: spam ring. 1 unchanged:")
	require.Equal(t, 37, bannedAt(b, "mail-drop"))
	d.Press("x")
	d.Type("just banned")
	d.Press("enter")
	d.Dialog().Expect("Unban 36 users", "Type “unban 36”")
	agree(d, "unban 36")
	d.Has("Unbanned 36 users")
	require.Equal(t, 1, bannedAt(b, "mail-drop"))
	require.True(t, b.ReloadUser(before).Banned)
}

// agree fills in a T4 question about several users and waits until it can be
// confirmed.
func agree(d *tuitest.Driver, phrase string) {
	d.Type("spam ring")
	d.Press("enter")
	d.Type(phrase)
	d.Press("enter", "y")
	d.Advance(6e9)
}

func TestBulk_AsksForFewAsForOne(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("space", "space", "space", "x")
	d.Has("Ban 3 users", "marked: 3 users", "at the cursor: ")
	d.Press("enter")
	d.Dialog().Expect("Ban 3 users", "3 users")
	d.Lacks("Type “ban 3”")
	d.Type("spam")
	d.Press("enter", "y")
	d.Has("Banned 3 users")
	require.Equal(t, 3, bannedAt(b, "mail-drop"))
}

// Production, and marked users outside the list, each raise the tier by one, together
// by one.
func TestBulk_AsksOneTierHigherForUnusualSelections(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	b.Env.Instance.Kind = profile.Production
	d := run(t, b, 120, 40)
	ring(b, d)
	d.Press("space", "space", "b")
	d.Dialog().Expect("Ban 2 users", "on PRODUCTION", "Type “ban 2”")
	d.Press("esc")

	b, d = drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("space", "space", "esc")
	d.Has("2 marked")
	d.Press("b")
	d.Dialog().Expect("Ban 2 users")
	d.Lacks("not in the list on the screen", "Type “ban 2”")
	d.Press("esc", "/")
	d.Type("maya okafor")
	d.Press("enter", "esc", "space", "b")
	d.Dialog().Expect("Ban 3 users", "2 of them are not in the list on screen", "Type “ban 3”")
}

// A range whose middle was not loaded is read, and must begin and end with the users
// on the screen.
func TestRange_ReadsRowsThatAreNotLoaded(t *testing.T) {
	b, d := drive(t, 700, 100, 30)
	d.Press("v", "G")
	d.Has("range of 700")
	d.Press("v")
	d.Has("700 marked · ", "Marked 700 users")
	reads := 0
	for _, line := range b.Transport.Requests() {
		if line == "GET /v1/users" {
			reads++
		}
	}
	require.Less(t, reads, 12)
	d.Press("g", "b")
	d.Dialog().Expect("Ban "+fmt.Sprint(700-bannedAll(b))+" users", "already banned and stay that way")
}

func bannedAll(b *viewtest.Harness) int {
	yes := true
	n, err := b.Client.CountUsers(b.Context(), api.Query{Banned: &yes})
	require.NoError(b, err)
	return n
}

func TestRange_MarksNobodyWhenItCannotBeRead(t *testing.T) {
	b, d := drive(t, 700, 100, 30)
	d.Press("v", "G")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: http.MethodGet})
	d.Press("v")
	d.Has("Nobody was marked")
	d.Lacks("marked · ")
}

func TestRange_EscDropsItBeforeTheSearch(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	ring(b, d)
	d.Press("v", "j", "j")
	d.Has("range of 3", "esc cancel range")
	d.Press("esc")
	d.Lacks("range of")
	d.Has("37 found")
	d.Press("v", "j", "esc", "esc")
	d.Lacks("found")
}

func TestRange_GoesUpToo(t *testing.T) {
	_, d := drive(t, 60, 100, 30)
	d.Press("j", "space", "j", "j", "v", "g", "v")
	d.Has("5 marked")
	require.Len(t, ticked(d, "✓"), 5)
}

// The search changes while a range is open: its first user is not in the list.
func TestRange_MarksNobodyWithoutItsStart(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	ring(b, d)
	d.Press("v", "/")
	for range len("mail-drop") {
		d.Press("backspace")
	}
	d.Type("maya okafor")
	d.Press("enter", "esc", "v")
	d.Has("who is not in this list")
	d.Lacks("marked · ")
}
