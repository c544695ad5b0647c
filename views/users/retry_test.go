package users_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
)

// pass advances the clock by seconds, each with its tick.
func pass(d *tuitest.Driver, seconds int) {
	for range seconds {
		d.Advance(time.Second)
	}
}

// A failed read is retried automatically, each time later, and the notice disappears
// when the network is back.
func TestRetry_AfterAFailedRead(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	b.Transport.Intercept(refuse)
	d.Press("r")
	require.Contains(t, d.Line(1), "! Could not list users: connection lost.   as of just now   retries in 5 s   r now")
	d.Resize(80, 24)
	require.Contains(t, d.Line(1), "! Connection lost.   as of just now   retries in 5 s   r now")
	d.Resize(200, 40)
	require.Contains(t, d.Line(1), "! Could not list users: the connection was lost before the whole answer arrived.   as of just now")
	d.Resize(120, 40)
	for _, wait := range []int{5, 10, 20, 30, 30} {
		sent := lists(b)
		require.Contains(t, d.Line(1), fmt.Sprintf("retries in %d s", wait))
		pass(d, wait-1)
		require.Equal(t, sent, lists(b), "not yet")
		require.Contains(t, d.Line(1), "retries in 1 s")
		until(d, func() bool { return lists(b) > sent })
		require.Contains(t, d.Line(1), "!", "what it says stays until it is so no more")
	}
	b.Transport.Intercept(nil)
	pass(d, 30)
	d.Has("1–33 of 60")
	d.Lacks("onnection", "retries")
	require.NotContains(t, strings.ReplaceAll(d.Screen(), "! active", ""), "!") // one account is at risk
	sent := lists(b)
	pass(d, 120)
	require.Equal(t, sent, lists(b))
	b.Transport.Intercept(refuse)
	d.Press("r")
	d.Has("retries in 5 s")
}

// until advances at most two seconds: a tick comes up to a second after its time.
func until(d *tuitest.Driver, ok func() bool) {
	for range 2 {
		if !ok() {
			pass(d, 1)
		}
	}
}

// The screen of a failed search stays until the next attempt is answered.
func TestRetry_AfterAFailedSearch(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	b.Transport.Intercept(refuse)
	look(d, "zzzz")
	d.Has("The search for “zzzz” failed.", "retries in 5 s   enter, then r now")
	pass(d, 6)
	d.Has("The search for “zzzz” failed.", "retries in 10 s")
	d.Type("q")
	d.Has("The search for “zzzzq” failed.", "retries in 5 s")
	b.Transport.Intercept(nil)
	pass(d, 6)
	d.Has("No one matches “zzzzq”")
	d.Press("esc", "/")
	b.Transport.Intercept(refuse)
	d.Type("maya")
	d.Has("1 of the users read", "retries in 5 s")
	b.Transport.Intercept(nil)
	pass(d, 6)
	d.Has("1 found")
	d.Lacks("!")
}

// Nothing is retried while another screen is on top, nor if it would fail again.
func TestRetry_OnlyWhileTheListIsOnTheScreen(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	b.Transport.Intercept(refuse)
	d.Press("r")
	d.Has("retries in 5 s")
	d.Press("enter")
	d.Has("Users ›")
	sent := lists(b)
	pass(d, 60)
	require.Equal(t, sent, lists(b), "the list is not on the screen")
	d.Press("q")
	pass(d, 1)
	require.Greater(t, lists(b), sent, "it is again")
	d.Press("b")
	require.True(t, d.Asking())
	sent = lists(b)
	pass(d, 60)
	require.Equal(t, sent, lists(b), "a question lies over it")
	d.Press("esc")
	pass(d, 1)
	require.Greater(t, lists(b), sent)
	for _, status := range []int{401, 403} {
		require.False(t, (&api.Error{Kind: api.KindBadKey, Status: status}).IsTransient())
	}
}

func TestRetry_AfterAStartWithoutTheNetwork(t *testing.T) {
	b, _ := drive(t, 60, 120, 40)
	b.Transport.Intercept(refuse)
	d := runs(t, b, users.New(b.Env), 120, 40)
	d.Has("The users could not be read.", "retries in 5 s   r now")
	b.Transport.Intercept(nil)
	pass(d, 6)
	d.Has("1–33 of 60")
	d.Lacks("could not", "retries")
}
