package user

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// sheet is lines of facts being written, none wider than width.
type sheet struct {
	width    int
	cells    text.CellWidth
	styles   *tui.Styles
	now      time.Time
	keys     *tui.KeyMap
	lines    []string
	areas    []rowArea
	tails    []listEnd
	headings []int // the lines that head what is below them
	// heights are how many lines the listed took when they were last drawn.
	heights map[rowKey]int
	cache   *drawCache // nil for a sheet that is drawn only once
	// find returns what deserves a second look, where it is not what the user on the
	// sheet has: a mask is no look-alike.
	find       func() []userfmt.Finding
	onlyCounts bool // only how many lines there are is wanted
}

// rowArea is where on a sheet something stands that can be acted on: lines from at
// to end.
type rowArea struct {
	rowEntry
	start, end int
	isBlank    bool // its lines were left out
}

// rowEntry is something that can be acted on. draw writes it, its head in a style.
type rowEntry struct {
	rowKey
	row      func() action.PartRow
	draw     func(p *sheet, head lipgloss.Style)
	position func() string // which of a list it is ("session 3 of 1,203"), nil where it is of none
}

// rowKey tells a row from all others of a tab, whatever comes and goes around it.
type rowKey struct {
	part ops.Part
	id   clean.Text
}

// addRow writes something that can be acted on. Its head stands out while the
// cursor is there; how many lines it takes does not depend on that.
func (p *sheet) addRow(row action.PartRow, draw func(p *sheet, head lipgloss.Style)) {
	at := len(p.lines)
	draw(p, p.styles.Text)
	e := rowEntry{rowKey: rowKey{row.Part, row.Item.ID}, row: func() action.PartRow { return row }, draw: draw}
	p.areas = append(p.areas, rowArea{rowEntry: e, start: at, end: len(p.lines)})
}

// addListRow is item for lists that may have thousands: what was drawn once is only
// counted, until show draws what is in sight.
func (p *sheet) addListRow(e rowEntry) {
	s := rowArea{rowEntry: e, start: len(p.lines)}
	height, known := p.heights[e.rowKey]
	if s.isBlank = known; known {
		for range height {
			p.lines = append(p.lines, " ") // an empty line would be taken for a gap
		}
	} else if e.draw(p, p.styles.Text); p.heights != nil {
		p.heights[e.rowKey] = len(p.lines) - s.start
	}
	s.end = len(p.lines)
	p.areas = append(p.areas, s)
}

// drawVisible draws the listed that are in sight, from one line to another.
func (p *sheet) drawVisible(from, to int) {
	for _, s := range p.areas {
		if s.isBlank && s.end > from && s.start < to {
			drawn := p.newInner(p.width)
			s.draw(drawn, p.styles.Text)
			p.heights[s.rowKey] = len(drawn.lines)
			copy(p.lines[s.start:s.end], drawn.lines)
		}
	}
}

// drawSelected draws the spot as it looks under the cursor.
func (p *sheet) drawSelected(s rowArea) {
	lit := p.newInner(p.width)
	s.draw(lit, p.styles.Bold)
	copy(p.lines[s.start:s.end], lit.lines)
}

func newSheet(s tui.Screen, width int) *sheet {
	return &sheet{width: width, cells: text.CellWidth(s.Cells), styles: s.Styles, now: s.Now, keys: s.Keys}
}

// newInner is a sheet for a part of this one.
func (p *sheet) newInner(width int) *sheet {
	return &sheet{width: max(1, width), cells: p.cells, styles: p.styles, now: p.now, keys: p.keys, find: p.find}
}

// span is text with one style; the text is cleaned.
type span struct {
	text  string
	style lipgloss.Style
}

// paint is a text in a style, nothing where it is only counted.
func (p *sheet) paint(style lipgloss.Style, t string) string {
	if p.onlyCounts {
		return ""
	}
	return style.Render(t)
}

