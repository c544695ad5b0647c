package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// write is one intent in progress.
type write struct {
	*Desk
	op     ops.Operation
	req    ops.Request
	seen   *api.User // as the operator saw it
	fresh  *api.User // as it is now, as far as known
	agreed bool

	audit    Audit
	started  time.Time
	intended bool // the journal has the intent, under record
	record   string
	refused  bool // by policy or a check, which the journal is to have
	sent     bool
	answer   api.Answer // the last one to the request
}

// errMasked is why a copy that is for showing only is not written from.
var errMasked = errors.New("the user of the request is a masked copy")

// check rejects what cannot be sent at all.
func (w *write) check(context.Context) *Outcome {
	known, ok := w.cfg.Catalogue.Get(w.op.ID)
	if !ok {
		return w.refuse(fmt.Errorf("there is no operation %q", w.op.ID))
	}
	w.op = known
	if w.seen != nil && w.seen.Masked {
		return w.refuse(errMasked)
	}
	if w.op.Scope == ops.ScopeUsers {
		return w.refuse(errors.New("this operation is for several users"))
	}
	if w.op.Scope == ops.ScopeUser && w.seen != nil && w.seen.ID != w.req.UserID {
		return w.refuse(errors.New("the user on the screen is not the one in the request"))
	}
	w.req = w.op.Normalize(w.req)
	if err := w.op.CheckFor(w.seen, w.req); err != nil {
		return w.refuse(err)
	}
	if wrong := w.cfg.Catalogue.CheckTicket(w.op.WithValues(w.req.Values), w.req.Ticket); wrong != "" {
		return w.refuse(errors.New(wrong))
	}
	return nil
}

// refresh reads the user again unless the data is fresh.
func (w *write) refresh(ctx context.Context) *Outcome {
	if w.op.Scope != ops.ScopeUser {
		return nil
	}
	if w.fresh != nil { // already read, because the same request was sent before
		return nil
	}
	if w.isFresh(w.seen) {
		w.fresh = w.seen
		return nil
	}
	u, err := w.cfg.Client.GetUser(ctx, w.req.UserID)
	switch {
	case err == nil:
		w.fresh = u
		return nil
	case isNotFound(err):
		return w.endUserGone(err)
	}
	return w.refuse(fmt.Errorf("nothing was sent, because the user could not be read again first: %w", err))
}

func (w *write) isFresh(u *api.User) bool {
	if u == nil || u.ReadAt.IsZero() {
		return false
	}
	age := w.cfg.Clock().Sub(u.ReadAt)
	return age >= 0 && age <= w.cfg.MaxAge // a clock that was set back proves nothing
}

// checkApplies asks the catalogue about the fresh user. It runs before checkUnchanged: if
// nothing is left to do, there is nothing to confirm.
func (w *write) checkApplies(context.Context) *Outcome {
	catalogue, now := w.cfg.Catalogue, w.cfg.Clock()
	if reason := catalogue.Inapplicable(w.op, w.fresh, clean.Text{}, now); reason != "" {
		return w.endInapplicable(reason, w.op.Retry == ops.RetryGone && w.isInEffect())
	}
	if !w.op.Part.InUser() {
		return nil
	}
	if _, there := w.op.Part.Find(w.fresh, w.req.PartID); !there {
		return w.endInapplicable(fmt.Sprintf("that %s no longer exists", w.op.Part), w.op.Retry == ops.RetryGone)
	}
	if reason := catalogue.Inapplicable(w.op, w.fresh, w.req.PartID, now); reason != "" {
		return w.endInapplicable(reason, false)
	}
	return nil
}

// isInEffect reports whether the fresh user already shows the effect.
func (w *write) isInEffect() bool {
	return w.op.Applied != nil && w.fresh != nil && w.op.Applied(w.fresh, w.fresh, w.req)
}

// endInapplicable ends a write that does not apply. After a lost response to the same
// request it means that the request was carried out.
func (w *write) endInapplicable(reason string, gone bool) *Outcome {
	if before, ours := w.lostBefore(); ours && (gone || w.op.Applied != nil && w.op.Applied(before, w.fresh, w.req)) {
		return &Outcome{State: Done, User: w.fresh, ReadBack: true}
	}
	out := w.refuse(errors.New(reason))
	w.refused = true
	if gone {
		out.State = AlreadyGone
	}
	out.Was, out.Is = w.states()
	if out.Was == out.Is {
		out.Was, out.Is = "", ""
	}
	return out
}

// checkUnchanged compares the state that the operator saw with the current one.
func (w *write) checkUnchanged(context.Context) *Outcome {
	was, is := w.states()
	if was == is || w.agreed {
		return nil
	}
	return &Outcome{State: Changed, User: w.fresh, Was: was, Is: is}
}

// states returns the state as seen and the current one, both "" if there is nothing to
// compare.
func (w *write) states() (was, is string) {
	if w.op.State == nil || w.seen == nil || w.seen == w.fresh {
		return "", ""
	}
	now := w.cfg.Clock()
	at := w.seen.ReadAt
	if at.IsZero() {
		at = now
	}
	return w.op.State(w.seen, at), w.op.State(w.fresh, now)
}

// forbid returns why the catalogue's policy, which screens follow too, or that of Config
// does not allow the intent.
func (d *Desk) forbid(in Intent) error {
	if reason := d.cfg.Catalogue.Forbidden(in.Op.WithValues(in.Request.Values), in.Seen); reason != "" {
		return errors.New(reason)
	}
	if d.cfg.Policy == nil {
		return nil
	}
	return d.cfg.Policy.Allow(in)
}

func (w *write) checkPolicy(context.Context) *Outcome {
	if err := w.forbid(w.intent()); err != nil {
		w.refused = true
		return w.refuse(err)
	}
	return nil
}

// writeIntent records the intent. It is the last step before sending, so that every record
// stands for an attempt.
func (w *write) writeIntent(ctx context.Context) *Outcome {
	if err := ctx.Err(); err != nil {
		return w.refuse(fmt.Errorf("cancelled before anything was sent: %w", err))
	}
	if w.cfg.Journal == nil || w.op.IsRead() {
		return nil
	}
	record, err := w.cfg.Journal.Intend(w.intent())
	if err != nil {
		return w.refuse(fmt.Errorf("nothing was sent, because the journal could not be written: %w", err))
	}
	w.record, w.intended = record, true
	return nil
}

// intent returns the intent for policy and journal, with the freshest user known.
func (w *write) intent() Intent {
	return Intent{Op: w.op, Seen: w.fresh, Request: w.req, Agreed: w.agreed, Audit: w.audit}
}

func (w *write) refuse(err error) *Outcome {
	return &Outcome{State: Refused, User: w.fresh, Err: err}
}

// endUserGone ends a write whose user no longer exists.
func (w *write) endUserGone(err error) *Outcome {
	if !w.op.DeletesUser {
		w.fresh = nil
		return w.refuse(err)
	}
	if _, ours := w.lostBefore(); ours {
		return &Outcome{State: Done, ReadBack: true}
	}
	return &Outcome{State: AlreadyGone, Err: err}
}
