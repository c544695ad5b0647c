package users_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// numbered returns a directory of users P000, P001, …, the newest last, in no order by
// any other field.
func numbered(t testing.TB, n int) *viewtest.Harness {
	t.Helper()
	b := viewtest.NewWithUsers(t, 60)
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Clear(); err != nil {
			return err
		}
		for i := range n {
			if err := tx.PutUser(person(b, i, n)); err != nil {
				return err
			}
		}
		return nil
	}))
	return b
}

func person(b *viewtest.Harness, i, n int) *store.User {
	at := func(step int) int64 { return b.Clock.Now().Add(-time.Duration(i*step%997+1) * time.Hour).UnixMilli() }
	id := fmt.Sprintf("user_p%03d", i)
	u := &store.User{ID: id, FirstName: fmt.Sprintf("P%03d", i), CreatedAt: b.Clock.Now().Add(time.Duration(i-n) * time.Minute).UnixMilli(),
		Emails: []store.Email{{ID: "idn_" + id, Address: fmt.Sprintf("m%04d@p.example", i*7919%10007)}}, PrimaryEmailID: "idn_" + id}
	if i%9 != 0 { // some were never active
		u.LastActiveAt, u.LastSignInAt = at(37), at(53)
	}
	return u
}

// who returns the name of the user under the cursor.
func who(t testing.TB, d *tuitest.Driver) string {
	t.Helper()
	return strings.Fields(strings.TrimLeft(marked(t, d), " ▌"))[0]
}

// Walks the list from end to end under every order while a second client adds and
// deletes users.
func TestFeed_ShowsEveryUserOnceWhileOthersComeAndGo(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	for _, keys := range []string{"", "O", "oO", "oo", "ooo", "oooo"} {
		t.Run("order "+keys, func(t *testing.T) {
			const people = 120
			b := numbered(t, people)
			d := run(t, b, 100, 20)
			d.Press(strings.Split(keys, "")...)
			rng := rand.New(rand.NewPCG(4, uint64(len(keys))))
			stays, ids := map[string]bool{}, map[string]string{}
			for i := range people {
				name := fmt.Sprintf("P%03d", i)
				stays[name], ids[name] = true, fmt.Sprintf("user_p%03d", i)
			}
			change := func(step int) {
				for range 1 + rng.IntN(3) {
					name := fmt.Sprintf("P%03d", rng.IntN(people))
					if !stays[name] {
						continue
					}
					delete(stays, name)
					_, err := b.Client.DeleteUser(t.Context(), clean.NewText(ids[name]))
					require.NoError(t, err)
				}
				for i := range rng.IntN(3) {
					first := fmt.Sprintf("P%03dx", rng.IntN(people))
					_, err := b.Client.CreateUser(t.Context(), api.NewUser{FirstName: wire.Set(first), EmailAddress: wire.Set([]string{fmt.Sprintf("m%04dx%d-%d@p.example", rng.IntN(10007), step, i)})})
					require.NoError(t, err)
				}
			}
			seen := map[string]int{}
			for step, before := 0, ""; ; step++ {
				require.Less(t, step, 400, "it has no end:\n%s", d.Screen())
				d.Lacks("·····")
				name := who(t, d)
				if name != before {
					seen[name]++
				} else if end(d) {
					break
				}
				before = name
				if step%6 == 5 {
					change(step)
				}
				d.Press("j")
			}
			for name := range stays {
				require.Equal(t, 1, seen[name], "%s was there throughout", name)
			}
		})
	}
}

// end reports whether the footer names the last row.
func end(d *tuitest.Driver) bool {
	for _, f := range strings.Fields(d.Line(-1)) {
		if _, last, ok := strings.Cut(f, "–"); ok {
			return strings.Contains(d.Line(-1), "–"+last+" of "+last+" ")
		}
	}
	return true
}

func TestFeed_PagesByIDAndReadsTheEndInReverse(t *testing.T) {
	b := numbered(t, 700)
	d := run(t, b, 100, 20)
	var offsets []string
	var mu sync.Mutex
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		if at := r.URL.Query().Get("offset"); at != "" {
			offsets = append(offsets, at)
		}
		return nil, nil
	})
	d.Press("G")
	require.Equal(t, "P000", who(t, d))
	d.Has("of 700 ")
	for range 5 {
		d.Press("pgup")
		d.Lacks("·····")
	}
	d.Press("g")
	require.Equal(t, "P699", who(t, d))
	require.Empty(t, offsets, "large offsets are slow")
	d.Press(":")
	d.Type("400")
	d.Press("enter")
	require.Equal(t, "P300", who(t, d))
	require.Equal(t, []string{"279"}, offsets, "from the nearer end")
}

