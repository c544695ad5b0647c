package main

import (
	"image/color"
	"slices"
	"strings"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// cell is one cell of a screen. A nil colour is the terminal's own.
type cell struct {
	text                                   string // "" in the second half of a wide character
	width                                  int    // 0 there
	fg, bg                                 color.Color
	bold, faint, italic, underline, strike bool
	reverse                                bool
}

// blank reports whether nothing is to be seen in the cell: a space, or Braille without
// a dot.
func (c cell) blank() bool { return strings.Trim(c.text, " \u2800") == "" }

// screen is what a terminal shows.
type screen struct {
	cols, rows int
	cells      []cell
	// cursorX and cursorY are the cursor's place, -1 where it is hidden.
	cursorX, cursorY int
}

func (s *screen) at(x, y int) *cell { return &s.cells[y*s.cols+x] }

// row returns the cells of a row.
func (s *screen) row(y int) []cell { return s.cells[y*s.cols : (y+1)*s.cols] }

// readScreen copies the emulator's cells.
func readScreen(em *vt.Emulator, cols, rows int) *screen {
	s := &screen{cols: cols, rows: rows, cells: make([]cell, cols*rows), cursorX: -1, cursorY: -1}
	if !em.CursorHidden() {
		at := em.CursorPosition()
		s.cursorX, s.cursorY = at.X, at.Y
	}
	for y := range rows {
		for x := 0; x < cols; {
			from := em.CellAt(x, y)
			if from == nil {
				*s.at(x, y) = cell{text: " ", width: 1}
				x++
				continue
			}
			*s.at(x, y) = readCell(from)
			for step := x + 1; step < x+from.Width && step < cols; step++ {
				*s.at(step, y) = cell{bg: from.Style.Bg}
			}
			x += max(1, from.Width)
		}
	}
	return s
}

func readCell(from *uv.Cell) cell {
	attrs := from.Style.Attrs
	c := cell{
		text: strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Bidi_Control, r) {
				return -1
			}
			return r
		}, from.Content), width: max(1, from.Width), fg: from.Style.Fg, bg: from.Style.Bg,
		bold: attrs&uv.AttrBold != 0, faint: attrs&uv.AttrFaint != 0, italic: attrs&uv.AttrItalic != 0,
		strike: attrs&uv.AttrStrikethrough != 0, reverse: attrs&uv.AttrReverse != 0, underline: from.Style.Underline != ansi.UnderlineNone,
	}
	if c.text == "" {
		c.text = " "
	}
	return c
}

// line returns the text of a row, one element a cell.
func (s *screen) line(y int) []string {
	out := make([]string, s.cols)
	for x, c := range s.row(y) {
		out[x] = c.text
	}
	return out
}

// text returns what a person reads: rows without trailing spaces.
func (s *screen) text() string {
	rows := make([]string, s.rows)
	for y := range rows {
		rows[y] = strings.TrimRight(strings.Join(s.line(y), ""), " ")
	}
	return strings.Join(rows, "\n")
}

// replace writes with in place of every occurrence of find, which the pictures must not
// show. The difference in width is taken from, or given to, the blanks on its left in
// the first row, where it stands at the right edge, and else those on its right.
func (s *screen) replace(find, with string) {
	from, to := strings.Split(find, ""), strings.Split(with, "")
	for y := range s.rows {
		for x := 0; x+len(from) <= s.cols; x++ {
			if !slices.Equal(s.line(y)[x:x+len(from)], from) {
				continue
			}
			style := *s.at(x, y)
			start, end := x, x+len(from)
			if more := len(to) - len(from); y == 0 {
				start = max(0, start-more)
			} else {
				end = min(s.cols, end+more)
			}
			for i := min(x, start); i < max(x+len(from), end); i++ {
				c := style
				c.text = " "
				if at := i - start; at >= 0 && at < len(to) {
					c.text = to[at]
				}
				*s.at(i, y) = c
			}
			x = end
		}
	}
}
