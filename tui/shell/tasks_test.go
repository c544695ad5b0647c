package shell_test

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// gate is a task that ends when it is told to, or with its context.
type gate struct {
	open chan tea.Msg
	ctx  chan context.Context
}

func newGate() *gate { return &gate{make(chan tea.Msg, 1), make(chan context.Context, 1)} }

func (g *gate) run(ctx context.Context, _ func(tui.Progress)) tea.Msg {
	g.ctx <- ctx
	select {
	case msg := <-g.open:
		return msg
	case <-ctx.Done():
		return nil
	}
}

// ignoreContext answers when it is told to, and ignores its context.
func (g *gate) ignoreContext(ctx context.Context, _ func(tui.Progress)) tea.Msg {
	g.ctx <- ctx
	return <-g.open
}

func ended(t *testing.T, p *page) tui.TaskMsg {
	t.Helper()
	for i := len(p.facts) - 1; i >= 0; i-- {
		if m, ok := p.facts[i].(tui.TaskMsg); ok {
			require.False(t, m.Running, "the task has not ended")
			return m
		}
	}
	t.Fatal("no task was told of")
	return tui.TaskMsg{}
}

func TestShell_TaskResultReachesEveryViewBeforeItsEnd(t *testing.T) {
	root, child := &page{title: "Users"}, &page{title: "Maya"}
	d := drive(t, root)
	d.Send(tui.PushMsg{View: child})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "list", Run: func(context.Context, func(tui.Progress)) tea.Msg { return fact("listed") }}})
	for _, p := range []*page{root, child} {
		require.Equal(t, []tea.Msg{tui.TaskMsg{Key: "list", Running: true}, fact("listed"), tui.TaskMsg{Key: "list"}}, p.facts)
	}
}

func TestShell_RunsOneTaskPerKey(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "ban_user user_1", Title: "Banning Sam Carter", Write: true, Run: g.run}})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "ban_user user_1", Title: "Banning Sam Carter", Write: true, Replace: true, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		t.Error("it ran twice")
		return nil
	}}})
	d.Has("Already running: Banning Sam Carter")
	g.open <- fact("banned")
	d.Until("the answer", func() bool { return len(received[fact](root)) == 1 })
}

func TestShell_DropsTheResultOfAReplacedTask(t *testing.T) {
	root, old, young := &page{title: "Users"}, newGate(), newGate()
	d := drive(t, root)
	d.Async()
	search := func(g *gate) {
		d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Replace: true, Run: g.ignoreContext}})
	}
	search(old)
	ctx := <-old.ctx
	search(young)
	require.ErrorIs(t, ctx.Err(), context.Canceled, "the replaced task is cancelled")
	old.open <- fact("old")
	d.Until("the old answer", func() bool { return d.Tasks() == 1 })
	require.Empty(t, received[fact](root))
	young.open <- fact("young")
	d.Until("the answer", func() bool { return len(received[fact](root)) > 0 })
	require.Equal(t, []string{"young"}, received[fact](root))
	require.NoError(t, ended(t, root).Err)
}

func TestShell_EscCancelsASlowRead(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Run: g.ignoreContext}})
	ctx := <-g.ctx
	d.Lacks("Searching")
	d.Burst("esc")
	require.Equal(t, []string{"esc"}, root.keys, "esc does not cancel a task that has just started")
	d.Advance(400 * time.Millisecond)
	d.Has("Searching…", "esc cancel")
	d.Press("esc")
	require.Equal(t, []string{"esc"}, root.keys, "esc only cancelled the task")
	require.ErrorIs(t, ctx.Err(), context.Canceled)
	require.ErrorIs(t, ended(t, root).Err, context.Canceled)
	d.Has("Cancelled: Searching")
	d.Lacks("esc cancel")
	g.open <- fact("late")
	d.Until("the late answer", func() bool { return d.Tasks() == 0 })
	require.Empty(t, received[fact](root), "its late result is dropped")
	d.Press("esc")
	require.Len(t, root.keys, 2, "esc goes to the view again")
}

