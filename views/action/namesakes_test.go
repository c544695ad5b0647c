package action_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
	"frontdesk/views/viewtest"
)

// namesakeReads are the lookups by name that went out.
func namesakeReads(b *viewtest.Harness) *int {
	n := 0
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("name_query") != "" {
			n++
		}
		return nil, nil
	})
	return &n
}

func TestNamesakes_AreNamedInEveryQuestion(t *testing.T) {
	b := viewtest.New(t)
	reads := namesakeReads(b)
	d, _ := sit(t, b, "sam.carter@mail.example")
	d.Press("b")
	d.Dialog().Expect("Ban user", "! 2 others are called Sam Carter: scarter@northwind.example", "sam.c@pine.example · Pine")
	require.Equal(t, 1, *reads)
	d.Press("esc", "l")
	d.Dialog().Expect("Lock user", "! 2 others are called Sam Carter", "sam.c@pine.example · Pine Outfitters · joined", "scarter@northwind.example · Northwind Stage · joined")
	require.Equal(t, 1, *reads, "it is known")
	b.EditUser(b.FindUser("sam.carter@mail.example"), func(u *store.User) { u.Banned = true })
	d.Press("esc", "r", "b")
	d.Dialog().Expect("Unban user", "Unban Sam Carter?", "! 2 others are called Sam Carter: scarter@northwind.example · Northwind Stage")
}

func TestNamesakes_NobodyElse(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Maya Okafor")
	pick(d, "Edit user")
	d.Dialog().Expect("Edit user", "nobody else is called Maya Okafor")
	d.Lacks("! nobody")
}

// Case, accents and blanks are no difference, as in the search of the list.
func TestNamesakes_AreComparedAsTheSearchFolds(t *testing.T) {
	b := viewtest.New(t)
	b.EditUser(b.FindUser("scarter@northwind.example"), func(u *store.User) { u.FirstName, u.LastName = "José", "García" })
	b.EditUser(b.FindUser("sam.c@pine.example"), func(u *store.User) { u.FirstName, u.LastName = "JOSE", "GARCIA" })
	b.EditUser(b.FindUser("sam.carter@mail.example"), func(u *store.User) { u.FirstName, u.LastName = "Jose", "Garciano" })
	for _, who := range []string{"scarter@northwind.example", "sam.c@pine.example"} {
		d, _ := sit(t, b, who)
		d.Press("b")
		d.Dialog().Expect("Ban user", "1 other is called")
		d.Press("esc")
	}
}

// The lookup comes late, or fails: the question is answered as ever, and nothing in it
// moves.
func TestNamesakes_MoveNothing(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		b := viewtest.New(t)
		let := make(chan struct{})
		d, _ := sit(t, b, "sam.carter@mail.example")
		b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
			if r.URL.Query().Get("name_query") != "" {
				<-let
			}
			return nil, nil
		})
		d.Resize(size[0], size[1])
		d.Async()
		d.Press("b")
		d.Dialog().Expect("Ban user", "looking for others called Sam Carter")
		early := []int{rowOf(d, "Reason"), rowOf(d, "Cancel"), rowOf(d, "To undo")}
		close(let)
		d.WaitFor("2 others are called Sam Carter")
		require.Equal(t, early, []int{rowOf(d, "Reason"), rowOf(d, "Cancel"), rowOf(d, "To undo")}, d.Screen())
	}
}

func TestNamesakes_FailedLookupIsSaid(t *testing.T) {
	b := viewtest.New(t)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("name_query") != "" {
			return nil, errors.New("cable pulled")
		}
		return nil, nil
	})
	d, u := sit(t, b, "Maya Okafor")
	d.Press("b")
	d.Dialog().Expect("Ban user", "whether others are called Maya Okafor is not known")
	require.NotNil(t, action.HeadlessOperation{User: u}.Namesakes(t.Context(), b.Env))
}

func TestNamesakes_FullPageIsALeastNumber(t *testing.T) {
	b := viewtest.New(t)
	page, err := b.Client.ListUsers(t.Context(), api.Query{Limit: 55})
	require.NoError(t, err)
	for i := range page {
		b.EditUser(&page[i], func(r *store.User) { r.FirstName, r.LastName = "Kim", "Lee" })
	}
	d, _ := sit(t, b, page[0].Email().Raw())
	d.Press("e")
	d.Dialog().Expect("Edit user", "at least 49 others are called Kim Lee")
}

func TestNamesakes_Words(t *testing.T) {
	lines := []string{"a@b.example", "c@d.example"}
	for want, got := range map[string]*tui.Namesakes{
		"nobody else is called Sam":                  wording.Namesakes("Sam", 0, false, nil),
		"1 other is called Sam":                      wording.Namesakes("Sam", 1, false, lines[:1]),
		"at least 2 others are called Sam":           wording.Namesakes("Sam", 2, true, lines),
		"whether others are called Sam is not known": wording.Namesakes("Sam", 0, true, nil),
		"looking for others called Sam …":            wording.NamesakesSought("Sam"),
	} {
		require.Equal(t, want, got.Lines[0])
		require.Equal(t, len(got.Lines), got.Rows, fmt.Sprint(got))
	}
}
