package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// maxIdleAnswers is how many answers without anybody new are asked for in a row. People
// who come and go cost a few: each is asked for again from further back.
const maxIdleAnswers = 5

// noteProgress notes, before rows are taken, whether they bring somebody new.
func (r *result) noteProgress(rows []*localsearch.Row) {
	in := make(map[string]bool, len(rows))
	for _, one := range rows {
		in[one.ID] = true
	}
	fresh, _ := r.pages.Unknown(rows)
	if r.idleAnswers++; len(rows) == 0 || len(fresh) > 0 && len(in) == len(rows) {
		r.idleAnswers = 0
	}
}

// isLooping says that a server gives the same people again and again: so often that
// there is no point in asking on, or until the list seems to have ended, though it
// counts more.
func (r *result) isLooping() bool {
	return r.idleAnswers >= maxIdleAnswers || r.idleAnswers > 0 && r.pages.IsComplete() && r.countedTotal > r.pages.Len()
}

// stopLoop gives a result up that comes in circles, and says so; only the operator
// asks again.
func (f *feed) stopLoop(r *result) (tea.Cmd, bool) {
	if r.scan != nil || !r.isLooping() { // a scan notices by itself
		return nil, false
	}
	r.idleAnswers, r.state, r.err = maxIdleAnswers, failed, search.ErrScanLoop
	return f.cancelRequests(r), true
}
