package shell_test

import (
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

func TestProductionFillsTheWholeHeader(t *testing.T) {
	d := tuitest.Drive(t, shell.Config{
		Root: &page{title: "Users"}, Operator: "jo@ops-2",
		Instance: shell.Instance{Kind: shell.KindProduction, Word: "PRODUCTION", Name: "Harbor & Pine"},
	}, 100, 30)
	red := lipgloss.Color("#ff5c57")
	for x := range 100 {
		require.Equal(t, red, d.CellAt(x, 0).Style.Bg, "column %d", x)
	}
	require.Nil(t, d.CellAt(5, 1).Style.Bg)
	require.Equal(t, "frontdesk · PRODUCTION", d.Model.View().WindowTitle)
	require.True(t, d.Model.View().AltScreen)
	d.Has("PRODUCTION", "Harbor & Pine", "jo@ops-2", "? help")
}
