package users_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/tui"
)

// A refusal half way says how far it came, keeps the other marks, and lists the result
// of each user.
func TestBulk_RefusedKeepsTheMarks(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	ring(b, d)
	d.Press("v", "G", "v")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 402, Method: http.MethodPost})
	d.Press("b")
	d.Dialog().Expect("Ban 37 users")
	agree(d, "ban 37")
	d.Has("Nobody was banned: Ban users is a paid", "Lock user, one by one", "users stay marked")
	d.Has("37 marked")
	require.Zero(t, bannedAt(b, "mail-drop"))
	b.Server.SetFaults(faults.Switches{})
	d.Press("esc", "b")
	d.Dialog().Expect("Ban 37 users")
	agree(d, "ban 37")
	d.Has("Banned 37 users")
	d.Press("x")
	d.Type("results per")
	d.Press("enter")
	d.Has("Banned 37 users; reason: spam ring.", "banned")
}

// The key is revoked half way: what was done is reported.
func TestBulk_StopsInTheMiddle(t *testing.T) {
	b, d := drive(t, 130, 120, 40)
	d.Press("v", "G", "v")
	banned := bannedAll(b)
	posts := 0
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			if posts++; posts == 2 {
				b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 401, Method: http.MethodPost})
			}
		}
		return nil, nil
	})
	d.Press("b")
	due := 130 - banned
	title := fmt.Sprintf("Ban %d users", due)
	d.Dialog().Expect(title)
	agree(d, fmt.Sprintf("ban %d", due))
	d.Has(", then stopped: the secret key was not")
	now := bannedAll(b) - banned
	require.Greater(t, now, 40)
	require.LessOrEqual(t, now, 50)
	d.Has(fmt.Sprintf("%d of %d banned", now, due))
	require.NotEmpty(t, ticked(d, "✓"))
}

// If the server knows none of a batch although each of them exists, it is not reported
// as one deleted user.
func TestBulk_NotFoundSaysWhatToDo(t *testing.T) {
	b, d := drive(t, 130, 120, 40)
	d.Press("v", "G", "v")
	due := 130 - bannedAll(b)
	posts := 0
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			if posts++; posts >= 2 {
				body := `{"errors":[{"code":"resource_not_found","message":"not found","long_message":"not now"}]}`
				return &http.Response{StatusCode: 404, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
			}
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect(fmt.Sprintf("Ban %d users", due))
	agree(d, fmt.Sprintf("ban %d", due))
	d.Has(fmt.Sprintf("50 of %d banned, then stopped: not now", due), "Refresh the list to see who is still there", fmt.Sprintf("%d users", due-50), "stay marked")
	d.Lacks("It may have been deleted")
	d.Advance(time.Minute)
	d.Has("then stopped: not now", "esc dismiss")
}

// Users of a finished batch are shown as changed while others still wait.
func TestBulk_UpdatesRowsBatchByBatch(t *testing.T) {
	b, d := drive(t, 130, 120, 40)
	d.Press("v", "G", "v", "g")
	due := 130 - bannedAll(b)
	open, posts := make(chan struct{}), 0
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			if posts++; posts == 2 {
				<-open
			}
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect(fmt.Sprintf("Ban %d users", due))
	d.Async()
	agree(d, fmt.Sprintf("ban %d", due))
	d.Advance(time.Second)
	const rows = 33 // on the screen
	banned := func() int { return strings.Count(d.Screen(), "■ banned") }
	d.Until("the rows of the first batch", func() bool { return banned() == rows })
	d.Has("50 of")
	d.Lacks("Banned 50")
	d.Press("G")
	require.LessOrEqual(t, banned(), 130-due, "their turn is still to come")
	close(open)
	d.WaitFor(fmt.Sprintf("Banned %d users", due))
	d.Until("the rows of the last batch", func() bool { return banned() == rows })
}

// No second bulk starts meanwhile, and esc stops it after the current batch.
func TestBulk_EscStopsIt(t *testing.T) {
	b, d := drive(t, 130, 120, 40)
	d.Press("v", "G", "v")
	banned := bannedAll(b)
	due := 130 - banned
	open := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			<-open
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect(fmt.Sprintf("Ban %d users", due))
	d.Async()
	agree(d, fmt.Sprintf("ban %d", due))
	d.Advance(time.Second)
	d.WaitFor(fmt.Sprintf("Banning 0 of %d…", due))
	d.Has("esc stop")
	d.Press("b")
	require.False(t, d.Asking())
	d.Has("another one is still running")
	d.Press("esc")
	d.WaitFor("stopping")
	close(open)
	d.WaitFor(fmt.Sprintf("50 of %d banned, then stopped, as you asked", due))
	require.Equal(t, banned+50, bannedAll(b))
	d.Advance(time.Minute)
	d.Has("then stopped, as you asked", "esc dismiss") // an incomplete result is not a passing toast
	d.Press("esc")
	d.Lacks("then stopped")
}

// The result so far is printed after the screen is gone.
func TestBulk_QuittingSaysHowFarItCame(t *testing.T) {
	b, d := drive(t, 130, 120, 40)
	d.Press("v", "G", "v")
	due := 130 - bannedAll(b)
	open := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			<-open
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect(fmt.Sprintf("Ban %d users", due))
	d.Async()
	agree(d, fmt.Sprintf("ban %d", due))
	d.Advance(time.Second)
	d.WaitFor(fmt.Sprintf("Banning 0 of %d…", due))
	d.Press("q")
	d.Has("Banning several users is running; press again to stop", "it and quit", "Requests already sent are finished first; the other")
	d.Lacks("are marked;")
	d.Press("q")
	d.Has(fmt.Sprintf("finishing the current request, then stopping: Banning 0 of %d…", due))
	close(open)
	d.Until("the end", func() bool { return d.Left })
	last := d.Model.PendingOutcomes()
	require.Len(t, last, 1)
	require.Contains(t, last[0].Text, fmt.Sprintf("50 of %d banned, then stopped, as you asked", due))
	require.Equal(t, tui.OutcomeIncomplete, last[0].Kind)
}

// The warning about a running bulk disappears when it ends, and the key pressed then
// does not confirm losing the marks.
func TestBulk_QuittingAsksAgainAfterItEnds(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("v", "j", "j", "v")
	open := make(chan struct{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			<-open
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect("Ban 3 users")
	d.Async()
	d.Type("spam")
	d.Press("enter", "y")
	d.Press("q")
	d.Has("Banning several users is running")
	close(open)
	d.WaitFor("Banned 3 users")
	d.Lacks("is running")
	d.Press("space", "q")
	require.False(t, d.Left)
	d.Has("1 user is marked; press again to quit")
}