// An esc that comes before the screen could be read was meant for what it showed before.
func TestShell_EscCancelsOnlyAReadThatWasNamed(t *testing.T) {
	root, first, second := &page{title: "Users"}, newGate(), newGate()
	d := drive(t, root)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Run: first.ignoreContext}})
	searching := <-first.ctx
	d.Clock.Jump(400 * time.Millisecond) // slow, but no timer has said so yet
	d.Burst("esc")
	require.Equal(t, []string{"esc"}, root.keys, "nothing on the screen named it")
	d.Has("Searching…", "esc cancel")
	d.Burst("esc")
	require.Len(t, root.keys, 2, "nobody has read it yet")
	require.NoError(t, searching.Err())
	d.Clock.Jump(200 * time.Millisecond)
	d.Burst("esc")
	require.Len(t, root.keys, 2)
	require.ErrorIs(t, searching.Err(), context.Canceled)

	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Run: first.ignoreContext}})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "count", Title: "Counting", Run: second.ignoreContext}})
	searching, counting := <-first.ctx, <-second.ctx
	d.Advance(time.Second)
	d.Has("Counting…")
	d.Burst("esc")
	require.ErrorIs(t, counting.Err(), context.Canceled)
	d.Has("Searching…", "esc cancel")
	d.Burst("esc")
	require.NoError(t, searching.Err(), "the esc for one does not cancel the next")
	d.Press("esc")
	require.ErrorIs(t, searching.Err(), context.Canceled)
	first.open <- nil
	first.open <- nil
	second.open <- nil
}

func TestShell_EscDoesNotCancelAWriteNorASilentTask(t *testing.T) {
	root, write, silent := &page{title: "Users"}, newGate(), newGate()
	d := drive(t, root)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "ban", Title: "Banning Sam Carter", Write: true, Run: write.run}})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "count", Run: silent.run}})
	d.Advance(time.Second)
	d.Has("Banning Sam Carter…")
	d.Lacks("esc cancel")
	d.Press("esc")
	d.Send(tui.CancelMsg{Key: "ban"})
	require.NoError(t, (<-write.ctx).Err())
	require.NoError(t, (<-silent.ctx).Err())
	require.Equal(t, []string{"esc"}, root.keys)
	d.Send(tui.CancelMsg{Key: "count"})
	require.ErrorIs(t, ended(t, root).Err, context.Canceled)
	write.open <- nil
	d.Settle()
}

func TestShell_DeadlineEndsATask(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Deadline: time.Millisecond, Run: g.run}})
	require.ErrorIs(t, ended(t, root).Err, context.DeadlineExceeded)
	d.Has("Searching took longer than 1ms")
}

func TestShell_DropsATaskThatOutlivesItsDeadline(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Run: g.ignoreContext}})
	d.Advance(33 * time.Second)
	require.ErrorIs(t, ended(t, root).Err, context.DeadlineExceeded)
	d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Run: func(context.Context, func(tui.Progress)) tea.Msg { return fact("again") }}})
	g.open <- fact("much too late")
	d.Until("the answer", func() bool { return len(received[fact](root)) > 0 && d.Tasks() == 0 })
	d.Settle()
	require.Equal(t, []string{"again"}, received[fact](root))
}

func TestShell_PanicEndsTheTaskAndNotTheProgram(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	d.Send(tui.StartMsg{Task: tui.Task{Key: "a", Title: "Searching", Run: func(context.Context, func(tui.Progress)) tea.Msg { panic("sk_live_secret") }}})
	var fault shell.PanicError
	require.ErrorAs(t, ended(t, root).Err, &fault)
	d.Has("Searching failed: internal error")
	d.Lacks("sk_live_secret")
	d.Send(tui.StartMsg{Task: tui.Task{Key: "b", Title: "Counting", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		var none []int
		return none[len(none)]
	}}})
	d.Has("Counting failed: internal error: runtime error: index", "esc dismiss")
	d.Press("esc", "esc")
	d.Lacks("internal error")
	require.Empty(t, root.keys)
}

func TestShell_ShowsProgressBesideTheSpinner(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Async()
	reported := make(chan struct{})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "bulk", Title: "Banning", Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		report(tui.Progress{Done: 12, Total: 1248})
		close(reported)
		return g.run(ctx, report)
	}}})
	<-reported
	d.Advance(time.Second)
	d.Has("Banning 12 of 1,248…")
	require.NotEmpty(t, root.drawn.Spinner)
	g.open <- nil
	d.Until("the end", func() bool { return d.Tasks() == 0 })
	require.Empty(t, root.drawn.Spinner)
}

func TestShell_TaskMayReturnARequest(t *testing.T) {
	d := drive(t, &page{title: "Users"})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "a", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		return tui.NotifyMsg{Toast: tui.Toast{Text: "Sam Carter is banned"}}
	}}})
	d.Has("Sam Carter is banned")
}

