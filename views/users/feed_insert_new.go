package users

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
)

// insertNew inserts users created after all others, the oldest first, where their
// place in the order is certain, and returns the rest. In the order by creation they
// are the newest. In an order by another time, a user with the latest time comes
// first; users without it, names and addresses are ordered by rules of the server's,
// which are not guessed.
func (r *result) insertNew(fresh []*localsearch.Row) (apart []*localsearch.Row) {
	o := r.query.order
	if o.by != api.OrderCreatedAt {
		fresh, apart = r.splitLeading(fresh)
		slices.SortStableFunc(fresh, func(a, b *localsearch.Row) int { return o.timeOf(a).Compare(o.timeOf(b)) })
	}
	if !o.rising {
		slices.Reverse(fresh)
	}
	if moved := r.pages.InsertNew(fresh, o.rising); moved > 0 {
		// The cursor stays with its user. At the top of the list the new users come
		// into view above it; further down nothing moves.
		r.win.Cursor += moved
		if r.win.Top > 0 {
			r.win.Top += moved
		}
	}
	return apart
}

// splitLeading splits rows into those that come before all others in an order by time
// (after them if it ascends) and the rest.
func (r *result) splitLeading(rows []*localsearch.Row) (leads, others []*localsearch.Row) {
	o, at := r.query.order, 0
	if r.isRanked {
		return nil, rows // not ordered by a time
	}
	if o.rising {
		at = r.pages.Len() - 1
	}
	edge := r.pages.At(at)
	for _, one := range rows {
		t := o.timeOf(one)
		if edge != nil && !t.IsZero() && !t.Before(o.timeOf(edge)) && !(o.rising && o.timeOf(edge).IsZero()) {
			leads = append(leads, one)
		} else {
			others = append(others, one)
		}
	}
	return leads, others
}

// timeOf returns the time by which the order sorts a user, zero for none.
func (o order) timeOf(r *localsearch.Row) time.Time {
	switch o.by {
	case api.OrderLastActiveAt:
		return r.User.LastActiveAt.Time
	case api.OrderLastSignInAt:
		return r.User.LastSignInAt.Time
	}
	return time.Time{}
}
