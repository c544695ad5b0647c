package action

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
)

// The desk goes on checking for a lost answer after the call itself has timed out.
// The task must outlast both, or the result would be dropped.
const (
	writeDeadline  = 90 * time.Second
	uploadDeadline = 5 * time.Minute
)

// runTask returns the task that carries an attempt out. The task settles the
// outcome itself, so that it is reported exactly once, whatever screen is on top.
func runTask(env *Env, a attempt) tui.Task {
	deadline := writeDeadline
	if a.image != nil {
		deadline = uploadDeadline
	}
	in := a.intent()
	in.Audit = a.audit(env)
	return tui.Task{
		Key: a.key(), Title: a.op.DoingTo(a.shown(env).call().Name()), Write: !a.op.IsRead(), Replace: a.op.IsRead(), Deadline: deadline,
		LostText: wording.Unknown(a.shown(env).call()), KeepsQuestion: true,
		Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
			end := outcomeMsg{env: env, attempt: a, out: env.Desk.Do(env.ReportWaits(ctx, report), in)}
			if !a.op.IsHarmless() {
				end.undo = env.readUndo(ctx)
			}
			switch {
			case end.out.State == desk.Done:
				end.out.Result = a.op.WithTotal(ctx, env.Client, a.request(), end.out.Result)
			case end.out.State == desk.Refused && !a.editsObject() && a.canReask(env, end.out):
				end.owners = findOwners(ctx, env, a, end.out)
			}
			return end
		},
		Then: func(msg tea.Msg) tea.Cmd { return settleOutcome(msg.(outcomeMsg)) },
	}
}

// outcomeMsg reports the end of an attempt. It carries facts only: toasts and
// questions are made in Update, because they read state that the screens change.
type outcomeMsg struct {
	env     *Env
	attempt attempt
	out     desk.Outcome
	// owners are the users who have the values that are taken, by field.
	owners map[string]*api.User
	// undo is what can be undone now according to the journal.
	undo *undoRead
}

// Outcome implements [tui.Ender].
func (e outcomeMsg) Outcome() (tui.OutcomeMsg, bool) {
	return wording.Ending(e.attempt.shown(e.env).call(), ShownOutcome(e.env, e.out), e.env.Catalogue, e.env.Now()), !e.attempt.op.IsRead()
}

// settleOutcome returns the messages, toasts and questions that follow an outcome.
func settleOutcome(end outcomeMsg) tea.Cmd {
	env, a, out := end.env, end.attempt, end.out
	env.noteUnconfirmed(a, out)
	var cmds []tea.Cmd
	for _, msg := range []tea.Msg{endCaseStep(env, a, out), userMsg(a, out), writtenMsg(a, out)} {
		if msg != nil {
			cmds = append(cmds, func() tea.Msg { return msg })
		}
	}
	done := out.State == desk.Done
	if done && out.User != nil && (a.op.ID == "ban_user" || a.op.ID == "lock_user") {
		env.remembered().ownBlocks[out.User.ID] = out.User.UpdatedAt.Time
	}
	toast := outcomeToast(env, a, out)
	if !a.op.IsHarmless() && env.remembered().history.note(env, a, out, end.undo) {
		toast.Next, toast.NextExpires = strings.TrimSpace(toast.Next+" "+hintFor(a.op)), true
		toast.Topic = undoTopic
	}
	opens := done && out.User != nil && env.NewUserView != nil && (a.op.IsRead() || a.op.Scope == ops.ScopeDirectory)
	switch {
	case !done && a.editsObject():
		cmds = append(cmds, tui.Notify(toast), func() tea.Msg { return newRefusedEdit(a, out) })
	case out.State == desk.Changed && out.User != nil:
		a.user, a.was, a.is = out.User, out.Was, out.Is
		a = a.restoresFor(env.Now())
		a.fieldErrors, a.formErrors, a.note = nil, nil, ""
		cmds = append(cmds, tui.Ask(newPrompt(env, a)))
	case out.State == desk.Refused && api.IsTOTPUnsupported(out.Err) && substitute(env, a) != nil:
		cmds = append(cmds, substitute(env, a))
	case out.State == desk.Refused && a.canReask(env, out):
		cmds = append(cmds, tui.Ask(newPrompt(env, a.withRefusal(out).withOwners(env, end.owners))))
	case done && out.Result.IsNo && out.Result.RetryField != "":
		cmds = append(cmds, tui.Notify(toast), tui.Ask(newPrompt(env, a.withNo(out.Result))))
	case done && len(out.Result.Lines) > 0:
		if !a.op.IsRead() { // the screen shows the answer, the toast only what was done
			toast.Text = wording.Done(a.shown(env).call(), ShownOutcome(env, out))
			cmds = append(cmds, tui.Notify(toast))
		}
		cmds = append(cmds, tui.Push(newResult(env, a, out.Result)))
	case !opens || !a.op.IsRead():
		cmds = append(cmds, tui.Notify(toast))
	}
	if opens {
		cmds = append(cmds, tui.Push(env.NewUserView(env, out.User)))
	}
	if out.Pending != nil {
		cmds = append(cmds, scheduleLook(env, a, out.Pending, 0))
	}
	cmds = append(cmds, notifyUnrecorded(a.op, out.JournalErr))
	return tea.Batch(cmds...)
}

// restoresFor returns an undo with what goes back given the user as they are now.
func (a attempt) restoresFor(now time.Time) attempt {
	if a.undoes == nil {
		return a
	}
	if step, err := a.undoes.forUser(a.user, now); err == nil && a.undoes.journal.Restore != nil {
		a.undoes = step
		a = a.withAnswers(step.answers)
	}
	return a
}

// userMsg returns what an outcome tells about the user, nil if nothing.
func userMsg(a attempt, out desk.Outcome) tea.Msg {
	var failed *api.Error
	switch {
	case a.user == nil && out.State == desk.Done && !out.Op.IsRead() && out.User != nil:
		return UserCreatedMsg{User: out.User}
	case a.user == nil: // an operation on the directory
	case out.State == desk.Done && out.Op.DeletesUser,
		errors.As(out.Err, &failed) && failed.Kind == api.KindNotFound && out.User == nil:
		return UserGoneMsg{ID: a.user.ID}
	case out.User != nil:
		msg := UserChangedMsg{User: out.User, PictureChanged: out.State == desk.Done && a.op.Group == ops.GroupProfile}
		if out.State == desk.Done {
			msg.By = a.op.ID
		}
		return msg
	}
	return nil
}

// writtenMsg returns a UserWrittenMsg if a write reached the user or may have,
// otherwise nil.
func writtenMsg(a attempt, out desk.Outcome) tea.Msg {
	reached := out.State == desk.Done || out.State == desk.AlreadyGone || out.State == desk.Unknown
	if a.user == nil || a.op.IsRead() || out.Op.DeletesUser || !reached {
		return nil
	}
	return UserWrittenMsg{ID: a.user.ID}
}

// outcomeToast returns the toast for an outcome. A later toast for the same
// operation and user replaces it.
func outcomeToast(env *Env, a attempt, out desk.Outcome) tui.Toast {
	env.Mask.Note(a.user, out.User)
	t := wording.Outcome(a.shown(env).call(), ShownOutcome(env, out), env.Catalogue, env.Now())
	t.ID = a.key()
	return t
}
