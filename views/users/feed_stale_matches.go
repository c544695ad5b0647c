package users

import "frontdesk/views/users/localsearch"

// noteChange records whether a user who changed still matches. It is not known for a
// user whom only the server's own rules matched.
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

// staleCount returns how many rows do not match any more.
func (r *result) staleCount() (n int) {
	for id := range r.staleMatches {
		if _, here := r.pages.Find(id); here {
			n++
		}
	}
	return n
}

// isStaleMatch reports whether a row does not match any more.
func (p *painter) isStaleMatch(r *localsearch.Row) bool {
	return p.list.isCurrent && p.view.feed.shown.staleMatches[r.ID]
}
