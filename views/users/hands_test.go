package users_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSearchIsAmongTheFirstHintsInAnyWindow(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		_, d := drive(t, 60, size[0], size[1])
		require.Contains(t, d.Line(-1), "/ search")
		require.Contains(t, d.Line(-1), "enter open")
		d.Press("space")
		if size[0] > 60 {
			require.Contains(t, d.Line(-1), "/ search")
		}
	}
}

// Marks are work: the key that leaves says first that they would be lost.
func TestLeavingWithPeopleMarkedIsSaidFirst(t *testing.T) {
	_, d := drive(t, 60, 120, 40)
	d.Press("space", "space", "space", "q")
	require.False(t, d.Left)
	d.Has("3 are marked; the same key again leaves")
	d.Advance(20e9)
	d.Press("q")
	require.False(t, d.Left, "that was long ago")
	d.Press("q")
	require.True(t, d.Left)
	_, d = drive(t, 60, 120, 40)
	d.Press("space", "esc", "q")
	require.True(t, d.Left)
	_, d = drive(t, 60, 120, 40)
	d.Press("space", "/")
	d.Type("q")
	require.False(t, d.Left)
	d.Has("/ q")
	d.Press("ctrl+c")
	require.True(t, d.Left)
}
