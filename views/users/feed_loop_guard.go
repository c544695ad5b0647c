package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// maxIdleAnswers is how many answers in a row may bring nobody new. Users who join or are
// deleted meanwhile cost a few: the request is repeated from further back.
const maxIdleAnswers = 5

// noteProgress notes, before rows are stored, whether they bring somebody new.
func (r *result) noteProgress(rows []*localsearch.Row) {
	in := make(map[string]bool, len(rows))
	for _, one := range rows {
		in[one.ID] = true
	}
	fresh := r.pages.Unknown(rows)
	if r.idleAnswers++; len(rows) == 0 || len(fresh) > 0 && len(in) == len(rows) {
		r.idleAnswers = 0
	}
}

// isLooping says that the server returns the same users again and again: so often that
// asking on is pointless, or until the list seems to have ended although the count
// is higher.
func (r *result) isLooping() bool {
	return r.idleAnswers >= maxIdleAnswers || r.idleAnswers > 0 && r.pages.IsComplete() && r.countedTotal > r.pages.Len()
}

// stopLoop gives a result up whose pages repeat, and says so; only the operator retries.
func (f *feed) stopLoop(r *result) (tea.Cmd, bool) {
	if r.scan != nil || !r.isLooping() { // a scan notices by itself
		return nil, false
	}
	r.idleAnswers, r.state, r.err = maxIdleAnswers, failed, search.ErrScanLoop
	return f.cancelRequests(r), true
}
