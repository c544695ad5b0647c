package shell_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// companion is a Guide that records what it sees.
type companion struct {
	rows  int
	note  string
	seen  []tea.Msg
	stage tui.Stage
	react func(tea.Msg) tea.Cmd
}

func (c *companion) Observe(msg tea.Msg, now tui.Stage) tea.Cmd {
	c.seen, c.stage = append(c.seen, msg), now
	if c.react != nil {
		return c.react(msg)
	}
	return nil
}
func (c *companion) Rows(int, int) int      { return c.rows }
func (c *companion) Note(tui.Screen) string { return c.note }
func (c *companion) View(s tui.Screen, _ tui.Stage) string {
	out := make([]string, s.Height)
	for i := range out {
		out[i] = "guide " + string(rune('a'+i)) + strings.Repeat(".", s.Width)
	}
	return strings.Join(out, "\n")
}

func guided(t *testing.T, c *companion, cols, rows int) (*tuitest.Driver, *page) {
	root := &page{title: "Users", content: strings.Repeat(strings.Repeat("text ", 40)+"\n", 60)}
	return tuitest.Drive(t, shell.Config{Root: root, Guide: c, Operator: "jo@ops-2"}, cols, rows), root
}

func TestGuide_IsCoveredByNothing(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}, {40, 11}} {
		d, root := guided(t, &companion{rows: 2}, size[0], size[1])
		height := root.drawn.Height
		stands := func(what string) {
			t.Helper()
			d.Has("guide a", "guide b")
			require.Equal(t, height, root.drawn.Height, what)
			require.Len(t, lines(d.Screen()), size[1])
		}
		stands("a screen")
		for _, tier := range []tui.Tier{tui.T1, tui.T2, tui.T3} {
			d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tier, Title: "Ban user", Verb: "Ban", Subject: []string{"Maya"}, Effects: []string{"a", "b", "c", "d", "e", "f", "g", "h"}, Checklist: []string{"one", "two"}, TypeToConfirm: "x",
				Fields: []tui.Field{{Name: "reason", Label: "Reason"}}}})
			require.True(t, d.Asking())
			d.Has("guide a", "guide b", "Ban")
			d.Press("esc")
		}
		for _, key := range []string{"?", ":", "N"} {
			d.Press(key)
			stands("an overlay")
			d.Press("esc")
		}
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: "One line"}})
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneBad, Text: "It did not work", Next: "Try again, " + strings.Repeat("and again ", 20)}})
		for i, l := range lines(d.Screen()) {
			if at := strings.Index(l, "guide "); at >= 0 {
				require.Equal(t, "guide "+l[6:7]+strings.Repeat(".", size[0]-7), l, "line %d", i)
			}
		}
		d.Has("guide a", "guide b")
	}
}

func TestGuide_LeavesTheScreenEnough(t *testing.T) {
	d, root := guided(t, &companion{rows: 30}, 60, 8)
	require.GreaterOrEqual(t, root.drawn.Height, 4)
	d.Has("guide a")
	d.Resize(60, 20)
	require.GreaterOrEqual(t, root.drawn.Height, 4)
}

func TestGuide_NoteIsOnTheRuleWithoutRows(t *testing.T) {
	c := &companion{note: "try this"}
	d, root := guided(t, c, 60, 20)
	require.Contains(t, d.Line(-2), "─ try this ─")
	height := root.drawn.Height
	c.note = ""
	d.Press("w")
	require.NotContains(t, d.Screen(), "try this")
	require.Equal(t, height, root.drawn.Height)
	c.note, c.rows = "try this", 1
	d.Press("w")
	require.NotContains(t, d.Screen(), "try this")
}

func TestGuide_SeesWhatIsOnTheScreen(t *testing.T) {
	c := &companion{}
	d, root := guided(t, c, 80, 24)
	d.Press("w")
	require.Same(t, root, c.stage.Top)
	require.False(t, c.stage.IsTyping())
	d.Send(fact("news"))
	require.Contains(t, c.seen, fact("news"))
	d.Send(tui.AskMsg{Prompt: tui.Prompt{ActionID: "ban_user", Tier: tui.T2, Title: "Ban user", Verb: "Ban"}})
	require.Equal(t, "ban_user", c.stage.Question.ActionID)
	require.True(t, c.stage.IsTyping())
	d.Press("esc")
	require.Nil(t, c.stage.Question)
	d.Press(":")
	require.Nil(t, c.stage.Question)
	require.True(t, c.stage.IsCovered)
	d.Press("esc")
	root.typing = true
	d.Press("w")
	require.True(t, c.stage.IsTyping())
}

// A question that is open while the guide comes keeps within what is left.
func TestGuide_ThatComesMakesQuestionsSmaller(t *testing.T) {
	c := &companion{}
	d, _ := guided(t, c, 60, 20)
	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T2, Title: "Ban user", Verb: "Ban", Effects: strings.Split(strings.Repeat("effect ", 30), " ")}})
	c.react = func(msg tea.Msg) tea.Cmd {
		if msg == fact("come") {
			c.rows = 3
		}
		return nil
	}
	d.Send(fact("come"))
	d.Has("guide a", "guide b", "guide c", "Cancel", "╰")
}

func TestGuide_APanicCostsNoWork(t *testing.T) {
	c := &companion{rows: 1, react: func(msg tea.Msg) tea.Cmd {
		if msg == fact("boom") {
			panic("boom")
		}
		return nil
	}}
	d, root := guided(t, c, 80, 24)
	d.Send(fact("boom"))
	d.Has("Something went wrong")
	require.Contains(t, received[fact](root), "boom")
	d.Press("w")
	require.Contains(t, root.keys, "w")
}

func TestGuide_GoesWithTheInstance(t *testing.T) {
	c := &companion{rows: 1}
	d, _ := guided(t, c, 80, 24)
	next := &companion{rows: 2}
	d.Send(tui.ReplaceRootMsg{Root: &page{title: "New"}, Instance: tui.Instance{Word: "DEMO", Name: "B"}, Guide: next, Notice: "Here you are"})
	d.Has("guide b", "Here you are")
	d.Lacks("Now on B")
	n := len(c.seen)
	d.Press("w")
	require.Len(t, c.seen, n)
	require.NotEmpty(t, next.seen)
	d.Send(tui.ReplaceRootMsg{Root: &page{title: "Other"}, Instance: tui.Instance{Word: "PRODUCTION", Name: "C"}})
	d.Has("Now on C")
	d.Lacks("guide")
}

// What cannot be undone is asked about even if nothing is under way, and in one question
// with what is.
func TestLeave_AsksBeforeWhatCannotBeUndone(t *testing.T) {
	d, _ := guided(t, &companion{}, 80, 24)
	left := false
	leave := tui.LeaveMsg{Title: "Reset it", Verb: "Reset", Effects: []string{"all is as before"}, Leave: func([]string) tea.Cmd { left = true; return nil }}
	d.Send(leave)
	d.Has("Reset it", "all is as before", "cannot be undone")
	d.Press("esc")
	require.False(t, left)
	d.Send(leave)
	d.Dialog().Expect("Reset it")
	d.Press("y")
	require.True(t, left)
}
