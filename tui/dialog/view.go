package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// View draws the question: a bar, or the inside of a frame.
func (m *Model) View(s tui.Screen) tui.Panel {
	if m.isBar() {
		return m.viewBar(s)
	}
	width := m.innerWidth(s.Width, newRenderer(s))
	_, level, _ := m.withoutProblems().chooseLevel(width, s.Height, newRenderer(s))
	rows := m.buildRows(width, level, newRenderer(s))
	rows, more := m.visibleRows(rows, s.Height-buttonRows[level])
	if m.showSending {
		newRenderer(s).dimForm(rows)
	}
	buttons := m.buttonLines(width, level, m.fitsWindow(), more, s)
	out := tui.Panel{Title: cmp.Or(m.prompt.Heading, m.prompt.Title), Tone: m.prompt.Tone, Hints: m.hints()}
	for i := range rows {
		rows[i].text = text.CellWidth(s.Cells).Pad(rows[i].text, width)
	}
	p := &page{m: m, renderer: newRenderer(s), width: width}
	p.layOut(append(rows, buttons...), &out)
	return out
}

// innerWidth returns the width of the inside of the frame within the room there is.
func (m *Model) innerWidth(room int, with renderer) int {
	line := with.r.Width(m.prompt.Instance)
	for _, part := range m.prompt.Subject {
		line += with.r.Width(part) + 3
	}
	if m.prompt.Tile.Initials != "" {
		line += tileWidth
	}
	return min(room, max(usualWidth, min(line, maxWidth)))
}

// buttonRows is the height of the buttons at each level: the buttons, a blank line
// above, one below.
var buttonRows = [...]int{3, 2, 1}

// minFormRows is how many rows of a scrolling form must be visible.
const minFormRows = 3

// chooseLevel returns the loosest page that fits the height. If none fits, ok is false
// and the page is the densest; its form may scroll, what is above the form must be
// completely visible.
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

// headRows returns how many rows are above the fields.
func headRows(rows []row) int {
	for i, r := range rows {
		if r.form {
			return i
		}
	}
	return len(rows)
}

// fitsWindow reports whether the whole question is visible at once: only then can it be
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

// withoutProblems returns a copy without error rows, which must neither make a question
// too large nor decide how the others are laid out.
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
	p.drawNamesakes()
	p.drawEffects()
	if len(m.stops) > 2 {
		p.addBlank(2)
		p.drawForm()
	}
	return p.rows
}

// visibleRows returns the rows around the focus that fit the height. What is above the
// fields stays as long as it leaves room for them.
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
		if r.stop == m.focus { // together with what follows it, as far as there is room
			from = max(0, min(i-room/4, len(rest)-room))
		}
	}
	if head > 0 {
		more = m.hiddenFields(rest, from, from+room)
	}
	return slices.Concat(rows[:head], rest[from:from+room]), more
}

// hiddenFields says how many fields are out of view, and on which side.
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

// buttonLines returns the last lines: a note, the verb, Cancel. A note that does not
// fit beside them takes the blank line above.
func (m *Model) buttonLines(width, level int, fits bool, more string, screen tui.Screen) []row {
	with := newRenderer(screen)
	p := &page{m: m, renderer: with, width: width, level: level}
	s := with.s
	right, areas := m.buttonPair(with, width)
	note, style := m.note, s.Warn
	switch {
	case m.showSending:
		right, areas = m.sendingLine(with, screen, width)
		note = ""
	case m.isCountingDown(), m.confirmingDiscard:
		note = ""
	case !fits:
		right, areas = m.cancelOnly(with)
		note = tooSmallNote
	case note == "":
		note, style = more, s.Dim
	}
	room := max(0, width-p.r.Width(right)-2)
	if note == more && p.r.Width(note) > room {
		note = strings.ReplaceAll(note, " more", "")
	}
	if level < 2 && p.r.Width(note) > room && !m.isCountingDown() {
		p.add(style.Render(p.r.Cut(note, width)))
		note = ""
	} else {
		p.addBlank(2)
	}
	if m.confirmingDiscard {
		p.add(p.discardQuestion())
	} else if m.isCountingDown() && !m.showSending {
		p.addCountdown()
	} else {
		p.addSplit(style.Render(p.r.Cut(note, room)), right, areas)
	}
	p.addBlank(1)
	return p.rows
}

// cancelOnly returns the only button of a question that is not completely visible.
func (m *Model) cancelOnly(p renderer) (string, []tui.HitArea) {
	label := m.cancelLabel()
	button := p.button(p.s.Button.Render(label))
	switch {
	case p.s.Plain && m.atButtons():
		button = label + ", chosen"
	case p.s.Plain:
		button = label
	case m.atButtons():
		button = p.s.ButtonFocus.Render(" ▸ " + label + " ")
	}
	return button, []tui.HitArea{{Width: p.r.Width(button), ID: stopID(m.cancelIndex())}}
}

func (m *Model) cancelLabel() string {
	if m.prompt.CancelLabel == "" {
		return "Cancel"
	}
	return m.prompt.CancelLabel
}

// buttonPair returns the two buttons in width cells. Where y would be typed as text, it
// is shown with the key that leads to the buttons.
func (m *Model) buttonPair(p renderer, width int) (line string, areas []tui.HitArea) {
	if p.s.Plain {
		return m.buttonsInWords(p)
	}
	s, safe := p.s, m.cancelLabel()
	key := s.Button.Underline(true).Bold(true).Render("y")
	yes := p.button(key + s.Button.Bold(true).Render(" "+m.prompt.Verb))
	if !m.atButtons() {
		first := m.keys.Label(actButtons)
		if m.isBar() {
			first = m.keys.Label(actNext)
		}
		key = s.Button.Underline(true).Render("y")
		yes = s.Key.Render(first) + s.Dim.Render(", then ") + p.button(key+s.Button.Render(" "+m.prompt.Verb))
		if p.r.Width(yes)+p.r.Width(safe)+8 > width {
			yes = p.button(s.Button.Render(m.prompt.Verb))
		}
	}
	no := p.button(s.Button.Render(safe))
	switch m.focused().kind {
	case stopCancel:
		no = s.ButtonFocus.Render(" ▸ " + safe + " ")
	case stopConfirm:
		yes = m.confirmFocusStyle(s).Render(" ▸ y " + m.prompt.Verb + " ")
	}
	const gap = "  "
	at := p.r.Width(yes)
	return yes + gap + no, []tui.HitArea{
		{X: at + len(gap), Width: p.r.Width(no), ID: stopID(m.cancelIndex())},
		{Width: at, ID: stopID(m.cancelIndex() + 1)},
	}
}

func (m *Model) confirmFocusStyle(s *tui.Styles) lipgloss.Style {
	if m.prompt.Tone == tui.ToneBad {
		return s.ButtonBadFocus
	}
	return s.ButtonFocus
}

// button draws a label, which is rendered in the style of a button, as a button without
// focus: in brackets where it has no background.
func (p renderer) button(label string) string {
	if !p.s.HasButtonBackground() {
		return "[ " + label + " ]"
	}
	return p.s.Button.Render("  ") + label + p.s.Button.Render("  ")
}
