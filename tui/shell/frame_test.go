package shell_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

func TestShell_FillsTheHeaderInProduction(t *testing.T) {
	d := tuitest.Drive(t, shell.Config{
		Root: &page{title: "Users"}, Operator: "jo@ops-2",
		Instance: tui.Instance{Kind: tui.InstanceProduction, Word: "PRODUCTION", Name: "Harbor & Pine"},
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

func TestShell_HeaderDropsPartsByRankAndKeepsTheWord(t *testing.T) {
	for _, kind := range []tui.Instance{{Kind: tui.InstanceDemo, Word: "DEMO"}, {Kind: tui.InstanceDevelopment, Word: "DEVELOPMENT"}, {Kind: tui.InstanceProduction, Word: "PRODUCTION"}} {
		kind.Name = "The Extraordinarily Long Name of Harbor & Pine and Daughters"
		d := tuitest.Drive(t, shell.Config{Root: &page{title: "Users"}, Operator: "jo@ops-2.far.away.example", Instance: kind}, 140, 24)
		require.Contains(t, d.Line(0), "Daughters")
		d.Resize(80, 24)
		require.Contains(t, d.Line(0), "jo@ops-2.far.away.example")
		require.Contains(t, d.Line(0), "…")
		d.Resize(40, 24)
		require.Contains(t, d.Line(0), kind.Word)
		require.Contains(t, d.Line(0), "? help")
		require.NotContains(t, d.Line(0), "jo@")
	}
}

func TestShell_FooterDropsWholeHintsFromTheRight(t *testing.T) {
	act := func(id, short string, hint int, off string) tui.Action {
		return tui.Action{ID: id, Title: "Title of " + id, FooterLabel: short, FooterRank: hint, Off: off}
	}
	root := &page{title: "Users", status: "7 of 1,248", actions: []tui.Action{
		act("b", "mark", 30, ""), act("a", "open", 50, ""), act("c", "actions", 40, ""), act("d", "search", 20, ""),
		act("no.hint", "silent", 0, ""), act("off", "impossible", 60, "not now"), act("no.key", "keyless", 70, ""),
	}}
	d := drive(t, root, tuitest.Bind("a", "enter"), tuitest.Bind("b", "space"), tuitest.Bind("c", "x"), tuitest.Bind("d", "/", "ctrl+f"), tuitest.Bind("off", "o"), tuitest.Bind("no.hint", "n"))
	require.Equal(t, "  7 of 1,248"+strings.Repeat(" ", 30)+"enter open   x actions   space mark   / search   : go to", strings.TrimRight(d.Line(-1), " "))
	before := 6
	for w := 100; w >= 40; w-- {
		d.Resize(w, 24)
		line := d.Line(-1)
		n := strings.Count(strings.TrimSpace(line[12:]), "   ")
		for _, part := range strings.Split(strings.TrimSpace(line[12:]), "   ") {
			require.Contains(t, []string{"enter open", "x actions", "space mark", "/ search", ": go to", ""}, strings.TrimSpace(part), "width %d", w)
		}
		require.LessOrEqual(t, n, before)
		before = n
	}
	require.Contains(t, d.Line(-1), "enter open")
	require.NotContains(t, d.Line(-1), "x actions")

	root.typing = true
	d.Resize(100, 24)
	require.Contains(t, d.Line(-1), "enter open   ctrl-f search", "in a text box only keys without text work")
	require.NotContains(t, d.Line(-1), "x actions")
	require.NotContains(t, d.Line(-1), "go to")
}

func TestShell_HintsStayInPlaceDuringATask(t *testing.T) {
	root := &page{title: "Users", status: "7 of 1,248", actions: []tui.Action{{ID: "a", Title: "Open", FooterRank: 9}, {ID: "b", Title: "Mark", FooterRank: 8}, {ID: "c", Title: "Actions", FooterRank: 7}}}
	d := drive(t, root, tuitest.Bind("a", "enter"), tuitest.Bind("b", "space"), tuitest.Bind("c", "x"))
	d.Async()
	g := newGate()
	for w := 100; w >= 40; w -= 5 {
		d.Resize(w, 24)
		calm := d.Line(-1)
		at := strings.Index(calm, "enter")
		d.Send(tui.StartMsg{Task: tui.Task{Key: fmt.Sprint(w), Title: "Searching the whole wide directory", Run: g.run}})
		<-g.ctx
		d.Advance(1e9)
		busy := d.Line(-1)
		require.Equal(t, []rune(calm)[at:], []rune(busy)[at:], "width %d", w)
		require.Contains(t, busy, "esc cancel")
		d.Press("esc")
	}
}

func TestShell_SmallHeightsDropTheRule(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	d.Resize(80, 12)
	require.Equal(t, 9, root.drawn.Height)
	require.Contains(t, d.Line(-2), "───")
	d.Resize(80, 11)
	require.Equal(t, 9, root.drawn.Height)
	require.NotContains(t, d.Screen(), "───")
}

func TestShell_OnlyQuitsInATooSmallWindow(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	d.Resize(20, 5)
	require.Contains(t, strings.Join(strings.Fields(d.Screen()), " "), "frontdesk needs 40×8, this window is 20×5. Make it larger; ctrl-c quits.")
	d.Press("w", "?", "q", "esc")
	d.Paste("w")
	require.Empty(t, root.keys)
	require.False(t, d.Left)
	d.Resize(80, 24)
	d.Has("this is Users")
	d.Resize(20, 5)
	d.Press("ctrl+c")
	require.True(t, d.Left)
}

// randomContent returns content that must not pass the frame unchanged.
func randomContent(r *rand.Rand) string {
	bits := []string{"a", " ", "word ", "\n", "王小明", "محمد علي", "हिन्दी", "👩‍👩‍👧", "❤️", "é", "\x1b[31m", "\x1b[m", "\x1b[1;38;2;1;2;3m", "─", "…", "│", strings.Repeat("long", 30), "น้ำ"}
	var b strings.Builder
	for range r.IntN(200) {
		b.WriteString(bits[r.IntN(len(bits))])
	}
	return b.String()
}

func TestShell_FramesNeverExceedTheWindow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	root := &page{title: "Users"}
	line := func() string { return strings.ReplaceAll(ansi.Strip(randomContent(r)), "\n", " ") }
	d := tuitest.Drive(t, shell.Config{Root: root, Operator: line(), Keys: tuitest.Keys(t, tuitest.Bind("x", "x"))}, 80, 24)
	root.actions = []tui.Action{{ID: "x", Title: "Do it", FooterLabel: "do", FooterRank: 5, Help: "It is done."}}
	overlays := []func(){
		func() {},
		func() { d.Press("?") },
		func() { d.Press(":"); d.Type("q") },
		func() {
			d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.Tier(r.IntN(5)), Title: line(), Verb: "Ban", Tone: tui.Tone(r.IntN(6)), Subject: []string{line(), line()}, Instance: line(), Context: []string{line()},
				Effects: []string{line(), line()}, WayBack: line(), Picture: []string{"▀▀▀▀", "▀▀▀▀"}, Checklist: []string{line()}, TypeToConfirm: "x", Fields: []tui.Field{{Name: "a", Label: line(), Hint: line(), Value: line()}}}})
		},
		func() {
			d.Send(tui.MenuMsg{Menu: tui.Menu{Title: line(), Context: []string{line()}, Items: []tui.Action{{Title: line()}, {Title: line(), Off: line()}, {Title: line(), Danger: true}}}})
		},
		func() { d.Press(":"); d.Type("Notices"); d.Press("enter") },
	}
	for round := range 72 {
		root.content, root.status = randomContent(r), line()
		d.Resize(80, 24)
		overlays[round%len(overlays)]()
		if round%3 == 0 {
			d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.Tone(r.IntN(6)), Text: line(), Next: line()}})
		}
		if round == 36 {
			d.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeSet})
		}
		for range 4 {
			// The driver checks that every frame fits.
			d.Resize(1+r.IntN(200), 1+r.IntN(60))
		}
		d.Resize(80, 24)
		for d.Press("esc"); d.Asking(); {
			d.Press("esc")
		}
		d.Press("esc", "esc")
	}
}

