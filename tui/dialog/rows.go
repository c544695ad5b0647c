package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	// usualWidth is the width of the inside of the frame if there is room; it grows up
	// to maxWidth if that puts the parts of the Subject on one line.
	usualWidth, maxWidth = 66, 84
	// maxLabelWidth limits the column of field labels.
	maxLabelWidth = 24
	tooSmallNote  = "make the window larger"
)

// row is one line of the question; stop is the stop it belongs to. Rows of the form may
// scroll out of view, rows above them may not.
type row struct {
	text   string
	stop   int
	form   bool
	cursor *tea.Cursor
	areas  []tui.HitArea // of the buttons in it
}

const noStop = -1

// renderer holds what drawing needs: styles, and how cells are counted.
type renderer struct {
	s *tui.Styles
	r text.CellWidth
}

func newRenderer(s tui.Screen) renderer { return renderer{s.Styles, text.CellWidth(s.Cells)} }

// page builds rows at one level of density: 0 has blank lines, 1 none below the fields
// and at the edges, 2 has no blank lines, no picture and no context.
type page struct {
	m *Model
	renderer
	width int
	level int
	rows  []row
}

func (p *page) add(line string) {
	p.rows = append(p.rows, row{text: p.r.Cut(line, p.width), stop: noStop})
}

// addSplit adds a row with one text at the left edge and one at the right, whose areas
// are relative to its start.
func (p *page) addSplit(left, right string, areas []tui.HitArea) {
	at := p.r.Width(left)
	gap := max(1, p.width-at-p.r.Width(right))
	if p.s.Plain { // a line of their own each
		if left != "" {
			p.add(left)
		}
		left, at, gap = "", 0, 0
	}
	p.add(left + strings.Repeat(" ", gap) + right)
	last := &p.rows[len(p.rows)-1]
	for _, area := range areas {
		area.X += at + gap
		last.areas = append(last.areas, area)
	}
}

// layOut turns rows into a panel's lines, with the cursor and the areas in them.
func (p *page) layOut(rows []row, out *tui.Panel) {
	lines := make([]string, len(rows))
	for y, r := range rows {
		lines[y] = r.text
		if r.cursor != nil {
			c := *r.cursor
			c.Y, out.Cursor = y, &c
		}
	}
	out.Content, out.HitAreas = strings.Join(lines, "\n"), hitAreas(rows, p.width)
	if p.s.Plain {
		p.m.placeCursor(rows, out)
	}
}

func (p *page) addBlank(below int) {
	if p.level < below {
		p.add("")
	}
}

// drawSubject draws the user, beside the picture if there is one, and the instance.
func (p *page) drawSubject() {
	q := p.m.prompt
	parts := p.subjectParts()
	if q.Instance != "" {
		parts = append(parts, p.tone(q.InstanceTone).Bold(true).Render(p.r.Cut(q.Instance, p.width)))
	}
	picture := q.Picture
	wide := 0
	for _, l := range picture {
		wide = max(wide, p.r.Width(l))
	}
	if p.level > 1 || p.s.Plain || wide == 0 || wide > p.width/3 {
		picture, wide = nil, -3
	}
	beside := p.width - wide - 3
	lines := p.flow(parts, beside, len(picture) > 0)
	if len(picture) == 0 {
		lines = p.withTile(lines, parts, beside)
	}
	if p.level < 2 {
		for _, c := range q.Context {
			lines = append(lines, p.s.Dim.Render(p.r.Cut(c, beside)))
		}
	}
	if source := p.m.typeSource(); source != "" {
		lines = append(lines, p.s.Dim.Render(p.r.Cut(source, beside)))
	}
	for i := range max(len(lines), len(picture)) {
		text := ""
		if i < len(picture) {
			text = picture[i]
		}
		if len(picture) > 0 {
			text += strings.Repeat(" ", wide+3-p.r.Width(text))
		}
		if i < len(lines) {
			text += lines[i]
		}
		p.add(text)
	}
}

// drawNotes draws why the question opened by itself, or again.
func (p *page) drawNotes() {
	q := p.m.prompt
	if q.Note != "" {
		p.drawMarked("! ", p.s.Info, q.Note, p.s.Text)
	}
	for _, what := range q.Errors {
		p.drawMarked("✗ ", p.s.Bad, what, p.s.Bad)
	}
	if q.Note != "" || len(q.Errors) > 0 {
		p.addBlank(2)
	}
}

// drawWarnings draws what to check before confirming.
func (p *page) drawWarnings() {
	for _, w := range p.m.prompt.Warnings {
		p.drawMarked("! ", p.s.Warn, w, p.s.Warn)
	}
}

