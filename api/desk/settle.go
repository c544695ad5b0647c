package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"frontdesk/api"
	"frontdesk/api/ops"
)

// reply is the response to the request.
type reply struct {
	user   *api.User
	result ops.Result
	err    error
}

// send sends the request once. ctx does not interrupt a write: its response is awaited up
// to its own deadline.
func (w *write) send(ctx context.Context) reply {
	w.sent = true
	if !w.op.IsRead() {
		ctx = api.FinishWrites(ctx)
	}
	u, result, err := w.op.Send(api.OnAnswer(ctx, func(a api.Answer) { w.answer = a }), w.cfg.Client, w.req)
	if u == nil {
		u = result.User
	}
	return reply{u, result, err}
}

// settle determines the outcome of the write.
func (w *write) settle(ctx context.Context, r reply) Outcome {
	switch {
	case r.err == nil:
		return w.endAccepted(ctx, r)
	case isLost(r.err):
		return w.readBack(ctx, r.err)
	case isNotFound(r.err):
		return w.endNotFound(ctx, r.err)
	}
	return *w.refuse(r.err)
}

// endAccepted ends a write that the server accepted, unless the user shows otherwise.
func (w *write) endAccepted(ctx context.Context, r reply) Outcome {
	u := w.readUserAfter(ctx, r.user)
	if w.showsNoEffect(u) {
		return w.readBack(ctx, &api.Error{Kind: api.KindInvalidResponse, Status: http.StatusOK, Sent: true, Op: w.op.Verb, Err: errNoEffect})
	}
	return Outcome{State: Done, User: u, Result: r.result}
}

// showsNoEffect reports whether the user is unchanged. Input may be stored in another form
// than it was sent in (a trimmed name), so for an operation with fields any change is
// enough.
func (w *write) showsNoEffect(u *api.User) bool {
	if u == nil || w.fresh == nil || w.op.Applied == nil || w.op.Applied(w.fresh, u, w.req) {
		return false
	}
	now := w.cfg.Clock()
	return len(w.op.Fields) == 0 || w.op.State != nil && w.op.State(w.fresh, now) == w.op.State(u, now)
}

// readUserAfter returns the user of the response, or else reads it. It returns nil if that
// fails, which does not change the outcome.
func (w *write) readUserAfter(ctx context.Context, u *api.User) *api.User {
	if u != nil || w.op.DeletesUser || w.op.Scope != ops.ScopeUser || w.op.Retry == ops.RetryRead {
		return u
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	if u, err := w.cfg.Client.GetUser(ctx, w.req.UserID); err == nil {
		return u
	}
	return nil
}

// endNotFound tells, after a 404, a missing user from a missing part.
func (w *write) endNotFound(ctx context.Context, err error) Outcome {
	if w.op.Scope != ops.ScopeUser {
		return *w.refuse(err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	u, again := w.cfg.Client.GetUser(ctx, w.req.UserID)
	if isNotFound(again) {
		return *w.endUserGone(again)
	}
	if again != nil {
		return *w.refuse(err) // a 404 did nothing, whatever it was about
	}
	w.fresh = u
	if !w.isTargetGone() {
		return *w.refuse(err)
	}
	if _, ours := w.lostBefore(); ours {
		return Outcome{State: Done, User: u, ReadBack: true}
	}
	return Outcome{State: AlreadyGone, User: u, Err: err}
}

// isTargetGone reports, after a 404 for an existing user, whether what was to be removed
// does not exist.
func (w *write) isTargetGone() bool {
	switch {
	case w.op.Part.InUser():
		_, there := w.op.Part.Find(w.fresh, w.req.PartID)
		return !there && w.op.Retry == ops.RetryGone
	case w.op.Part != ops.PartNone:
		return true // only the server knew of it
	}
	return w.op.Retry == ops.RetryGone && w.isInEffect()
}

// readBack determines the outcome of a request without a reliable response. It ignores the
// cancellation of ctx: the request was sent, and its effect matters.
func (w *write) readBack(ctx context.Context, cause error) Outcome {
	switch {
	case w.op.Retry == ops.RetryRead:
		return *w.refuse(cause) // there was nothing to do, so nothing is unknown
	case w.op.ReadBack == nil && w.op.Applied == nil && !w.op.DeletesUser: // nothing to check
		return Outcome{State: Unknown, Err: cause}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookTimeout)
	defer cancel()
	began := w.cfg.Clock()
	var out Outcome
	for _, wait := range lookDelays() {
		if err := w.cfg.Sleep(ctx, wait); err != nil {
			if out.Err == nil {
				out = w.judge(ops.Found{}, err, cause, began)
			}
			break
		}
		found, failed := w.lookOnce(ctx)
		if out = w.judge(found, failed, cause, began); out.State != Unknown {
			return out
		}
	}
	var partly *ops.PartlyDone
	if errors.As(cause, &partly) {
		out.Err = cause
	}
	if api.IsOutcomeUnknown(cause) {
		out.Pending = w.markPending(cause)
	}
	return out
}

// lookOnce checks once for the effect.
func (w *write) lookOnce(ctx context.Context) (ops.Found, error) { return w.lookFor(ctx, w.fresh) }

// lookFor checks for the effect, comparing with the user as before.
func (w *write) lookFor(ctx context.Context, before *api.User) (ops.Found, error) {
	if w.op.ReadBack != nil {
		return w.op.ReadBack(ctx, w.cfg.Client, before, w.req)
	}
	u, err := w.cfg.Client.GetUser(ctx, w.req.UserID)
	switch {
	case isNotFound(err):
		return ops.Found{Applied: w.op.DeletesUser}, nil
	case err != nil:
		return ops.Found{}, err
	}
	return ops.Found{User: u, Applied: w.op.Applied != nil && w.op.Applied(before, u, w.req)}, nil
}

// endPanic ends a write during which the program panicked.
func (w *write) endPanic(caught any) Outcome {
	err := fmt.Errorf("the program failed during %s: %v", w.op.Title, caught)
	if w.sent {
		return Outcome{State: Unknown, Err: err}
	}
	return *w.refuse(fmt.Errorf("nothing was sent: %w", err))
}

// finish completes the outcome and records it.
func (w *write) finish(out Outcome) (closed Outcome) {
	out.Op = w.op
	out.Elapsed = w.cfg.Clock().Sub(w.started)
	out.Status, out.TraceID = w.answer.Status, w.answer.TraceID
	if out.State == Done {
		if !w.intended {
			w.record = w.lostRecord()
		}
		w.forgetLost()
	}
	out.Record = w.record
	closed = out
	defer func() {
		if caught := recover(); caught != nil {
			closed.JournalErr = fmt.Errorf("the journal failed: %v", caught)
		}
	}()
	switch {
	case w.cfg.Journal == nil:
	case w.record != "":
		closed.JournalErr = w.cfg.Journal.Record(w.record, out)
	case w.refused && !w.op.IsRead():
		closed.JournalErr = w.cfg.Journal.Refuse(w.intent(), out)
	}
	return closed
}
