package users_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// keys are keys for tests; the product's are tested where they are.
func keys(t testing.TB) *tui.KeyMap {
	bind := tuitest.Bind
	return tuitest.Keys(t,
		bind("list.down", "j", "down"), bind("list.up", "k", "up"), bind("list.top", "g", "home"), bind("list.bottom", "G", "end"),
		bind("list.pagedown", "pgdown"), bind("list.pageup", "pgup"), bind("list.halfdown", "ctrl+d"), bind("list.halfup", "ctrl+u"),
		bind("list.search", "/"), bind("list.clear", "esc"), bind("list.open", "enter"), bind("list.actions", "x"),
		bind("list.preview", "p"), bind("list.order", "o"), bind("list.refresh", "r"), bind("list.copy", "y"),
		tui.Binding{Scope: "screen", Keys: []string{"b"}, Actions: []string{"ban_user", "unban_user"}},
		tui.Binding{Scope: "screen", Keys: []string{"l"}, Actions: []string{"lock_user", "unlock_user"}},
	)
}

// drive runs the list over a directory with a crowd of that many.
func drive(t testing.TB, crowd, cols, rows int) (*viewtest.Bench, *tuitest.Driver) {
	t.Helper()
	b := viewtest.Of(t, crowd)
	d := tuitest.Drive(t, shell.Config{Root: users.New(b.Env), Keys: keys(t), Clock: b.Clock.Now, After: b.Clock.After, Mouse: true}, cols, rows)
	d.Clock = b.Clock
	return b, d
}

func TestTypingFindsAndOpens(t *testing.T) {
	b, d := drive(t, 60, 120, 40)
	d.Press("/")
	d.Type("maya")
	t.Log(d.Screen())
	t.Log(b.Wire.Sent())
	_ = os.Args
	require.True(t, true)
}
