// Package selection holds which users of the list are marked, and the range that is
// being chosen.
//
// What may live here: marks and ranges as data, and reading rows of a range that are
// not loaded. What may not: keys, toasts, the screen (views/users), what is done with
// the marked users (views/action).
package selection

import (
	"slices"

	"frontdesk/views/users/localsearch"
)

// Max is how many users can be marked: more than one operation takes, and few enough
// to keep in memory.
const Max = 5000

// Selection is the marked users in the order in which they were marked. Marks outlive
// searches, orders, pages and refreshes. The zero value marks nobody.
type Selection struct {
	ids  []string
	byID map[string]*localsearch.Row

	start rangeStart
}

// Len returns how many users are marked.
func (s *Selection) Len() int { return len(s.ids) }

// Has reports whether a user is marked.
func (s *Selection) Has(id string) bool { return s.byID[id] != nil }

// HasRoom reports whether n more users can be marked.
func (s *Selection) HasRoom(n int) bool { return s.Len()+n <= Max }

// Row returns the newest known row of a marked user, nil if they are not marked.
func (s *Selection) Row(id string) *localsearch.Row { return s.byID[id] }

// Rows returns the newest known rows of the marked users.
func (s *Selection) Rows() []*localsearch.Row {
	rows := make([]*localsearch.Row, 0, len(s.ids))
	for _, id := range s.ids {
		rows = append(rows, s.byID[id])
	}
	return rows
}

// Add marks users and returns how many of them are marked now: an entry without an id
// cannot be.
func (s *Selection) Add(rows ...*localsearch.Row) (marked int) {
	for _, r := range rows {
		if r.HasNoID() {
			continue
		}
		if s.byID == nil {
			s.byID = map[string]*localsearch.Row{}
		}
		if !s.Has(r.ID) {
			s.ids = append(s.ids, r.ID)
		}
		s.byID[r.ID] = r
		marked++
	}
	return marked
}

// Remove unmarks a user.
func (s *Selection) Remove(id string) {
	if s.Has(id) {
		delete(s.byID, id)
		s.ids = slices.DeleteFunc(s.ids, func(one string) bool { return one == id })
	}
}

// Clear unmarks all users; an open range stays open.
func (s *Selection) Clear() { s.ids, s.byID = nil, nil }

// Update stores a newer state of a marked user.
func (s *Selection) Update(r *localsearch.Row) {
	if s.Has(r.ID) {
		s.byID[r.ID] = r
	}
}
