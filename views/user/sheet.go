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
)

// sheet is lines of facts being written, none wider than width.
type sheet struct {
	width int
	r     text.CellWidth
	s     *tui.Styles
	now   time.Time
	keys  *tui.KeyMap
	lines []string
	spots []spot
	tails []tail
	heads []int // the lines that head what is below them
	// heights are how many lines the listed took when they were last drawn.
	heights map[rowKey]int
	kept    *kept // nil for a sheet that is drawn only once
	counts  bool  // only how many lines there are is wanted
}

// spot is where on a sheet something stands that can be acted on: lines from at
// to end.
type spot struct {
	entry
	at, end int
	blank   bool // its lines were left out
}

// entry is something that can be acted on. draw writes it, its head in a style.
type entry struct {
	rowKey
	row   func() action.PartRow
	draw  func(p *sheet, head lipgloss.Style)
	where func() string // which of a list it is ("session 3 of 1,203"), nil where it is of none
}

// rowKey tells a row from all others of a tab, whatever comes and goes around it.
type rowKey struct {
	part ops.Part
	id   clean.Text
}

// item writes something that can be acted on. Its head stands out while the
// cursor is there; how many lines it takes does not depend on that.
func (p *sheet) item(row action.PartRow, draw func(p *sheet, head lipgloss.Style)) {
	at := len(p.lines)
	draw(p, p.s.Text)
	e := entry{rowKey: rowKey{row.Part, row.Item.ID}, row: func() action.PartRow { return row }, draw: draw}
	p.spots = append(p.spots, spot{entry: e, at: at, end: len(p.lines)})
}

// listed is item for lists that may have thousands: what was drawn once is only
// counted, until show draws what is in sight.
func (p *sheet) listed(e entry) {
	s := spot{entry: e, at: len(p.lines)}
	height, known := p.heights[e.rowKey]
	if s.blank = known; known {
		for range height {
			p.lines = append(p.lines, " ") // an empty line would be taken for a gap
		}
	} else if e.draw(p, p.s.Text); p.heights != nil {
		p.heights[e.rowKey] = len(p.lines) - s.at
	}
	s.end = len(p.lines)
	p.spots = append(p.spots, s)
}

// show draws the listed that are in sight, from one line to another.
func (p *sheet) show(from, to int) {
	for _, s := range p.spots {
		if s.blank && s.end > from && s.at < to {
			drawn := p.inner(p.width)
			s.draw(drawn, p.s.Text)
			p.heights[s.rowKey] = len(drawn.lines)
			copy(p.lines[s.at:s.end], drawn.lines)
		}
	}
}

// raise draws the spot as it looks under the cursor.
func (p *sheet) raise(s spot) {
	lit := p.inner(p.width)
	s.draw(lit, p.s.Bold)
	copy(p.lines[s.at:s.end], lit.lines)
}

func newSheet(s tui.Screen, width int) *sheet {
	return &sheet{width: width, r: text.CellWidth(s.Cells), s: s.Styles, now: s.Now, keys: s.Keys}
}

// inner is a sheet for a part of this one.
func (p *sheet) inner(width int) *sheet {
	return &sheet{width: max(1, width), r: p.r, s: p.s, now: p.now, keys: p.keys}
}

// span is text with one style; the text is cleaned.
type span struct {
	text  string
	style lipgloss.Style
}

// paint is a text in a style, nothing where it is only counted.
func (p *sheet) paint(style lipgloss.Style, t string) string {
	if p.counts {
		return ""
	}
	return style.Render(t)
}

// gap is an empty line, but never a second one and none at the top.
func (p *sheet) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// add writes spans side by side, cut at the width.
func (p *sheet) add(spans ...span) {
	p.lines = append(p.lines, run(p.r, p.width, spans...))
}

// prose writes a text in as many lines as it takes.
func (p *sheet) prose(t string, style lipgloss.Style) {
	for _, l := range p.r.Wrap(t, p.width) {
		p.lines = append(p.lines, style.Render(l))
	}
}

// heading opens a section.
func (p *sheet) heading(name string) {
	p.gap()
	p.head(span{name, p.s.Heading})
}

// head writes a line that means nothing without the one below it.
func (p *sheet) head(spans ...span) {
	p.heads = append(p.heads, len(p.lines))
	p.add(spans...)
}

// labels is how wide the column of labels is; but in the narrowest of sheets the
// longest label fits.
func (p *sheet) labels() int {
	const longest = len("Create organizations")
	if p.width >= 2*longest {
		return max(longest, min(23, p.width/4))
	}
	return max(10, p.width/4)
}

// row is a label and its value, wrapped beside it, with what is to be noted
// dimly behind or below.
func (p *sheet) row(label string, value span, notes ...span) {
	col := p.labels()
	room := max(1, p.width-col-1)
	wrapped := p.r.Wrap(value.text, room)
	if len(wrapped) == 0 {
		wrapped = []string{""}
	}
	head := p.s.Dim.Render(p.r.Pad(label, col)) + " "
	indent := strings.Repeat(" ", col+1)
	at := len(p.lines)
	for _, l := range wrapped {
		p.lines = append(p.lines, indent+value.style.Render(l))
	}
	p.lines[at] = head + value.style.Render(wrapped[0])
	used := p.r.Width(wrapped[len(wrapped)-1])
	for _, n := range notes {
		w := p.r.Width(n.text)
		last := len(p.lines) - 1
		if used+2+w <= room {
			p.lines[last] += "  " + n.style.Render(n.text)
			used += 2 + w
			continue
		}
		for _, l := range p.r.Wrap(n.text, room) {
			p.lines = append(p.lines, indent+n.style.Render(l))
			used = p.r.Width(l)
		}
	}
}

// plain, dim, faint, warn and ok are spans in the sheet's styles.
func (p *sheet) plain(t string) span { return span{t, p.s.Text} }
func (p *sheet) dim(t string) span   { return span{t, p.s.Dim} }
func (p *sheet) faint(t string) span { return span{t, p.s.Faint} }
func (p *sheet) warn(t string) span  { return span{t, p.s.Warn} }
func (p *sheet) ok(t string) span    { return span{t, p.s.OK} }

// blank is cells without a style.
func (p *sheet) blank(n int) span {
	return span{strings.Repeat(" ", max(0, n)), lipgloss.NewStyle()}
}

// hint is the key of an action and what it does; without a key nothing.
func (p *sheet) hint(action, does string) []span {
	if p.keys == nil || p.keys.Label(action) == "" {
		return nil
	}
	return []span{{p.keys.Label(action), p.s.Key}, p.dim("  " + does)}
}

// run is spans side by side in at most width cells.
func run(r text.CellWidth, width int, spans ...span) string {
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
