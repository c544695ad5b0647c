package shell_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

// mouse starts a program with the mouse on.
func mouse(t *testing.T, root tui.View, more ...tui.Binding) *tuitest.Driver {
	return tuitest.Drive(t, shell.Config{Root: root, Keys: tuitest.Keys(t, more...), Mouse: true}, 100, 30)
}

// clickOn clicks on the first cell of a text on the screen, after a person's pause.
func clickOn(t *testing.T, d *tuitest.Driver, on string) {
	t.Helper()
	for y, line := range lines(d.Screen()) {
		if at := strings.Index(line, on); at >= 0 {
			d.Advance(tuitest.Pace)
			d.Send(tea.MouseClickMsg{X: text.Width(line[:at]), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", on, d.Screen())
}

func TestShell_ClickOnAHintPressesItsKey(t *testing.T) {
	ran := ""
	run := func(id string) func() tea.Cmd { return func() tea.Cmd { ran = id; return nil } }
	root := &page{title: "Users", actions: []tui.Action{
		{ID: "open", Title: "Open", FooterRank: 9, Do: run("open")}, {ID: "half", Title: "Half", FooterLabel: "half a page", FooterRank: 8, Do: run("half")},
	}}
	d := mouse(t, root, tuitest.Bind("open", "enter"), tuitest.Bind("half", "ctrl+d"))
	clickOn(t, d, "enter open")
	require.Equal(t, "open", ran)
	clickOn(t, d, "half a page")
	require.Equal(t, "half", ran, "the label is part of the hint")
	ran = ""
	clickOn(t, d, "   ctrl-d half") // the gap between two hints
	require.Empty(t, ran)
	clickOn(t, d, ": go to")
	d.Has("Go to", "type to find")
	clickOn(t, d, "esc close")
	d.Lacks("type to find")
	clickOn(t, d, "? help")
	d.Has("Help · Users")
	clickOn(t, d, "esc close")
	root.typing = true
	clickOn(t, d, "? help")
	d.Has("Help · Users")
	require.Empty(t, root.keys, "in a text box a click types nothing")
}

func TestShell_ClickOnAHitAreaDoesItsAction(t *testing.T) {
	root := &page{title: "Sam", content: "one\nOverview Contact", areas: []tui.HitArea{{X: 9, Y: 1, Width: 7, Action: "tab.contact"}, {X: 0, Y: 1, Width: 8, Action: "tab.off"}}}
	ran := 0
	root.actions = []tui.Action{{ID: "tab.contact", Title: "Contact", Do: func() tea.Cmd { ran++; return nil }}, {ID: "tab.off", Title: "Overview", Off: "it is open"}}
	d := mouse(t, root)
	clickOn(t, d, "Contact")
	clickOn(t, d, "tact")
	require.Equal(t, 2, ran)
	clickOn(t, d, "Overview")
	d.Has("Overview: it is open")
	require.Empty(t, received[tea.MouseClickMsg](root), "a click on a hit area does not reach the view")
	clickOn(t, d, "one")
	require.Len(t, received[tea.MouseClickMsg](root), 1)
}

func TestShell_SecondClickChoosesInAMenu(t *testing.T) {
	var items []tui.Action
	ran := ""
	for i := range 60 {
		id := fmt.Sprintf("item %02d", i)
		items = append(items, tui.Action{ID: id, Title: id, Group: fmt.Sprintf("Group %d", i/20), Do: func() tea.Cmd { ran = id; return nil }})
	}
	root := &page{title: "Users"}
	d := mouse(t, root)
	d.Send(tui.MenuMsg{Menu: tui.Menu{Title: "Actions", Items: items, Sections: true}})
	clickOn(t, d, "item 04")
	d.Has("▌ item 04")
	require.Empty(t, ran)
	clickOn(t, d, "GROUP 0")
	clickOn(t, d, "type to find")
	d.Send(tea.MouseClickMsg{X: 1, Y: 20, Button: tea.MouseLeft})
	d.Send(tea.MouseClickMsg{X: 40, Y: 8, Button: tea.MouseRight})
	d.Has("▌ item 04")
	require.Empty(t, root.keys)
	require.Empty(t, received[tea.MouseClickMsg](root), "a click beside a menu does nothing")
	for range 20 {
		d.Send(tea.MouseWheelMsg{X: 1, Y: 1, Button: tea.MouseWheelDown})
	}
	d.Has("▌ item 59")
	require.Empty(t, received[tea.MouseWheelMsg](root), "the menu gets the wheel")
	clickOn(t, d, "item 57")
	require.Empty(t, ran)
	clickOn(t, d, "item 57")
	require.Equal(t, "item 57", ran)
	d.Lacks("item 57")
}

func TestShell_WheelScrollsHelpToItsEnds(t *testing.T) {
	root := &page{title: "Users"}
	for i := range 60 {
		root.actions = append(root.actions, tui.Action{ID: fmt.Sprint(i), Title: fmt.Sprintf("Action %02d", i), Group: "Here"})
	}
	d := mouse(t, root)
	d.Press("?")
	d.Has("Action 00")
	for range 40 {
		d.Send(tea.MouseWheelMsg{X: 50, Y: 12, Button: tea.MouseWheelDown})
	}
	d.Lacks("↓ more")
	was := d.Screen()
	d.Send(tea.MouseWheelMsg{X: 50, Y: 12, Button: tea.MouseWheelUp})
	require.NotEqual(t, was, d.Screen(), "one step up scrolls one step")
	clickOn(t, d, "↑ ↓ scroll")
	clickOn(t, d, "↓ scroll")
	require.NotEqual(t, was, d.Screen())
}

func TestShell_FadedNoticeCanBeReadAgain(t *testing.T) {
	root := &page{title: "Users"}
	d := mouse(t, root)
	d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneOK, Text: "Banned 37 of 37 users in 2 batches, none was refused", Next: "Way back: z, or Unban users; it asks as this did"}})
	d.Advance(8 * tuitest.Pace * 3)
	d.Has("Banned 37 of 37", "Way back: z")
	clickOn(t, d, "Banned 37")
	d.Lacks("Banned 37 of 37", "N notices")
	require.Empty(t, received[tea.MouseClickMsg](root), "what a notice covers is not clicked")

	d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneOK, Text: "Banned 37 of 37 users in 2 batches, none was refused", Next: "Way back: z, or Unban users; it asks as this did"}})
	d.Advance(toastLife)
	d.Lacks("Banned 37 of 37")
	d.Has("N notices")
	clickOn(t, d, "N notices")
	d.Has("Notices", "Banned 37 of 37")
	d.Press("esc")
	d.Advance(toastLife)
	d.Lacks("N notices")
	d.Press("N")
	d.Has("Notices", "Banned 37 of 37")
}

const toastLife = 40 * tuitest.Pace
