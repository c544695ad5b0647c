package dialog

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// View draws the question: a bar or the inside of a frame.
func (m *Model) View(s tui.Screen) tui.Panel {
	if m.isBar() {
		return m.viewBar(s)
	}
	width := m.innerWidth(s.Width, newRenderer(s))
	_, level, _ := m.withoutProblems().chooseLevel(width, s.Height, newRenderer(s))
	rows := m.buildRows(width, level, newRenderer(s))
	rows, more := m.visibleRows(rows, s.Height-buttonRows[level])
	buttons := m.buttonLines(width, level, m.fitsWindow(), more, newRenderer(s))
	out := tui.Panel{Title: m.prompt.TitlePrefix + m.prompt.Title, Tone: m.prompt.Tone, Hints: m.hints()}
	for i := range rows {
		rows[i].text = text.CellWidth(s.Cells).Pad(rows[i].text, width)
	}
	p := &page{m: m, renderer: newRenderer(s), width: width}
	p.layOut(append(rows, buttons...), &out)
	return out
}

// innerWidth is how wide the inside of the frame is, of what there is.
func (m *Model) innerWidth(room int, with renderer) int {
	line := with.r.Width(m.prompt.Instance)
	for _, part := range m.prompt.Subject {
		line += with.r.Width(part) + 3
	}
	return min(room, max(usualWidth, min(line, maxWidth)))
}

// The buttons take a line, and air above it, and air below it.
var buttonRows = [...]int{3, 2, 1}

// minFormRows is how many rows of a form that scrolls must be in sight.
const minFormRows = 3