// addGap is an empty line, but never a second one and none at the top.
func (p *sheet) addGap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// add writes spans side by side, cut at the width.
func (p *sheet) add(spans ...span) {
	p.lines = append(p.lines, joinSpans(p.cells, p.width, spans...))
}

// prose writes a text in as many lines as it takes.
func (p *sheet) prose(t string, style lipgloss.Style) {
	for _, l := range p.cells.Wrap(t, p.width) {
		p.lines = append(p.lines, style.Render(l))
	}
}

// addSection opens a section.
func (p *sheet) addSection(name string) {
	p.addGap()
	p.addHeading(span{name, p.styles.Heading})
}

// addHeading writes a line that means nothing without the one below it.
func (p *sheet) addHeading(spans ...span) {
	p.headings = append(p.headings, len(p.lines))
	p.add(spans...)
}

// labelWidth is how wide the column of labels is; but in the narrowest of sheets the
// longest label fits.
func (p *sheet) labelWidth() int {
	const longest = len("Create organizations")
	if p.width >= 2*longest {
		return max(longest, min(23, p.width/4))
	}
	return max(10, p.width/4)
}

// addField is a label and its value, wrapped beside it, with what is to be noted
// dimly behind or below.
func (p *sheet) addField(label string, value span, notes ...span) {
	col := p.labelWidth()
	room := max(1, p.width-col-1)
	wrapped := p.cells.Wrap(value.text, room)
	if len(wrapped) == 0 {
		wrapped = []string{""}
	}
	head := p.styles.Dim.Render(p.cells.Pad(label, col)) + " "
	indent := strings.Repeat(" ", col+1)
	at := len(p.lines)
	for _, l := range wrapped {
		p.lines = append(p.lines, indent+value.style.Render(l))
	}
	p.lines[at] = head + value.style.Render(wrapped[0])
	used := p.cells.Width(wrapped[len(wrapped)-1])
	for _, n := range notes {
		w := p.cells.Width(n.text)
		last := len(p.lines) - 1
		if used+2+w <= room {
			p.lines[last] += "  " + n.style.Render(n.text)
			used += 2 + w
			continue
		}
		for _, l := range p.cells.Wrap(n.text, room) {
			p.lines = append(p.lines, indent+n.style.Render(l))
			used = p.cells.Width(l)
		}
	}
}

// plain, dim, faint, warn and ok are spans in the sheet's styles.
func (p *sheet) plain(t string) span { return span{t, p.styles.Text} }
func (p *sheet) dim(t string) span   { return span{t, p.styles.Dim} }
func (p *sheet) faint(t string) span { return span{t, p.styles.Faint} }
func (p *sheet) warn(t string) span  { return span{t, p.styles.Warn} }
func (p *sheet) ok(t string) span    { return span{t, p.styles.OK} }

// blank is cells without a style.
func (p *sheet) blank(n int) span {
	return span{strings.Repeat(" ", max(0, n)), lipgloss.NewStyle()}
}

// hint is the key of an action and what it does; without a key nothing.
func (p *sheet) hint(action, does string) []span {
	if p.keys == nil || p.keys.Label(action) == "" {
		return nil
	}
	return []span{{p.keys.Label(action), p.styles.Key}, p.dim("  " + does)}
}

// joinSpans is spans side by side in at most width cells.
func joinSpans(r text.CellWidth, width int, spans ...span) string {
	var b strings.Builder
	for _, sp := range spans {
		if width <= 0 {
			break
		}
		cut := r.Cut(sp.text, width)
		b.WriteString(sp.style.Render(cut))
		width -= r.Width(cut)
	}
	return b.String()
}

// beside puts two blocks side by side: left padded to width cells.
func beside(r text.CellWidth, left []string, width int, right []string) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		l := ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) && right[i] != "" {
			l += strings.Repeat(" ", max(0, width-r.Width(l))) + right[i]
		}
		out[i] = l
	}
	return out
}
