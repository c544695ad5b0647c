package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/api/ops"
)

// Pending is a write that was sent, got no reliable response and shows no effect yet. It
// may still be carried out: a server, or a queue behind a gateway, may act late.
type Pending struct {
	w     *write
	cause error
	lost  *lostAnswer
}

// LaterLookDelays returns the waits before each further check of a pending write. They end
// when even the slowest gateways have dropped a request.
func LaterLookDelays() []time.Duration {
	return []time.Duration{5 * time.Second, 10 * time.Second, 25 * time.Second, time.Minute, 2 * time.Minute}
}

// markPending remembers a write that may still be carried out.
func (w *write) markPending(cause error) *Pending {
	return &Pending{w: w, cause: cause, lost: w.rememberLost()}
}

// Look reads the user once and sends nothing. The outcome is Done if the effect shows,
// Refused if the user no longer exists, else Unknown. ok is false if the write is no
// longer pending because the same request was made again and ended.
func (p *Pending) Look(ctx context.Context) (out Outcome, ok bool) {
	if !p.isCurrent() {
		return Outcome{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	found, err := p.w.lookOnce(ctx)
	if !p.isCurrent() {
		return Outcome{}, false
	}
	out = p.w.judge(found, err, p.cause, p.lost.at)
	if out.State == Unknown {
		out.Op, out.Elapsed, out.Pending = p.w.op, p.w.cfg.Clock().Sub(p.w.started), p
		return out, true
	}
	return p.w.finish(out), true
}

// isCurrent reports whether the outcome has not been determined otherwise.
func (p *Pending) isCurrent() bool {
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	return p.w.lost[p.w.key()] == p.lost
}

// judge turns one check of a write whose response was lost at lostAt into an outcome.
func (w *write) judge(found ops.Found, failed, cause error, lostAt time.Time) Outcome {
	switch {
	case failed != nil:
		return Outcome{State: Unknown, Err: &lostError{
			message: DescribeLost(cause) + ", and checking it failed too: " + withoutAdvice(failed), lookup: "it could not be checked", cause: errors.Join(cause, failed)}}
	case found.Applied:
		return Outcome{State: Done, User: found.User, ReadBack: true, LostAnswer: cause}
	case found.User == nil && w.op.ReadBack == nil:
		return Outcome{State: Refused, Err: &lostError{message: DescribeLost(cause) + ", and the user no longer exists", cause: cause}}
	}
	if w.op.Scope == ops.ScopeDirectory {
		found.User = nil // the read-back found another user
	}
	state := ""
	if w.op.State != nil && found.User != nil {
		state = w.op.State(found.User, w.cfg.Clock())
	}
	return Outcome{State: Unknown, User: found.User, Err: doesNotShow(cause, w.cfg.Clock().Sub(lostAt), state)}
}

// doesNotShow returns the error of a check that found no effect. state is the user's
// state, "" if unknown.
func doesNotShow(cause error, after time.Duration, state string) *lostError {
	looked := roughDuration(after) + " later it does not show"
	if state != "" {
		looked += " (" + state + ")"
	}
	return &lostError{message: DescribeLost(cause) + ", and " + looked, lookup: looked, cause: cause}
}

// DescribeLookup returns what the check for the effect found ("5 s later it does not show
// (not banned)"), or "" if there was no check.
func DescribeLookup(err error) string {
	var lost *lostError
	if errors.As(err, &lost) {
		return lost.lookup
	}
	return ""
}

// checkRepeat checks for the effect before a request whose response was lost is sent
// again, however fresh the user's data is. It ends the write if the effect shows.
func (w *write) checkRepeat(ctx context.Context) *Outcome {
	before, ours := w.lostBefore()
	if !ours || w.op.ReadBack == nil && w.op.Applied == nil && !w.op.DeletesUser {
		return nil
	}
	found, err := w.lookFor(ctx, before)
	switch {
	case isNotFound(err):
		return nil // the following steps report it
	case err != nil:
		return w.refuse(fmt.Errorf("nothing was sent, because the same request was sent before and its outcome could not be checked: %w", err))
	case found.Applied:
		return &Outcome{State: Done, User: found.User, ReadBack: true}
	}
	if found.User != nil && w.op.Scope == ops.ScopeUser && w.op.ReadBack == nil {
		w.fresh = found.User
	}
	return nil
}