func TestShell_QuitCancelsReadsAndFinishesWrites(t *testing.T) {
	for name, leave := range map[string]func(*tuitest.Driver){
		"ctrl-c": func(d *tuitest.Driver) { d.Press("ctrl+c") },
		"signal": func(d *tuitest.Driver) { d.Send(shell.RequestQuitMsg{}) },
	} {
		t.Run(name, func(t *testing.T) {
			root, read, write := &page{title: "Users"}, newGate(), newGate()
			d := drive(t, root)
			d.Async()
			d.Send(tui.StartMsg{Task: tui.Task{Key: "search", Title: "Searching", Run: read.run}})
			d.Send(tui.StartMsg{Task: tui.Task{Key: "ban", Title: "Banning Sam Carter", Write: true, Run: write.run}})
			leave(d)
			<-(<-read.ctx).Done()
			require.False(t, d.Left)
			d.Has("finishing: Banning Sam Carter…")
			require.NoError(t, (<-write.ctx).Err())
			d.Press("w")
			require.Empty(t, root.keys, "keys are ignored while quitting")
			d.Send(tui.StartMsg{Task: tui.Task{Key: "new", Run: func(context.Context, func(tui.Progress)) tea.Msg {
				t.Error("new work was started")
				return nil
			}}})
			write.open <- fact("banned")
			d.Until("the end", func() bool { return d.Left })
			require.Equal(t, []string{"banned"}, received[fact](root), "the views receive the result before the end")
		})
	}
}

func TestShell_QuitDoesNotWaitForeverForAWrite(t *testing.T) {
	g := newGate()
	d := drive(t, &page{title: "Users"})
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "ban", Title: "Banning", Write: true, Deadline: 10 * time.Second, Run: g.ignoreContext}})
	d.Press("ctrl+c")
	d.Advance(9 * time.Second)
	require.False(t, d.Left)
	d.Advance(4 * time.Second)
	require.True(t, d.Left)

	over := make(chan struct{})
	go func() { d.Model.WaitForWrites(context.Background()); close(over) }()
	g.open <- nil
	<-over
}

func TestShell_ContextEndsReadsNotWrites(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	read, write := newGate(), newGate()
	d := tuitest.Drive(t, shell.Config{Root: &page{title: "Users"}, Context: ctx}, 80, 24)
	d.Async()
	d.Send(tui.StartMsg{Task: tui.Task{Key: "r", Run: read.run}})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "w", Write: true, Run: write.run}})
	r, w := <-read.ctx, <-write.ctx
	cancel(errors.New("over"))
	<-r.Done()
	require.NoError(t, w.Err())
	write.open <- nil
	d.Settle()
}

func TestShell_HasNoTimersWhenIdle(t *testing.T) {
	root := &page{title: "Users"}
	d := drive(t, root)
	require.Zero(t, d.Clock.Timers(), "no timer runs")
	root.ticker = true
	d.Press("w")
	require.Equal(t, 1, d.Clock.Timers())
	d.Advance(5 * time.Second)
	require.Len(t, received[tui.TickMsg](root), 5)
	root.ticker = false
	d.Advance(time.Second)
	require.Zero(t, d.Clock.Timers(), "a view that needs no ticks gets none")
	d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: "hello"}})
	require.Equal(t, 1, d.Clock.Timers())
	d.Advance(5 * time.Second)
	require.Zero(t, d.Clock.Timers())
	d.Lacks("hello")
}

// A write of several steps is asked to stop, not cut off.
func TestShell_EscAsksAWriteToStopAfterItsStep(t *testing.T) {
	root, g := &page{title: "Users"}, newGate()
	d := drive(t, root)
	d.Async()
	stops := 0
	d.Send(tui.StartMsg{Task: tui.Task{Key: "users_ban", Title: "Banning", Write: true, Stop: func() { stops++ },
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			report(tui.Progress{Done: 50, Total: 120})
			return g.run(ctx, report)
		}}})
	ctx := <-g.ctx
	d.Burst("esc")
	require.Zero(t, stops, "a task that is not shown is not stopped")
	d.Advance(time.Second)
	d.Has("Banning 50 of 120…", "esc stop")
	d.Press("esc")
	require.Equal(t, 1, stops)
	require.NoError(t, ctx.Err(), "the current step continues")
	d.Has("stopping: Banning 50 of 120", "stopping after the current step")
	d.Press("esc", "esc")
	require.Equal(t, 1, stops, "Stop is called once")
	d.Send(tui.StartMsg{Task: tui.Task{Key: "other", Title: "Unbanning", Write: true, Stop: func() { stops++ }, Run: newGate().run}})
	d.Press("ctrl+c")
	require.Equal(t, 3, stops, "quitting stops all of them")
	require.False(t, d.Left)
	g.open <- fact("stopped")
	d.Until("the answer", func() bool { return len(received[fact](root)) == 1 })
}
