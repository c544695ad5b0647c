package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// idleMost is how many answers without anybody new are asked for in a row. People
// who come and go cost a few: each is asked for again from further back.
const idleMost = 5

// hear notes, before rows are taken, whether they bring somebody new.
func (r *result) hear(rows []*localsearch.Row) {
	in := make(map[string]bool, len(rows))
	for _, one := range rows {
		in[one.ID] = true
	}
	fresh, _ := r.pages.Fresh(rows)
	if r.idle++; len(rows) == 0 || len(fresh) > 0 && len(in) == len(rows) {
		r.idle = 0
	}
}

// circles says that a server gives the same people again and again: so often that
// there is no point in asking on, or until the list seems to have ended, though it
// counts more.
func (r *result) circles() bool {
	return r.idle >= idleMost || r.idle > 0 && r.pages.Whole() && r.counted > r.pages.Len()
}

// ceases gives a result up that comes in circles, and says so; only the operator
// asks again.
func (v *View) ceases(r *result) (tea.Cmd, bool) {
	if r.scan != nil || !r.circles() { // a scan notices by itself
		return nil, false
	}
	r.idle, r.state, r.err = idleMost, failed, search.ErrScanLoop
	return v.recall(r), true
}
