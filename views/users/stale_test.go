package users_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rows that only stand there until the answer comes belong to another question:
// nothing can be asked about one of them.
func TestNobodyIsActedOnWhoIsNotWhatWasAskedFor(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	open := make(chan struct{})
	b.Wire.Spoil(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/v1/users" {
			select {
			case <-open:
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}
		return nil, nil
	})
	d.Press("o", "b")
	require.False(t, d.Asking(), d.Screen())
	d.Has("Ban user: nobody is selected")
	close(open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	d.Press("b")
	require.True(t, d.Asking())
}

// While a search runs, only rows that match what was typed can be asked about, and
// the question stays with its person when the answer comes.
func TestTheQuestionStaysWithItsPersonWhenTheSearchEnds(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	g := hold(b, "query=maya")
	d.Press("/")
	d.Type("maya")
	d.Has("so far")
	d.Press("enter", "b")
	d.Dialog().Expect("Ban user", "Maya Okafor", "maya@harborpine.example")
	close(g.open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	d.Dialog().Expect("Ban user", "Maya Okafor", "maya@harborpine.example")
	d.Type("x")
	d.Press("enter", "y")
	d.WaitFor("Banned Maya Okafor")
}
