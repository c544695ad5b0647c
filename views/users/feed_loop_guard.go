package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// maxIdleAnswers is how many answers in a row may bring no new user. A few do if users
// are added or deleted meanwhile, because the request is then repeated from further
// back.
const maxIdleAnswers = 5

// noteProgress records, before rows are stored, whether they bring a new user.
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

// isLooping reports whether the server returns the same users again and again:
// maxIdleAnswers times, or until the list seems to end below its count.
func (r *result) isLooping() bool {
	return r.idleAnswers >= maxIdleAnswers || r.idleAnswers > 0 && r.pages.IsComplete() && r.countedTotal > r.pages.Len()
}

// stopLoop gives up a result whose pages repeat and says so. It is not retried
// automatically.
func (f *feed) stopLoop(r *result) (tea.Cmd, bool) {
	if r.scan != nil || !r.isLooping() { // a scan has its own check
		return nil, false
	}
	r.idleAnswers, r.state, r.err = maxIdleAnswers, failed, search.ErrScanLoop
	return f.cancelRequests(r), true
}
