package dialog

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// View draws the question: a bar or the inside of a frame.
func (m *Model) View(s tui.Screen) tui.Panel {
	if m.bar() {
		return m.viewBar(s)
	}
	width := m.breadth(s.Width, penOf(s))
	_, level, _ := m.calm().fit(width, s.Height, penOf(s))
	rows := m.page(width, level, penOf(s))
	rows, more := m.window(rows, s.Height-buttonRows[level])
	buttons := m.buttons(width, level, m.fits(), more, penOf(s))
	p := tui.Panel{Title: m.prompt.TitlePrefix + m.prompt.Title, Tone: m.prompt.Tone, Hints: m.hints()}
	lines := make([]string, 0, len(rows)+len(buttons))
	for i, r := range rows {
		lines = append(lines, text.CellWidth(s.Cells).Pad(r.text, width))
		if r.stop != noStop {
			p.HitAreas = append(p.HitAreas, tui.HitArea{Y: i, Width: width, ID: mark(r.stop)})
		}
		if r.cursor != nil {
			p.Cursor = &tea.Cursor{Position: tea.Position{X: r.cursor.X, Y: i}, Color: r.cursor.Color, Shape: r.cursor.Shape, Blink: r.cursor.Blink}
		}
	}
	p.HitAreas = append(p.HitAreas, m.buttonSpots(buttons, len(lines), width, penOf(s))...)
	p.Content = strings.Join(append(lines, buttons...), "\n")
	return p
}

// breadth is how wide the inside of the frame is, of what there is.
func (m *Model) breadth(room int, with pen) int {
	line := with.r.Width(m.prompt.Instance)
	for _, part := range m.prompt.Subject {
		line += with.r.Width(part) + 3
	}
	return min(room, max(usual, min(line, widest)))
}

// The buttons take a line, and air above it, and air below it.
var buttonRows = [...]int{3, 2, 1}

// leastForm is how many rows of a form that scrolls must be in sight.
const leastForm = 3

// fit is the airiest page that height takes; ok is false where none does, and
// the page the tightest. Of that one the form may scroll: what is above it is to be
// seen whole.
func (m *Model) fit(width, height int, with pen) (rows []row, level int, ok bool) {
	for level = range buttonRows {
		rows = m.page(width, level, with)
		if len(rows)+buttonRows[level] <= height {
			return rows, level, true
		}
	}
	above := headRows(rows)
	return rows, level, len(rows)-above >= leastForm && above+leastForm+buttonRows[level] <= height
}

// headRows is how many rows stand above the fields.
func headRows(rows []row) int {
	for i, r := range rows {
		if r.form {
			return i
		}
	}
	return len(rows)
}

// fits says whether the whole question can be seen at once: only then may it be
// confirmed.
func (m *Model) fits() bool {
	if m.bar() {
		return m.width > 0
	}
	if m.width < minWidth || m.height < minHeight {
		return false
	}
	with := pen{tui.NewStyles(tui.Theme{}), text.Runes}
	_, _, ok := m.calm().fit(m.breadth(m.width, with), m.height, with)
	return ok
}

// calm is it without what is wrong, which is said in rows of its own: they make
// no question too big, and none of them moves the others about.
func (m *Model) calm() *Model {
	calm := *m
	calm.wrong = nil
	return &calm
}

func (m *Model) page(width, level int, with pen) []row {
	p := &page{m: m, pen: with, width: width, level: level}
	p.air(1)
	p.top()
	p.who()
	p.warnings()
	p.air(2)
	p.effects()
	if len(m.stops) > 2 {
		p.air(2)
		p.form()
	}
	return p.rows
}

// window is the part of the rows around the focus that height takes. What is
// above the fields stays, as long as it leaves them some room.
func (m *Model) window(rows []row, height int) (shown []row, more string) {
	if height < 1 {
		return nil, ""
	}
	if len(rows) <= height {
		return rows, ""
	}
	head := headRows(rows)
	if head+leastForm > height {
		head = 0
	}
	rest, room := rows[head:], height-head
	from := 0
	if m.atButtons() {
		from = len(rest) - room
	}
	for i, r := range slices.Backward(rest) {
		if r.stop == m.focus { // with what comes after it in sight, as far as there is room
			from = max(0, min(i-room/4, len(rest)-room))
		}
	}
	if head > 0 {
		more = m.hidden(rest, from, from+room)
	}
	return slices.Concat(rows[:head], rest[from:from+room]), more
}

