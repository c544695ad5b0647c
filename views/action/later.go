package action

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// A write whose answer was lost and whose effect does not show may still happen.
// The console checks again by itself a few times, at growing intervals and with
// one read each, and reports what it finds. It never sends the write again.

const (
	lastLookNote = "Check the account before you try again."
	// lookDeadline bounds one such look.
	lookDeadline = 30 * time.Second
)

// lookedAgainMsg is the result of such a check.
type lookedAgainMsg struct {
	out  desk.Outcome
	undo *undoRead
}

// scheduleLook checks the outcome of a pending write after the delay of the given
// turn. It does nothing if the same operation has been tried again since.
func scheduleLook(env *Env, a attempt, pending *desk.Pending, turn int) tea.Cmd {
	waits := desk.LaterLookDelays()
	if turn >= len(waits) {
		return nil
	}
	return tui.Later(waits[turn], tui.StartMsg{Task: tui.Task{
		Key: "later " + a.key(), Replace: true, Deadline: lookDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			out, isCurrent := pending.Look(ctx)
			if !isCurrent || ctx.Err() != nil {
				return nil
			}
			return lookedAgainMsg{out, env.readUndo(ctx)}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleLook(env, a, msg.(lookedAgainMsg), turn) },
	}})
}

// settleLook reports what a later check found and schedules the next one while the
// outcome is unknown.
func settleLook(env *Env, a attempt, looked lookedAgainMsg, turn int) tea.Cmd {
	out := looked.out
	var cmds []tea.Cmd
	send := func(msg tea.Msg) {
		if msg != nil {
			cmds = append(cmds, func() tea.Msg { return msg })
		}
	}
	send(userMsg(a, out))
	toast := outcomeToast(env, a, out)
	if isLast := turn+1 >= len(desk.LaterLookDelays()); out.State == desk.Unknown && !isLast {
		toast.Update = true
		return tea.Batch(append(cmds, tui.Notify(toast), scheduleLook(env, a, out.Pending, turn+1))...)
	}
	env.noteUnconfirmed(a, out)
	toast.Sticky = true // the operator is waiting for it
	switch {
	case out.State == desk.Unknown:
		toast.Next = unchangedState(env, a, out) + " after 4 minutes. " + lastLookNote
	case out.State == desk.Done:
		send(endCaseStep(env, a, out))
		send(writtenMsg(a, out))
		if env.remembered().history.noteLate(env, a, out, looked.undo) {
			toast.Next = hintFor(a.op)
			toast.Topic = undoTopic
		}
	}
	cmds = append(cmds, tui.Notify(toast))
	return tea.Batch(append(cmds, notifyUnrecorded(a.op, out.JournalErr))...)
}

// unchangedState is the user's state at the last check: "Still not banned".
func unchangedState(env *Env, a attempt, out desk.Outcome) string {
	if a.op.State != nil && out.User != nil && a.op.Edit == nil {
		return "Still " + a.op.State(out.User, env.Now())
	}
	return "Still not confirmed"
}

// noteUnconfirmed remembers whether the outcome of an attempt is unknown.
func (e *Env) noteUnconfirmed(a attempt, out desk.Outcome) {
	if out.State != desk.Unknown {
		delete(e.remembered().unconfirmed, a.key())
		return
	}
	e.remembered().unconfirmed[a.key()] = true
}

// unconfirmedWarning warns that the same operation was sent before and may still
// happen, "" if it was not.
func (e *Env) unconfirmedWarning(a attempt) string {
	if a.user == nil || !e.remembered().unconfirmed[a.key()] {
		return ""
	}
	return "An earlier “" + a.op.Title + "” for " + userfmt.Name(e.Shown(a.user)) + " is still unconfirmed"
}

// scheduleBulkLook is scheduleLook for an operation on several users, with one read
// for all of them.
func scheduleBulkLook(env *Env, out desk.BulkOutcome, reason string, turn int) tea.Cmd {
	waits := desk.LaterLookDelays()
	if out.Pending == nil || turn >= len(waits) {
		return nil
	}
	return tui.Later(waits[turn], tui.StartMsg{Task: tui.Task{
		Key: "later " + out.Op.ID, Replace: true, Deadline: lookDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			known, more, err := out.Pending.Look(ctx)
			if ctx.Err() != nil {
				return nil
			}
			return bulkLookedMsg{known, more, err}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleBulkLook(env, out, msg.(bulkLookedMsg), reason, turn) },
	}})
}

// bulkLookedMsg is the result of a later check of a bulk operation: the outcomes
// that are known now, and whether any are still unknown.
type bulkLookedMsg struct {
	known []desk.UserOutcome
	more  bool
	err   error
}

func settleBulkLook(env *Env, out desk.BulkOutcome, msg bulkLookedMsg, reason string, turn int) tea.Cmd {
	cmds := []tea.Cmd(userMsgs(msg.known))
	out.Users = slices.Clone(out.Users)
	for _, known := range msg.known {
		at := slices.IndexFunc(out.Users, func(f desk.UserOutcome) bool { return f.Seen.ID == known.Seen.ID })
		out.Users[at] = known
	}
	isLast := turn+1 >= len(desk.LaterLookDelays())
	switch {
	case msg.more && !isLast:
		return tea.Batch(append(cmds, scheduleBulkLook(env, out, reason, turn+1))...)
	case !msg.more && len(out.InState(desk.UserUnknown)) > 0: // a later attempt reports on these
		return tea.Batch(cmds...)
	}
	out.Pending = nil
	switch open := out.InState(desk.UserFailed, desk.UserNotTried, desk.UserUnknown); {
	case len(open) == 0:
		out.Stopped = nil
	case len(out.InState(desk.UserUnknown)) == 0:
		out.Stopped = errAnswerLost
	}
	cmds = append(cmds, func() tea.Msg { return BulkDoneMsg{BulkResult{out, reason}} })
	toast := wording.BulkOutcome(ShownBulk(env, out), reason, env.Catalogue)
	toast.Sticky = true // the operator is waiting for it
	return tea.Batch(append(cmds, tui.Notify(toast))...)
}

// errAnswerLost is why a bulk operation stopped if its last request turns out to
// have been carried out.
var errAnswerLost = errors.New("an answer was lost")

// notifyUnrecorded reports that the journal lacks an outcome; it does nothing if
// err is nil.
func notifyUnrecorded(op ops.Operation, err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return tui.Notify(tui.Toast{Tone: tui.ToneBad, Sticky: true, Text: wording.NotRecorded(op, err)})
}
