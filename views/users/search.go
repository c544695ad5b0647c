package users

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/views/users/localsearch"
)

// searchFor looks for what stands in the box: among the rows that are here at once,
// and after a pause on the server. What cannot be asked is not asked in part.
func (v *View) searchFor(typed string) tea.Cmd {
	s := search.Parse(typed, v.env.Now())
	if v.invalid = nil; s.Wrong() != nil {
		v.invalid = &s
		return v.readOrganizations(s)
	}
	n := localsearch.NewSearch(s, v.env.Now())
	switch {
	case n.Empty():
		return v.showAll()
	case v.want != nil && n.Equal(v.want.query.needle) && (v.want.state == running || v.want.state == ready):
		return nil
	}
	return tea.Batch(v.startSearch(listQuery{needle: n, order: v.order}, v.searchDelay()), v.readOrganizations(s))
}

// startSearch asks for a search that is not the one on the screen.
func (v *View) startSearch(a listQuery, pause time.Duration) tea.Cmd {
	follow := v.chosenID()
	v.local = v.matchLocal(a.needle, follow)
	v.serial++
	r := newResult(v.serial, a, v.pageFill)
	r.cursorID = follow
	v.want = r
	return v.loadFirst(r, "Searching", 0, pause)
}

// refreshedQuery is what to ask for when the same is asked for later: "the last seven
// days" are others by then.
func (v *View) refreshedQuery(a listQuery) listQuery {
	now := v.env.Now()
	s := search.Parse(a.needle.Search.Text, now)
	if a.needle.Search.Loose() {
		s, _ = s.Loosen()
	}
	a.needle = localsearch.NewSearch(s, now)
	return a
}

// afterComplete follows up on a search all of whose people are here. Who was pasted
// opens; where nobody has the words as they were typed, they are looked for in
// any order.
func (v *View) afterComplete(r *result) tea.Cmd {
	if r != v.want || !r.pages.IsComplete() {
		return nil
	}
	if r.pages.Len() > 0 {
		return v.openSingle(r)
	}
	loose, ok := r.query.needle.Search.Loosen()
	if !ok {
		return v.findSuggestions(r)
	}
	a := r.query
	a.needle = localsearch.NewSearch(loose, a.needle.ParsedAt)
	cmd := v.startSearch(a, v.searchDelay()+looseDelay)
	v.want.opensSingle, v.want.lacksCountryCode = r.opensSingle, r.lacksCountryCode
	return cmd
}

// looseDelay is how long the words must have stood before they are looked for in
// any order, which may take a scan.
const looseDelay = 200 * time.Millisecond

// chosenID is the id of whom the operator put the cursor on in this search, "" where
// they left it on the best match.
func (v *View) chosenID() string {
	r := v.currentRow()
	switch {
	case !v.cursorMoved:
		return ""
	case v.want.cursorID != "":
		return v.want.cursorID
	case r != nil:
		return r.ID
	}
	return ""
}

// showAll shows everybody again, as it was before the search.
func (v *View) showAll() tea.Cmd {
	if v.want != nil && v.want.query.needle.Empty() {
		return nil
	}
	v.local, v.cursorMoved = nil, false
	if v.base == nil {
		return v.load(listQuery{order: v.order}, "Reading users", 0)
	}
	v.want = v.base
	cmd := v.show(v.base)
	if v.base.query.order != v.order {
		return tea.Batch(cmd, v.load(listQuery{order: v.order}, "Sorting", 0))
	}
	return cmd
}

// clearSearch empties the box and closes it.
func (v *View) clearSearch() tea.Cmd {
	v.closeBox()
	v.box.Reset()
	v.invalid = nil
	return v.showAll()
}

// setBox puts a text into the box in the place of what is there, and looks for it.
func (v *View) setBox(text string) tea.Cmd {
	text = search.Clean(text)
	v.searchLimit = max(searchedLetters, len([]rune(text))+extraLetters)
	v.box.SetValue(text)
	v.cursorMoved, v.isBoxSelected = false, false
	return v.searchFor(v.box.Value())
}

// stopLoading gives up what was asked for last.
func (v *View) stopLoading() tea.Cmd {
	cmd := v.cancelRequests(v.want)
	v.noteFailure(v.want, 0, context.Canceled)
	return cmd
}

// cancelRequests ends what is under way for a result.
func (v *View) cancelRequests(r *result) tea.Cmd {
	var cmds []tea.Cmd
	for key, f := range v.requests {
		if f.result == r {
			f.cancel()
			delete(v.requests, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}
