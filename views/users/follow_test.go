package users_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// join creates users as the customer's own application would.
func join(t testing.TB, b *viewtest.Harness, names ...string) {
	t.Helper()
	for _, n := range names {
		_, err := b.Client.CreateUser(t.Context(), api.NewUser{FirstName: wire.Set(n), EmailAddress: wire.Set([]string{strings.ToLower(n) + "@new.example"})})
		require.NoError(t, err)
	}
}

func TestFollow_RequestsNothingWhileOff(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	d.Press("p", "G")
	d.Advance(time.Minute)
	sent := len(b.Transport.Requests())
	d.Advance(time.Hour)
	require.Len(t, b.Transport.Requests(), sent)
	d.Press("L")
	d.Advance(time.Minute)
	require.Greater(t, len(b.Transport.Requests()), sent+2)
	d.Press("L")
	d.Lacks("Following")
	sent = len(b.Transport.Requests())
	d.Advance(time.Hour)
	require.Len(t, b.Transport.Requests(), sent)
	require.LessOrEqual(t, b.Clock.Timers(), 1, "of the clock on the screen")
}

func TestFollow_InsertsArrivalsAboveAndKeepsTheCursor(t *testing.T) {
	b, d := drive(t, 60, 120, 30)
	who := marked(t, d)[:50]
	d.Advance(time.Second)
	join(t, b, "Early")
	d.Press("L")
	d.Has("Following new arrivals · 1 new since you opened", "L stops", "of 61")
	d.Advance(time.Second)
	join(t, b, "Ada", "Bea")
	d.Advance(10 * time.Second)
	d.Has("3 new since you opened", "Ada new", "Bea new", "Early new", "1–23 of 63")
	require.Equal(t, who, marked(t, d)[:50])
	d.Lacks("Maya Okafor new")
	d.Press("pgdown")
	screen := d.Screen()
	d.Advance(time.Second)
	join(t, b, "Cleo")
	d.Advance(10 * time.Second)
	d.Has("4 new since you opened", "of 64")
	rows := func(s string) string { return strings.Join(strings.Split(s, "\n")[7:27], "\n") }
	require.Equal(t, rows(screen), rows(d.Screen()), "further down nothing moves")
	d.Press("g")
	d.Has("Cleo new", "1–23 of 64")
	d.Press("L")
	d.Lacks("Cleo new", "since you opened")
	d.Press("r")
	d.Has("Cleo", "1–23 of 64")
}

func TestFollow_InsertsOnlyMatchingArrivalsInASearch(t *testing.T) {
	b, d := drive(t, 60, 120, 30)
	d.Press("/")
	d.Type("maya")
	d.Press("enter", "esc", "L")
	d.Advance(time.Second)
	join(t, b, "Mayanne", "Zed")
	d.Advance(10 * time.Second)
	d.Has("1 new since you opened", "Mayanne new", "Maya Okafor")
	d.Lacks("Zed")
	d.Press("esc")
	d.Advance(time.Minute)
	d.Has("2 new since you opened", "Zed new", "Mayanne new")
}

func TestFollow_CountsArrivalsInAnotherOrder(t *testing.T) {
	b, d := drive(t, 60, 120, 30)
	d.Press("O", "L", "o")
	d.Has("Following new arrivals · none yet")
	d.Advance(time.Second)
	join(t, b, "Ada")
	d.Advance(10 * time.Second)
	d.Has("1 new since you opened, 1 not in the list yet", "r refresh", "of 61")
	d.Press("r")
	d.Has("1 new since you opened", "L stops", "of 61")
	d.Lacks("not in these rows")
	d.Press("o", "o")
	d.Has("by first name", "Ada new", "1 new since you opened")
	d.Press("o", "o", "O")
	d.Advance(time.Minute)
	d.Has("oldest first", "1 new since you opened")
	d.Press("G")
	require.Contains(t, marked(t, d), "Ada new")
	d.Advance(time.Second)
	join(t, b, "Zoe")
	d.Advance(time.Minute)
	d.Has("2 new since")
	require.Contains(t, marked(t, d), "Ada new", "the cursor stays")
	d.Press("G")
	require.Contains(t, marked(t, d), "Zoe new")
}

// The user who was active last leads an order by that time without a request; a user
// who never was has a place that only the server knows.
func TestFollow_InsertsTheLatestFirstInAnOrderByTime(t *testing.T) {
	b, d := drive(t, 60, 120, 30)
	d.Press("o", "L")
	d.Has("last active first")
	who := marked(t, d)[:50]
	d.Advance(time.Second)
	at := b.Clock.Now().UnixMilli()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutUser(&store.User{ID: "user_here", FirstName: "Hera", CreatedAt: at, LastActiveAt: at}); err != nil {
			return err
		}
		return tx.PutUser(&store.User{ID: "user_away", FirstName: "Awa", CreatedAt: at})
	}))
	d.Advance(10 * time.Second)
	d.Has("2 new since you opened, 1 not in the list yet", "r refresh", "of 62")
	require.Contains(t, d.Line(5), "Hera new")
	require.Equal(t, who, marked(t, d)[:50])
	d.Lacks("Awa")
	d.Press("r")
	d.Has("2 new since you opened", "of 62")
	d.Lacks("not in these rows")
	require.Contains(t, d.Line(5), "Hera new", "the server has them there too")
	d.Press("G")
	d.Has("Awa new")
}