// hidden says how many fields are out of sight, and on which side.
func (m *Model) hidden(rows []row, from, to int) string {
	above, below := map[int]bool{}, map[int]bool{}
	for i, r := range rows {
		switch {
		case r.stop == noStop:
		case i < from:
			above[r.stop] = true
		case i >= to:
			below[r.stop] = true
		}
	}
	var parts []string
	if len(above) > 0 {
		parts = append(parts, fmt.Sprintf("↑ %d more", len(above)))
	}
	if len(below) > 0 {
		parts = append(parts, fmt.Sprintf("↓ %d more", len(below)))
	}
	return strings.Join(parts, "   ")
}

// buttons are the last lines: a word beside them, the verb, Cancel. A word that
// does not fit beside them takes the line above, where there is air.
func (m *Model) buttons(width, level int, fits bool, more string, with pen) []string {
	p := &page{m: m, pen: with, width: width, level: level}
	s := with.s
	right, note, style := m.choices(with, width), m.note, s.Warn
	switch {
	case m.counting(), m.discarding:
		note = ""
	case !fits:
		right, note = m.refuse(s), tooSmall
	case note == "":
		note, style = more, s.Dim
	}
	room := max(0, width-p.r.Width(right)-2)
	if level < 2 && p.r.Width(note) > room && !m.counting() {
		p.add(style.Render(p.r.Cut(note, width)))
		note = ""
	} else {
		p.air(2)
	}
	if m.discarding {
		p.add(p.doubts())
	} else if m.counting() {
		// The time of this drawing; it moves with the ticks.
		p.add(s.Bad.Bold(true).Render(m.remains(m.clock())) + s.Dim.Render("   ") + s.Key.Render("esc") + s.Text.Render(" stops it"))
	} else {
		note = style.Render(p.r.Cut(note, room))
		p.add(note + strings.Repeat(" ", max(1, width-p.r.Width(note)-p.r.Width(right))) + right)
	}
	p.air(1)
	out := make([]string, len(p.rows))
	for i, r := range p.rows {
		out[i] = r.text
	}
	return out
}

// refuse is the only button where the question cannot be seen whole.
func (m *Model) refuse(s *tui.Styles) string {
	style := s.Button
	if m.atButtons() {
		style = s.ButtonFocus
	}
	return style.Render(" ▸ " + m.safeWord() + " ")
}

func (m *Model) safeWord() string {
	if m.prompt.CancelLabel == "" {
		return "Cancel"
	}
	return m.prompt.CancelLabel
}

// choices are the two buttons in width cells. Where y would be typed it is not
// offered without the key that leads to where it acts.
func (m *Model) choices(p pen, width int) string {
	s, safe := p.s, m.safeWord()
	yes := "  " + s.Key.Render("y") + " " + m.verbStyle(s).Render(m.prompt.Verb) + "  "
	if !m.atButtons() {
		first := tui.KeyLabel(buttonsKey)
		if m.bar() {
			first = "tab"
		}
		yes = "  " + s.Key.Render(first) + s.Dim.Render(", then ") + s.Key.Render("y") + " " + s.Dim.Render(m.prompt.Verb) + "  "
		if p.r.Width(yes)+p.r.Width(safe)+8 > width {
			yes = "    " + s.Dim.Render(m.prompt.Verb) + "  "
		}
	}
	no := s.Button.Render("   " + safe + " ")
	switch m.at().kind {
	case stopSafe:
		no = s.ButtonFocus.Render(" ▸ " + safe + " ")
	case stopVerb:
		yes = s.Key.Render("▸ ") + s.Key.Render("y") + " " + m.verbStyle(s).Underline(true).Render(m.prompt.Verb) + "  "
	}
	return yes + "  " + no
}

func (m *Model) verbStyle(s *tui.Styles) lipgloss.Style {
	if m.prompt.Tone == tui.ToneBad {
		return s.ButtonBad
	}
	return s.Tone(m.prompt.Tone).Bold(true)
}
