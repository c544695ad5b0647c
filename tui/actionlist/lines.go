package actionlist

// Line is one line of the list as it is drawn: a row, the heading of the rows below it,
// or a blank line above a heading.
type Line struct {
	Row     int // index into Rows, NoRow if it is not one
	Heading string
}

// NoRow is the Row of a Line that is not a row.
const NoRow = -1

// Lines returns the rows, under the headings of their groups if sections is set and
// nothing is typed. If airy is set there is a blank line above each heading.
func (m *Model) Lines(sections, airy bool) []Line {
	out := make([]Line, 0, len(m.rows))
	sections = sections && m.Query() == ""
	group := ""
	for i, r := range m.rows {
		if sections && r.Group != group {
			if airy && i > 0 {
				out = append(out, Line{Row: NoRow})
			}
			out, group = append(out, Line{Row: NoRow, Heading: r.Group}), r.Group
		}
		out = append(out, Line{Row: i})
	}
	return out
}

// FirstVisible returns the line at which a window of height lines begins, with the
// cursor in its middle.
func (m *Model) FirstVisible(lines []Line, height int) int {
	at := 0
	for i, l := range lines {
		if l.Row == m.cursor {
			at = i
		}
	}
	return max(0, min(at-height/2, len(lines)-height))
}
