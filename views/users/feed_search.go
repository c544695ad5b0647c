package users

import (
	"context"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/user"
	"frontdesk/views/users/localsearch"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// startSearch asks for a search that is not the one on the screen.
func (f *feed) startSearch(a listQuery, pause time.Duration) tea.Cmd {
	follow := f.chosenID()
	f.local = f.matchLocal(a.needle, follow)
	f.serial++
	r := newResult(f.serial, a, f.pageFill)
	r.cursorID = follow
	f.want = r
	return f.loadFirst(r, "Searching", 0, pause)
}

// refreshedQuery is what to ask for when the same is asked for later: "the last seven
// days" are others by then.
func (f *feed) refreshedQuery(a listQuery) listQuery {
	now := f.env.Now()
	s := search.Parse(a.needle.Search.Text, now)
	if a.needle.Search.IsAnyOrder() {
		s, _ = s.AnyOrder()
	}
	a.needle = localsearch.NewSearch(s, now)
	return a
}

// afterComplete follows up on a search all of whose people are here. Who was pasted
// opens; where nobody has the words as they were typed, they are looked for in
// any order.
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

// chosenID is the id of whom the operator put the cursor on in this search, "" where
// they left it on the best match.
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

// showAll shows everybody again, as it was before the search.
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

// stopLoading gives up what was asked for last.
func (f *feed) stopLoading() tea.Cmd {
	cmd := f.cancelRequests(f.want)
	f.noteFailure(f.want, 0, context.Canceled)
	return cmd
}

// cancelRequests ends what is under way for a result.
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

// looseDelay is how long the words must have stood before they are looked for in
// any order, which may take a scan.
const looseDelay = 200 * time.Millisecond

// searchDelay is how long to wait for the next letter before the server is asked. An
// answer that is here before anybody types one costs nothing to ask for; beyond
// that it is about as long as an answer takes, so that a slow link is not asked for
// what is out of date before it arrives.
func (f *feed) searchDelay() time.Duration {
	const burst, between, usual, most = 2 * time.Millisecond, 60 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond
	switch {
	case f.latency == 0:
		return usual
	case f.latency <= between:
		return burst // a paste, or a key held down, is one search all the same
	}
	return min(f.latency, most)
}

// openSingle opens the one person who was pasted. A part of an address may be
// somebody else's too: the one who has just that address is meant. Of a number without
// its country nobody has just that.
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
	return tui.Push(user.NewDetail(f.env, rows[0].User))
}
