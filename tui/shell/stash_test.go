package shell_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/tuitest"
)

// leaveQuestionForVisit leaves a question to look at another screen.
func leaveQuestionForVisit(t *testing.T) (d *tuitest.Driver, confirmed *bool) {
	t.Helper()
	confirmed = new(bool)
	root := &page{title: "Users"}
	d = drive(t, root)
	d.Send(tui.AskMsg{Prompt: tui.Prompt{Tier: tui.T2, Title: "Add", Verb: "Add", WayBack: "Remove",
		Fields:    []tui.Field{{Name: "mail", Label: "E-mail"}},
		OnConfirm: func(tui.Answers) tea.Cmd { *confirmed = true; return nil }}})
	d.Type("a@b")
	d.Send(tui.VisitMsg{View: &page{title: "Elin"}})
	d.Has("this is Elin")
	require.False(t, d.Asking())
	return d, confirmed
}

func TestShell_StashedQuestionComesBackWithItsScreen(t *testing.T) {
	d, confirmed := leaveQuestionForVisit(t)
	d.Send(tui.PushMsg{View: &page{title: "Deeper"}})
	d.Press("esc")
	require.False(t, d.Asking(), "it does not belong to this screen")
	d.Press("-", "-")
	d.Has("this is Elin")
	d.Send(tui.VisitMsg{View: &page{title: "Again"}})
	d.Press("esc", "esc")
	d.Dialog().Expect("Add", "a@b")
	d.Press("enter", "y")
	require.True(t, *confirmed, "it is the same question")
}

func TestShell_EarlyKeysConfirmNothingInARestoredQuestion(t *testing.T) {
	d, confirmed := leaveQuestionForVisit(t)
	d.Press("esc", "enter")
	d.Send(tui.VisitMsg{View: &page{title: "Elin"}})
	d.Burst("esc", "y")
	d.Dialog().Expect("Add", "wait, then press y again")
	require.False(t, *confirmed)
}

func TestShell_QuitsWithAStashedQuestion(t *testing.T) {
	d, confirmed := leaveQuestionForVisit(t)
	d.Press("ctrl+c")
	require.True(t, d.Left)
	require.False(t, *confirmed)
}
