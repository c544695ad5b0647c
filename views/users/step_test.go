package users_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// settleStep lets the pause after a step pass.
func settleStep(d *tuitest.Driver) { d.Advance(time.Second) }

func TestStep_ShowsTheNextAndPreviousUser(t *testing.T) {
	b := numbered(t, 5)
	d := run(t, b, 120, 40)
	d.Press("j", "enter")
	d.Has("Users › P003")
	d.Press("2", "J")
	d.Has("Users › P002", "@p.example", "E-MAIL ADDRESSES") // the tab stays
	d.Press("J", "K")
	d.Has("Users › P002")
	d.Press("K", "K", "K")
	d.Has("Users › P004", "This is the first user of the list.")
	d.Press("J", "J", "J", "J", "J")
	d.Has("Users › P000", "This is the last user of the list.")
	d.Press("esc")
	require.Equal(t, "P000", who(t, d), "the cursor went along")
}

func TestStep_CrossesPages(t *testing.T) {
	b := numbered(t, 130)
	d := run(t, b, 120, 40)
	d.Press("enter")
	for range 129 {
		d.Press("J")
	}
	d.Has("Users › P000")
	d.Press("J")
	d.Has("This is the last user of the list.")
}

func TestStep_SaysThatARowIsNotLoaded(t *testing.T) {
	b := numbered(t, 400)
	d := run(t, b, 120, 10)
	g := hold(b, "starting_after")
	d.Async()
	d.Press("enter")
	for range 160 {
		d.Press("J")
	}
	d.Has("is being read; press again.")
	close(g.open)
	d.Until("the rows", func() bool { return d.Tasks() == 0 })
	d.Press("J")
	d.Has("Users › P249")
}

func TestStep_ReadsOnlyTheUserOnWhomItStays(t *testing.T) {
	b := numbered(t, 8)
	d := run(t, b, 120, 40)
	d.Press("enter")
	settleStep(d)
	d.Press("7", "J", "J", "J")
	before := len(b.Transport.Requests())
	settleStep(d)
	require.ElementsMatch(t, []string{"GET /v1/users/user_p004", "GET /v1/sessions"}, b.Transport.Requests()[before:])
}

func TestStep_FollowsASearch(t *testing.T) {
	b := numbered(t, 40)
	d := run(t, b, 120, 40)
	d.Press("/")
	d.Type("p01")
	d.Press("enter", "enter", "J")
	d.Has("Users › P018")
	d.Press("K", "K")
	d.Has("Users › P019", "This is the first user of the list.")
}