func TestPalette_NumberGoesToARow(t *testing.T) {
	_, d := drive(t, 230, 100, 30)
	for typed, says := range map[string]string{"120": "▌ Go to row 120 of 230", "0": "the first row is 1", "999": "the last row is 230"} {
		d.Press(":")
		d.Type(typed)
		d.Has(says)
		d.Press("esc")
	}
	d.Press(":")
	d.Type("1'20")
	d.Press("enter")
	d.Has("of 230")
	d.Lacks("·····", "Go to")
	first, last := 0, 0
	_, err := fmt.Sscanf(strings.TrimSpace(d.Line(-1)), "%d–%d", &first, &last)
	require.NoError(t, err)
	require.LessOrEqual(t, first, 120)
	require.GreaterOrEqual(t, last, 120)
	d.Press(":")
	d.Type("1")
	d.Press("enter")
	d.Has("1–23 of 230")
}

func TestSearch_StartsAtTheTopAndBackRestoresThePlace(t *testing.T) {
	_, d := drive(t, 230, 100, 30)
	for range 70 {
		d.Press("j")
	}
	d.Press("/")
	d.Type("a")
	d.Has("1–23 of")
	d.Press("enter", "pgdown", "j", "j")
	before := d.Screen()
	d.Press("enter")
	d.Has("Users ›")
	d.Press("]", "esc")
	require.Equal(t, before, d.Screen(), "search, position and cursor are as they were")
	d.Press("/", "end")
	d.Type("n")
	d.Press("enter", "g")
	d.Has("/ an")
	d.Lacks("23–")
}

func TestList_ShowsTheSortedColumn(t *testing.T) {
	_, d := drive(t, 120, 120, 30)
	d.Has("JOINED ↓", "newest first ↓", "CONTACT")
	d.Lacks("ACTIVE")
	first := who(t, d)
	d.Press("O")
	d.Has("JOINED ↑", "oldest first ↑")
	require.NotEqual(t, first, who(t, d))
	d.Press("G")
	require.Equal(t, first, who(t, d))
	d.Press("O")
	d.Has("JOINED ↓")
	require.Equal(t, first, who(t, d))
	d.Press("o", "O")
	d.Has("ACTIVE ↑", "least recently active first")
	d.Press("o")
	d.Has("SIGNED IN ↓")
	d.Press("/")
	d.Type("ma")
	d.Has("SIGNED IN")
}

// watched is a directory that works on a search for "s" until it is cancelled, and
// records which requests were.
type watched struct {
	next       http.Handler
	came, back chan string
}

func (w *watched) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	query := r.URL.Query().Get("query")
	if query == "s" {
		w.came <- query
		<-r.Context().Done()
		w.back <- query
	}
	w.next.ServeHTTP(rw, r)
}

func TestFeed_CancelsSupersededRequests(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Async()
	w := &watched{next: b.Server, came: make(chan string, 9), back: make(chan string, 9)}
	transport := sandbox.NewTransport(w)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) { return transport.RoundTrip(r) })
	d.Press("/")
	d.Type("s")
	soon := func(c chan string, what string) {
		t.Helper()
		select {
		case <-c:
		case <-time.After(10 * time.Second): // less than the client's own timeout
			t.Fatal(what)
		}
	}
	soon(w.came, "it is not asked for")
	d.Type("am")
	soon(w.back, "the directory works on for nobody")
	d.Until("the answer to the rest", func() bool { return d.Tasks() == 0 })
	d.Has("Sam Carter", "3 found")
}

func TestFeed_KeepsTheRowsWithoutTheNetwork(t *testing.T) {
	b, d := drive(t, 400, 100, 30)
	b.Transport.Intercept(refuse)
	d.Press("G")
	d.Has("·····", "as of just now", "retries in 5 s   r now", "of 400")
	d.Advance(2 * time.Minute)
	d.Has("as of 2 min ago")
	d.Press("g")
	d.Lacks("·····")
	d.Has("1–23 of 400", "as of 2 min ago")
	d.Press("o")
	d.Has("newest first", "retries", "1–23 of 400")
	d.Press("/")
	d.Type("sam")
	d.Has("of the users read", "as of 2 min ago", "Sam Carter")
	d.Press("esc", "enter")
	d.Has("Users ›")
	d.Press("q")
	b.Transport.Intercept(nil)
	d.Press("r")
	d.Lacks("as of", "retries")
}
