package users_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestMarkAll_MarksEveryMatch(t *testing.T) {
	b := numbered(t, 40)
	d := run(t, b, 120, 40)
	d.Press("*")
	d.Has("nothing is searched for")
	d.Press("/")
	d.Type("p01")
	d.Press("enter")
	d.Has("* mark all", "v G v to the end")
	d.Press("*")
	d.Has("10 marked", "Marked 10 users")
	d.Press("esc", "/")
	d.Type("p02*")
	d.Has("/ p02*", "10 marked")
}

func TestMarkAll_ReadsRowsThatAreNotLoaded(t *testing.T) {
	b := numbered(t, 700)
	d := run(t, b, 120, 40)
	d.Press("/")
	d.Type("p.example")
	d.Press("enter")
	d.Has("of 700 found")
	d.Press("*")
	d.Has("700 marked", "Marked 700 users")
	require.Len(t, ticked(d, "✓"), 33)
	d.Press("b")
	d.Dialog().Expect("Ban 700 users")
}

func TestMarkAll_MarksNobodyWhenTheListChanged(t *testing.T) {
	b := numbered(t, 300)
	d := run(t, b, 120, 40)
	d.Press("/")
	d.Type("p.example")
	d.Press("enter")
	gone := b.FindUser("P100").ID.Raw()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(gone) }))
	d.Press("*")
	d.Has("Nobody was marked: The list changed while it was read.")
	d.Lacks(" marked · ")
}

func TestMarkAll_IsOffWhileAScanRuns(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	release := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return nil, nil
	})
	d.Async()
	d.Press("/")
	d.Type("is:locked")
	d.Press("enter", "*")
	d.Has("the scan is still running")
	close(release)
	d.WaitFor("found")
	d.Until("the end of the scan", func() bool { return d.Tasks() == 0 })
	d.Press("*")
	d.Has("marked · ")
}
