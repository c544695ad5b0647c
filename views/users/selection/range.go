package selection

import "frontdesk/views/users/localsearch"

// rangeStart is where a range begins: at a user instead of a row, so that the range follows
// the list.
type rangeStart struct {
	id    string // "" while no range is open
	row   int    // of the user when the range was opened
	query string // the query of that list
}

// List is the list on the screen, in which a range is drawn.
type List struct {
	Rows   int
	Cursor int // row of the cursor, -1 for none
	At     func(row int) *localsearch.Row
	Find   func(id string) (row int, ok bool)
	// Query identifies the query of the list; "" says that rows which are not loaded
	// are not part of it.
	Query string
}

// IsRanging reports whether a range is open.
func (s *Selection) IsRanging() bool { return s.start.id != "" }

// BeginRange opens a range at a row of the list that query identifies.
func (s *Selection) BeginRange(id string, row int, query string) {
	s.start = rangeStart{id, row, query}
}

// DropRange closes the range without marking anybody.
func (s *Selection) DropRange() { s.start = rangeStart{} }

// RangeStart returns the id of the user at whom the range begins, "" without one.
func (s *Selection) RangeStart() string { return s.start.id }

// Range returns the first and the last row between the start of the range and the
// cursor; ok is false if the range does not begin in this list.
func (s *Selection) Range(list List) (first, last int, ok bool) {
	if !s.IsRanging() || list.Cursor < 0 {
		return 0, 0, false
	}
	row, found := list.Find(s.start.id)
	if !found {
		// The page of the start was evicted; its row still counts.
		row = s.start.row
		if list.Query == "" || list.Query != s.start.query || row >= list.Rows || list.At(row) != nil {
			return 0, 0, false
		}
	}
	return min(row, list.Cursor), max(row, list.Cursor), true
}

// RangeLen returns the number of rows in the range, 0 if it does not begin in this
// list.
func (s *Selection) RangeLen(list List) int {
	first, last, ok := s.Range(list)
	if !ok {
		return 0
	}
	return last - first + 1
}
