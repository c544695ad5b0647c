package palette

import "strings"

// line is one row of the list as it is drawn: an item, the heading of those below
// it, or air above that.
type line struct {
	row     int // of rows; none where it is no item
	heading string
}

const noRow = -1

// listLines returns the items, under headings where there are sections. Air is what a
// screen with room has above each heading.
func (m *Model) listLines(airy bool) []line {
	out := make([]line, 0, len(m.rows))
	group := ""
	for i, r := range m.rows {
		if g := m.action(r).Group; m.showsSections() && g != group {
			if airy && i > 0 {
				out = append(out, line{row: noRow})
			}
			out, group = append(out, line{row: noRow, heading: g}), g
		}
		out = append(out, line{row: i})
	}
	return out
}

// showsSections reports whether the headings show: nothing is typed, and the menu has some.
func (m *Model) showsSections() bool {
	return m.menu.Sections && len(m.rows) == len(m.menu.Items) && strings.Trim(m.filter.Value(), ": ") == ""
}

// firstLine returns where in the lines a list of so many rows begins, the cursor in its
// middle.
func (m *Model) firstLine(lines []line, room int) int {
	at := 0
	for i, l := range lines {
		if l.row == m.cursor {
			at = i
		}
	}
	return max(0, min(at-room/2, len(lines)-room))
}

// fullHeight returns how many lines the list has while nothing is typed.
func (m *Model) fullHeight(airy bool) int {
	all := *m
	all.filter.Reset()
	all.applyFilter()
	return max(1, len(all.listLines(airy)))
}
