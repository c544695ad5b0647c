package dialog

import (
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
	rows, level, _ := m.fit(width, s.Height, penOf(s))
	buttons := m.buttons(width, level, m.fits(), penOf(s))
	rows = m.window(rows, s.Height-len(buttons))
	p := tui.Panel{Title: m.prompt.Title, Tone: m.prompt.Tone, Hints: m.hints()}
	lines := make([]string, 0, len(rows)+len(buttons))
	for i, r := range rows {
		lines = append(lines, text.Ruler(s.Cells).Pad(r.text, width))
		if r.cursor != nil {
			p.Cursor = &tea.Cursor{Position: tea.Position{X: r.cursor.X, Y: i}, Color: r.cursor.Color, Shape: r.cursor.Shape, Blink: r.cursor.Blink}
		}
	}
	p.Content = strings.Join(append(lines, buttons...), "\n")
	return p
}

// breadth is how wide the inside of the frame is, of what there is.
func (m *Model) breadth(room int, with pen) int {
	line := with.r.Width(m.prompt.Where)
	for _, part := range m.prompt.Who {
		line += with.r.Width(part) + 3
	}
	return min(room, max(usual, min(line, widest)))
}

// The buttons take a line, and air above it, and air below it.
var buttonRows = [...]int{3, 2, 1}

// fit is the airiest page that height takes; ok is false where none does, and
// the page the tightest.
func (m *Model) fit(width, height int, with pen) (rows []row, level int, ok bool) {
	for level = range buttonRows {
		rows = m.page(width, level, with)
		if len(rows)+buttonRows[level] <= height {
			return rows, level, true
		}
	}
	return rows, level, false
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
	// What is wrong is said in rows of its own; it does not make a question too big.
	calm := *m
	calm.wrong = nil
	with := pen{tui.NewStyles(tui.Theme{}), text.Runes}
	_, _, ok := calm.fit(m.breadth(m.width, with), m.height, with)
	return ok
}

func (m *Model) page(width, level int, with pen) []row {
	p := &page{m: m, pen: with, width: width, level: level}
	p.air(1)
	p.who()
	p.air(2)
	p.effects()
	if len(m.stops) > 2 {
		p.air(2)
		p.form()
	}
	return p.rows
}

// window is the part of the rows around the focus that height takes.
func (m *Model) window(rows []row, height int) []row {
	if height < 1 {
		return nil
	}
	if len(rows) <= height {
		return rows
	}
	from := 0
	if m.atButtons() {
		from = len(rows) - height
	}
	for i, r := range rows {
		if r.stop == m.focus {
			from = max(from, i-height+1)
		}
	}
	return rows[from:min(len(rows), from+height)]
}

