package table

import (
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui/text"
)

// StyleSeq is a style as the sequences written before and after a text. A row has a
// dozen spans, and rendering each through its lipgloss style costs more than everything
// else in a frame. Only colours and attributes are kept. The zero value writes text
// unstyled.
type StyleSeq struct {
	on, off      string
	showsOnBlank bool // visible on a blank too
}

// NewStyleSeq returns the sequences of a style.
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

// Span is a piece of a cell: cleaned, unstyled text and its style.
type Span struct {
	Text  string
	Style StyleSeq
}

// Table holds what one frame needs to draw a window of a list.
type Table struct {
	Slots []Slot
	// Cell appends the spans of one cell to dst and returns it. They are cut to width
	// afterwards; width is passed for a cell that shortens its text itself.
	Cell func(dst []Span, row, column, width int) []Span
	// CursorMark is drawn in the gutter of the cursor's row, the cells before the first
	// slot; MarkX is its place there.
	CursorMark  Span
	CursorMarkX int
	// Gutter returns what is drawn in the first cell of a row's gutter; nil leaves it
	// blank.
	Gutter    func(row int) Span
	CellWidth text.CellWidth
	// Total is the number of rows as it is said. If it is set, rows are lines of words, for
	// screen readers: "3 of 40: Maya Okafor, locked 47 min".
	Total string

	cell []Span // reused for every cell
}

// Head returns the line of column heads, up to the end of the last one.
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

// Row returns one row in exactly width cells; marked reports whether the cursor is on
// it.
func (t *Table) Row(row int, marked bool, width int) string {
	if t.Total != "" {
		return t.rowInWords(row, marked, width)
	}
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

// writeSpans writes the spans in at most width cells and returns how many it used. If
// they do not fit they end in …, in the style of the span that was cut.
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
		// If a span fits but more follows, the … takes its last cell.
		shown := t.CellWidth.Cut(s.Text+"…", room)
		p.write(shown, s.Style)
		return used + t.CellWidth.Width(shown)
	}
	return used
}

// allEmpty reports whether nothing is left to be written.
func allEmpty(spans []Span) bool {
	for _, s := range spans {
		if s.Text != "" {
			return false
		}
	}
	return true
}
