package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// fieldLabel returns the label in front of a box, with whether it may stay empty if
// that matters and fits.
func (p renderer) fieldLabel(in input, width int) string {
	label := in.field.Label
	switch {
	case in.field.Required && in.field.Kind != tui.FieldChoice:
		label += " (required)"
	case in.field.SkipOnEnter:
		label += " (optional)"
	}
	if p.r.Width(label) > width {
		return in.field.Label
	}
	return label
}

// missingText returns what to say about a required field that is empty.
func (in *input) missingText() string {
	article := "a "
	if strings.ContainsAny(in.field.Label[:min(1, len(in.field.Label))], "AEIOUaeiou") {
		article = "an "
	}
	return article + strings.ToLower(in.field.Label) + " is required"
}

// drawInput draws a label, a box and the line below it: an error or the underline.
// Without room for that line the boxes themselves are underlined.
func (p *page) drawInput(at, index int) {
	in := &p.m.inputs[index]
	col := p.labelColumn()
	label := p.fieldLabel(*in, col-2)
	if in.field.Name == typeToConfirmName && p.r.Width(label) > col-2 {
		// The text to type must be readable in full.
		if least := p.r.Width(label) + 2 + p.r.Width(p.m.demands().TypeToConfirm) + 4; least <= p.width {
			col = p.r.Width(label) + 2
		} else {
			p.add(p.s.Dim.Render(p.r.Cut(label, p.width)))
			p.rows[len(p.rows)-1].stop = at
			label = ""
		}
	}
	label = p.r.Cut(label, col-2)
	style, under := p.s.Dim, p.s.Line
	if p.m.focus == at {
		style, under = p.s.Bold, p.s.Accent
	}
	const tick = 2 // cells reserved for the check mark
	room := p.width - col - tick
	text, cursor := p.drawBox(in, p.m.focus == at, room)
	line := p.r.Pad(style.Render(label), col) + text
	what := p.m.problems[p.m.stops[at]]
	beside := p.level > 0 && what != "" && p.r.Width(line)+5+p.r.Width(what) <= p.width
	switch {
	case beside:
		line += "   " + p.s.Bad.Render("✗ "+what)
	case p.m.isFilledIn(p.m.stops[at]):
		line = p.fillUnderline(line, col+room, under) + " " + p.s.OK.Render("✓")
	case in.field.Kind != tui.FieldChoice:
		line = p.fillUnderline(line, col+room, under)
	}
	p.add(line)
	last := &p.rows[len(p.rows)-1]
	last.stop = at
	if cursor != nil {
		cursor.X += col
		last.cursor = cursor
	}
	p.drawBelowInput(at, col, beside, under)
}

// fillUnderline pads a row: if the underline has no row of its own, it continues behind
// the text.
func (p *page) fillUnderline(line string, width int, under lipgloss.Style) string {
	rest := max(0, width-p.r.Width(line))
	if p.level < 1 || p.s.Plain {
		return line + strings.Repeat(" ", rest)
	}
	if rest > 1 && !strings.HasSuffix(ansi.Strip(line), " ") {
		line, rest = line+" ", rest-1
	}
	return line + under.Render(strings.Repeat("_", rest))
}

// drawBelowInput draws the line below a box.
func (p *page) drawBelowInput(at, col int, beside bool, under lipgloss.Style) {
	in := &p.m.inputs[p.m.stops[at].index]
	indent := col
	if col > p.width/2 { // a sentence would not be readable there
		indent = 0
	}
	switch {
	case beside, p.drawProblem(at, indent):
	case in.box.Dropped() > 0:
		p.add(strings.Repeat(" ", col) + p.s.Warn.Render("! invisible characters were left out"))
	case in.showsMarks():
		p.add(strings.Repeat(" ", col) + p.s.Warn.Render(p.r.Cut("! hidden characters; typing replaces it all", p.width-col)))
	case p.level < 1 && in.field.Kind == tui.FieldChoice:
		p.add("")
	case p.level < 1 && p.m.focus == at && p.m.templateHint(in) != "":
		p.add(strings.Repeat(" ", col) + p.s.Dim.Render(p.r.Cut(p.m.templateHint(in), p.width-col)))
		p.rows[len(p.rows)-1].stop = at
	case p.level < 1:
		p.add(strings.Repeat(" ", col) + under.Render(strings.Repeat("─", p.width-col)))
	}
}

func (p *page) labelColumn() int {
	w, most := 0, min(maxLabelWidth, p.width/3)
	for _, in := range p.m.inputs {
		if in.field.Advanced && !p.m.showAdvanced {
			continue
		}
		// A long label of the text to type has a row of its own.
		if l := p.r.Width(p.fieldLabel(in, most)); in.field.Name != typeToConfirmName || l <= most {
			w = max(w, l)
		}
	}
	return min(w, most) + 2
}

// drawBox draws a field's value in width cells; the cursor is relative to it.
func (p renderer) drawBox(in *input, focused bool, width int) (string, *tea.Cursor) {
	if in.field.Kind == tui.FieldChoice {
		return p.drawChoice(in, focused, width), nil
	}
	box := in.box
	box.Placeholder = in.placeholder(focused, width-1, p.r)
	text, cursor := box.View(width, p.r, p.s)
	if !focused {
		return text, nil
	}
	return text, cursor
}

// drawChoice draws all the choices and what they are about or, without room for that,
// only the chosen one.
func (p renderer) drawChoice(in *input, focused bool, width int) string {
	s := p.s
	lit, mark := s.Text, s.Text
	if focused {
		lit, mark = s.Bold, s.Key
	}
	var all []string
	for i, c := range in.field.Choices {
		if i == in.choice {
			all = append(all, mark.Render("● ")+lit.Render(c))
			continue
		}
		all = append(all, s.Faint.Render("○ ")+s.Dim.Render(c))
	}
	line := strings.Join(all, "   ")
	if p.r.Width(line) > width {
		return mark.Render("‹ ") + lit.Render(p.r.Cut(in.value(), width-4)) + mark.Render(" ›")
	}
	if hint := "   " + in.field.Hint; in.field.Hint != "" && p.r.Width(line)+p.r.Width(hint) <= width {
		line += s.Faint.Render(hint)
	}
	return line
}
