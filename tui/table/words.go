package table

import (
	"strings"

	"github.com/dustin/go-humanize"
)

// rowInWords returns a row as one line of words, for screen readers.
func (t *Table) rowInWords(row int, marked bool, width int) string {
	const indent = 3
	var b strings.Builder
	p, x := lineWriter{b: &b}, 0
	if marked {
		p.skip(t.CursorMarkX)
		x = t.CursorMarkX + t.writeSpans(&p, append(t.cell[:0], t.CursorMark), indent-t.CursorMarkX)
	}
	p.skip(indent - x)
	lead := humanize.Comma(int64(row+1)) + " of " + t.Total + ": "
	if t.Gutter != nil && t.Gutter(row).Text != "" {
		lead += "marked, "
	}
	x = indent + t.writeSpans(&p, append(t.cell[:0], Span{Text: lead}), width-indent)
	between := ""
	for _, s := range t.Slots {
		t.cell = t.Cell(append(t.cell[:0], Span{Text: between}), row, s.Column, max(0, width-x-len(between)))
		if allEmpty(t.cell[1:]) {
			continue
		}
		x += t.writeSpans(&p, t.cell, width-x)
		between = ", "
	}
	p.finish()
	return b.String()
}
