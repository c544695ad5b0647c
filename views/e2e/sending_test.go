package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// turn waits until the spinner has moved a few times, about half a second.
func (m term) turn() {
	m.t.Helper()
	for range 4 {
		was := m.Screen()
		m.WaitUntil("the spinner to move", func(screen string) bool { return screen != was })
	}
}

// Somebody goes on typing, with pauses, while the server takes its time.
func TestConsole_TypedOnLettersReachNoScreen(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	tm := g.banning(t)
	tm.WaitFor("Ban user", "Sending…", "leave it running")
	for _, k := range []string{"l", "x", "enter", "D", "q"} {
		tm.Send(k)
		tm.turn()
	}
	tm.Resize(80, 24)
	tm.WaitFor("Ban user", "Sending…", "fraud")
	tm.Send("b")
	tm.turn()
	g.open <- nil
	tm.WaitFor("Banned Maya Lindqvist", "Users › Maya Lindqvist", "■ banned")
	require.NotContains(t, string(tm.Output()), "Lock user")
	require.NotContains(t, string(tm.Output()), "Delete user")
	tm.WaitGone("Sending…")
	tm.leave("ctrl+c")
}
