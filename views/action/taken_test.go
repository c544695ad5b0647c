package action_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// taken is a form that came back because somebody else has the address.
func taken(t *testing.T, b *viewtest.Harness) *tuitest.Driver {
	t.Helper()
	b.Env.NewUserView = user.NewDetail
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "Add e-mail address")
	d.Dialog().Expect("Add e-mail address")
	fill(d, b.FindUser("Elin Berg").Email().Raw(), "", "")
	reason(d)
	d.Press("y")
	d.Dialog().Expect("Add e-mail address", "is taken")
	return d
}

func TestForm_LinksToTheOwnerOfATakenAddress(t *testing.T) {
	b := viewtest.New(t)
	d := taken(t, b)
	d.Has("Elin Berg ·", "elin.berg@fjord.example has it. ctrl-g", "opens them.", "ctrl-g open Elin Berg")
	before := d.Screen()
	d.Press("ctrl+g")
	d.Has("Elin Berg", "Overview")
	require.False(t, d.Asking())
	d.Press("]", "b") // whatever is done there
	d.Dialog().Expect("Ban user", "Elin Berg")
	d.Press("esc")
	d.Resize(100, 30)
	d.Press("esc")
	d.Resize(120, 40)
	require.Equal(t, before, d.Screen(), "the form is as it was left")
	d.Burst("ctrl+g", "esc", "ctrl+s", "y")
	d.Dialog().Expect("Add e-mail address", "is taken")
	d.Type("2")
	d.Press("esc", "esc")
	require.False(t, d.Asking())
}

func TestForm_WaitingIsDroppedAfterAnAbsence(t *testing.T) {
	b := viewtest.New(t)
	d := taken(t, b)
	d.Press("ctrl+g")
	d.Press("ctrl+z")
	d.Has("The open question was closed while you were away")
	d.Press("esc")
	require.False(t, d.Asking())
	d.Has("Daniel Reyes", "Overview")
}

// The words go when the field is edited, and the key with them.
func TestForm_LinkEndsWithTheError(t *testing.T) {
	b := viewtest.New(t)
	d := taken(t, b)
	d.Type("x")
	d.Lacks("is taken", "ctrl-g")
	d.Press("ctrl+g")
	d.Dialog().Expect("Add e-mail address")
}
