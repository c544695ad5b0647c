package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// requireNoDrawing fails if the program has written a line, a box or a block.
func (m term) requireNoDrawing() {
	m.t.Helper()
	for _, r := range string(m.Output()) {
		require.False(m.t, r >= 0x2500 && r <= 0x259f, "%c", r)
	}
}

// The cursor's line is all that is read here, as a screen reader does.
func TestPlain_FindsAndUnlocksAPersonByReadingLines(t *testing.T) {
	t.Parallel()
	tm := startWith(t, []string{"--plain"}, t.TempDir(), 100, 30)
	tm.WaitCursorLine("1 of 1,248: Ingrid Solheim, active, ingrid.solheim@fjord.example")
	tm.Send("j")
	tm.WaitCursorLine("2 of 1,248: ")
	tm.Send("/")
	tm.Type("maya okafor")
	tm.WaitCursorLine("/ maya okafor")
	tm.WaitFor("1 of 1: Maya Okafor, locked 47 min, maya@harborpine.example")
	tm.press("enter", "tab 1 of 9")
	tm.WaitFor("Can't sign in", "Key l: Unlock user", "Overview, tab 1 of 9", "Name: Maya Okafor")
	tm.WaitCursorLine("PERSON")
	tm.Send("2")
	tm.WaitFor("tab 2 of 9")
	tm.WaitCursorLine("maya@harborpine.example")
	tm.Send("x")
	tm.WaitCursorLine("Unlock user, key l, lets them try to sign in again")
	tm.Send("down")
	tm.WaitCursorLine("Lost phone")
	tm.Type("ban us")
	tm.WaitCursorLine("Ban user, key b")
	tm.Send("esc")
	tm.Quiet(100 * time.Millisecond)
	tm.Send("D")
	tm.WaitCursorLine("[ ] you reached the caller")
	tm.Send("esc")
	tm.WaitFor("tab 2 of 9")
	tm.Send("?")
	tm.WaitFor("l: Unlock user. Lets them")
	tm.Send("esc")
	tm.WaitFor("tab 2 of 9")

	tm.Send("l")
	tm.WaitCursorLine("Cancel, chosen; y Unlock")
	tm.confirm("Cancel, chosen")
	tm.WaitFor("Maya Okafor, active", "Unlocked Maya Okafor")
	tm.requireNoDrawing()
	tm.leave("q", "q", "q")
	tm.requireNoDrawing()
}

// Nothing on the screen moves by itself but a clock, once a minute at most.
func TestPlain_IsStillWhileNothingHappens(t *testing.T) {
	t.Parallel()
	tm := start(t, 80, 24, "FRONTDESK_PLAIN=1")
	tm.WaitCursorLine("1 of 1,248: ")
	tm.Send("/")
	tm.Type("rhys llew")
	tm.WaitFor("1 of 1: Rhys Llewellyn, locked")
	tm.press("enter", "tab 1 of 9")
	tm.requireNoDrawing()
	before := tm.Quiet(300 * time.Millisecond)
	require.Equal(t, before, tm.Quiet(1500*time.Millisecond))
	tm.leave("q", "q", "q")
	tm.requireNoDrawing()
}

func TestPlain_IsConfigured(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	o := newOperator(t, "[theme]\nplain = true\n")
	for variable, isPlain := range map[string]bool{"FRONTDESK_PLAIN=": true, "FRONTDESK_PLAIN=0": false} {
		tm := term{tuitest.Start(t, bin, nil, append(o.env, variable), 100, 30), t}
		tm.WaitFor("of 1,248", "Ingrid Solheim")
		require.Equal(t, isPlain, strings.Contains(tm.Screen(), "1 of 1,248: Ingrid Solheim, active"), variable)
		tm.leave("q")
	}
	tm := term{tuitest.Start(t, bin, nil, append(o.env, "FRONTDESK_PLAIN=maybe"), 100, 30), t}
	tm.WaitFor("FRONTDESK_PLAIN must be 1 or 0, not \"maybe\"")
	require.Equal(t, 2, tm.WaitExit())
}
