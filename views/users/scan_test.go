package users_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/search"
	"frontdesk/tui/tuitest"
	"frontdesk/views/viewtest"
)

// packed returns a directory with that many users, most of them minimal; every
// fortieth is locked.
func packed(t testing.TB, users int) *viewtest.Harness {
	t.Helper()
	b := viewtest.NewWithUsers(t, 60)
	now := b.Clock.Now().UnixMilli()
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		for i := range users - 60 {
			u := &store.User{ID: fmt.Sprintf("user_2c%025d", i), FirstName: "Row", CreatedAt: now - int64(i), LastSignInAt: now}
			if i%40 == 39 {
				u.Locked, u.LockedUntil = true, now+time.Hour.Milliseconds()
			}
			if err := tx.PutUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	return b
}

func drivePacked(t testing.TB, users, cols, rows int) (*viewtest.Harness, *tuitest.Driver) {
	t.Helper()
	b := packed(t, users)
	return b, run(t, b, cols, rows)
}

// lockedIn counts the locked users of the directory.
func lockedIn(t testing.TB, b *viewtest.Harness) (n int) {
	t.Helper()
	for offset := 0; ; offset += 500 {
		page, err := b.Client.ListUsers(t.Context(), api.Query{Limit: 500, Offset: offset})
		require.NoError(t, err)
		for i := range page {
			if left, never := page[i].LockRemaining(b.Clock.Now()); left > 0 || never {
				n++
			}
		}
		if len(page) < 500 {
			return n
		}
	}
}

func TestScan_ChecksEveryUserAndThenHasATotal(t *testing.T) {
	b, d := drivePacked(t, 1300, 120, 40)
	before := lists(b)
	d.Press("/")
	d.Burst(strings.Split("is:locked", "")...)
	n := lockedIn(t, b)
	require.Greater(t, n, 3)
	d.Has(humanize.Comma(int64(n))+" found", "locked out now")
	d.Lacks("scanned", "stopped")
	require.Equal(t, before+3, lists(b), "1,300 users are three pages of five hundred")
	d.Press("enter", "G")
	require.Contains(t, marked(t, d), "locked")
	d.Press("enter")
	d.Has("Users ›")
	d.Press("q")
	d.Has("[is:locked]", humanize.Comma(int64(n))+" found")
	require.Equal(t, before+3, lists(b), "going back asks for nothing again")
	d.Press("esc")
	d.Has("1–33 of 1,300")
}

func TestScan_ShowsMatchesAndStopsOnEsc(t *testing.T) {
	b, d := drivePacked(t, 1300, 100, 30)
	d.Async()
	g := hold(b, "starting_after")
	look(d, "is:locked")
	d.WaitFor("found · scanned 500 of 1,300")
	who := marked(t, d)
	require.Contains(t, who, "locked")
	d.Press("esc")
	d.Has("stopped at 500 of 1,300", "Stopped at 500 of 1,300.", "/ is:locked")
	require.Equal(t, who, marked(t, d), "who was found stays")
	close(g.open)
	d.Settle()
	d.Has("stopped at 500 of 1,300")
	d.Press("down", "left")
	d.Has("stopped at 500 of 1,300")
	who, before := marked(t, d), lists(b)
	d.Press("enter")
	d.Has("r continues")
	d.Press("r")
	d.Until("the scan is whole", func() bool {
		return !strings.Contains(d.Screen(), "at 500") && !strings.Contains(d.Screen(), "scanned")
	})
	require.Equal(t, before+2, lists(b), "what was scanned is not scanned again")
	require.Equal(t, who, marked(t, d))
	d.Press("G")
	d.Has(fmt.Sprintf("of %d found", lockedIn(t, b)))
	before = lists(b)
	d.Press("r")
	d.Until("it was scanned anew", func() bool { return lists(b) == before+3 && !strings.Contains(d.Screen(), "scanned") })
	d.Press("esc")
	d.WaitFor("1–23 of 1,300")
}

func TestScan_EndsWhenItIsSuperseded(t *testing.T) {
	b, d := drivePacked(t, 1300, 100, 30)
	d.Async()
	g := hold(b, "starting_after")
	look(d, "is:locked")
	d.WaitFor("scanned 500 of 1,300")
	d.Type(" maya")
	d.Until("the other scan is whole", func() bool { return strings.HasPrefix(d.Line(-1), "  1 found  ") })
	before := lists(b)
	close(g.open)
	d.Settle()
	require.Equal(t, before, lists(b))
	d.Has("1 found", "Maya Okafor")
}

func TestScan_KeepsMatchesWhenItFails(t *testing.T) {
	b, d := drivePacked(t, 1300, 100, 30)
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.RawQuery, "starting_after") {
			return refuse(r)
		}
		return nil, nil
	})
	look(d, "is:locked")
	d.Has("The scan stopped at 500 of 1,300.", "stopped at 500 of 1,300")
	require.Contains(t, marked(t, d), "locked")
	d.Press("esc")
	b.Transport.Intercept(refuse)
	look(d, "signed-in:never has:passkey")
	d.Lacks("No one matches")
	d.Press("enter")
	d.Has("The search for “signed-in:never has:passkey” failed.", "retries in 5 s   r now")
	b.Transport.Intercept(nil)
	d.Press("r")
	d.Lacks("failed")
}

