package users

import "frontdesk/views/users/localsearch"

// noteChange takes it that a person is now another than they were: whether they are
// still who is looked for. Of people whom the server found by rules of its own
// that is not known.
func (r *result) noteChange(old, now *localsearch.Row) {
	n := r.query.needle
	if n.Empty() {
		return
	}
	did := old.Matches(n)
	does := now.Matches(n)
	switch {
	case does:
		delete(r.staleMatches, now.ID)
	case did:
		if r.staleMatches == nil {
			r.staleMatches = map[string]bool{}
		}
		r.staleMatches[now.ID] = true
	}
}

// staleCount are how many rows are not looked for any more.
func (r *result) staleCount() (n int) {
	for id := range r.staleMatches {
		if _, here := r.pages.Find(id); here {
			n++
		}
	}
	return n
}

// isStaleMatch says that a row is there only until the list is read again.
func (p *painter) isStaleMatch(r *localsearch.Row) bool {
	return p.list.isCurrent && p.view.feed.shown.staleMatches[r.ID]
}
