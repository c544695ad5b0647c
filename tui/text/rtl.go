package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// isolator is a cell that looks like a space and is a left-to-right letter to the
// bidirectional algorithm: the Braille pattern without dots.
const isolator = "\u2800"

// IsolateRTL keeps what is beside a right-to-left name in its place in terminals that
// reorder rows themselves (VTE, Konsole, Apple's, mlterm). There, "محمد   47 min" is
// one right-to-left run with a number in it, and the 47 is shown on the far side of the
// name; two such names in neighbouring columns change places. IsolateRTL turns one
// space between them, and one before such a name that begins a row, into a blank cell
// that ends the run. No width changes, no control character is written, and nothing is
// visible in a terminal that does not reorder. Names keep their own order inside: a
// single space between two right-to-left words stays.
//
// frame is what is about to be shown, with all its rows and escape sequences. Without
// right-to-left letters it is returned unchanged.
//
// It does not use U+2068 and U+2069 around the name: the renderer keeps a zero-width
// character in the cell before it, which at the start of a row is the last cell of the
// row above; and the terminals that reorder look at one letter per cell.
func IsolateRTL(frame string) string {
	if !hasRightToLeft(frame) {
		return frame
	}
	rows := strings.Split(frame, "\n")
	for i, row := range rows {
		if hasRightToLeft(row) {
			rows[i] = isolateRow(row)
		}
	}
	return strings.Join(rows, "\n")
}

// hasRightToLeft looks for the lead bytes of the right-to-left blocks. A few other
// characters share them, which only costs a closer look.
func hasRightToLeft(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0xd6:
		case c <= 0xdf:
			return true
		case i+1 == len(s):
		case c == 0xe0 && s[i+1] <= 0xa3, c == 0xef && s[i+1] >= 0xac && s[i+1] <= 0xbb, c == 0xf0 && (s[i+1] == 0x90 || s[i+1] == 0x9e):
			return true
		}
	}
	return false
}

// spacing is what was seen since the last letter with a direction.
type spacing struct {
	space int  // offset of the first space, -1 for none
	wide  bool // two adjacent spaces, or a separator drawn by a screen
	prev  bool // the previous rune was a space
}

func isolateRow(row string) string {
	var posts []int
	since := spacing{space: -1}
	strong := bidi.ON // no letter yet
	for at := 0; at < len(row); {
		if n := csiLength(row[at:]); n > 0 {
			at += n
			continue
		}
		r, size := utf8.DecodeRuneInString(row[at:])
		p, _ := bidi.LookupRune(r)
		switch class := p.Class(); class {
		case bidi.L:
			strong, since = bidi.L, spacing{space: -1}
		case bidi.R, bidi.AL, bidi.AN:
			if since.space >= 0 && (strong == bidi.ON || strong == bidi.R && since.wide) {
				posts = append(posts, since.space)
			}
			strong, since = bidi.R, spacing{space: -1}
		case bidi.EN:
			if strong == bidi.R && since.space >= 0 {
				posts = append(posts, since.space)
				strong = bidi.L
			}
			since.prev = false
		default:
			since.see(r, at)
		}
		at += size
	}
	return replaceSpaces(row, posts)
}

func (g *spacing) see(r rune, at int) {
	switch {
	case r == ' ':
		if g.space < 0 {
			g.space = at
		}
		g.wide = g.wide || g.prev
	case isSeparator(r):
		g.wide = true
	}
	g.prev = r == ' '
}

// isSeparator reports whether screens put the rune between two values: a rule, a
// bullet, an arrow, a shape.
func isSeparator(r rune) bool {
	return r == '·' || r == '•' || r == '›' || r == '‹' || r >= 0x2190 && r <= 0x21ff || r >= 0x2500 && r <= 0x27bf
}

// replaceSpaces puts an isolator in place of the space at each offset.
func replaceSpaces(row string, at []int) string {
	if len(at) == 0 {
		return row
	}
	var b strings.Builder
	b.Grow(len(row) + 2*len(at))
	from := 0
	for _, i := range at {
		b.WriteString(row[from:i])
		b.WriteString(isolator)
		from = i + 1
	}
	b.WriteString(row[from:])
	return b.String()
}

// csiLength returns the length of the SGR or other CSI sequence that s begins with, 0
// for none.
func csiLength(s string) int {
	if len(s) < 2 || s[0] != 0x1b || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
	}
	return len(s)
}
