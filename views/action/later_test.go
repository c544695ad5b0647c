package action_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/faults"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// late makes the directory lose every write of the method, and carry it out that
// much later.
func late(b *viewtest.Harness, method string, after time.Duration) {
	b.Server.SetFaults(faults.Switches{Method: method, Drop: "before", ActAfter: faults.Duration(after)})
}

func TestLater_FindsALateWrite(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	late(b, http.MethodPost, 8*time.Second)
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	b.Server.SetFaults(faults.Switches{})
	d.Has("It is unclear whether Daniel Reyes ·", "the connection was", "lost, and 0 s later it does not show (not banned)", "It may still happen.")
	d.Lacks("Nothing was done")
	before := len(b.Transport.Requests())

	d.Advance(6 * time.Second)
	d.Has("It is unclear", "5 s later it does not show", "! active")
	require.Equal(t, []string{"GET /v1/users/" + u.ID.Raw()}, b.Transport.Requests()[before:], "one read, and nothing is sent again")

	d.Advance(10 * time.Second)
	d.Has("The answer was lost, but it was done: banned Daniel", "■ banned", "z undoes")
	d.Lacks("It is unclear")
	at := len(b.Transport.Requests())
	d.Advance(10 * time.Minute)
	require.Empty(t, writesOf(b.Transport.Requests()[at:]))
	require.Len(t, writesOf(b.Transport.Requests()), 1)

	d.Press("z")
	d.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?")
}

func writesOf(sent []string) (writes []string) {
	for _, line := range sent {
		if line[:4] != "GET " {
			writes = append(writes, line)
		}
	}
	return writes
}

func TestLater_StopsChecking(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{Method: http.MethodPost, Drop: "before"})
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Press("esc") // the notice is read
	d.Lacks("It is unclear")
	before := len(b.Transport.Requests())
	d.Advance(5 * time.Minute)
	d.Has("It is unclear whether Daniel Reyes ·", "4 min later it does not show (not banned)", "Still not banned after 4 minutes. Check the account", "before you try again.")
	require.Len(t, b.Transport.Requests()[before:], 5)
	d.Advance(time.Hour)
	require.Len(t, b.Transport.Requests()[before:], 5)
}

// Asked again while nobody knows, the desk looks first, and the later looks end.
func TestLater_TryingAgainEndsTheChecks(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	late(b, http.MethodPost, 2*time.Second)
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("It is unclear")
	b.Server.SetFaults(faults.Switches{})
	d.Advance(2 * time.Second)
	d.Press("b")
	d.Dialog().Expect("Ban user", "An earlier “Ban user” for Daniel Reyes is still unconfirmed")
	reason(d)
	d.Press("y")
	d.Has("it was done: banned Daniel", "■ banned")
	require.Len(t, writesOf(b.Transport.Requests()), 1)
	before := len(b.Transport.Requests())
	d.Advance(time.Hour)
	require.Empty(t, b.Transport.Requests()[before:])
}

// What was written meanwhile stays what z undoes.
func TestLater_KeepsANewerUndo(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	late(b, http.MethodPost, 20*time.Second)
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	b.Server.SetFaults(faults.Switches{})
	d.Press("l")
	d.Dialog().Expect("Lock user")
	reason(d)
	d.Press("y")
	d.Has("Locked Daniel Reyes")
	d.Advance(time.Minute)
	d.Has("it was done: banned Daniel", "■ banned")
	d.Press("esc", "z")
	d.Dialog().Expect("Unlock user", "Undo your lock: unlock")
}

// A screen that is made late would come while somebody types on another.
func TestLater_LateNewUserOpensNoScreen(t *testing.T) {
	b := viewtest.New(t)
	b.Env.NewUserView = user.NewDetail
	d, _ := sit(t, b, "Daniel Reyes")
	late(b, http.MethodPost, 3*time.Second)
	d.Press("c")
	d.Dialog().Expect("Create user")
	fill(d, "Nina", "Falk", "nina.falk@pine.example", "", "nina.falk")
	d.Paste("correct horse 9")
	d.Press("enter", "enter", "enter")
	reason(d)
	d.Press("y")
	d.Has("It is unclear")
	d.Advance(7 * time.Second)
	d.Has("it was done: created Nina Falk", "dreyes@pine.example   ✓ verified")
}
