package dialog

import (
	"cmp"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
)

// roomyHeight is the height from which a bar reserves the row of its field before it is
// used, so that nothing moves when it opens.
const roomyHeight = 14

// rowsHeight is the height from which everything in a bar has a row of its own.
const rowsHeight = 20

// viewBar draws the question in a few lines across the bottom: user and instance,
// effects and way back, the field, the buttons. In a narrow window each has its own
// line; in a low one only the effects are left out.
func (m *Model) viewBar(s tui.Screen) tui.Panel {
	p := &page{m: m, renderer: newRenderer(s), width: s.Width, level: 2}
	out := tui.Panel{Title: cmp.Or(m.prompt.Heading, m.prompt.Title), Tone: m.prompt.Tone, Bar: true}
	parts := m.barQuestion(p)
	for _, line := range p.withTile(p.flow(parts, s.Width, false), parts, s.Width) {
		p.add(line)
	}
	if n := m.prompt.Namesakes; n != nil && s.Height >= roomyHeight {
		p.add(p.namesakeLines(n, 1)[0])
	}
	if s.Height >= rowsHeight {
		m.addBarRows(p, s)
	} else {
		m.addBarLines(p, s)
	}
	p.layOut(p.rows, &out)
	return out
}

// addBarRows adds the rest as in a frame, each in its rows: effects, way back, field,
// buttons with the note beside them.
func (m *Model) addBarRows(p *page, s tui.Screen) {
	p.drawEffects()
	if len(m.inputs) > 0 {
		m.addBarField(p)
	}
	right, areas := m.barButtons(p)
	m.addBarEnd(p, s, p.s.Warn.Render(m.note), right, areas)
}

// addBarField adds the field, dimmed while the question is sending.
func (m *Model) addBarField(p *page) {
	from := len(p.rows)
	p.drawInput(0, 0)
	if m.showSending {
		p.dim(p.rows[from:])
	}
}

// addBarEnd adds the last row: a message and the buttons.
func (m *Model) addBarEnd(p *page, s tui.Screen, says, right string, areas []tui.HitArea) {
	switch {
	case m.showSending:
		right, areas = m.sendingLine(p.renderer, s, s.Width)
	case m.confirmingDiscard:
		says, right, areas = p.discardQuestion(), "", nil
	}
	p.addSplit(p.r.Cut(says, max(0, s.Width-p.r.Width(right)-2)), right, areas)
}

// addBarLines adds the rest in as few lines as it fits.
func (m *Model) addBarLines(p *page, s tui.Screen) {
	field := len(m.inputs) > 0 && (s.Height >= roomyHeight || !m.atButtons() || m.inputs[0].value() != "")
	right, areas := m.barButtons(p)
	reach := p.r.Width(right)
	if s.Height >= roomyHeight {
		reach = m.barButtonsWidth(p)
	}
	room := max(0, s.Width-reach-2)
	one := m.barSingleLine(p, room)
	if one == "" {
		rest := s.Height - len(p.rows) - 1
		if field {
			rest--
		}
		one = m.barEffectRows(p, rest, room)
	}
	if field {
		m.addBarField(p)
	}
	m.addBarEnd(p, s, one, right, areas)
}

// barQuestion returns the question itself, with what identifies the user.
func (m *Model) barQuestion(p *page) []string {
	q, named := m.prompt, p.subjectParts()
	ask := q.Verb
	switch {
	case q.Heading != "":
		ask = q.Heading
		if len(named) > 0 && strings.HasSuffix(ask, " "+q.Subject[0]) {
			named = named[1:]
		}
	case q.ReadOnly: // the user is not changed
		ask = q.Title
	case len(named) > 0:
		ask, named = ask+" "+q.Subject[0], named[1:]
	}
	parts := append([]string{p.s.Bold.Render(p.r.Cut(ask, p.width-1) + "?")}, named...)
	if q.Instance != "" {
		parts = append(parts, p.tone(q.InstanceTone).Bold(true).Render(p.r.Cut(q.Instance, p.width)))
	}
	return parts
}

