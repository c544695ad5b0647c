package users

import (
	"cmp"
	"slices"

	"frontdesk/api"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
)

// localResult holds the matches among the loaded rows.
type localResult struct {
	rows    []*localsearch.Row
	win     table.Window
	isFuzzy bool // none matches; these are only similar
	// isRanked says that the rows are sorted by the best match, not in the list's
	// order.
	isRanked bool
}

// matchLocal finds matches among the loaded rows, in the order in which the server
// will return them, so that its answer adds rows and moves none. The cursor is on the
// first, or on the user follow if they match.
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

// compareByAge compares as the server does in the order created_at.
func (o order) compareByAge(a, b *localsearch.Row) int {
	c := cmp.Or(a.User.CreatedAt.Compare(b.User.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	if o.rising {
		return c
	}
	return -c
}

// ranks reports whether an answer of that many rows is sorted by the best match: it
// must be complete, and the search must contain words and have no order of its own.
func (q listQuery) ranks(rows int) bool { return q.canRank() && rows < pageSize }

func (q listQuery) canRank() bool { return q.needle.Folded != "" && !q.isOrderChosen }

// expectsRanking guesses whether the answer will rank, that is, whether fewer than a
// page of users match; found are those in pool who do. A scan looks at all users who
// match its words.
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

// unknownTotalFactor estimates the length of a result whose total is not known: that
// many times its loaded rows.
const unknownTotalFactor = 10

// expectedMatches estimates how many of a result's users match, from the loaded ones.
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

// loadedRows returns all loaded rows, each user once, the newest answers first.
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
