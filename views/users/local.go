package users

import (
	"cmp"
	"slices"

	"frontdesk/api"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
)

// local is what matches among the rows that are here.
type local struct {
	rows []*localsearch.Row
	win  table.Window
	near bool // nobody matches; these are only close
	// ranked says that the best match is on top. Else they are in the list's order.
	ranked bool
}

// match is what is here already and matches. It stands in the order in which the
// server will give it: its answer then adds rows, and moves none. The first has the
// cursor, unless the operator had put it on somebody who matches too.
func (v *View) match(n localsearch.Needle, follow string) *local {
	pool := v.pool()
	found := &local{rows: localsearch.Among(pool, n)}
	switch {
	case len(found.rows) == 0:
		found.rows, found.near = localsearch.Nearest(pool, n), true
	case v.willRank(n, pool, found.rows):
		found.rows, found.ranked = localsearch.Rank(found.rows, n), true
	case v.order.by == api.OrderCreatedAt:
		slices.SortStableFunc(found.rows, v.order.byAge)
	}
	if len(found.rows) > localsearch.LocalMost {
		found.rows = found.rows[:localsearch.LocalMost]
	}
	for i, r := range found.rows {
		if r.ID == follow {
			found.win = table.Window{Cursor: i}.Keep(len(found.rows), v.height())
		}
	}
	return found
}

// byAge compares as the server does under created_at.
func (o order) byAge(a, b *localsearch.Row) int {
	c := cmp.Or(a.User.CreatedAt.Compare(b.User.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	if o.rising {
		return c
	}
	return -c
}

// ranks says whether an answer of so many rows has the best match on top: only one
// that has words to match and comes whole, and where nobody chose an order for it.
func (a ask) ranks(rows int) bool { return a.mayRank() && rows < pageSize }

func (a ask) mayRank() bool { return a.needle.Folded != "" && !a.chosen }

// willRank guesses whether the answer will rank: whether fewer people than a page
// has are looked for. found are those of the pool who are. What a scan looks at are
// all who have the words.
func (v *View) willRank(n localsearch.Needle, pool, found []*localsearch.Row) bool {
	if !(ask{needle: n}).ranks(len(found)) {
		return false
	}
	if n.Search.NeedsScan() {
		n = localsearch.NewWords(n.Search.Words, n.At)
		found = localsearch.Among(pool, n)
	}
	held := make(map[string]bool, len(found))
	for _, r := range found {
		held[r.ID] = true
	}
	if s := v.shown; s != nil && n.Narrows(s.ask.needle) {
		expected := s.expects(held)
		if s.pages.Exact() || expected >= pageSize {
			return expected < pageSize
		}
	}
	return v.base == nil || v.base.expects(held) < pageSize
}

// unknownMore is how many times the rows that are here a result has of which it is
// not known how many there are.
const unknownMore = 10

// expects is how many of a result's people will be found, if as many of those who
// are not here are as of those who are.
func (r *result) expects(held map[string]bool) int {
	here, found := 0, 0
	r.pages.Each(func(one *localsearch.Row) {
		if here++; held[one.ID] {
			found++
		}
	})
	total := r.pages.Len()
	if !r.pages.Exact() {
		total = max(total, unknownMore*here)
	}
	return found * total / max(1, here)
}

// pool is every row that is here, each person once: the newest answers first.
func (v *View) pool() []*localsearch.Row {
	var out []*localsearch.Row
	seen := map[string]bool{}
	for _, r := range []*result{v.shown, v.base} {
		if r == nil {
			continue
		}
		r.pages.Each(func(one *localsearch.Row) {
			if !seen[one.ID] {
				seen[one.ID] = true
				out = append(out, one)
			}
		})
	}
	return out
}
