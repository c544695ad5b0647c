package action_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// slowly is the list while an edit of Daniel Reyes is on its way to a server that answers
// when it is told to.
type slowly struct {
	*tuitest.Driver
	open chan struct{}
}

func sendSlowly(t *testing.T, b *viewtest.Harness, username string) slowly {
	t.Helper()
	d, arrived := slowly{b.Drive(users.New(b.Env), 120, 40), make(chan struct{})}, make(chan struct{}, 1)
	d.Press("/")
	d.Type("Daniel Reyes")
	d.Advance(time.Second)
	d.Press("enter")
	d.Has("Users › Daniel Reyes")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPatch {
			arrived <- struct{}{}
			<-d.open
		}
		return nil, nil
	})
	d.Async()
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Press("tab", "tab", "ctrl+u")
	d.Type(username)
	d.Press("enter", "enter", "enter", "enter")
	reason(d.Driver)
	d.Press("y")
	<-arrived
	d.Advance(time.Second)
	d.Has("Sending…", "esc leave it running")
	return d
}

// patches counts the changes that were sent.
func patches(b *viewtest.Harness) (sent int) {
	for _, request := range b.Transport.Requests() {
		if strings.HasPrefix(request, http.MethodPatch) {
			sent++
		}
	}
	return sent
}

func TestForm_SentLettersReachNoScreen(t *testing.T) {
	b := viewtest.New(t)
	d := sendSlowly(t, b, "danny")
	before := len(b.Transport.Requests())
	for _, k := range strings.Split("bljcDqx/z", "") {
		d.Advance(500 * time.Millisecond)
		d.Burst(k)
	}
	d.Has("Sending…", "danny")
	require.Len(t, b.Transport.Requests(), before, "no key did anything")
	close(d.open)
	d.WaitFor("Saved the changes to Daniel Reyes")
	d.Lacks("Edit user ", "Sending…")
	d.Burst("b")
	require.False(t, d.Asking(), "typed just after it closed")
	d.WaitFor("@danny")
	require.Equal(t, 1, patches(b))
}

func TestForm_SentAndRefusedComesBackAsFilledIn(t *testing.T) {
	b := viewtest.New(t)
	d := sendSlowly(t, b, "x") // too short for the server
	close(d.open)
	d.WaitFor("Nothing was done")
	d.Dialog().Expect("Edit user", "Nothing was done", "✗", "chargeback on three orders")
	d.Lacks("Sending…")
	d.Advance(time.Second)
	d.Type("avier")
	d.Has("xavier")
	d.Press("ctrl+s", "y")
	d.WaitFor("Saved the changes to Daniel Reyes")
	require.Equal(t, "xavier", b.FindUser("Daniel Reyes").Username.Raw())
}

func TestForm_SentAndLeftReportsItsOutcome(t *testing.T) {
	b := viewtest.New(t)
	d := sendSlowly(t, b, "danny")
	d.Press("esc")
	d.Lacks("Sending…", "Reason (required)")
	d.Has("Saving the changes to Daniel Reyes…")
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Press("esc", "q")
	close(d.open)
	d.WaitFor("Saved the changes to Daniel Reyes")
	d.Has("1 found")
}

// The connection breaks, and nothing shows what became of the change.
func TestForm_SentWithALostAnswerIsUnknown(t *testing.T) {
	b := viewtest.New(t)
	d := sendSlowly(t, b, "danny")
	b.Server.SetFaults(faults.Switches{Method: http.MethodPatch, Drop: "before"})
	d.Burst("b")
	close(d.open)
	d.WaitFor("unclear whether")
	d.Lacks("Sending…", "Reason (required)")
	require.False(t, d.Asking())
	require.Equal(t, 1, patches(b))
}