func TestShell_DrawsAtEverySize(t *testing.T) {
	d := drive(t, &page{title: "Users", content: strings.Repeat(strings.Repeat("王", 120)+"\n", 80)})
	for h := 1; h <= 60; h += 1 + h/6 {
		for w := 1; w <= 200; w += 1 + w/10 {
			d.Resize(w, h)
		}
	}
}

func TestShell_OverlaysDoNotShiftWideCharacters(t *testing.T) {
	root := &page{title: "Users", content: strings.Repeat(strings.Repeat("王", 50)+"\n", 26)}
	d := drive(t, root)
	d.Send(tui.MenuMsg{Menu: tui.Menu{Title: "Actions", Items: []tui.Action{{Title: "Ban user"}}}})
	for _, l := range lines(d.Screen())[1:27] {
		require.Equal(t, 100, d.Model.CellWidth().Width(l), "%q", l)
	}
}

func TestShell_DrawsNoStripesForAPictureBehindAQuestion(t *testing.T) {
	d := drive(t, &page{title: "Users", content: "Maya ▀▀▄▄██ Okafor"})
	d.Has("▀▀▄▄██")
	d.Press("?")
	d.Lacks("▀", "▄", "█")
}

func TestShell_DimsTheBackgroundWithoutColours(t *testing.T) {
	none := tui.Theme{Name: "none"}
	d := tuitest.Drive(t, shell.Config{Root: &page{title: "Users", content: "behind the menu"}, Themes: tui.Themes{Dark: none, Light: none}}, 100, 30)
	require.Zero(t, d.CellAt(0, 1).Style.Attrs&uv.AttrFaint)
	d.Press("?")
	require.NotZero(t, d.CellAt(0, 1).Style.Attrs&uv.AttrFaint)
}

// A picture made of coloured blocks stays one behind an overlay, with dimmed colours;
// without colours only the text is left.
func TestShell_DimsAPictureBehindAnOverlay(t *testing.T) {
	root := &page{title: "Users", content: "\x1b[38;2;250;0;0;48;2;0;0;250m▀▀\x1b[38;2;0;250;0m▄ \x1b[m beside it"}
	d := drive(t, root)
	was := d.CellAt(0, 1)
	require.Equal(t, "▀", was.Content)
	d.Press(":")
	is := d.CellAt(0, 1)
	require.Equal(t, "▀", is.Content)
	require.NotEqual(t, was.Style.Fg, is.Style.Fg, "it is dimmed")
	require.NotNil(t, d.CellAt(3, 1).Style.Bg, "a cell of one colour belongs to the picture")
	require.NotEqual(t, is.Style.Fg, d.CellAt(2, 1).Style.Fg)
	beside := d.CellAt(5, 1)
	require.Nil(t, beside.Style.Bg)
	require.Equal(t, d.CellAt(7, 1).Style, beside.Style)
	d.Press("esc")
	require.Equal(t, was, d.CellAt(0, 1))
}
