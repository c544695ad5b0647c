package users_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/views/viewtest"
)

// Rows of the previous query, shown until the answer, have no actions.
func TestList_OlderRowsHaveNoActions(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
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
	d.Press("o", "b")
	require.False(t, d.Asking(), d.Screen())
	d.Has("Ban user: nobody is selected")
	close(open)
	d.Until("the answer", func() bool { return d.Tasks() == 0 })
	d.Press("b")
	require.True(t, d.Asking())
}

// While a search runs, only rows that match can be acted on, and the question stays
// with its user when the answer comes.
func TestQuestion_StaysWithItsUserWhenTheSearchEnds(t *testing.T) {
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
	d.Type("asked by Maya")
	d.Press("enter", "y")
	d.WaitFor("Banned Maya Okafor")
}

func TestWait_AskedForByTheServerIsShown(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	open, waits := make(chan struct{}), make(chan struct{})
	var first sync.Once
	b.ClientSleep = func(ctx context.Context, by time.Duration) error {
		first.Do(func() { close(waits) })
		return viewtest.SleepUntil(open)(ctx, by)
	}
	d.Async()
	b.Transport.Intercept(viewtest.RateLimitOnce("/v1/users", "20"))
	d.Press("r")
	<-waits // until then no time passes, or it would be the request that takes it
	d.Advance(2 * time.Second)
	require.Regexp(t, `Too many requests \(429\): .* in \d+ s\.   esc stops`, d.Line(1))
	require.Contains(t, d.Line(-1), "Refreshing, waiting")
	close(open)
	d.Until("the list is there", func() bool { return !strings.Contains(d.Line(-1), "Refreshing") })
	d.Lacks("Too many", "failed")
}

// A wait that is too long is announced at once, and not followed in full.
func TestWait_WithoutEndCanBeStopped(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	b.Transport.Intercept(viewtest.RateLimitOnce("/v1/users", "99999999999"))
	d.Press("r")
	d.Has("! Too many requests (429). Clerk asks to wait a day or more.")
	b.Clock.Jump(40 * time.Second)
	d.Press("r")
	d.Lacks("Too many requests")
}
