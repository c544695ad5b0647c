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

type lateFact struct{ from string }

// replaced is a shell whose first instance was replaced while work of it was under way.
func replaced(t *testing.T, late func(old *page, d *tuitest.Driver)) (*tuitest.Driver, *page) {
	t.Helper()
	old, next := &page{title: "Old"}, &page{title: "New"}
	d := tuitest.Drive(t, shell.Config{Root: old, Instance: tui.Instance{Word: "DEMO", Name: "A"}}, 100, 30)
	late(old, d)
	d.Send(tui.ReplaceRootMsg{Root: next, Instance: tui.Instance{Kind: tui.InstanceProduction, Word: "PRODUCTION", Name: "B"}})
	d.Has("this is New", "Now on B (PRODUCTION)")
	return d, next
}

func TestReplaceRoot_MessagesOfTheOldViewsReachNoNewOne(t *testing.T) {
	d, next := replaced(t, func(old *page, d *tuitest.Driver) {
		old.react = func(msg tea.Msg) tea.Cmd {
			if _, asked := msg.(lateFact); asked {
				return tea.Batch(
					tui.Later(time.Second, lateFact{"later"}),
					tui.Later(time.Second, tui.PushMsg{View: &page{title: "Intruder"}}),
					tui.Later(time.Second, tui.StartMsg{Task: tui.Task{Key: "late", Run: func(context.Context, func(tui.Progress)) tea.Msg { return lateFact{"task"} }}}),
				)
			}
			return nil
		}
		d.Send(lateFact{"first"})
	})
	d.Advance(3 * time.Second)
	d.Has("this is New")
	for _, fact := range next.facts {
		_, late := fact.(lateFact)
		require.False(t, late, "%v", fact)
	}
}

func TestReplaceRoot_ANoticeOnItsWayNamesItsInstance(t *testing.T) {
	d, _ := replaced(t, func(old *page, d *tuitest.Driver) {
		old.react = func(msg tea.Msg) tea.Cmd {
			if _, asked := msg.(lateFact); asked {
				return tui.Later(time.Second, tui.NotifyMsg{Toast: tui.Toast{Text: "Banned Maya", Next: "z undoes"}})
			}
			return nil
		}
		d.Send(lateFact{"first"})
	})
	d.Advance(time.Second)
	d.Has("On A (DEMO): Banned Maya")
	d.Lacks("z undoes")
}

func TestReplaceRoot_StickyNoticesNameTheirInstanceAndOthersGo(t *testing.T) {
	d, _ := replaced(t, func(_ *page, d *tuitest.Driver) {
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Tone: tui.ToneBad, Text: "The answer got lost", Next: "Check the account."}})
		d.Send(tui.NotifyMsg{Toast: tui.Toast{Text: "Banned Maya", Next: "z undoes"}})
	})
	d.Has("On A (DEMO): The answer got lost", "Check the account.")
	d.Lacks("Banned Maya", "z undoes")
}

func TestReplaceRoot_ClosesTheOldOneAfterItsWritesAndTheirKeysAreFree(t *testing.T) {
	old, next := &page{title: "Old"}, &page{title: "New"}
	d := tuitest.Drive(t, shell.Config{Root: old, Instance: tui.Instance{Word: "DEMO", Name: "A"}}, 100, 30)
	d.Async()
	release, closed := make(chan struct{}), make(chan struct{})
	write := tui.Task{Key: "ban u1", Title: "Banning", Write: true, LostText: "Nobody knows", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		<-release
		return tui.OutcomeMsg{Text: "Not banned: no", Kind: tui.OutcomeIncomplete}
	}}
	ctx := make(chan error, 1)
	d.Send(tui.StartMsg{Task: write})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "read", Run: func(c context.Context, _ func(tui.Progress)) tea.Msg {
		<-c.Done()
		ctx <- c.Err()
		return lateFact{"read"}
	}}})
	d.Send(tui.ReplaceRootMsg{Root: next, Instance: tui.Instance{Word: "PRODUCTION", Name: "B"}, LeftWork: []string{"Banning finishes first, and its result is shown"},
		CloseOld: func() { close(closed) }})
	require.ErrorIs(t, <-ctx, context.Canceled, "its reads are cancelled")
	second := write
	second.Run = func(context.Context, func(tui.Progress)) tea.Msg { return lateFact{"new"} }
	d.Send(tui.StartMsg{Task: second})
	d.Until("the new write of that key", func() bool {
		return len(next.facts) > 0 && next.facts[len(next.facts)-1] != nil && has(next, lateFact{"new"})
	})
	select {
	case <-closed:
		t.Fatal("closed while its write was under way")
	default:
	}
	close(release)
	d.WaitFor("On A (DEMO): Not banned: no")
	<-closed
	require.False(t, has(next, lateFact{"read"}))
}

func has(p *page, want tea.Msg) bool {
	for _, f := range p.facts {
		if f == want {
			return true
		}
	}
	return false
}

func TestReplaceRoot_AWriteThatPanicsIsUnknownForItsInstance(t *testing.T) {
	old := &page{title: "Old"}
	d := tuitest.Drive(t, shell.Config{Root: old, Instance: tui.Instance{Word: "DEMO", Name: "A"}}, 100, 30)
	d.Async()
	release := make(chan struct{})
	d.Send(tui.StartMsg{Task: tui.Task{Key: "ban u1", Title: "Banning", Write: true, LostText: "Nobody knows whether it was done", Run: func(context.Context, func(tui.Progress)) tea.Msg {
		<-release
		panic(errors.New("boom"))
	}}})
	d.Send(tui.ReplaceRootMsg{Root: &page{title: "New"}, Instance: tui.Instance{Word: "PRODUCTION", Name: "B"}, LeftWork: []string{"Banning finishes first, and its result is shown"}})
	close(release)
	d.WaitFor("On A (DEMO): Nobody knows whether it was done")
	d.Has("Check the account on A (DEMO)")
}
