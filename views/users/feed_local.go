package users

import (
	"cmp"
	"slices"

	"frontdesk/api"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
)

// localResult is what matches among the rows that are here.
type localResult struct {
	rows    []*localsearch.Row
	win     table.Window
	isFuzzy bool // nobody matches; these are only close
	// isRanked says that the best match is on top. Else they are in the list's order.
	isRanked bool
}

// matchLocal is what is here already and matches. It stands in the order in which the
// server will give it: its answer then adds rows, and moves none. The first has the
// cursor, unless the operator had put it on somebody who matches too.
func (f *feed) matchLocal(n localsearch.Needle, follow string) *localResult {
	pool := f.loadedRows()
	found := &localResult{rows: localsearch.Filter(pool, n)}
	switch {
	case len(found.rows) == 0:
		found.rows, found.isFuzzy = localsearch.Nearest(pool, n), true
	case f.expectsRanking(n, pool, found.rows):
		found.rows, found.isRanked = localsearch.Rank(found.rows, n), true
	case f.order.by == api.OrderCreatedAt:
		slices.SortStableFunc(found.rows, f.order.compareByAge)
	}
	if len(found.rows) > localsearch.MaxLocal {
		found.rows = found.rows[:localsearch.MaxLocal]
	}
	for i, r := range found.rows {
		if r.ID == follow {
			found.win = table.Window{Cursor: i}.Keep(len(found.rows), f.visibleRows())
		}
	}
	return found
}

// compareByAge compares as the server does under created_at.
func (o order) compareByAge(a, b *localsearch.Row) int {
	c := cmp.Or(a.User.CreatedAt.Compare(b.User.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	if o.rising {
		return c
	}
	return -c
}

// ranks says whether an answer of so many rows has the best match on top: only one
// that has words to match and comes whole, and where nobody chose an order for it.
func (a listQuery) ranks(rows int) bool { return a.canRank() && rows < pageSize }

func (a listQuery) canRank() bool { return a.needle.Folded != "" && !a.isOrderChosen }

// expectsRanking guesses whether the answer will rank: whether fewer people than a page
// has are looked for. found are those of the pool who are. What a scan looks at are
// all who have the words.
func (f *feed) expectsRanking(n localsearch.Needle, pool, found []*localsearch.Row) bool {
	if !(listQuery{needle: n}).ranks(len(found)) {
		return false
	}
	if n.Search.NeedsScan() {
		n = localsearch.NewWords(n.Search.Words, n.ParsedAt)
		found = localsearch.Filter(pool, n)
	}
	held := make(map[string]bool, len(found))
	for _, r := range found {
		held[r.ID] = true
	}
	if s := f.shown; s != nil && n.Narrows(s.query.needle) {
		expected := s.expectedMatches(held)
		if s.pages.IsExact() || expected >= pageSize {
			return expected < pageSize
		}
	}
	return f.base == nil || f.base.expectedMatches(held) < pageSize
}

// unknownTotalFactor is how many times the rows that are here a result has of which it is
// not known how many there are.
const unknownTotalFactor = 10

// expectedMatches is how many of a result's people will be found, if as many of those who
// are not here are as of those who are.
func (r *result) expectedMatches(held map[string]bool) int {
	here, found := 0, 0
	r.pages.Each(func(one *localsearch.Row) {
		if here++; held[one.ID] {
			found++
		}
	})
	total := r.pages.Len()
	if !r.pages.IsExact() {
		total = max(total, unknownTotalFactor*here)
	}
	return found * total / max(1, here)
}

// loadedRows is every row that is here, each person once: the newest answers first.
func (f *feed) loadedRows() []*localsearch.Row {
	var out []*localsearch.Row
	seen := map[string]bool{}
	for _, r := range []*result{f.shown, f.base} {
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
