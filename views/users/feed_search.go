package users

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
)

// startSearch starts another search and shows local matches meanwhile.
func (f *feed) startSearch(q listQuery, pause time.Duration) tea.Cmd {
	follow := f.chosenID()
	f.local = f.matchLocal(q.needle, follow)
	f.serial++
	r := newResult(f.serial, q, f.pageFill)
	r.cursorID = follow
	f.want = r
	return f.loadFirst(r, "Searching", 0, pause)
}

// refreshedQuery returns the query as it reads now: "the last seven days" change.
func (f *feed) refreshedQuery(q listQuery) listQuery {
	now := f.env.Now()
	s := search.Parse(q.needle.Search.Text, now)
	if q.needle.Search.IsAnyOrder() {
		s, _ = s.AnyOrder()
	}
	q.needle = localsearch.NewSearch(s, now)
	return q
}

// afterComplete follows up on a search that is fully loaded. A single pasted user
// opens; if no user matches the words as typed, they are searched for in any order.
func (f *feed) afterComplete(r *result) tea.Cmd {
	if r != f.want || !r.pages.IsComplete() {
		return nil
	}
	if r.pages.Len() > 0 {
		return f.openSingle(r)
	}
	loose, ok := r.query.needle.Search.AnyOrder()
	if !ok {
		return f.findSuggestions(r)
	}
	a := r.query
	a.needle = localsearch.NewSearch(loose, a.needle.ParsedAt)
	cmd := f.startSearch(a, f.searchDelay()+looseDelay)
	f.want.opensSingle, f.want.lacksCountryCode = r.opensSingle, r.lacksCountryCode
	return cmd
}

// chosenID returns the user to whom the operator moved the cursor in this search, ""
// if it is on the best match.
func (f *feed) chosenID() string {
	r := f.currentRow()
	switch {
	case !f.cursorMoved:
		return ""
	case f.want.cursorID != "":
		return f.want.cursorID
	case r != nil:
		return r.ID
	}
	return ""
}

// showAll returns to all users, as they were before the search.
func (f *feed) showAll() tea.Cmd {
	if f.want != nil && f.want.query.needle.Empty() {
		return nil
	}
	f.local, f.cursorMoved = nil, false
	if f.base == nil {
		return f.load(listQuery{order: f.order}, "Reading users", 0)
	}
	f.want = f.base
	cmd := f.show(f.base)
	if f.base.query.order != f.order {
		return tea.Batch(cmd, f.load(listQuery{order: f.order}, "Sorting", 0))
	}
	return cmd
}

// restore shows an earlier result again, where it was.
func (f *feed) restore(r *result, win table.Window) tea.Cmd {
	f.local, f.want = nil, r
	f.cursorMoved = !r.query.needle.Empty()
	r.win = win
	return f.show(r)
}

// stopLoading cancels the query in progress.
func (f *feed) stopLoading() tea.Cmd {
	cmd := f.cancelRequests(f.want)
	f.noteFailure(f.want, 0, context.Canceled)
	return cmd
}

// cancelRequests cancels the requests for a result.
func (f *feed) cancelRequests(r *result) tea.Cmd {
	var cmds []tea.Cmd
	for key, req := range f.requests {
		if req.result == r {
			req.cancel()
			delete(f.requests, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}

// looseDelay is how long a text must stand before its words are searched for in any
// order, which may need a scan.
const looseDelay = 200 * time.Millisecond

// searchDelay is how long to wait for the next key before the server is asked. On a
// fast connection, where an answer comes before anyone types on, there is next to no
// delay; on others it is about the time of an answer, so that requests are not out of
// date before they are answered.
func (f *feed) searchDelay() time.Duration {
	const burst, between, usual, most = 2 * time.Millisecond, 60 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond
	switch {
	case f.latency == 0:
		return usual
	case f.latency <= between:
		return burst // a paste or a held key is one search
	}
	return min(f.latency, most)
}

// openSingle opens the one user who was pasted. If an address is also part of another
// user's, the one with exactly that address is meant. A number without a country code
// matches nobody exactly.
func (f *feed) openSingle(r *result) tea.Cmd {
	if !r.opensSingle {
		return nil
	}
	r.opensSingle = false
	var rows []*localsearch.Row
	r.pages.Each(func(one *localsearch.Row) { rows = append(rows, one) })
	if len(rows) > 1 && !r.lacksCountryCode {
		rows = slices.DeleteFunc(rows, func(one *localsearch.Row) bool { return !one.MatchesExactly(r.query.needle) })
	}
	if len(rows) != 1 || rows[0].HasNoID() {
		return nil
	}
	return f.openUser(rows[0].User)
}
