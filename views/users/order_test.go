package users_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/viewtest"
)

// people adds users to the directory, the last one being the newest.
func people(t *testing.T, b *viewtest.Harness, names ...string) {
	t.Helper()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i, name := range names {
			first, last, _ := strings.Cut(name, " ")
			at := b.Clock.Now().UnixMilli() - int64(len(names)-i)*1000
			if err := tx.PutUser(&store.User{ID: "user_put" + strings.ToLower(first+last), FirstName: first, LastName: last, CreatedAt: at}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Words are ranked whatever the order of the list: an equal name comes before one that
// contains the letters.
func TestOrder_OfTheListDoesNotPreventRanking(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	people(t, b, "Eve Zorn", "Anouk Verhoeven")
	d := run(t, b, 120, 40)
	d.Press("o", "o", "o")
	d.Has("by first name ↑")
	d.Press("/")
	d.Type("eve")
	d.Has("best match first")
	d.Lacks("NAME ↑", "by first name")
	require.Contains(t, marked(t, d), "Eve Zorn")
	d.Press("enter", "enter")
	d.Has("Users › Eve Zorn")
}

// An order chosen during a search is for that search only.
func TestOrder_ChosenForASearchReplacesRanking(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	people(t, b, "Eve Zorn", "Anouk Verhoeven")
	d := run(t, b, 120, 40)
	d.Press("/")
	d.Type("eve")
	d.Press("enter")
	first := func(name, words, head string) {
		t.Helper()
		d.Has(words)
		require.Contains(t, rows(d)[0], name, words)
		if head != "" {
			d.Has(head)
		}
	}
	first("Eve Zorn", "best match first", "JOINED ")
	d.Press("o")
	first("Anouk Verhoeven", "newest first ↓", "JOINED ↓")
	d.Press("o", "o", "o")
	first("Anouk Verhoeven", "by first name ↑", "NAME ↑")
	d.Press("r")
	first("Anouk Verhoeven", "by first name ↑", "NAME ↑")
	d.Press("O")
	d.Has("by first name, Z to A ↓")
	d.Press("o", "o")
	first("Eve Zorn", "best match first", "")
	d.Press("O")
	d.Has("oldest first ↑")
	d.Press("/")
	d.Type("anouk")
	first("Anouk Verhoeven", "best match first", "")
	d.Press("esc", "esc")
	d.Has("all users", "oldest first ↑")
}

// A search with tokens only is in the list's order from the first moment on, and the
// column head says so.
func TestOrder_TokensAreNotRanked(t *testing.T) {
	b, d := drive(t, 400, 120, 40)
	for _, typed := range []string{"is:locked", "no:mfa is:banned", "is:banned", "name:maya"} {
		open := make(chan struct{})
		b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/v1/users" {
				select {
				case <-open:
				case <-r.Context().Done():
					return nil, r.Context().Err()
				}
			}
			return nil, nil
		})
		d.Async()
		d.Paste(typed)
		d.Has("newest first ↓")
		d.Lacks("best match")
		close(open)
		d.Until("the answer", func() bool { return d.Tasks() == 0 })
		d.Has("newest first ↓", "JOINED ↓", "found")
		d.Lacks("best match")
		d.Press("esc")
	}
}

// Words beside tokens are ranked the same way whether the service or a scan filters
// the tokens.
func TestOrder_WordsBesideTokensAreRanked(t *testing.T) {
	b := viewtest.NewWithUsers(t, 60)
	people(t, b, "Eve Zorn", "Anouk Verhoeven")
	d := run(t, b, 120, 40)
	for _, typed := range []string{"-is:banned eve", "eve -is:banned", "eve -is:locked", "-is:locked eve"} {
		d.Paste(typed)
		d.Has("best match first", "found")
		require.Contains(t, rows(d)[0], "Eve Zorn", typed)
		d.Press("esc")
	}
}

// The header says the state of a search, and "found" only after an answer.
func TestHeader_SaysTheStateOfTheSearch(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	g := hold(b, "query=maya")
	d.Press("/")
	d.Type("maya")
	require.Contains(t, d.Line(2), "searching…  ·  best match first")
	order := strings.Index(d.Line(2), "·  best match") - len("…") + 1 // in cells
	close(g.open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	require.Contains(t, d.Line(2), "found  ·  best match first")
	require.Equal(t, order, strings.Index(d.Line(2), "·  best match"), "the order keeps its place")
	b.Transport.Intercept(refuse)
	d.Press("esc", "/")
	d.Type("qqqq")
	d.WaitFor("The search for “qqqq” failed.")
	require.Contains(t, d.Line(2), "failed")
	require.NotContains(t, d.Line(2), "found")
	d.Press("esc", "/")
	d.Type("maya")
	d.WaitFor("1 of the users read")
	require.Contains(t, d.Line(2), "failed")
}