// chooseLevel is the airiest page that height takes; ok is false where none does, and
// the page the tightest. Of that one the form may scroll: what is above it is to be
// seen whole.
func (m *Model) chooseLevel(width, height int, with renderer) (rows []row, level int, ok bool) {
	for level = range buttonRows {
		rows = m.buildRows(width, level, with)
		if len(rows)+buttonRows[level] <= height {
			return rows, level, true
		}
	}
	above := headRows(rows)
	return rows, level, len(rows)-above >= minFormRows && above+minFormRows+buttonRows[level] <= height
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

// fitsWindow says whether the whole question can be seen at once: only then may it be
// confirmed.
func (m *Model) fitsWindow() bool {
	if m.isBar() {
		return m.width > 0
	}
	if m.width < minWidth || m.height < minHeight {
		return false
	}
	with := renderer{tui.NewStyles(tui.Theme{}), text.Runes}
	_, _, ok := m.withoutProblems().chooseLevel(m.innerWidth(m.width, with), m.height, with)
	return ok
}

// withoutProblems is it without what is wrong, which is said in rows of its own: they make
// no question too big, and none of them moves the others about.
func (m *Model) withoutProblems() *Model {
	calm := *m
	calm.problems = nil
	return &calm
}

func (m *Model) buildRows(width, level int, with renderer) []row {
	p := &page{m: m, renderer: with, width: width, level: level}
	p.addBlank(1)
	p.drawNotes()
	p.drawSubject()
	p.drawWarnings()
	p.addBlank(2)
	p.drawEffects()
	if len(m.stops) > 2 {
		p.addBlank(2)
		p.drawForm()
	}
	return p.rows
}

// visibleRows is the part of the rows around the focus that height takes. What is
// above the fields stays, as long as it leaves them some room.
func (m *Model) visibleRows(rows []row, height int) (shown []row, more string) {
	if height < 1 {
		return nil, ""
	}
	if len(rows) <= height {
		return rows, ""
	}
	head := headRows(rows)
	if head+minFormRows > height {
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
		more = m.hiddenFields(rest, from, from+room)
	}
	return slices.Concat(rows[:head], rest[from:from+room]), more
}

// hiddenFields says how many fields are out of sight, and on which side.
func (m *Model) hiddenFields(rows []row, from, to int) string {
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

// buttonLines are the last lines: a word beside them, the verb, Cancel. A word that
// does not fit beside them takes the line above, where there is air.
func (m *Model) buttonLines(width, level int, fits bool, more string, with renderer) []row {
	p := &page{m: m, renderer: with, width: width, level: level}
	s := with.s
	right, areas := m.buttonPair(with, width)
	note, style := m.note, s.Warn
	switch {
	case m.isCountingDown(), m.confirmingDiscard:
		note = ""
	case !fits:
		right, areas = m.cancelOnly(with)
		note = tooSmallNote
	case note == "":
		note, style = more, s.Dim
	}
	room := max(0, width-p.r.Width(right)-2)
	if level < 2 && p.r.Width(note) > room && !m.isCountingDown() {
		p.add(style.Render(p.r.Cut(note, width)))
		note = ""
	} else {
		p.addBlank(2)
	}
	if m.confirmingDiscard {
		p.add(p.discardQuestion())
	} else if m.isCountingDown() {
		// The time of this drawing; it moves with the ticks.
		p.add(s.Bad.Bold(true).Render(m.countdownText(m.clock())) + s.Dim.Render("   ") + s.Key.Render("esc") + s.Text.Render(" stops it"))
		p.rows[len(p.rows)-1].areas = []tui.HitArea{{Width: width, ID: stopCountdownID}}
	} else {
		p.addSplit(style.Render(p.r.Cut(note, room)), right, areas)
	}
	p.addBlank(1)
	return p.rows
}

// cancelOnly is the only button where the question cannot be seen whole.
func (m *Model) cancelOnly(p renderer) (string, []tui.HitArea) {
	style := p.s.Button
	if m.atButtons() {
		style = p.s.ButtonFocus
	}
	button := style.Render(" ▸ " + m.cancelLabel() + " ")
	return button, []tui.HitArea{{Width: p.r.Width(button), ID: stopID(m.cancelIndex())}}
}

func (m *Model) cancelLabel() string {
	if m.prompt.CancelLabel == "" {
		return "Cancel"
	}
	return m.prompt.CancelLabel
}

// buttonPair are the two buttons in width cells. Where y would be typed it is not
// offered without the key that leads to where it acts.
func (m *Model) buttonPair(p renderer, width int) (line string, areas []tui.HitArea) {
	s, safe := p.s, m.cancelLabel()
	yes := "  " + s.Key.Render("y") + " " + m.confirmStyle(s).Render(m.prompt.Verb) + "  "
	if !m.atButtons() {
		first := m.keys.Label(actButtons)
		if m.isBar() {
			first = m.keys.Label(actNext)
		}
		yes = "  " + s.Key.Render(first) + s.Dim.Render(", then ") + s.Key.Render("y") + " " + s.Dim.Render(m.prompt.Verb) + "  "
		if p.r.Width(yes)+p.r.Width(safe)+8 > width {
			yes = "    " + s.Dim.Render(m.prompt.Verb) + "  "
		}
	}
	no := s.Button.Render("   " + safe + " ")
	switch m.focused().kind {
	case stopCancel:
		no = s.ButtonFocus.Render(" ▸ " + safe + " ")
	case stopConfirm:
		yes = s.Key.Render("▸ ") + s.Key.Render("y") + " " + m.confirmStyle(s).Underline(true).Render(m.prompt.Verb) + "  "
	}
	const gap = "  "
	at := p.r.Width(yes)
	return yes + gap + no, []tui.HitArea{
		{X: at + len(gap), Width: p.r.Width(no), ID: stopID(m.cancelIndex())},
		{Width: at, ID: stopID(m.cancelIndex() + 1)},
	}
}

func (m *Model) confirmStyle(s *tui.Styles) lipgloss.Style {
	if m.prompt.Tone == tui.ToneBad {
		return s.ButtonBad
	}
	return s.Tone(m.prompt.Tone).Bold(true)
}
