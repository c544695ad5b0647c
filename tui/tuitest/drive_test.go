package tuitest_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// failing is a test that may fail without failing this one.
type failing struct {
	testing.TB
	said string
}

func (f *failing) Helper() {}
func (f *failing) Fatalf(format string, args ...any) {
	f.said = fmt.Sprintf(format, args...)
	panic(f)
}

// fails runs a test that must fail and returns its message.
func fails(t *testing.T, test func(testing.TB)) (said string) {
	t.Helper()
	f := &failing{TB: t}
	defer func() {
		if r := recover(); r != nil && r != any(f) {
			panic(r)
		}
		said = f.said
		require.NotEmpty(t, said, "the test did not fail")
	}()
	test(f)
	return ""
}

func TestDriver_FailsOnConfirmingAnUnreadQuestion(t *testing.T) {
	ask := func(t testing.TB) *tuitest.Driver {
		d := tuitest.Drive(t, shell.Config{Root: &echo{}}, 80, 24)
		d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T1, Title: "Unlock user", Verb: "Unlock", Subject: []string{"Sam Carter"}}})
		return d
	}
	require.Contains(t, fails(t, func(t testing.TB) { ask(t).Press("y") }), `"Unlock user" was confirmed without having been read`)
	require.Contains(t, fails(t, func(t testing.TB) { ask(t).Dialog().Expect("Ban user") }), `the question is "Unlock user", not "Ban user"`)
	require.Contains(t, fails(t, func(t testing.TB) { ask(t).Dialog().Expect("Unlock user", "Maya") }), `"Maya" is not on the screen`)
	d := ask(t)
	d.Dialog().Expect("Unlock user", "Sam Carter")
	d.Press("y")
	require.Contains(t, fails(t, func(t testing.TB) { tuitest.Drive(t, shell.Config{Root: &echo{}}, 80, 24).Dialog() }), "no question is open")
}

func TestDriver_FailsWhenWaitingInVain(t *testing.T) {
	said := fails(t, func(t testing.TB) { tuitest.Drive(t, shell.Config{Root: &echo{}}, 80, 24).WaitFor("Maya") })
	require.Contains(t, said, "waited for the text Maya, but the program is idle")
}

func TestDriver_RunsSequencesAndTimersInOrder(t *testing.T) {
	root := &echo{}
	d := tuitest.Drive(t, shell.Config{Root: root}, 80, 24)
	key := func(name string) tea.Cmd { return func() tea.Msg { return tuitest.Key(name) } }
	d.Send(tui.StartMsg{Task: tui.Task{Key: "none"}})
	cmd := tea.Sequence(key("a"), key("b"), nil, key("c"))
	d.Send(cmd())
	require.Equal(t, []string{"key a", "key b", "key c"}, root.said)

	c := tuitest.NewClock()
	begin := c.Now()
	c.After(2*time.Second, "late")()
	c.After(time.Second, "early")()
	require.Equal(t, 2, c.Timers())
	require.Equal(t, begin, c.Now())
}

func TestKey_UsesBubbleTeasNames(t *testing.T) {
	for _, name := range []string{"j", "?", "enter", "esc", "ctrl+d", "shift+tab", "pgdown", "space", "alt+x", "é"} {
		require.Equal(t, name, tea.Key(tuitest.Key(name)).Keystroke())
	}
	require.Equal(t, "G", tuitest.Key("G").Text)
	require.Panics(t, func() { tuitest.Key("nonsense") })
}
