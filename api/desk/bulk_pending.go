package desk

import (
	"context"
	"slices"

	"frontdesk/api"
)

// PendingBulk are those users of a bulk whose request may still be carried out.
// It is for one goroutine at a time.
type PendingBulk struct{ batches []*pendingBatch }

// pendingBatch is one request of a bulk without a reliable answer.
type pendingBatch struct {
	k     *batch
	cause error
	loss  *loss
	open  []*api.User // of whom it is not known, as the operator saw them
}

// pend keeps those in mind whom the request named and who have no ending yet.
func (k *batch) pend(cause error) {
	k.pending = append(k.pending, &pendingBatch{k: k, cause: cause, loss: k.rememberLost(), open: k.open()})
}

// Look reads once who shows it by now; nothing is sent again. It gives those of
// whom it is known now: done, or gone. more says that there are others.
func (p *PendingBulk) Look(ctx context.Context) (known []UserOutcome, more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	for _, b := range p.batches {
		fates, failed := b.look(ctx)
		known = append(known, fates...)
		if failed != nil {
			err = failed
		}
	}
	p.batches = slices.DeleteFunc(p.batches, func(b *pendingBatch) bool { return len(b.open) == 0 })
	return known, len(p.batches) > 0, err
}

func (b *pendingBatch) look(ctx context.Context) ([]UserOutcome, error) {
	b.open = slices.DeleteFunc(b.open, func(u *api.User) bool { return !b.stands(u) })
	if len(b.open) == 0 {
		return nil, nil
	}
	found, err := b.k.read(ctx, b.open)
	if err != nil {
		return nil, err
	}
	var known []UserOutcome
	b.open = slices.DeleteFunc(b.open, func(seen *api.User) bool {
		u := found[seen.ID]
		switch {
		case u == nil:
			known = append(known, UserOutcome{Seen: seen, Ending: EndGone})
		case b.k.shows(seen, u):
			known = append(known, UserOutcome{Seen: seen, Ending: EndDone, User: u, ReadBack: true, Lost: b.cause})
			b.k.forgetLost(seen.ID)
		default:
			return false
		}
		return true
	})
	return known, nil
}

// stands says that nobody has found out about a user by other means.
func (b *pendingBatch) stands(u *api.User) bool {
	b.k.mu.Lock()
	defer b.k.mu.Unlock()
	return b.k.lost[b.k.lossOf(u.ID)] == b.loss
}
