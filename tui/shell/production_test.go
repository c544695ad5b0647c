package shell_test

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

func production(t *testing.T, kind tui.InstanceKind, theme tui.Theme, cols, rows int) *tuitest.Driver {
	t.Helper()
	word := map[tui.InstanceKind]string{tui.InstanceProduction: "PRODUCTION", tui.InstanceDevelopment: "DEVELOPMENT"}[kind]
	root := &page{title: "Users", content: "  first\n\n\x1b[1m  third\x1b[m\nfull"}
	return tuitest.Drive(t, shell.Config{Root: root, Themes: tui.Themes{Dark: theme, Light: theme}, Instance: tui.Instance{Kind: kind, Word: word, Name: "Harbor & Pine"}}, cols, rows)
}

func TestShell_ProductionIsFramedOnEveryScreenAndNothingMoves(t *testing.T) {
	red := lipgloss.Color("#ff5c57")
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
		d := production(t, tui.InstanceProduction, tuitest.Theme("test"), size[0], size[1])
		framed := func() {
			t.Helper()
			for y := 1; y < size[1]-2; y++ {
				if y == 4 {
					continue // a row that fills its first cell
				}
				require.Equal(t, "▌", d.CellAt(0, y).Content, "row %d", y)
				require.Equal(t, red, d.CellAt(0, y).Style.Fg)
			}
			for x := range size[0] {
				require.Equal(t, "━", d.CellAt(x, size[1]-2).Content)
				require.Equal(t, red, d.CellAt(x, size[1]-2).Style.Fg)
			}
		}
		framed()
		require.Equal(t, "▌ first", d.Line(1))
		require.Equal(t, "▌ third", d.Line(3))
		require.Equal(t, "full", d.Line(4))
		d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T2, Title: "Ban user", Verb: "Ban", Subject: []string{"Maya"}}})
		require.Contains(t, d.Screen(), "╭─ Ban user ─")
		require.Contains(t, d.Screen(), "  PRODUCTION  ─╮")
		require.Equal(t, "▌", d.CellAt(0, 1).Content)
		require.Equal(t, red, d.CellAt(0, size[1]-2).Style.Fg)
	}
}

func TestShell_OtherInstancesHaveNoFrame(t *testing.T) {
	d := production(t, tui.InstanceDevelopment, tuitest.Theme("test"), 80, 24)
	require.NotContains(t, d.Screen(), "▌")
	require.NotContains(t, d.Screen(), "━")
	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T2, Title: "Ban user", Verb: "Ban", Subject: []string{"Maya"}}})
	require.Equal(t, 1, strings.Count(d.Screen(), "DEVELOPMENT"))
}

func TestShell_ProductionIsAWordWithoutColours(t *testing.T) {
	d := production(t, tui.InstanceProduction, tui.Theme{Name: "none"}, 60, 20)
	require.Contains(t, d.Line(0), "PRODUCTION")
	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T1, Title: "Unlock user", Verb: "Unlock", Subject: []string{"Maya"}, WayBack: "z"}})
	require.Contains(t, d.Screen(), "─  PRODUCTION  ─", "in the rule of a question in one line")
	d.Press("esc")
	d.Send(tui.MenuMsg{Menu: tui.Menu{Title: "Go to"}})
	require.Contains(t, d.Screen(), "╭─ Go to ")
	require.Contains(t, d.Screen(), "PRODUCTION  ─╮")
}
