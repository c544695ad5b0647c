package dialog_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/text"
	"frontdesk/tui/tuitest"
)

// clickOn clicks on the first cell of a text, after a person's pause.
func clickOn(t *testing.T, d *tuitest.Driver, on string) {
	t.Helper()
	for y, line := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(line, on); at >= 0 {
			d.Advance(tuitest.Pace)
			d.Send(tea.MouseClickMsg{X: text.Width(line[:at]), Y: y, Button: tea.MouseLeft})
			return
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", on, d.Screen())
}

// askWithMouse is ask with the mouse on.
func askWithMouse(t *testing.T, p tui.Prompt, cols, rows int) (*tuitest.Driver, *answer) {
	t.Helper()
	got := &answer{}
	p.OnConfirm = func(a tui.Answers) tea.Cmd { got.confirmed++; got.given = a; return nil }
	p.OnCancel = func() tea.Cmd { got.cancelled++; return nil }
	d := tuitest.Drive(t, shell.Config{Root: &blank{}, Mouse: true}, cols, rows)
	d.Send(tui.AskMsg{Prompt: p})
	d.Dialog().Expect(p.Title)
	return d, got
}

func TestDialog_NoClickAnywhereConfirms(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	wait := unlock()
	wait.Tier, wait.CancelSeconds, wait.Title = tui.T2, 5, "Delete user"
	for _, p := range []tui.Prompt{unlock(), ban(), wait} {
		p.Fields = append([]tui.Field(nil), p.Fields...)
		for i := range p.Fields { // nothing is missing: y would confirm
			if p.Fields[i].Kind != tui.FieldChoice && p.Fields[i].Value == "" {
				p.Fields[i].Value = "a reason"
			}
		}
		const cols, rows = 64, 18
		d, got := askWithMouse(t, p, cols, rows)
		for y := range rows {
			for x := 0; x < cols; x += 4 { // no button is narrower than this
				if !d.Asking() { // a click on Cancel: ask again
					require.Equal(t, 1, got.cancelled)
					d, got = askWithMouse(t, p, cols, rows)
				}
				for range 2 {
					d.Advance(tuitest.Pace)
					d.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
				}
			}
		}
		require.Zero(t, got.confirmed, p.Title)
	}
}

func TestDialog_ClicksFocusAndTheVerbOnlyTakesTheFocus(t *testing.T) {
	d, got := askWithMouse(t, resetMFA(), 100, 30)
	clickOn(t, d, "[ ]")
	d.Has("[x]")
	clickOn(t, d, "[x]")
	d.Lacks("[x]")
	clickOn(t, d, "Reason")
	d.Type("lost")
	d.Has("lost")
	clickOn(t, d, "y Reset")
	require.Zero(t, got.confirmed)
	require.True(t, d.Asking())
	d.Has("press y to confirm; clicking does not", "▸ y Reset")
	clickOn(t, d, "y reset") // the footer's
	require.Zero(t, got.confirmed)
	d.Send(tea.MouseClickMsg{X: 0, Y: 5, Button: tea.MouseLeft})
	require.True(t, d.Asking(), "a click beside a question does nothing")
	clickOn(t, d, "Cancel")
	d.Has("Discard what you typed?")
	clickOn(t, d, "Reason")
	d.Lacks("Discard what you typed?")
	clickOn(t, d, "Reason")
	d.Press("ctrl+u")
	clickOn(t, d, "Cancel")
	require.False(t, d.Asking())
	require.Equal(t, 1, got.cancelled)
	require.Zero(t, got.confirmed)
}

func TestDialog_BarCanBeClicked(t *testing.T) {
	d, got := askWithMouse(t, unlock(), 100, 30)
	clickOn(t, d, "y Unlock")
	require.Zero(t, got.confirmed)
	d.Has("press y to confirm; clicking does not")
	clickOn(t, d, "Cancel")
	require.Equal(t, 1, got.cancelled)
}

func TestDialog_EarlyClickTicksNothing(t *testing.T) {
	d, _ := askWithMouse(t, resetMFA(), 100, 30)
	for y, line := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(line, "[ ]"); at >= 0 {
			d.Send(tea.MouseClickMsg{X: text.Width(line[:at]), Y: y, Button: tea.MouseLeft})
		}
	}
	d.Lacks("[x]")
}

func TestDialog_ClickStopsACountdown(t *testing.T) {
	p := ban()
	p.CancelSeconds, p.Fields = 5, nil
	d, got := askWithMouse(t, p, 100, 30)
	d.Press("y")
	d.Has("esc stops it")
	clickOn(t, d, "stops it")
	d.Has("Stopped. Nothing was done.")
	d.Advance(20 * tuitest.Pace)
	require.Zero(t, got.confirmed)
}
