package shell_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// banAnswer is what a server answers.
type banAnswer struct{ refusal string }

// sendingPage is a page on which b opens a question that stays while it is sending.
func sendingPage(g *gate, change func(*tui.Prompt, *tui.Task)) *page {
	var ask func(serverError, value string) tea.Cmd
	ask = func(serverError, value string) tea.Cmd {
		p := tui.Prompt{
			Tier: tui.T2, Title: "Ban user", Subject: []string{"Sam Carter"}, Verb: "Ban", WayBack: "Unban user", Unprompted: serverError != "",
			Fields: []tui.Field{{Name: "reason", Label: "Reason", Required: true, Value: value, Edited: value != "", ServerError: serverError}},
		}
		task := tui.Task{Key: "ban_user user_1", Title: "Banning Sam Carter", Write: true, KeepsQuestion: true, LostText: "It is unclear whether Sam Carter was banned", Run: g.run}
		if change != nil {
			change(&p, &task)
			p.Fields[0].Required = p.Tier >= tui.T2
		}
		p.OnConfirm = func(given tui.Answers) tea.Cmd {
			task := task
			task.Then = func(msg tea.Msg) tea.Cmd {
				if refused := msg.(banAnswer).refusal; refused != "" {
					return tea.Batch(tui.Notify(tui.Toast{Text: "Refused"}), ask(refused, given["reason"]))
				}
				return tui.Notify(tui.Toast{Text: "Banned Sam Carter"})
			}
			return tui.Run(task)
		}
		return tui.Ask(p)
	}
	return &page{title: "Users", actions: []tui.Action{
		{ID: "ban_user", Title: "Ban user", Do: func() tea.Cmd { return ask("", "") }},
		{ID: "lock_user", Title: "Lock user", Do: do(tui.Push(&page{title: "Locked"}))},
	}}
}

// sends returns a driver whose question was confirmed and whose task is running.
func sends(t *testing.T, root *page, g *gate) *tuitest.Driver {
	t.Helper()
	d := drive(t, root, tuitest.Bind("ban_user", "b"), tuitest.Bind("lock_user", "l"))
	d.Async()
	d.Press("b")
	d.Dialog().Expect("Ban user")
	if d.Model.Dialog().Prompt().Tier >= tui.T2 {
		d.Type("fraud")
		d.Press("enter")
	}
	d.Press("y")
	waitRunning(d, g)
	return d
}

// waitRunning waits until the task has started.
func waitRunning(d *tuitest.Driver, g *gate) {
	d.Until("the task to start", func() bool { return d.Tasks() == 1 })
	<-g.ctx
}

// typeOn types with pauses in which no letter is dropped as typed ahead.
func typeOn(d *tuitest.Driver, keys ...string) {
	for _, k := range keys {
		d.Advance(time.Second)
		d.Burst(k)
	}
}

func TestSending_TakesEveryKeyUntilTheAnswer(t *testing.T) {
	g := newGate()
	root := sendingPage(g, nil)
	d := sends(t, root, g)
	typeOn(d, "l", "b", "enter", "q", "y", "tab", "ctrl+s", "?", ":", "x")
	d.Paste("l")
	d.Has("Sending…", "esc leave it running", "fraud")
	d.Lacks("[ y Ban ]", "Cancel", "this is Locked")
	require.False(t, d.Asking(), "a question that is sending is not open")
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
	d.Lacks("Sending…", "Ban user")
	d.Burst("l")
	d.Has("Keys typed just now were ignored", "this is Users")
	require.Empty(t, root.keys)
	d.Press("l")
	d.Has("this is Locked")
}

func TestSending_LooksAsBeforeForAMoment(t *testing.T) {
	for name, change := range map[string]func(*tui.Prompt, *tui.Task){
		"dialog": nil,
		"bar":    func(p *tui.Prompt, _ *tui.Task) { p.Tier = tui.T1 },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGate()
			d := drive(t, sendingPage(g, change), tuitest.Bind("ban_user", "b"))
			d.Async()
			d.Press("b")
			d.Dialog().Expect("Ban user")
			if d.Model.Dialog().Prompt().Tier >= tui.T2 {
				d.Type("fraud")
				d.Press("enter")
			}
			d.Advance(tuitest.Pace)
			before := d.Screen()
			d.Burst("y")
			waitRunning(d, g)
			d.Advance(dialog.SendingDelay - time.Millisecond)
			require.Equal(t, before, d.Screen(), "an answer within a moment only closes it")
			d.Advance(time.Millisecond)
			after := d.Screen()
			require.NotEqual(t, before, after)
			d.Advance(time.Second)
			requireSameButButtons(t, before, after)
			g.open <- banAnswer{}
			d.WaitFor("Banned Sam Carter")
		})
	}
}

