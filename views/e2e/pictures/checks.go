package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/tui"
)

// The lowest contrast of text, and of faint text.
const minText, minFaint = 4.5, 3.0

// weak is text of too little contrast.
type weak struct {
	colors string // "#5c5cff on #000000"
	ratio  float64
	sample string
}

// check returns what is wrong with a picture except its contrast, one sentence each.
func check(name string, l look, s *screen) []string {
	var out []string
	if !strings.Contains(strings.Join(s.line(0), ""), "frontdesk") {
		out = append(out, "the first row is not the header")
	}
	if strings.TrimSpace(strings.Join(s.line(s.rows-1), "")) == "" && !l.plain { // there a question stands alone at the top
		out = append(out, "the last row is empty")
	}
	for y := range s.rows {
		// A name made to harm terminals has the characters that stand for what it lost.
		if !strings.HasSuffix(name, "hostile") && strings.ContainsRune(strings.Join(s.line(y), ""), utf8.RuneError) {
			out = append(out, fmt.Sprintf("row %d has a replacement character", y+1))
		}
	}
	return append(out, checkFrames(l, s)...)
}

// checkFrames follows every frame from its top left corner around, except those behind
// a question, which covers parts of them.
func checkFrames(l look, s *screen) (out []string) {
	boxed := s.isBoxed()
	for y := range s.rows {
		for x, c := range s.row(y) {
			if c.text == "╭" && !(boxed && l.isBackdrop(c)) {
				if wrong := checkFrame(s, x, y); wrong != "" {
					out = append(out, fmt.Sprintf("the frame at row %d, column %d %s", y+1, x+1, wrong))
				}
			}
		}
	}
	return out
}

func checkFrame(s *screen, left, top int) string {
	right := left + 1
	for ; right < s.cols && s.at(right, top).text != "╮"; right++ {
		if s.at(right, top).text == "╭" {
			break
		}
	}
	if right == s.cols || s.at(right, top).text != "╮" {
		return "has no ╮"
	}
	for y := top + 1; y < s.rows; y++ {
		a, b := s.at(left, y).text, s.at(right, y).text
		switch {
		case a == "╰" && b == "╯":
			return ""
		case !strings.Contains("│├┃▐█", a):
			return fmt.Sprintf("is open on the left in row %d: %q", y+1, a)
		case !strings.Contains("│┤┃▐█", b):
			return fmt.Sprintf("is open on the right in row %d: %q", y+1, b)
		}
	}
	return "has no lower edge"
}

// isBoxed reports whether a question or a menu covers a part of the screen: a whole
// frame that is larger than a picture's.
func (s *screen) isBoxed() bool {
	const pictureWidth = 20
	for y := range s.rows {
		for x, c := range s.row(y) {
			if c.text == "╭" && x+pictureWidth < s.cols && s.at(x+pictureWidth, y).text != " " && checkFrame(s, x, y) == "" {
				return true
			}
		}
	}
	return false
}

// checkContrast measures every cell with something to read in it. Text in the backdrop's
// colour is behind a question, and not to be read.
func checkContrast(l look, s *screen) map[string]weak {
	out := map[string]weak{}
	boxed := s.isBoxed()
	for y := range s.rows {
		row := s.row(y)
		for x, c := range row {
			r, _ := utf8.DecodeRuneInString(c.text)
			if c.blank() || c.width == 0 || isLine(r) || isBlock(r) || r == '_' {
				continue
			}
			text, background := l.colors(c)
			ratio := tui.Contrast(text, background)
			least := minText
			if l.isFaint(c) {
				least = minFaint
			}
			if ratio >= least || boxed && (l.isBackdrop(c) || s.isOnTile(l, x, y)) {
				continue
			}
			key := hex(text) + " on " + hex(background)
			if _, known := out[key]; !known {
				out[key] = weak{key, ratio, around(row, x)}
			}
		}
	}
	return out
}

// isOnTile reports whether a cell is on a picture, whose background goes on above or below.
func (s *screen) isOnTile(l look, x, y int) bool {
	_, background := l.colors(*s.at(x, y))
	for _, next := range []int{y - 1, y + 1} {
		if next < 0 || next >= s.rows || background == l.background {
			continue
		}
		c := *s.at(x, next)
		r, _ := utf8.DecodeRuneInString(c.text)
		if text, below := l.colors(c); below == background || isBlock(r) && text == background {
			return true
		}
	}
	return false
}

// around returns the text of a row from a cell on.
func around(row []cell, x int) string {
	var b strings.Builder
	for _, c := range row[x:min(len(row), x+24)] {
		b.WriteString(c.text)
	}
	return strings.TrimSpace(b.String())
}

// leftover compares a screen with the same drawn anew from nothing. Digits, the spinner
// and notices may differ: time goes on.
func leftover(l look, before, after *screen) string {
	rows := before.rows
	if l.plain {
		rows -= 2 // there a notice has the row above the last
	}
	for y := range rows {
		a, b := withoutNotice(before.line(y)), withoutNotice(after.line(y))
		if withoutTime(a) != withoutTime(b) {
			return fmt.Sprintf("row %d is %q, and drawn anew %q", y+1, strings.TrimRight(a, " "), strings.TrimRight(b, " "))
		}
	}
	return ""
}

// withoutNotice returns a row up to the bar of a notice at the lower right; of a rule,
// in which a notice may be written, only its start.
func withoutNotice(line []string) string {
	if line[0] == "─" {
		return line[0]
	}
	for x := 20; x < len(line); x++ {
		if line[x] == "▌" {
			return strings.TrimRight(strings.Join(line[:x], ""), " ─")
		}
	}
	return strings.TrimRight(strings.Join(line, ""), " ─")
}

func withoutTime(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '0'
		case r >= 0x2800 && r < 0x2900: // Braille
			return ' '
		}
		return r
	}, s)
}
