package main

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	padding = 12.0 // around the cells
	radius  = 9.0  // of the window's corners
	fonts   = "ui-monospace,SFMono-Regular,'SF Mono',Menlo,'DejaVu Sans Mono','Cascadia Mono',Consolas,'Liberation Mono',monospace"
)

// canvas draws screens of one look and size. Rows that are equal are drawn once.
type canvas struct {
	look    look
	classes map[string]string // the rules of the style sheet, by their content
	rules   []string
	rows    map[string]string // the ids of drawn rows, by their content
	defs    strings.Builder
}

func newCanvas(l look) *canvas {
	return &canvas{look: l, classes: map[string]string{}, rows: map[string]string{}}
}

// class returns the class with the declarations.
func (c *canvas) class(rule string) string {
	name, ok := c.classes[rule]
	if !ok {
		name = fmt.Sprintf("c%d", len(c.classes))
		c.classes[rule] = name
		c.rules = append(c.rules, "."+name+"{"+rule+"}")
	}
	return name
}

// style returns the style sheet, which is complete once everything is drawn.
func (c *canvas) style() string {
	return "text{font:" + num(fontSize) + "px " + fonts + ";white-space:pre}.k{shape-rendering:crispEdges}.s{fill-rule:evenodd}" + strings.Join(c.rules, "")
}

// row draws a row of cells at the top left.
func (c *canvas) row(cells []cell) string {
	var b strings.Builder
	c.backgrounds(&b, cells)
	c.shapes(&b, cells)
	c.texts(&b, cells)
	return b.String()
}

// backgrounds draws backgrounds other than the terminal's own, and underlines.
func (c *canvas) backgrounds(b *strings.Builder, cells []cell) {
	paint := func(of func(cell) (color.RGBA, bool), y, height float64) {
		for x := 0; x < len(cells); {
			first, drawn := of(cells[x])
			end := x + 1
			for ; end < len(cells); end++ {
				if next, also := of(cells[end]); next != first || also != drawn {
					break
				}
			}
			if drawn {
				fmt.Fprintf(b, `<path class="k %s" d="%s"/>`, c.class("fill:"+hex(first)), rect(float64(x)*cellWidth, y, float64(end-x)*cellWidth, height))
			}
			x = end
		}
	}
	paint(func(one cell) (color.RGBA, bool) {
		_, background := c.look.colors(one)
		return background, background != c.look.background
	}, 0, cellHeight)
	paint(func(one cell) (color.RGBA, bool) {
		text, _ := c.look.colors(one)
		return text, one.underline
	}, baseline+1.6, 1)
	paint(func(one cell) (color.RGBA, bool) {
		text, _ := c.look.colors(one)
		return text, one.strike && !one.blank()
	}, baseline-4.4, 1)
}

// shapes draws frames, blocks and status marks, one path for each colour.
func (c *canvas) shapes(b *strings.Builder, cells []cell) {
	paths, order := map[string]string{}, []string{}
	add := func(class, path string) {
		if _, known := paths[class]; !known {
			order = append(order, class)
		}
		paths[class] += path
	}
	for x := 0; x < len(cells); {
		r, _ := utf8.DecodeRuneInString(cells[x].text)
		text, _ := c.look.colors(cells[x])
		class := c.class("fill:" + hex(text))
		end := x + 1
		for end < len(cells) && cells[end] == cells[x] {
			end++
		}
		if path, ok := sharp(r, float64(x)*cellWidth, end-x); ok {
			if isBlock(r) {
				class = "k " + class
			}
			add(class, path)
			x = end
			continue
		}
		if path, ok := smooth(r, float64(x)*cellWidth); ok {
			add("s "+class, path)
		}
		x++
	}
	for _, class := range order {
		fmt.Fprintf(b, `<path class="%s" d="%s"/>`, class, paths[class])
	}
}

// drawn reports whether a character is drawn as a shape.
func drawn(r rune) bool {
	if _, ok := sharp(r, 0, 1); ok {
		return true
	}
	_, ok := smooth(r, 0)
	return ok
}

// script classes of characters. A run of text has one: browsers set them with different
// fonts, and right-to-left text in another order.
const (
	blankCell = iota
	latin
	wide
	rightToLeft
	other // set alone, as wide as its cell
)

func scriptOf(c cell) int {
	r, _ := utf8.DecodeRuneInString(c.text)
	switch {
	case c.width == 0 || c.blank() || drawn(r):
		return blankCell
	case c.width > 1:
		return wide
	case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana):
		return rightToLeft
	case r < 0x80, unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic), strings.ContainsRune("·…–—‘’“”›«»•°", r):
		return latin
	}
	return other
}