// requireSameButButtons checks that only the row of the buttons and the footer differ.
func requireSameButButtons(t *testing.T, before, after string) {
	t.Helper()
	was, is := lines(before), lines(after)
	require.Len(t, is, len(was))
	for i, line := range is {
		if line != was[i] {
			require.True(t, strings.Contains(line, "Sending…") || i == len(is)-1, "%q became %q", was[i], line)
		}
	}
}

func TestSending_EscLeavesItToRun(t *testing.T) {
	for _, wait := range []time.Duration{10 * time.Millisecond, time.Second} { // before and after it says so
		g := newGate()
		root := sendingPage(g, nil)
		d := sends(t, root, g)
		d.Advance(wait)
		d.Burst("esc")
		d.Lacks("Sending…", "Ban user")
		d.Has("this is Users")
		require.Empty(t, root.keys, "esc only closed it")
		d.Burst("l") // nothing is dropped: who presses esc has seen it
		d.Has("this is Locked")
		d.Advance(time.Second)
		d.Has("Banning Sam Carter…")
		g.open <- banAnswer{}
		d.WaitFor("Banned Sam Carter")
		d.Burst("esc")
		d.Has("this is Users")
	}
}

func TestSending_ClickOnEscLeavesItToRun(t *testing.T) {
	g := newGate()
	d := tuitest.Drive(t, shell.Config{Root: sendingPage(g, nil), Keys: tuitest.Keys(t, tuitest.Bind("ban_user", "b")), Mouse: true}, 100, 30)
	d.Async()
	d.Press("b")
	d.Dialog().Expect("Ban user")
	d.Type("fraud")
	d.Press("enter", "y")
	waitRunning(d, g)
	d.Advance(time.Second)
	for y, line := range lines(d.Screen()) {
		if at := strings.Index(line, "esc leave it running"); at >= 0 && strings.Contains(line, "Sending…") {
			d.Send(tea.MouseClickMsg{X: len([]rune(line[:at])), Y: y, Button: tea.MouseLeft})
		}
	}
	d.Lacks("Sending…")
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}

func TestSending_RefusedFormTakesItsPlaceAtOnce(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, nil), g)
	typeOn(d, "l", "l")
	g.open <- banAnswer{refusal: "too short"}
	d.WaitFor("too short") // no frame without a form is checked by the next test
	d.Burst("q", "q")      // reaches no screen
	d.Has("Keys typed just now were ignored")
	d.Lacks("There is no question on the screen", "fraudq", "Sending…")
	d.Advance(time.Second)
	d.Burst("!")
	d.Dialog().Expect("Ban user", "fraud!")
	d.Press("enter", "y")
	waitRunning(d, g)
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}

// A frame may be drawn after every message.
func TestSending_NoFrameIsWithoutAForm(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, nil), g)
	d.Until("the form without a gap", func() bool {
		d.Has("Ban user")
		select {
		case g.open <- banAnswer{refusal: "too short"}:
		default:
		}
		return strings.Contains(d.Screen(), "too short")
	})
}

func TestSending_ARefusedFormTakesLettersWhereNobodyTypesOn(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, nil), g)
	g.open <- banAnswer{refusal: "too short"}
	d.WaitFor("too short")
	d.Burst("!")
	d.Has("fraud!")
}

func TestSending_UnknownOutcomeIsReported(t *testing.T) {
	for name, change := range map[string]func(*gate) func(*tui.Prompt, *tui.Task){
		"deadline": func(g *gate) func(*tui.Prompt, *tui.Task) {
			return func(_ *tui.Prompt, task *tui.Task) {
				task.Deadline = time.Millisecond
				task.Run = func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
					g.ignoreContext(ctx, nil)
					<-ctx.Done()
					return nil
				}
			}
		},
		"panic": func(g *gate) func(*tui.Prompt, *tui.Task) {
			return func(_ *tui.Prompt, task *tui.Task) {
				task.Run = func(ctx context.Context, report func(tui.Progress)) tea.Msg {
					g.run(ctx, report)
					panic(errors.New("a fault"))
				}
			}
		},
		"a task that outlives its deadline": func(g *gate) func(*tui.Prompt, *tui.Task) {
			return func(_ *tui.Prompt, task *tui.Task) { task.Deadline, task.Run = 5*time.Second, g.ignoreContext }
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGate()
			root := sendingPage(g, change(g))
			d := sends(t, root, g)
			typeOn(d, "l")
			if name != "a task that outlives its deadline" {
				g.open <- banAnswer{}
			}
			if name == "a task that outlives its deadline" {
				d.Advance(10 * time.Second)
			}
			d.WaitFor("It is unclear whether Sam Carter was banned")
			d.Lacks("Sending…")
			require.Empty(t, root.keys)
			close(g.open)
			d.Until("the task", func() bool { return d.Tasks() == 0 })
		})
	}
}

