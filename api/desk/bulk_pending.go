package desk

import (
	"context"
	"slices"

	"frontdesk/api"
)

// PendingBulk holds the users of a bulk whose request may still be carried out. It
// is not safe for concurrent use.
type PendingBulk struct{ batches []*pendingBatch }

// pendingBatch is one request of a bulk without a reliable response.
type pendingBatch struct {
	k         *batch
	cause     error
	lost      *lostAnswer
	undecided []*api.User // users with an unknown outcome, as the operator saw them
}

// markPending remembers the users of the request whose outcome is unknown.
func (k *batch) markPending(cause error) {
	k.pending = append(k.pending, &pendingBatch{k: k, cause: cause, lost: k.rememberLost(), undecided: k.undecided()})
}

// Look reads the users once and sends nothing. It returns the users whose outcome is known
// now. more reports that others remain.
func (p *PendingBulk) Look(ctx context.Context) (known []UserOutcome, more bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	for _, b := range p.batches {
		fates, failed := b.look(ctx)
		known = append(known, fates...)
		if failed != nil {
			err = failed
		}
	}
	p.batches = slices.DeleteFunc(p.batches, func(b *pendingBatch) bool { return len(b.undecided) == 0 })
	return known, len(p.batches) > 0, err
}

func (b *pendingBatch) look(ctx context.Context) ([]UserOutcome, error) {
	b.undecided = slices.DeleteFunc(b.undecided, func(u *api.User) bool { return !b.isCurrent(u) })
	if len(b.undecided) == 0 {
		return nil, nil
	}
	found, err := b.k.readUsers(ctx, b.undecided)
	if err != nil {
		return nil, err
	}
	var known []UserOutcome
	b.undecided = slices.DeleteFunc(b.undecided, func(seen *api.User) bool {
		u := found[seen.ID]
		switch {
		case u == nil:
			known = append(known, UserOutcome{Seen: seen, State: UserGone})
		case b.k.isInEffect(seen, u):
			known = append(known, UserOutcome{Seen: seen, State: UserDone, User: u, ReadBack: true, LostAnswer: b.cause})
			b.k.forgetLost(seen.ID)
		default:
			return false
		}
		return true
	})
	b.recordAgain(known)
	return known, nil
}

// recordAgain journals the request once more where more is known of it.
func (b *pendingBatch) recordAgain(known []UserOutcome) {
	if len(known) == 0 || b.k.journal == "" {
		return
	}
	for _, f := range known {
		b.k.outcomes[f.Seen.ID] = f
	}
	var open error
	if len(b.undecided) > 0 {
		open = b.cause
	}
	b.k.writeOutcome(open)
}

// isCurrent reports whether the user's outcome has not been determined otherwise.
func (b *pendingBatch) isCurrent(u *api.User) bool {
	b.k.mu.Lock()
	defer b.k.mu.Unlock()
	return b.k.lost[b.k.lostKey(u.ID)] == b.lost
}