// buttons are the last lines: a word beside them, the verb, Cancel.
func (m *Model) buttons(width, level int, fits bool, with pen) []string {
	p := &page{m: m, pen: with, width: width, level: level}
	s := with.s
	p.air(2)
	if m.counting() {
		// The time of this drawing; it moves with the ticks.
		p.add(s.Bad.Bold(true).Render(m.left(m.clock())) + s.Dim.Render("   ") + s.Key.Render("esc") + s.Text.Render(" stops it"))
	} else {
		right, note := m.choices(s), m.note
		if !fits {
			right, note = m.refuse(s), tooSmall
		}
		room := max(0, width-p.r.Width(right)-2)
		note = s.Warn.Render(p.r.Cut(note, room))
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
	if m.prompt.Safe == "" {
		return "Cancel"
	}
	return m.prompt.Safe
}

// choices are the two buttons. The verb's key is lit only where it acts.
func (m *Model) choices(s *tui.Styles) string {
	key, verb := s.Faint, s.Dim
	if m.atButtons() {
		key, verb = s.Key, m.verbStyle(s)
	}
	safe := m.safeWord()
	yes := "  " + key.Render("y") + " " + verb.Render(m.prompt.Verb) + "  "
	no := s.Button.Render("   " + safe + " ")
	switch m.at().kind {
	case stopSafe:
		no = s.ButtonFocus.Render(" ▸ " + safe + " ")
	case stopVerb:
		yes = s.Key.Render("▸ ") + s.Key.Render("y") + " " + verb.Underline(true).Render(m.prompt.Verb) + "  "
	}
	return yes + "  " + no
}

func (m *Model) verbStyle(s *tui.Styles) lipgloss.Style {
	if m.prompt.Tone == tui.ToneBad {
		return s.ButtonBad
	}
	return s.Tone(m.prompt.Tone).Bold(true)
}

// hints are the keys that work at the focus, for the footer.
func (m *Model) hints() []tui.Hint {
	no := tui.Hint{Key: "esc", Word: "cancel"}
	if m.counting() {
		return []tui.Hint{{Key: "esc", Word: "stop"}}
	}
	switch s := m.at(); {
	case s.kind == stopCheck:
		return []tui.Hint{{Key: "space", Word: "tick"}, {Key: "enter", Word: "next"}, no}
	case s.kind == stopInput && m.inputs[s.index].field.Kind == tui.FieldChoice:
		return []tui.Hint{{Key: "← →", Word: "choose"}, {Key: "enter", Word: "next"}, no}
	case s.kind == stopInput:
		return []tui.Hint{{Key: "enter", Word: "next"}, no}
	case s.kind == stopVerb:
		return []tui.Hint{{Key: "y", Word: strings.ToLower(m.prompt.Verb)}, no}
	default:
		return []tui.Hint{{Key: "y", Word: strings.ToLower(m.prompt.Verb)}, {Key: "enter", Word: "cancel"}}
	}
}

// viewBar is the question in two or three lines across the bottom.
func (m *Model) viewBar(s tui.Screen) tui.Panel {
	p := &page{m: m, pen: penOf(s), width: s.Width, level: 2}
	q := m.prompt
	ask := q.Verb
	if len(q.Who) > 0 {
		ask += " " + q.Who[0]
	}
	parts := []string{s.Styles.Bold.Render(p.r.Cut(ask, s.Width-1) + "?")}
	if named := p.named(); len(named) > 1 {
		parts = append(parts, named[1:]...)
	}
	if q.Where != "" {
		parts = append(parts, p.tone(q.WhereTone).Bold(true).Render(q.Where))
	}
	p.add(p.flow(parts, s.Width, false)[0])
	out := tui.Panel{Title: q.Title, Tone: q.Tone, Bar: true}
	if len(m.inputs) > 0 && (!m.atButtons() || m.inputs[0].value() != "") {
		p.input(0, 0)
		if c := p.rows[1].cursor; c != nil {
			out.Cursor = &tea.Cursor{Position: tea.Position{X: c.X, Y: 1}, Color: c.Color, Shape: c.Shape, Blink: c.Blink}
		}
	}
	p.add(m.barEnd(s.Width, penOf(s)))
	lines := make([]string, len(p.rows))
	for i, r := range p.rows {
		lines[i] = r.text
	}
	out.Content = strings.Join(lines, "\n")
	return out
}

// barEnd is what the answer does on the left and the answers on the right.
func (m *Model) barEnd(width int, p pen) string {
	s := p.s
	right := m.choices(s)
	if len(m.inputs) > 0 && m.atButtons() {
		right = s.Key.Render("tab") + s.Dim.Render(" "+strings.ToLower(m.inputs[0].field.Label)) + "   " + right
	}
	room := max(0, width-p.r.Width(right)-2)
	var left string
	switch {
	case m.note != "":
		left = s.Warn.Render(p.r.Cut(m.note, room))
	default:
		var parts []string
		for _, e := range m.effects() {
			parts = append(parts, s.Dim.Render(e))
		}
		if m.prompt.WayBack != "" {
			parts = append(parts, s.OK.Render("↺")+s.Dim.Render(" way back: "+m.prompt.WayBack))
		}
		left = p.r.Cut(strings.Join(parts, s.Faint.Render(" · ")), room)
	}
	return left + strings.Repeat(" ", max(1, width-p.r.Width(left)-p.r.Width(right))) + right
}
