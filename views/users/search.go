package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// searchFor searches for the text of the box: at once among the loaded rows, and after
// a pause on the server. A text with a wrong token is not searched for at all.
func (v *View) searchFor(typed string) tea.Cmd {
	s := search.Parse(typed, v.env.Now())
	if v.box.Reject(nil); s.InvalidToken() != nil {
		v.box.Reject(&s)
		return v.readOrganizations(s)
	}
	n := localsearch.NewSearch(s, v.env.Now())
	switch {
	case n.Empty():
		return v.feed.showAll()
	case v.feed.want != nil && n.Equal(v.feed.want.query.needle) && (v.feed.want.state == running || v.feed.want.state == ready):
		return nil
	}
	return tea.Batch(v.feed.startSearch(listQuery{needle: n, order: v.feed.order}, v.feed.searchDelay()), v.readOrganizations(s))
}

// clearSearch empties and closes the box.
func (v *View) clearSearch() tea.Cmd {
	if len(v.leftForSearch) > 0 {
		return v.returnFromSearch()
	}
	v.box.Clear()
	return v.feed.showAll()
}

// setBox replaces the text of the box and searches for it.
func (v *View) setBox(text string) tea.Cmd {
	v.box.SetText(text)
	v.feed.cursorMoved = false
	return v.searchFor(v.box.Text())
}