func TestSending_QuittingWaitsForIt(t *testing.T) {
	for name, quit := range map[string]func(*tuitest.Driver){
		"ctrl-c":   func(d *tuitest.Driver) { d.Press("ctrl+c") },
		"a signal": func(d *tuitest.Driver) { d.Send(shell.RequestQuitMsg{}) },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGate()
			d := sends(t, sendingPage(g, nil), g)
			d.Advance(time.Second)
			quit(d)
			d.Has("finishing: Banning Sam Carter")
			d.Lacks("Sending…")
			require.False(t, d.Left)
			typeOn(d, "l", "q")
			g.open <- banAnswer{}
			d.Until("the end", func() bool { return d.Left })
			d.Lacks("this is Locked")
		})
	}
}

func TestSending_FollowsTheSize(t *testing.T) {
	for _, tier := range []tui.Tier{tui.T1, tui.T2} {
		g := newGate()
		root := sendingPage(g, func(p *tui.Prompt, _ *tui.Task) { p.Tier = tier })
		d := sends(t, root, g)
		for _, size := range [][2]int{{60, 20}, {40, 8}, {200, 50}, {30, 6}, {80, 24}, {1, 1}, {40, 10}} {
			d.Resize(size[0], size[1])
			d.Advance(time.Second)
			if size[0] >= 40 {
				d.Has("Sending…", "esc leave it")
			}
			d.Burst("l", "enter")
		}
		require.Empty(t, root.keys)
		g.open <- banAnswer{}
		d.Until("the answer", func() bool { return d.Tasks() == 0 })
		d.Resize(100, 30)
		d.Has("this is Users", "Banned Sam Carter")
	}
}

// After the time to cancel, too.
func TestSending_FollowsTheCountdown(t *testing.T) {
	g := newGate()
	root := sendingPage(g, func(p *tui.Prompt, _ *tui.Task) { p.Tier, p.CancelSeconds = tui.T4, 2 })
	d := drive(t, root, tuitest.Bind("ban_user", "b"), tuitest.Bind("lock_user", "l"))
	d.Async()
	d.Press("b")
	d.Dialog().Expect("Ban user")
	d.Type("fraud")
	d.Press("enter", "y")
	d.Has("esc stops it")
	for d.Tasks() == 0 {
		d.Advance(100 * time.Millisecond)
	}
	waitRunning(d, g)
	d.Lacks("esc stops it", "Sending…")
	d.Has("Ban user in 0 s")
	typeOn(d, "l")
	d.Has("Sending…")
	d.Lacks("in 0 s")
	require.LessOrEqual(t, d.Clock.Timers(), 1, "only the spinner's timer runs")
	require.Empty(t, root.keys)
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}

// Being away drops open questions, but not one that is sending.
func TestSending_StaysWhileTheOperatorIsAway(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, nil), g)
	d.Advance(time.Second)
	d.Clock.Jump(10 * time.Second)
	d.Send(tea.ResumeMsg{})
	d.Lacks("was closed while you were away")
	d.Has("Sending…")
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}

func TestSending_EscCancelsARead(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, func(_ *tui.Prompt, task *tui.Task) { task.Write, task.Title = false, "Exporting the data" }), g)
	d.Advance(time.Second)
	d.Has("esc cancel")
	d.Press("esc")
	d.Has("Cancelled: Exporting the data", "this is Users")
	d.Lacks("Sending…")
	d.Until("the task", func() bool { return d.Tasks() == 0 })
}

func TestSending_ShowsWhatTheTaskReports(t *testing.T) {
	g, reported := newGate(), make(chan struct{})
	d := sends(t, sendingPage(g, func(p *tui.Prompt, task *tui.Task) {
		p.Tier = tui.T1
		task.Run = func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			report(tui.Progress{Text: "waiting 3 s (429)"})
			close(reported)
			return g.run(ctx, report)
		}
	}), g)
	<-reported
	d.Advance(time.Second)
	d.Has("Sending, waiting 3 s (429)…")
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}

func TestSending_TasksThatDoNotKeepItCloseIt(t *testing.T) {
	g := newGate()
	d := sends(t, sendingPage(g, func(_ *tui.Prompt, task *tui.Task) { task.KeepsQuestion = false }), g)
	d.Lacks("Ban user")
	g.open <- banAnswer{}
	d.WaitFor("Banned Sam Carter")
}
