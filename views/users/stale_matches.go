package users

import "frontdesk/views/users/localsearch"

// changes takes it that a person is now another than they were: whether they are
// still who is looked for. Of people whom the server found by rules of its own
// that is not known.
func (r *result) changes(old, now *localsearch.Row) {
	n := r.ask.needle
	if n.Empty() {
		return
	}
	did := old.Holds(n)
	does := now.Holds(n)
	switch {
	case does:
		delete(r.strays, now.ID)
	case did:
		if r.strays == nil {
			r.strays = map[string]bool{}
		}
		r.strays[now.ID] = true
	}
}

// strayed are how many rows are not looked for any more.
func (r *result) strayed() (n int) {
	for id := range r.strays {
		if _, here := r.pages.Find(id); here {
			n++
		}
	}
	return n
}

// stray says that a row is there only until the list is read again.
func (p *painter) stray(r *localsearch.Row) bool {
	return p.list.settled && p.view.shown.strays[r.ID]
}