func TestScan_NoMatchYetIsNotNoMatch(t *testing.T) {
	b, d := drivePacked(t, 1300, 100, 30)
	d.Async()
	g := hold(b, "starting_after")
	look(d, "is:locked id:user_nobody,user_noone")
	d.WaitFor("No one matches")
	d.Has("No user matches the other filters, so there")
	d.Press("esc")
	look(d, "is:locked is:active")
	d.WaitFor("No matches yet.")
	d.Has("0 found · scanned 500 of 1,300")
	d.Lacks("No one matches", "failed")
	close(g.open)
	d.WaitFor("No one matches")
	d.Has("Checked all 1,300 users.", "0 found")
}

// naps records the waits and passes no time.
type naps struct {
	mu  sync.Mutex
	all []time.Duration
}

func (n *naps) nap(ctx context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, d)
	return ctx.Err()
}

func (n *naps) longest() (most time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, d := range n.all {
		most = max(most, d)
	}
	return most
}

func TestScan_IsPacedOnASharedInstance(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := packed(t, 2100)
	var n naps
	b.Env.Sleep, b.Env.Instance.Kind = n.nap, profile.Development
	d := run(t, b, 100, 30)
	d.Paste("is:locked")
	d.Lacks("scanned")
	d.Has(" found")
	require.GreaterOrEqual(t, n.longest(), 2*time.Second, "five pages: three at once, and the clock stands still, so the waits of two add up")
	require.Less(t, n.longest(), 3*time.Second)
}

func TestScan_WaitsWhenTheServerAsksTo(t *testing.T) {
	b := packed(t, 1300)
	open := make(chan struct{})
	d := run(t, b, 100, 30)
	d.Async()
	first := true
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.RawQuery, "starting_after") && first {
			first = false
			answer := httptest.NewRecorder()
			answer.Header().Set("Retry-After", "120")
			answer.Header().Set("Content-Type", "application/json")
			answer.WriteHeader(http.StatusTooManyRequests)
			_, _ = answer.WriteString(`{"errors":[{"code":"too_many_requests","message":"Too many requests"}]}`)
			b.Env.Sleep = viewtest.SleepUntil(open)
			return answer.Result(), nil
		}
		return nil, nil
	})
	d.Paste("is:locked")
	d.WaitFor("The service asks to wait 2 min (429); the scan then continues by itself.")
	d.Has("found · scanned 500 of 1,300")
	d.Advance(2 * time.Minute)
	close(open)
	n := lockedIn(t, b)
	d.WaitFor(fmt.Sprintf("of %d found", n))
}

func TestPaste_OpensAUser(t *testing.T) {
	b, d := drive(t, 120, 100, 30)
	maya := b.FindUser("Maya Okafor")
	token := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256"}`)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"`+maya.ID.Raw()+`"}`)) + ".xyz"
	for _, text := range []string{
		maya.ID.Raw(),
		"2026-11-26 WARN login failed user=" + maya.ID.Raw() + " ip=203.0.113.7\n" + strings.Repeat("x", 4000),
		"https://dashboard.clerk.com/apps/app_1/instances/ins_1/users/" + maya.ID.Raw(),
		"Authorization: Bearer " + token,
		"Maya <maya@harborpine.example>",
		"maya@harborpine.example",
		"call +1 (415) 555-0142 back",
		"0014155550142",
	} {
		d.Paste(text)
		d.Has("Users › Maya Okafor")
		d.Lacks("eyJ")
		d.Press("q")
		require.Contains(t, d.Line(-1), " found")
		d.Lacks("Users ›", token[:20])
		d.Press("esc")
		d.Press("esc")
		d.Has("1–23 of 120")
	}
}

