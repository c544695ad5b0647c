package selection

import "frontdesk/views/users/localsearch"

// start is where a range begins: at a user, not at a row, so that the range
// follows the list.
type start struct {
	id  string // "" while no range is open
	row int    // where they stood then
	of  string // the query of that list
}

// List is the list that a range runs over, as it is on the screen.
type List struct {
	Rows   int
	Cursor int // the cursor's row, -1 where no row has it
	At     func(row int) *localsearch.Row
	Find   func(id string) (row int, ok bool)
	// Query identifies what the list was asked for; "" says that rows which are
	// not loaded have no place in it.
	Query string
}

// IsRanging says that a range is open.
func (s *Selection) IsRanging() bool { return s.start.id != "" }

// BeginRange opens a range at a row of the list that query identifies.
func (s *Selection) BeginRange(id string, row int, query string) { s.start = start{id, row, query} }

// DropRange closes the range and marks nobody.
func (s *Selection) DropRange() { s.start = start{} }

// RangeStart is the id of the user with whom the range begins, "" without one.
func (s *Selection) RangeStart() string { return s.start.id }

// Range is the first and the last row between the start of the range and the
// cursor; ok is false where the range does not begin in this list.
func (s *Selection) Range(list List) (first, last int, ok bool) {
	if !s.IsRanging() || list.Cursor < 0 {
		return 0, 0, false
	}
	row, found := list.Find(s.start.id)
	if !found {
		// A page that was evicted keeps its place.
		row = s.start.row
		if list.Query == "" || list.Query != s.start.of || row >= list.Rows || list.At(row) != nil {
			return 0, 0, false
		}
	}
	return min(row, list.Cursor), max(row, list.Cursor), true
}

// RangeLen is how many rows the range has, 0 where it does not begin in this list.
func (s *Selection) RangeLen(list List) int {
	first, last, ok := s.Range(list)
	if !ok {
		return 0
	}
	return last - first + 1
}