// barButtons returns the buttons, with the key that leads to the field if there is one.
func (m *Model) barButtons(p *page) (line string, areas []tui.HitArea) {
	line, areas = m.buttonPair(p.renderer, p.width)
	if len(m.inputs) == 0 || !m.atButtons() {
		return line, areas
	}
	if p.s.Plain {
		return line + "; " + m.keys.Label(actNext) + " " + strings.ToLower(p.fieldLabel(m.inputs[0], p.width)), areas
	}
	field := p.s.Key.Render(m.keys.Label(actNext)) + p.s.Dim.Render(" "+strings.ToLower(p.fieldLabel(m.inputs[0], p.width))) + "   "
	if p.r.Width(field)+p.r.Width(line) <= p.width {
		for i := range areas {
			areas[i].X += p.r.Width(field)
		}
		line = field + line
	}
	return line, areas
}

// barButtonsWidth returns the width of the buttons wherever the focus is, so that what
// is beside them does not move with it.
func (m *Model) barButtonsWidth(p *page) int {
	field, buttons := *m, *m
	field.focus, buttons.focus = 0, m.cancelIndex()
	one, _ := field.barButtons(p)
	other, _ := buttons.barButtons(p)
	return max(p.r.Width(one), p.r.Width(other))
}

// barSingleLine returns everything on one row, "" if it does not fit. The effects count
// even while a note replaces them, so that nothing moves.
func (m *Model) barSingleLine(p *page, room int) string {
	words, style := m.barMessage(p)
	undo, between := m.barUndo(p), p.s.Faint.Render(" · ")
	line := func(words []string) string {
		parts := make([]string, 0, len(words)+1)
		for _, w := range words {
			parts = append(parts, style.Render(w))
		}
		if undo != "" {
			parts = append(parts, undo)
		}
		return strings.Join(parts, between)
	}
	if p.r.Width(line(m.effects())) > room || p.r.Width(line(words)) > room {
		return ""
	}
	return line(words)
}

// barEffectRows adds the effects and the way back in at most most rows of their own;
// the way back is kept longest. If it fits beside the buttons in the last row, it is
// returned for there.
func (m *Model) barEffectRows(p *page, most, room int) (last string) {
	words, style := m.barMessage(p)
	rows, usual := p.wrapEach(words), len(p.wrapEach(m.effects()))
	undo := m.barUndo(p)
	if p.r.Width(undo) <= room {
		undo, last = "", undo
	}
	if undo != "" {
		most--
	}
	most = max(0, most)
	if most == 0 && m.note != "" && last == "" {
		last = style.Render(p.r.Cut(m.note, room))
	}
	if len(rows) > most && most > 0 {
		rows[most-1] = p.r.Cut(rows[most-1]+" …", p.width)
	}
	rows = rows[:min(len(rows), most)]
	for len(rows) < min(usual, most) { // a note must not move anything
		rows = append(rows, "")
	}
	for _, row := range rows {
		p.add(style.Render(row))
	}
	if undo != "" {
		p.add(undo)
	}
	return last
}

// barMessage returns the effects or, if there is one, the note in their place.
func (m *Model) barMessage(p *page) ([]string, lipgloss.Style) {
	if m.note != "" {
		return []string{m.note}, p.s.Warn
	}
	return m.effects(), p.s.Dim
}

// wrapEach wraps sentences, into two rows each at most.
func (p *page) wrapEach(all []string) []string {
	var rows []string
	for _, one := range all {
		rows = append(rows, p.wrap(one, p.width, 2)...)
	}
	return rows
}

func (m *Model) barUndo(p *page) string {
	if m.prompt.WayBack == "" {
		return ""
	}
	return p.s.OK.Render("↺") + p.s.Dim.Render(" To undo: "+m.prompt.WayBack)
}