func TestFollow_SlowsDownAndSaysWhenItFails(t *testing.T) {
	b, d := drive(t, 60, 120, 30)
	// Requests by id read visible rows again; all others look for arrivals.
	var looks, rows int
	b.Transport.Intercept(count(&looks, &rows, nil))
	polls := func(over time.Duration) int {
		before := looks
		d.Advance(over)
		return looks - before
	}
	sent := func() int { return len(b.Transport.Requests()) }
	before := sent()
	d.Press("L")
	require.LessOrEqual(t, polls(10*time.Second), 10, "a tenth of what a development instance may ask")
	require.LessOrEqual(t, sent()-before, 10, "with everything else")
	before = sent()
	require.LessOrEqual(t, polls(5*time.Minute), 20, "and less while nobody comes")
	require.LessOrEqual(t, sent()-before, 60, "a fiftieth of that, with the rows on the screen and the total")
	b.Transport.Intercept(count(&looks, &rows, refuse))
	rows = 0
	failing := polls(5 * time.Minute)
	d.Has("the last check failed")
	d.Has("1–23 of 60")
	require.LessOrEqual(t, failing, 9*4, "each look is tried again by the client")
	require.LessOrEqual(t, rows, 9*4)
	b.Transport.Intercept(nil)
	d.Advance(2 * time.Minute)
	d.Lacks("failed")
}

// count counts the requests for arrivals and for rows by id, and passes them to then.
func count(looks, rows *int, then func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		switch q := r.URL.Query(); {
		case r.URL.Path == "/v1/users" && len(q["user_id"]) > 0:
			*rows++
		case r.URL.Path == "/v1/users":
			*looks++
		}
		if then == nil {
			return nil, nil
		}
		return then(r)
	}
}

func TestFollow_ReadsManyArrivalsPageByPage(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	d.Press("L")
	d.Advance(time.Second)
	var names []string
	for i := range 120 {
		names = append(names, fmt.Sprintf("Flood%03d", i))
	}
	join(t, b, names...)
	d.Advance(20 * time.Second)
	d.Has("120 new since you opened", "of 180")
	d.Press("g")
	seen := map[string]bool{}
	for range 120 { // all in one millisecond: their order is the directory's
		seen[who(t, d)] = true
		d.Press("j")
	}
	require.Len(t, seen, 120)
	require.Contains(t, marked(t, d), "Maya Okafor")
	quiet := lists(b)
	d.Advance(20 * time.Second)
	require.LessOrEqual(t, lists(b)-quiet, 5)
}

// slowCount holds counts until it is opened, or fails them.
type slowCount struct {
	open chan struct{}
	err  bool
}

func (s *slowCount) spoil(r *http.Request) (*http.Response, error) {
	if r.URL.Path != "/v1/users/count" {
		return nil, nil
	}
	select {
	case <-s.open:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if s.err {
		return refuse(r)
	}
	return nil, nil
}

func TestCount_ShowsALowerBoundAfterTheFirstRows(t *testing.T) {
	b := viewtest.NewWithUsers(t, 700)
	s := &slowCount{open: make(chan struct{})}
	b.Transport.Intercept(s.spoil)
	d := later(t, b)
	d.WaitFor("of 50+")
	d.Advance(time.Second)
	d.Settle()
	d.Has("+")
	d.Lacks("100,000", "of 700", "…  ")
	d.Press("G") // where the end is is not known yet
	d.Has("Goes to the last user once the total is known")
	close(s.open)
	d.WaitFor("of 700")
	d.Until("the end", func() bool { return strings.Contains(d.Line(-1), "–700 of 700") })
}

func TestCount_ShowsAtLeast100000InALargeDirectory(t *testing.T) {
	b := viewtest.NewWithUsers(t, 300)
	s := &slowCount{open: make(chan struct{})}
	var probes atomic.Int32
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("offset") == "100000" {
			probes.Add(1)
			r.URL.RawQuery = "limit=1" // as if there were that many
		}
		return s.spoil(r)
	})
	d := later(t, b)
	d.WaitFor("of 50+")
	require.Zero(t, probes.Load())
	d.Advance(time.Second)
	d.WaitFor("of 100,000+")
	require.EqualValues(t, 1, probes.Load())
	s.err = true
	close(s.open)
	d.WaitFor("of 100,000+ (the count failed, r retries)")
	b.Transport.Intercept(nil)
	d.Press("r")
	d.WaitFor("of 300")
	d.Lacks("failed")
}

func TestCount_DoesNotProbeWhenItIsQuick(t *testing.T) {
	b, d := drive(t, 120, 100, 30)
	d.Press("/")
	d.Type("a")
	n := lists(b)
	d.Advance(5 * time.Second)
	require.Equal(t, n, lists(b))
}

// later drives a list whose tasks may take time.
func later(t testing.TB, b *viewtest.Harness) *tuitest.Driver {
	d := runs(t, b, slow{users.New(b.Env)}, 100, 30)
	d.Async()
	d.Send(start{})
	return d
}
