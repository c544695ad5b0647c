package textarea

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// gutter is the cells of a line's number and the air on both its sides.
const gutter = 6

// View draws height rows of width cells, with the cursor in them, which is nil
// where there is no room for one. The size is noted: moving by rows and by pages
// goes by what was drawn.
func (m *Model) View(s *tui.Styles, cells text.Ruler, width, height int) ([]string, *tea.Cursor) {
	m.width, m.height, m.cells = max(2, width-gutter), max(1, height), cells
	at := m.scroll()
	from, to := m.selection()
	rows := make([]string, 0, m.height)
	for p, ok := m.top, true; len(rows) < m.height; {
		if !ok {
			rows = append(rows, "")
			continue
		}
		rows = append(rows, m.draw(s, p, from, to))
		p, ok = m.below(p)
	}
	x := gutter + m.column(m.cur)
	if x >= width {
		return rows, nil
	}
	return rows, &tea.Cursor{Position: tea.Position{X: x, Y: at}, Color: s.Theme.Accent, Shape: tea.CursorBar}
}

// scroll moves the first row as little as it takes for the cursor to show, and
// gives the row that the cursor is in.
func (m *Model) scroll() int {
	m.top.line = min(m.top.line, len(m.lines)-1)
	m.top.col = min(m.top.col, len(m.lines[m.top.line]))
	m.top = m.head(m.top)
	here := m.head(m.cur)
	if here.before(m.top) {
		m.top = here
		return 0
	}
	// From the cursor back: it may be thousands of rows below what shows.
	first, rows := here, 0
	for first != m.top && rows < m.height-1 {
		first, _ = m.above(first)
		rows++
	}
	m.top = first
	return rows
}

// draw is one row: the number of its line where it is the first, the text, and
// what of it is selected.
func (m *Model) draw(s *tui.Styles, p, from, to spot) string {
	_, start, end, _ := m.row(p)
	line, style, number := m.lines[p.line], s.Faint, strings.Repeat(" ", gutter)
	if p.line == m.cur.line {
		style = s.Accent
	}
	if start == 0 {
		number = fmt.Sprintf("%*d ", gutter-1, p.line+1)
	}
	var out strings.Builder
	out.WriteString(style.Render(number))
	a, z := start, start
	if m.selecting {
		a, z = within(p.line, from, start, end), within(p.line, to, start, end)
	}
	for _, part := range []struct {
		text  string
		style lipgloss.Style
	}{{line[start:a], s.Text}, {line[a:z], s.Text.Reverse(true)}, {line[z:end], s.Text}} {
		if part.text != "" {
			out.WriteString(part.style.Render(part.text))
		}
	}
	return out.String()
}

// within is a place in a row of that line, or the end of the row that it is past.
func within(line int, p spot, start, end int) int {
	switch {
	case p.line < line:
		return start
	case p.line > line:
		return end
	}
	return max(start, min(p.col, end))
}
