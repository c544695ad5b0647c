package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lowest contrast of text: of what is read, and of what may be overlooked.
const minText, minFaint = 4.5, 3.0

// check returns what is wrong with a picture, one sentence each.
func check(l look, s *screen) []string {
	var out []string
	if !strings.Contains(strings.Join(s.line(0), ""), "frontdesk") {
		out = append(out, "the first row is not the header")
	}
	if strings.TrimSpace(strings.Join(s.line(s.rows-1), "")) == "" {
		out = append(out, "the last row is empty")
	}
	for y := range s.rows {
		if strings.ContainsRune(strings.Join(s.line(y), ""), utf8.RuneError) {
			out = append(out, fmt.Sprintf("row %d has a replacement character", y+1))
		}
	}
	return append(append(out, checkFrames(s)...), checkContrast(l, s)...)
}

// checkFrames follows every frame from its top left corner around.
func checkFrames(s *screen) (out []string) {
	for y := range s.rows {
		for x, c := range s.row(y) {
			if c.text == "╭" {
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

// checkContrast measures every cell with something to read in it. Text in the backdrop's
// colour is behind a question, and not to be read.
func checkContrast(l look, s *screen) (out []string) {
	worst := map[string]float64{}
	example := map[string]string{}
	boxed := strings.Contains(s.text(), "╭")
	for y := range s.rows {
		row := s.row(y)
		for x, c := range row {
			r, _ := utf8.DecodeRuneInString(c.text)
			if c.blank() || c.width == 0 || isLine(r) || isBlock(r) || unicode.Is(unicode.Braille, r) {
				continue
			}
			text, ground := l.colors(c)
			ratio := contrast(text, ground)
			least := minText
			if l.isFaint(c) {
				least = minFaint
			}
			if ratio >= least || boxed && l.isBackdrop(c) {
				continue
			}
			key := hex(text) + " on " + hex(ground)
			if _, known := worst[key]; !known {
				worst[key], example[key] = ratio, around(row, x)
			}
		}
	}
	for _, key := range sortedKeys(worst) {
		out = append(out, fmt.Sprintf("%s has a contrast of %.1f: %q", key, worst[key], example[key]))
	}
	return out
}

// around returns the text of a row from a cell on.
func around(row []cell, x int) string {
	var b strings.Builder
	for _, c := range row[x:min(len(row), x+24)] {
		b.WriteString(c.text)
	}
	return strings.TrimSpace(b.String())
}

// leftover compares a screen with the same drawn anew from nothing. Digits may differ:
// clocks go on.
func leftover(before, after *screen) string {
	for y := range before.rows {
		a, b := strings.Join(before.line(y), ""), strings.Join(after.line(y), "")
		if withoutDigits(a) != withoutDigits(b) {
			return fmt.Sprintf("row %d is %q, and drawn anew %q", y+1, strings.TrimRight(a, " "), strings.TrimRight(b, " "))
		}
	}
	return ""
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}
