package shell_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// banned returns what a write returns: its outcome among other messages.
func banned(how tui.OutcomeKind) tea.Msg {
	return tea.BatchMsg{
		tui.Notify(tui.Toast{Text: "Banned Sam Carter"}), nil,
		func() tea.Msg { return tui.OutcomeMsg{Text: "Banned Sam Carter (user_1).", Kind: how} },
	}
}

const lost = "It is unclear whether Sam Carter was banned."

func write(d *tuitest.Driver, key string, run func(context.Context, func(tui.Progress)) tea.Msg) {
	d.Send(tui.StartMsg{Task: tui.Task{Key: key, Title: "Banning", Write: true, LostText: lost, Deadline: 10 * time.Second, Run: run}})
}

func TestShell_KeepsOutcomesOfWritesThatEndWhileQuitting(t *testing.T) {
	d, g := drive(t, &page{title: "Users"}), newGate()
	d.Async()
	write(d, "ban", g.run)
	d.Send(shell.RequestQuitMsg{})
	g.open <- banned(tui.OutcomeIncomplete)
	d.Until("the end", func() bool { return d.Left })
	require.Equal(t, []tui.OutcomeMsg{{Text: "Banned Sam Carter (user_1).", Kind: tui.OutcomeIncomplete}}, d.Model.PendingOutcomes())
}

func TestShell_OutcomeOfARunningWriteIsUnknown(t *testing.T) {
	d, g, other := drive(t, &page{title: "Users"}), newGate(), newGate()
	d.Async()
	write(d, "ban", g.ignoreContext)
	write(d, "panics", func(context.Context, func(tui.Progress)) tea.Msg { <-other.open; panic("oh") })
	d.Send(shell.RequestQuitMsg{})
	other.open <- nil
	d.Advance(13 * time.Second)
	require.True(t, d.Left)
	unknown := tui.OutcomeMsg{Text: lost, Kind: tui.OutcomeUnknown}
	require.Equal(t, []tui.OutcomeMsg{unknown, unknown}, d.Model.PendingOutcomes())
	g.open <- banned(tui.OutcomeDone)
	d.Model.WaitForWrites(context.Background())
	require.Contains(t, d.Model.PendingOutcomes(), tui.OutcomeMsg{Text: "Banned Sam Carter (user_1)."}, "it ended although the loop was not running")
}

func TestShell_OmitsOutcomesThatWereReadable(t *testing.T) {
	d := drive(t, &page{title: "Users"})
	done := func(context.Context, func(tui.Progress)) tea.Msg { return banned(tui.OutcomeDone) }
	write(d, "ban", done)
	d.Has("Banned Sam Carter")
	require.Len(t, d.Model.PendingOutcomes(), 1, "too short to be read")
	d.Advance(time.Second)
	require.Empty(t, d.Model.PendingOutcomes())
	write(d, "ban", done)
	d.Advance(time.Second)
	d.Press("ctrl+c")
	require.True(t, d.Left)
	require.Empty(t, d.Model.PendingOutcomes())
}

func TestShell_SuspendRequestWaitsForAWrite(t *testing.T) {
	d, g := drive(t, &page{title: "Users"}), newGate()
	d.Send(shell.RequestSuspendMsg{})
	require.Equal(t, 1, d.Suspends)
	d.Async()
	write(d, "ban", g.run)
	d.Send(shell.RequestSuspendMsg{})
	require.Equal(t, 1, d.Suspends)
	d.Has("Suspend: a change is in progress")
	g.open <- nil
	d.Until("the end", func() bool { return d.Tasks() == 0 })
}

// ending is what a write returns that leaves its words to Then.
type ending struct{ how tui.OutcomeKind }

func (e ending) Outcome() (tui.OutcomeMsg, bool) {
	return tui.OutcomeMsg{Text: "Banned Sam Carter (user_1).", Kind: e.how}, true
}

// Then builds the requests in the loop; without a loop, what Run returned reports the
// outcome.
func TestShell_RunsThenInTheLoop(t *testing.T) {
	d, g := drive(t, &page{title: "Users"}), newGate()
	d.Async()
	then := 0
	task := tui.Task{Key: "ban", Title: "Banning", Write: true, LostText: lost, Deadline: 10 * time.Second, Run: g.run,
		Then: func(msg tea.Msg) tea.Cmd {
			then++
			require.Equal(t, ending{tui.OutcomeDone}, msg)
			return tui.Notify(tui.Toast{Text: "Banned Sam Carter"})
		}}
	d.Send(tui.StartMsg{Task: task})
	g.open <- ending{tui.OutcomeDone}
	d.WaitFor("Banned Sam Carter")
	require.Equal(t, 1, then)
	d.Advance(time.Second)
	require.Empty(t, d.Model.PendingOutcomes())

	<-g.ctx
	d.Send(tui.StartMsg{Task: task})
	d.Send(shell.RequestQuitMsg{})
	g.open <- ending{tui.OutcomeDone}
	d.Until("the end", func() bool { return d.Left })
	require.Equal(t, []tui.OutcomeMsg{{Text: "Banned Sam Carter (user_1)."}}, d.Model.PendingOutcomes())
}

// The outcome of a write that panicked, or that outlived its deadline, is unknown: the
// operator is not told to try again.
func TestShell_OutcomeOfAPanickedWriteIsUnknown(t *testing.T) {
	d := drive(t, &page{title: "Users"})
	write(d, "ban", func(context.Context, func(tui.Progress)) tea.Msg { panic("oh") })
	d.Has(lost)
	d.Lacks("try again")

	d, g := drive(t, &page{title: "Users"}), newGate()
	d.Async()
	write(d, "ban", g.ignoreContext)
	d.Advance(13 * time.Second)
	d.Has(lost)
	d.Lacks("Try again")
	g.open <- nil
	d.Until("the end", func() bool { return d.Tasks() == 0 })
}
