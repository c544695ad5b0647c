package shell_test

import (
	"context"
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// fragile is a screen with a text box whose Update and View may panic.
type fragile struct {
	page
	text  string
	blind bool
}

func (f *fragile) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch k := tea.Key(msg); {
		case k.Keystroke() == "alt+d":
			_ = f.text[len(f.text):][:len(f.text)+1]
		case k.Keystroke() == "alt+x":
			panic(errors.New("sk_live_secret"))
		case k.Keystroke() == "alt+c":
			return func() tea.Msg { panic("sk_live_secret") }
		case k.Keystroke() == "alt+b":
			f.blind = !f.blind
		default:
			f.text += k.Text
		}
	case fact:
		panic(string(msg))
	}
	return f.page.Update(msg)
}

func (f *fragile) View(s tui.Screen) tui.Frame {
	if f.blind {
		panic("cannot be drawn: sk_live_secret")
	}
	return tui.Frame{Content: "typed: " + f.text}
}

const wrong = "Something went wrong; what you typed is still here"

func TestShell_SurvivesAPanicInAKey(t *testing.T) {
	f := &fragile{page: page{title: "Fragile", typing: true}}
	d := drive(t, f)
	d.Type("maya")
	d.Press("alt+d")
	d.Has("typed: maya", wrong, "If it happens again, frontdesk quits. Please report:", "the key alt+d, shell_test.(*fragile).Update:")
	require.False(t, d.Left)
	d.Type("!")
	d.Has("typed: maya!")
	require.Empty(t, d.Model.FatalError())
	d.Press("alt+d")
	require.True(t, d.Left, "the second panic quits")
	require.Contains(t, d.Model.FatalError(), "open forms and marks are lost")
	require.Regexp(t, `the key alt\+d, shell_test\.\(\*fragile\)\.Update:\d+, runtime error: slice bounds out of range`, d.Model.FatalError())
}

func TestShell_FaultReportOmitsForeignMessages(t *testing.T) {
	for _, key := range []string{"alt+x", "alt+c", "alt+b"} {
		d := drive(t, &fragile{page: page{title: "Fragile", typing: true}})
		d.Type("maya")
		d.Press(key)
		d.Has("what you typed is still here")
		d.Lacks("sk_live")
		require.False(t, d.Left)
		d.Press(key)
		require.Equal(t, key != "alt+b", d.Left, key)
		require.NotContains(t, d.Model.FatalError(), "sk_live")
	}
}

func TestShell_RecoversFromAScreenThatCannotBeDrawn(t *testing.T) {
	root, f := &page{title: "Root"}, &fragile{page: page{title: "Fragile", typing: true}}
	d := drive(t, root)
	d.Send(tui.PushMsg{View: f})
	d.Type("maya")
	d.Press("alt+b")
	d.Has("This screen cannot be drawn", "esc goes back", "ctrl-c quits", "drawing, shell_test.(*fragile).View")
	d.Press("alt+b")
	d.Has("typed: maya")
	d.Press("alt+b", "esc")
	d.Has("this is Root")
}

func TestShell_MessageReachesOtherViewsAfterAPanic(t *testing.T) {
	root, f := &page{title: "Root"}, &fragile{page: page{title: "Fragile", typing: true}}
	above := &page{title: "Above"}
	d := drive(t, root)
	d.Send(tui.PushMsg{View: f})
	d.Send(tui.PushMsg{View: above})
	d.Send(fact("news"))
	require.Equal(t, []string{"news"}, received[fact](root))
	require.Equal(t, []string{"news"}, received[fact](above))
	d.Has("this is Above", wrong)
}

// A question that could not be drawn was not seen: only esc answers it.
func TestShell_UndrawableQuestionCannotBeConfirmed(t *testing.T) {
	root := &page{title: "Root"}
	d := tuitest.Drive(t, shell.Config{Root: root, Operator: "jo"}, 100, 30)
	confirmed := 0
	d.Send(tui.AskMsg{Prompt: tui.Prompt{
		Tier: tui.T2, Title: "Ban user", Verb: "Ban", Effects: []string{"signs out"},
		EffectsFor: func(tui.Answers) []string { panic("sk_live_secret") },
		OnConfirm:  func(tui.Answers) tea.Cmd { confirmed++; return nil },
	}})
	d.Has("Something went wrong", "This screen cannot be drawn")
	d.Dialog().Expect("Ban user")
	d.Press("tab", "y", "y")
	require.Zero(t, confirmed)
	d.Press("esc")
	d.Has("this is Root")
	require.False(t, d.Asking())
}

// A running write is waited for even if the screen that started it is broken.
func TestShell_QuitAfterFaultWaitsForTheWrite(t *testing.T) {
	f := &fragile{page: page{title: "Fragile", typing: true}}
	d := drive(t, f)
	d.Async()
	ended := make(chan struct{})
	d.Send(tui.StartMsg{Task: slowWrite(ended)})
	d.Press("alt+d", "alt+d")
	require.NotEmpty(t, d.Model.FatalError())
	require.False(t, d.Left)
	close(ended)
	d.Until("the end", func() bool { return d.Left })
}

func slowWrite(ended chan struct{}) tui.Task {
	return tui.Task{Key: "ban", Title: "Ban", Write: true, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		<-ended
		return tui.OutcomeMsg{Text: "Banned"}
	}}
}
