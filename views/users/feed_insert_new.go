package users

import (
	"slices"
	"time"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
)

// insertNew gives people who joined after all the others, the oldest of them first,
// their rows where the order has them for certain, and returns those for whom it
// has none. By age they are the newest. By a time, whoever was there after all
// others leads; who never was stands where the server has such people, and names
// and addresses stand as it sorts them: those are not guessed.
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
		// The cursor stays with its person. At the top of the list those who came
		// show above; further down nothing moves.
		r.win.Cursor += moved
		if r.win.Top > 0 {
			r.win.Top += moved
		}
	}
	return apart
}

// splitLeading are those who stand before everybody in an order by a time, or behind
// everybody where it rises, and the others.
func (r *result) splitLeading(rows []*localsearch.Row) (leads, others []*localsearch.Row) {
	o, at := r.query.order, 0
	if r.isRanked {
		return nil, rows // the rows are in no order by a time
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

// timeOf is the time that a row has in an order, zero for none.
func (o order) timeOf(r *localsearch.Row) time.Time {
	switch o.by {
	case api.OrderLastActiveAt:
		return r.User.LastActiveAt.Time
	case api.OrderLastSignInAt:
		return r.User.LastSignInAt.Time
	}
	return time.Time{}
}