// drawNamesakes draws who else has the name, and the blank line below, which long lines
// may take. Its height depends on nothing that a Lookup brings.
func (p *page) drawNamesakes() {
	n := p.m.prompt.Namesakes
	if n == nil {
		p.addBlank(2)
		return
	}
	rows := 1
	if p.level < 2 {
		rows += n.Rows
	}
	lines := p.namesakeLines(n, rows)
	for i := range rows {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		p.add(line)
	}
}

// namesakeLines returns the namesakes in at most that many styled rows.
func (p *page) namesakeLines(n *tui.Namesakes, rows int) []string {
	mark, style := "", p.s.Dim
	if n.Tone != tui.ToneNone {
		mark, style = "! ", p.tone(n.Tone)
	}
	indent := p.r.Width(mark)
	lines := n.Lines
	switch {
	case rows == 1:
		lines = []string{joinNamesakes(lines)}
	case len(lines) > rows:
		lines = p.wrap(joinNamesakes(lines), p.width-indent, rows)
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		if i > 0 {
			mark = strings.Repeat(" ", indent)
		}
		out[i] = style.Render(mark + p.r.Cut(line, p.width-indent))
	}
	return out
}

// joinNamesakes makes one sentence of the lines.
func joinNamesakes(lines []string) string {
	if len(lines) < 2 {
		return strings.Join(lines, "")
	}
	return lines[0] + ": " + strings.Join(lines[1:], "; ")
}

// drawMarked draws a sentence after a mark, in at most two rows.
func (p *page) drawMarked(mark string, lit lipgloss.Style, says string, in lipgloss.Style) {
	for _, line := range p.wrap(says, p.width-2, 2) {
		p.add(lit.Render(mark) + in.Render(line))
		mark = "  "
	}
}

// subjectParts returns the styled parts of Subject: the name bold, the address plain,
// the rest dim.
func (p *page) subjectParts() []string {
	weights := []lipgloss.Style{p.s.Bold, p.s.Text, p.s.Dim}
	var out []string
	for i, part := range p.m.prompt.Subject {
		out = append(out, weights[min(i, 2)].Render(p.r.Cut(part, p.width)))
	}
	return out
}

// flow puts parts side by side as long as they fit, or one per line.
func (p renderer) flow(parts []string, width int, stacked bool) []string {
	const gap = "   "
	var out []string
	for _, part := range parts {
		last := len(out) - 1
		if !stacked && last >= 0 && p.r.Width(out[last])+len(gap)+p.r.Width(part) <= width {
			out[last] += gap + part
			continue
		}
		out = append(out, p.r.Cut(part, width))
	}
	return out
}

// drawEffects draws what will happen and the way back.
func (p *page) drawEffects() {
	effects, most := p.m.effects(), 3
	if p.level > 1 && len(effects) > manyEffects { // the way back and the fields need room too
		most = 1
	}
	for _, e := range effects {
		for i, line := range p.wrap(e, p.width-2, most) {
			mark := p.s.Text.Render("•")
			if i > 0 {
				mark = " "
			}
			p.add(mark + " " + p.s.Text.Render(line))
		}
	}
	p.drawUndo()
	if o := p.m.prompt.Alternative; o != nil {
		p.add(p.s.Key.Render(p.m.keys.Label(actAlternative)) + " " + p.s.Text.Render(o.Title+": "+o.Why))
	}
}

// manyEffects is the number of effects above which each has one row in a small window.
const manyEffects = 4

// drawUndo draws how to undo it, or that this is not possible.
func (p *page) drawUndo() {
	if p.m.prompt.ReadOnly {
		return
	}
	if way := p.m.prompt.WayBack; way != "" {
		const label = "To undo: "
		lead := p.s.OK.Render("↺") + " " + p.s.Dim.Render(label)
		for _, line := range p.wrap(way, p.width-2-len(label), 3) {
			p.add(lead + p.s.Text.Render(line))
			lead = strings.Repeat(" ", 2+len(label))
		}
	} else {
		p.add(p.s.Bad.Render("!") + " " + p.s.Bad.Render("This cannot be undone."))
	}
}

func (p renderer) wrap(long string, width, lines int) []string {
	out := p.r.Wrap(long, max(1, width))
	if len(out) > lines {
		out = out[:lines]
		out[lines-1] = p.r.Cut(out[lines-1]+" …", width)
	}
	return out
}

func (p *page) tone(t tui.Tone) lipgloss.Style { return p.s.Tone(t) }
