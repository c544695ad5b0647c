package user

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// sheet collects lines of text, none wider than width.
type sheet struct {
	width    int
	cells    text.CellWidth
	styles   *tui.Styles
	now      time.Time
	keys     *tui.KeyMap
	lines    []string
	areas    []rowArea
	tails    []listEnd
	headings []int // the lines that are headings
	// heights are the heights of list rows when they were last drawn.
	heights map[rowKey]int
	cache   *drawCache // nil for a sheet that is drawn only once
	// find returns what deserves a second look, where it is not what the user on the
	// sheet has: a mask is no look-alike.
	find       func() []userfmt.Finding
	onlyCounts bool // the lines are counted, not rendered
	known      verdict.Facts
	above      verdictRest
}

// rowArea is where a row with actions is on a sheet: lines start to end.
type rowArea struct {
	rowEntry
	start, end int
	isBlank    bool // the lines are placeholders, see drawVisible
}

// rowEntry is a row that can be acted on. draw draws it, with its first value in the
// given style.
type rowEntry struct {
	rowKey
	row      func() action.PartRow
	draw     func(p *sheet, head lipgloss.Style)
	position func() string // "session 3 of 1,203", nil for a row of no list
	// open is what enter does, if it does not open the menu of a part; openTitle says
	// what that is, "" is a record of the journal.
	open      func() tea.Cmd
	openTitle string
}

// rowKey identifies a row among all rows of a tab.
type rowKey struct {
	part ops.Part
	id   clean.Text
}

// addRow draws a row that can be acted on. Its height does not depend on whether the
// cursor is on it.
func (p *sheet) addRow(row action.PartRow, draw func(p *sheet, head lipgloss.Style)) {
	at := len(p.lines)
	draw(p, p.styles.Text)
	e := rowEntry{rowKey: rowKey{row.Part, row.Item.ID}, row: func() action.PartRow { return row }, draw: draw}
	p.areas = append(p.areas, rowArea{rowEntry: e, start: at, end: len(p.lines)})
}

// addListRow is addRow for lists that may have thousands of rows: a row whose height
// is known gets placeholder lines, which drawVisible replaces if they are on the
// screen.
func (p *sheet) addListRow(e rowEntry) {
	s := rowArea{rowEntry: e, start: len(p.lines)}
	height, known := p.heights[e.rowKey]
	if s.isBlank = known; known {
		for range height {
			p.lines = append(p.lines, " ") // addGap would take an empty line for a gap
		}
	} else if e.draw(p, p.styles.Text); p.heights != nil {
		p.heights[e.rowKey] = len(p.lines) - s.start
	}
	s.end = len(p.lines)
	p.areas = append(p.areas, s)
}

// drawVisible draws the placeholder rows that overlap lines from to to.
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

// drawSelected draws a row again as it looks under the cursor.
func (p *sheet) drawSelected(s rowArea) {
	lit := p.newInner(p.width)
	s.draw(lit, p.styles.Bold)
	copy(p.lines[s.start:s.end], lit.lines)
}

func newSheet(s tui.Screen, width int) *sheet {
	return &sheet{width: width, cells: text.CellWidth(s.Cells), styles: s.Styles, now: s.Now, keys: s.Keys}
}

// newInner returns an empty sheet of another width with the same styles.
func (p *sheet) newInner(width int) *sheet {
	return &sheet{width: max(1, width), cells: p.cells, styles: p.styles, now: p.now, keys: p.keys, find: p.find}
}

// span is text in one style. The text is already cleaned.
type span struct {
	text  string
	style lipgloss.Style
}

// paint renders text, or returns "" if lines are only counted.
func (p *sheet) paint(style lipgloss.Style, t string) string {
	if p.onlyCounts {
		return ""
	}
	return style.Render(t)
}

// addGap adds an empty line, but none at the top and never two in a row.
func (p *sheet) addGap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// add adds a line of spans, cut at the width.
func (p *sheet) add(spans ...span) {
	p.lines = append(p.lines, joinSpans(p.cells, p.width, spans...))
}

// addWrapped adds text, wrapped.
func (p *sheet) addWrapped(t string, style lipgloss.Style) {
	for _, l := range p.cells.Wrap(t, p.width) {
		p.lines = append(p.lines, style.Render(l))
	}
}

// addSection adds a gap and a heading.
func (p *sheet) addSection(name string) {
	p.addGap()
	p.addHeading(span{name, p.styles.Heading})
}

// addHeading adds a line that makes no sense without the one below it.
func (p *sheet) addHeading(spans ...span) {
	p.headings = append(p.headings, len(p.lines))
	p.add(spans...)
}

// labelWidth is the width of the column of labels: in all but the narrowest sheets the
// longest label fits.
func (p *sheet) labelWidth() int {
	const longest = len("Create organizations") + 2
	if p.width >= 2*longest {
		return longest
	}
	return max(10, p.width/4)
}

// addField adds a label and its value, wrapped beside it. Notes follow the value on
// its line where they fit, else below.
func (p *sheet) addField(label string, value span, notes ...span) {
	if p.styles.Plain {
		p.addFieldInWords(label, value, notes)
		return
	}
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

// plain, dim, faint, warn and ok return spans in the sheet's styles.
func (p *sheet) plain(t string) span { return span{t, p.styles.Text} }
func (p *sheet) dim(t string) span   { return span{t, p.styles.Dim} }
func (p *sheet) faint(t string) span { return span{t, p.styles.Faint} }
func (p *sheet) warn(t string) span  { return span{t, p.styles.Warn} }
func (p *sheet) ok(t string) span    { return span{t, p.styles.OK} }

// blank returns n cells without a style.
func (p *sheet) blank(n int) span {
	return span{strings.Repeat(" ", max(0, n)), lipgloss.NewStyle()}
}

// hint returns the key of an action and what it does, nothing if the action has no
// key.
func (p *sheet) hint(action, does string) []span {
	if p.keys == nil || p.keys.Label(action) == "" {
		return nil
	}
	return []span{{p.keys.Label(action), p.styles.Key}, p.dim("  " + does)}
}

// joinSpans renders spans side by side in at most width cells.
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

// beside puts two blocks side by side; the lines of left are padded to width cells.
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
