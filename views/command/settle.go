package command

import (
	"context"
	"errors"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// nothingToDo answers that there was nothing to do, which is a success.
func (r *run) nothingToDo(u *api.User, why string) error {
	state := alreadySo
	if r.op.Retry == ops.RetryGone {
		state = stateWord(desk.AlreadyGone)
	}
	r.answer = &answer{Operation: r.op.ID, User: r.userJSON(u), State: state, Message: "Nothing to do for " + userfmt.Name(u) + ": " + why}
	return nil
}

// alreadySo is the state of an answer if there was nothing to do.
const alreadySo = "already_so"

// settle turns the outcome into the answer and the exit code.
func (r *run) settle(headless action.HeadlessOperation, out desk.Outcome) error {
	headless.Request.Reason, headless.Request.Ticket = r.reason, r.ticket // the question may have asked for them
	screens := r.screens(r.session)
	shown := action.ShownOutcome(screens, out)
	toast := wording.Outcome(headless.Call(screens), shown, r.session.Catalogue, r.Now())
	r.answer = &answer{Operation: r.op.ID, User: r.userJSON(firstUser(out.User, r.user)), State: stateWord(out.State),
		Message: toast.Text, ReadBack: out.ReadBack, TraceID: traceOf(out.Err)}
	r.answer.addResult(r.op, shown, r.reveal)
	if out.JournalErr != nil {
		r.warn(wording.NotRecorded(r.op, out.JournalErr))
	}
	switch out.State {
	case desk.Done:
		if out.Result.IsNo {
			return Exit{Code: CodeFailed}
		}
		return nil
	case desk.AlreadyGone:
		return nil
	case desk.Unknown:
		r.answer.Next = r.howToLook(out)
		return Exit{CodeUnknown, errors.New(r.answer.sentence())}
	case desk.Changed:
		r.answer.Message = r.op.Title + ", " + userfmt.Name(r.user) + ": nothing was sent, because it " + wording.ChangedSince(shown.Was, shown.Is)
	case desk.Refused:
		if why := r.alreadySo(out.User); why != "" && r.forbidden() == "" {
			return r.nothingToDo(out.User, why)
		}
		r.answer.Next = toast.Next
		r.nameRefusedFlags(out.Err)
		if errors.Is(out.Err, context.Canceled) && !api.IsOutcomeUnknown(out.Err) {
			r.answer.Message, r.answer.Next = "Cancelled. Nothing was sent.", ""
		}
	}
	return failed(r.answer.sentence())
}

// failBefore turns an error that came before anything was sent into an answer.
func (r *run) failBefore(err error) error {
	var exit Exit
	switch {
	case errors.As(err, &exit):
	case api.IsCancelled(err):
		errors.As(errStopped, &exit)
	default:
		exit = Exit{CodeFailed, errors.New(clean.Sentence(err.Error()))}
	}
	if exit.Code != CodeUsage && r.answer == nil {
		first, _, _ := strings.Cut(exit.Error(), "\n")
		r.answer = &answer{Operation: r.op.ID, User: r.userJSON(r.user), State: stateWord(desk.Refused), Message: first, TraceID: traceOf(err)}
		var ambiguous *ambiguousError
		if errors.As(err, &ambiguous) {
			r.answer.Matches = ambiguous.usersJSON(r.Env)
		}
	}
	return exit
}

func firstUser(users ...*api.User) *api.User {
	for _, u := range users {
		if u != nil {
			return u
		}
	}
	return nil
}

func traceOf(err error) string {
	var e *api.Error
	if errors.As(err, &e) {
		return e.TraceID.Raw()
	}
	return ""
}