func TestPaste_NobodyFailedAndSeveralLookDifferent(t *testing.T) {
	b, d := drive(t, 120, 100, 30)
	const nobody = "user_2xk9QmZ4vT7pLwR1sB8nD3fGh6J"
	d.Paste("user " + nobody + " did something")
	d.Has("No one matches “id:"+nobody+"”", "Searched for: user id "+nobody)
	d.Lacks("Users ›")
	d.Press("esc", "esc")

	sams, err := b.Client.ListUsers(t.Context(), api.Query{Search: "Sam Carter", Limit: 10})
	require.NoError(t, err)
	d.Paste(sams[0].ID.Raw() + " and " + sams[1].ID.Raw())
	d.Has("2 found", "Pasted: 2 user ids")
	d.Lacks("Users ›")
	d.Press("esc", "esc")

	d.Async()
	g := hold(b, nobody)
	d.Paste("user " + nobody)
	d.Has("still searching")
	close(g.open)
	d.WaitFor("No one matches")
	d.Press("esc", "esc")
	b.Transport.Intercept(refuse)
	d.Paste("user " + nobody)
	d.WaitFor("failed.")
	b.Transport.Intercept(nil)
	d.Paste("the same again: " + nobody)
	d.WaitFor("No one matches")
}

func TestSearchBox_EnterFindsUsersInATypedLogLine(t *testing.T) {
	b, d := drive(t, 60, 100, 30)
	id := b.FindUser("Maya Okafor").ID.Raw()
	look(d, "level:warn user:"+id+" failed")
	d.Has("There is no token level:")
	d.Press("enter")
	d.Has("Users › Maya Okafor")
}

// A line longer than any name is not cut: it is read as if it had been pasted.
func TestSearchBox_EnterFindsUsersInALongTypedLine(t *testing.T) {
	if testing.Short() {
		t.Skip("many keys; the race detector has nothing to say about them")
	}
	b, d := drive(t, 60, 100, 30)
	id := b.FindUser("Maya Okafor").ID.Raw()
	d.Press("/")
	d.Burst(strings.Split("2026-11-26T09:00:00Z "+strings.Repeat("x", 300), "")...)
	d.Has("Too long to search for as it is; enter finds the users named in it.", "not counted")
	before := lists(b)
	d.Burst(strings.Split(" user="+id+" failed", "")...)
	require.Equal(t, before, lists(b), "it is not asked for letter by letter")
	d.Press("enter")
	d.Has("Users › Maya Okafor")
	d.Press("q", "esc")

	look(d, strings.Repeat("y", 230))
	d.Press("enter")
	d.Has("The text is too long to search for.", "It contains no user id, e-mail address or phone number.")
	d.Press("r")
	d.Has("too long to search for")
	d.Press("/", "end")
	for range 229 {
		d.Press("backspace")
	}
	d.Press("enter")
	d.Has(" found")
	d.Press("esc")
	d.Paste(strings.Repeat("z ", 3000))
	d.Has("The search box is full; the rest was left out.")
	d.Press("esc")
	d.Has("1–23 of 60")
}

func TestScan_KeepsABoundedNumberOfMatches(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := packed(t, 2660)
	d := run(t, b, 100, 30)
	d.Paste("-is:locked")
	d.Has("of 1,500 found, which is the limit · scanned 2,000 of")
}

// A server that returns fewer rows than requested has more pages; one that repeats its
// rows never ends.
func TestScan_OfAServerWithSmallPages(t *testing.T) {
	b, d := drivePacked(t, 1300, 100, 30)
	b.Transport.Intercept(viewtest.CapPageSize(100))
	look(d, "is:locked")
	d.Has(fmt.Sprintf("of %d found", lockedIn(t, b)))
	d.Press("esc")
	look(d, "is:locked is:active")
	d.Has("No one matches", "Checked all 1,300 users.")
	d.Press("esc")

	b.Transport.Intercept(viewtest.RepeatPages(100, 300))
	look(d, "is:locked is:active")
	d.Lacks("No one matches")
	d.Press("enter")
	d.Has("The search for “is:locked is:active” failed.", "The server keeps sending the same users", "300 of 1,300 were checked by then", "r continues")
	d.Press("esc")
	look(d, "is:locked")
	d.Has("The scan stopped at 300 of 1,300.", "found · stopped at 300 of 1,300")
}

// A page in flight when the scan was stopped is read again, and its users are not
// taken for checked.
func TestFeed_ReadsAnEvictedPageAgain(t *testing.T) {
	b := packed(t, 1300)
	_, walk, err := search.Scan{}.NextPage(t.Context(), b.Client)
	require.NoError(t, err)
	dropped, _, err := walk.NextPage(t.Context(), b.Client)
	require.NoError(t, err)
	again, walk, err := walk.NextPage(t.Context(), b.Client)
	require.NoError(t, err)
	require.Len(t, again, len(dropped))
	for !walk.IsDone() {
		_, walk, err = walk.NextPage(t.Context(), b.Client)
		require.NoError(t, err)
	}
	require.Equal(t, 1300, walk.Scanned)
}
