package table

import (
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui/text"
)

// StyleSeq is a style taken apart into what is written before and after a text. A
// row has a dozen spans, and to render each through its style costs more than
// all else in a frame. Only colours and attributes count. The zero value writes
// text as it is.
type StyleSeq struct {
	on, off      string
	showsOnBlank bool // on a blank too
}

// NewStyleSeq takes a style apart.
func NewStyleSeq(s lipgloss.Style) StyleSeq {
	on, off, _ := strings.Cut(s.Inline(true).Render("x"), "x")
	_, bare := s.GetBackground().(lipgloss.NoColor)
	return StyleSeq{on, off, !bare || s.GetUnderline() || s.GetReverse() || s.GetStrikethrough()}
}

// Render returns s in the style.
func (k StyleSeq) Render(s string) string {
	if s == "" {
		return ""
	}
	return k.on + s + k.off
}

// Span is a piece of a cell: cleaned, unstyled text and how to write it.
type Span struct {
	Text  string
	Style StyleSeq
}

// Table is what one frame needs to draw a window of a list.
type Table struct {
	Slots []Slot
	// Cell appends the spans of one cell to dst and returns it. They are cut to
	// the slot's width here, but a cell may want to know it ("the end of an id").
	Cell func(dst []Span, row, column, width int) []Span
	// CursorMark stands in the gutter of the cursor's row, which is the cells before the
	// first slot; MarkX is its place in there.
	CursorMark  Span
	CursorMarkX int
	// Gutter stands in the first cell of a row's gutter; nil leaves it blank.
	Gutter    func(row int) Span
	CellWidth text.CellWidth

	cell []Span // reused between cells
}

// Head is the line of column heads, up to the end of the last one.
func (t *Table) Head(columns []Column, head, arrow StyleSeq) string {
	var b strings.Builder
	p, x := lineWriter{b: &b}, 0
	for _, s := range t.Slots {
		c := columns[s.Column]
		spans := append(t.cell[:0], Span{c.Head, head})
		switch c.Order {
		case Ascending:
			spans = append(spans, Span{" ↑", arrow})
		case Descending:
			spans = append(spans, Span{" ↓", arrow})
		}
		p.skip(s.X - x)
		x = s.X + t.writeSpans(&p, spans, s.Width)
		t.cell = spans
	}
	p.finish()
	return b.String()
}

// Row is one row in exactly width cells; marked says that the cursor is on it.
func (t *Table) Row(row int, marked bool, width int) string {
	var b strings.Builder
	b.Grow(3 * width)
	p, x := lineWriter{b: &b}, 0
	if t.Gutter != nil && len(t.Slots) > 0 && t.Slots[0].X > 0 {
		if side := t.Gutter(row); side.Text != "" {
			x = t.writeSpans(&p, append(t.cell[:0], side), 1)
		}
	}
	if marked && len(t.Slots) > 0 && t.CursorMarkX < t.Slots[0].X {
		p.skip(t.CursorMarkX - x)
		x = t.CursorMarkX + t.writeSpans(&p, append(t.cell[:0], t.CursorMark), t.Slots[0].X-t.CursorMarkX)
	}
	for _, s := range t.Slots {
		p.skip(s.X - x)
		t.cell = t.Cell(t.cell[:0], row, s.Column, s.Width)
		x = s.X + t.writeSpans(&p, t.cell, s.Width)
	}
	p.skip(width - x)
	p.finish()
	return b.String()
}

// writeSpans writes the spans into at most width cells and says how many it took.
// What does not fit ends in …, in the style of the span that was cut.
func (t *Table) writeSpans(p *lineWriter, spans []Span, width int) int {
	used := 0
	for i, s := range spans {
		w := t.CellWidth.Width(s.Text)
		room := width - used
		if w < room || w == room && allEmpty(spans[i+1:]) {
			p.write(s.Text, s.Style)
			used += w
			continue
		}
		if room <= 0 {
			break
		}
		// The … of a span that fits but has company after it takes its last cell.
		shown := t.CellWidth.Cut(s.Text+"…", room)
		p.write(shown, s.Style)
		return used + t.CellWidth.Width(shown)
	}
	return used
}

// allEmpty says that nothing is left to be written.
func allEmpty(spans []Span) bool {
	for _, s := range spans {
		if s.Text != "" {
			return false
		}
	}
	return true
}
