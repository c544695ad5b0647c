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

// Of a write whose answer was lost and of which nothing shows, nobody knows whether
// it will still happen. The console looks again by itself, a few times and ever more
// seldom, one read a look, and says what became of it. Nothing is sent again.

const (
	lastLookNote = "Check the account before you try again."
	// lookDeadline bounds one such look.
	lookDeadline = 30 * time.Second
)

// lookedAgainMsg is the fact of such a look.
type lookedAgainMsg struct{ out desk.Outcome }

// scheduleLook looks when it is time for that turn. It ends where the same is asked
// again and that tells, and with the program.
func scheduleLook(env *Env, a attempt, pending *desk.Pending, turn int) tea.Cmd {
	waits := desk.LaterLookDelays()
	if turn >= len(waits) {
		return nil
	}
	return tui.Later(waits[turn], tui.StartMsg{Task: tui.Task{
		Key: "later " + a.key(), Replace: true, Deadline: lookDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			out, stands := pending.Look(ctx)
			if !stands || ctx.Err() != nil {
				return nil
			}
			return lookedAgainMsg{out}
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleLook(env, a, msg.(lookedAgainMsg).out, turn) },
	}})
}

// settleLook says what a later look found, where that is something new, and tells
// every screen how the person is.
func settleLook(env *Env, a attempt, out desk.Outcome, turn int) tea.Cmd {
	var cmds []tea.Cmd
	tell := func(msg tea.Msg) {
		if msg != nil {
			cmds = append(cmds, func() tea.Msg { return msg })
		}
	}
	tell(userMsg(a, out))
	last := turn+1 >= len(desk.LaterLookDelays())
	if out.State == desk.Unknown && !last {
		says := outcomeToast(env, a, out)
		says.Update = true
		return tea.Batch(append(cmds, tui.Notify(says), scheduleLook(env, a, out.Pending, turn+1))...)
	}
	env.noteUnconfirmed(a, out)
	says := outcomeToast(env, a, out)
	says.Sticky = true // it is awaited
	switch {
	case out.State == desk.Unknown:
		says.Next = stillNot(env, a, out) + " after 4 minutes. " + lastLookNote
	case out.State == desk.Done:
		tell(writtenMsg(a, out))
		if env.remembered().history.recordLate(env, a, out) {
			says.Next = undoHint
			says.Topic = undoTopic
		}
	}
	cmds = append(cmds, tui.Notify(says))
	return tea.Batch(append(cmds, notRecorded(a.op, out.JournalErr))...)
}

// stillNot is how the user is at the last look: "Still not banned".
func stillNot(env *Env, a attempt, out desk.Outcome) string {
	if a.op.State != nil && out.User != nil && a.op.Edit == nil {
		return "Still " + a.op.State(out.User, env.Now())
	}
	return "Still not confirmed"
}

// noteUnconfirmed keeps in mind whether nobody knows how an operation on a user ended.
func (e *Env) noteUnconfirmed(a attempt, out desk.Outcome) {
	if out.State != desk.Unknown {
		delete(e.remembered().unconfirmed, a.key())
		return
	}
	e.remembered().unconfirmed[a.key()] = true
}

// unconfirmedWarning says that the same was sent before and may still happen, "" where
// it was not.
func (e *Env) unconfirmedWarning(a attempt) string {
	if a.user == nil || !e.remembered().unconfirmed[a.key()] {
		return ""
	}
	return "An earlier " + a.op.Title + " of " + userfmt.Name(e.Shown(a.user)) + " is still unconfirmed"
}

// scheduleBulkLook is lookLater for an operation of several users: one read for all of
// them. out is how it ended as far as is known.
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

// bulkLookedMsg is the fact of such a look: of whom it is known now, and whether
// there are others.
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
	last := turn+1 >= len(desk.LaterLookDelays())
	switch {
	case msg.more && !last:
		return tea.Batch(append(cmds, scheduleBulkLook(env, out, reason, turn+1))...)
	case !msg.more && len(out.InState(desk.UserUnknown)) > 0: // asked again since: that tells
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
	says := wording.BulkOutcome(ShownBulk(env, out), reason, env.Catalogue)
	says.Sticky = true // it is awaited
	return tea.Batch(append(cmds, tui.Notify(says))...)
}

// errAnswerLost is why a bulk went no further whose last request was done after all.
var errAnswerLost = errors.New("an answer got lost")

// notRecorded says that the journal lacks how something ended; nil where it does not.
func notRecorded(op ops.Operation, err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return tui.Notify(tui.Toast{
		Tone: tui.ToneBad, Sticky: true,
		Text: wording.NotRecorded(op, err),
	})
}
