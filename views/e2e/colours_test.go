package e2e

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// On a terminal of sixteen colours only those are written, and none is a rounded one: the
// accent is yellow, not red.
func TestColours_AreTheSixteenWhereThereAreNoMore(t *testing.T) {
	t.Parallel()
	tm := start(t, 120, 40, "TERM=xterm-16color", "COLORTERM=")
	tm.WaitFor("of 1,248", "? help")
	tm.Send("?")
	tm.WaitFor("filter")
	tm.leave("ctrl+c")
	out := tm.Output()
	for sgr, want := range map[string]bool{`[34]8[;:][25][;:][0-9;:]*`: false, `33`: true, `31`: false} {
		require.Equal(t, want, regexp.MustCompile(`\x1b\[([0-9]*;)*`+sgr+`m`).Match(out), sgr) // 33 is yellow, 31 red
	}
}