// texts draws the characters of a row. Each run stands at its own place and is as wide
// as its cells, so that columns align in any font.
func (c *canvas) texts(b *strings.Builder, cells []cell) {
	for x := 0; x < len(cells); {
		script := scriptOf(cells[x])
		if script == blankCell {
			x++
			continue
		}
		end := c.runEnd(cells, x, script)
		var text strings.Builder
		for _, one := range cells[x:end] {
			text.WriteString(one.text)
		}
		color, _ := c.look.colors(cells[x])
		rule := "fill:" + hex(color)
		if cells[x].bold {
			rule += ";font-weight:700"
		}
		if cells[x].italic {
			rule += ";font-style:italic"
		}
		fmt.Fprintf(b, `<text class="%s" x="%s" y="%s"`, c.class(rule), num(float64(x)*cellWidth), num(baseline))
		if end-x > 1 || script != latin {
			fmt.Fprintf(b, ` textLength="%s"`, num(float64(end-x)*cellWidth))
		}
		if script == other {
			b.WriteString(` lengthAdjust="spacingAndGlyphs"`)
		}
		b.WriteByte('>')
		xml.EscapeText(b, []byte(text.String())) //nolint:errcheck // a Builder takes everything
		b.WriteString("</text>")
		x = end
	}
}

// runEnd returns where the run of text that begins at x ends. Single spaces belong to
// it; it ends before two.
func (c *canvas) runEnd(cells []cell, x, script int) int {
	same := func(a, b cell) bool {
		one, _ := c.look.colors(a)
		two, _ := c.look.colors(b)
		return one == two && a.bold == b.bold && a.italic == b.italic
	}
	end := x + max(1, cells[x].width)
	for script != other && end < len(cells) {
		next := end
		if cells[next].blank() && cells[next].width > 0 && next+1 < len(cells) {
			next++
		}
		if scriptOf(cells[next]) != script || !same(cells[x], cells[next]) {
			break
		}
		end = next + max(1, cells[next].width)
	}
	return min(end, len(cells))
}

// rowID draws a row once, and returns its id; "" if there is nothing on it.
func (c *canvas) rowID(cells []cell) string {
	drawn := c.row(cells)
	if drawn == "" {
		return ""
	}
	id, ok := c.rows[drawn]
	if !ok {
		id = fmt.Sprintf("r%d", len(c.rows))
		c.rows[drawn] = id
		fmt.Fprintf(&c.defs, `<g id="%s">%s</g>`, id, drawn)
	}
	return id
}

// cursor draws the cursor of a screen.
func (c *canvas) cursor(s *screen) string {
	if s.cursorX < 0 || s.cursorX >= s.cols {
		return ""
	}
	text, _ := c.look.colors(*s.at(s.cursorX, s.cursorY))
	return fmt.Sprintf(`<path class="%s" d="%s"/>`, c.class("fill:"+hex(text)+";opacity:.75"),
		rect(float64(s.cursorX)*cellWidth, float64(s.cursorY)*cellHeight+1, 1.6, cellHeight-2))
}

// edge returns the colour of the window's frame.
func (c *canvas) edge() color.RGBA { return mix(c.look.text, c.look.background, 0.25) }

// size returns the size of a window with so many cells.
func size(cols, rows int) (width, height float64) {
	return float64(cols)*cellWidth + 2*padding, float64(rows)*cellHeight + 2*padding
}

// window draws the background and its frame.
func (c *canvas) window(width, height float64) string {
	return fmt.Sprintf(`<rect x=".5" y=".5" width="%s" height="%s" rx="%s" fill="%s" stroke="%s"/>`, num(width-1), num(height-1), num(radius), hex(c.look.background), hex(c.edge()))
}

// picture draws one screen as a whole file.
func picture(l look, s *screen, title string) string {
	c := newCanvas(l)
	var body strings.Builder
	for y := range s.rows {
		if row := c.row(s.row(y)); row != "" {
			fmt.Fprintf(&body, "<g transform=\"translate(0 %s)\">%s</g>\n", num(float64(y)*cellHeight), row)
		}
	}
	body.WriteString(c.cursor(s))
	width, height := size(s.cols, s.rows)
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %[1]s %[2]s\" role=\"img\"><title>%s</title>\n<style>%s</style>\n%s\n<g transform=\"translate(%[6]s %[6]s)\">\n%[7]s</g></svg>\n",
		num(width), num(height), escape(title), c.style(), c.window(width, height), num(padding), body.String())
}

func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) //nolint:errcheck // a Builder takes everything
	return b.String()
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
