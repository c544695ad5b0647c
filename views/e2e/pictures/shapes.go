package main

import (
	"strconv"
	"strings"
)

// The cell of the pictures, in pixels: three fifths of the font's size wide, as in most
// monospaced fonts, and twice as high.
const (
	fontSize   = 14.0
	cellWidth  = 8.4
	cellHeight = 17.0
	baseline   = 12.8
	stroke     = 1.1 // of lines
	overlap    = 0.3 // of a line with its neighbour, so that no gap shows between them
)

// num writes a coordinate.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "" || s == "-0" {
		return "0"
	}
	return s
}

// rect returns a rectangle as path data.
func rect(x, y, w, h float64) string {
	return "M" + num(x) + " " + num(y) + "h" + num(w) + "v" + num(h) + "h" + num(-w) + "z"
}

// lines are the arms of the box-drawing characters: up, right, down, left.
var lines = map[rune]string{
	'─': "rl", '│': "ud", '┌': "rd", '┐': "dl", '└': "ur", '┘': "ul", '├': "urd", '┤': "udl", '┬': "rdl", '┴': "url", '┼': "urdl",
	'━': "RL", '┃': "UD", '╴': "l", '╵': "u", '╶': "r", '╷': "d", '═': "rl",
}

// eighths are the blocks that fill a part of the cell: x, y, width, height.
var eighths = map[rune][4]float64{
	'█': {0, 0, 8, 8}, '▀': {0, 0, 8, 4}, '▄': {0, 4, 8, 4}, '▌': {0, 0, 4, 8}, '▐': {4, 0, 4, 8},
	'▎': {0, 0, 2, 8}, '▏': {0, 0, 1, 8}, '▍': {0, 0, 3, 8}, '▋': {0, 0, 5, 8}, '▊': {0, 0, 6, 8}, '▉': {0, 0, 7, 8}, '▕': {7, 0, 1, 8},
	'▁': {0, 7, 8, 1}, '▂': {0, 6, 8, 2}, '▃': {0, 5, 8, 3}, '▅': {0, 3, 8, 5}, '▆': {0, 2, 8, 6}, '▇': {0, 1, 8, 7}, '▔': {0, 0, 8, 1},
	'▖': {0, 4, 4, 4}, '▗': {4, 4, 4, 4}, '▘': {0, 0, 4, 4}, '▝': {4, 0, 4, 4},
}

// isBlock reports whether a character fills a part of its cell.
func isBlock(r rune) bool { _, ok := eighths[r]; return ok }

// isLine reports whether a character is a part of a frame or a rule.
func isLine(r rune) bool { _, ok := lines[r]; return ok || strings.ContainsRune("╭╮╰╯", r) }

// sharp returns the path of a character made of rectangles, n times from x on: those
// join without gaps where a font's glyphs would not.
func sharp(r rune, x float64, n int) (path string, ok bool) {
	if part, ok := eighths[r]; ok {
		const u, v = cellWidth / 8, cellHeight / 8
		if part[0] == 0 && part[2] == 8 {
			return rect(x, part[1]*v, part[2]*u*float64(n), part[3]*v), true
		}
		for i := range n {
			path += rect(x+float64(i)*cellWidth+part[0]*u, part[1]*v, part[2]*u, part[3]*v)
		}
		return path, true
	}
	arms, ok := lines[r]
	if !ok {
		return "", false
	}
	thick := stroke
	if arms != strings.ToLower(arms) {
		arms, thick = strings.ToLower(arms), 2*stroke
	}
	const midX, midY = cellWidth / 2, cellHeight / 2
	if arms == "rl" {
		return rect(x-overlap, midY-thick/2, cellWidth*float64(n)+2*overlap, thick), true
	}
	for i := range n {
		at := x + float64(i)*cellWidth
		for _, arm := range arms {
			switch arm {
			case 'u':
				path += rect(at+midX-thick/2, 0, thick, midY+thick/2)
			case 'd':
				path += rect(at+midX-thick/2, midY-thick/2, thick, midY+thick/2)
			case 'r':
				path += rect(at+midX-thick/2, midY-thick/2, midX+thick/2, thick)
			case 'l':
				path += rect(at, midY-thick/2, midX+thick/2, thick)
			}
		}
	}
	return path, true
}

// smooth returns the path of a character with curves, which fonts draw in different
// sizes.
func smooth(r rune, x float64) (path string, ok bool) {
	const midX, midY, half = cellWidth / 2, cellHeight / 2, stroke / 2
	cx, left, right := x+midX, x, x+cellWidth
	corner := func(edgeX, edgeY, inner float64) string {
		// From the row's edge to the column's, outside and back inside.
		side := half
		if inner < 0 {
			side = -half
		}
		vertical := half
		if edgeY > midY {
			vertical = -half
		}
		return "M" + num(cx-side) + " " + num(edgeY) + "Q" + num(cx-side) + " " + num(midY+vertical) + " " + num(edgeX) + " " + num(midY+vertical) +
			"V" + num(midY-vertical) + "Q" + num(cx+side) + " " + num(midY-vertical) + " " + num(cx+side) + " " + num(edgeY) + "z"
	}
	disc := func(radius float64) string {
		d := num(2 * radius)
		r := num(radius)
		return "M" + num(cx-radius) + " " + num(midY) + "a" + r + " " + r + " 0 1 0 " + d + " 0a" + r + " " + r + " 0 1 0 -" + d + " 0z"
	}
	const radius = 3.4
	switch r {
	case '╭':
		return corner(right, cellHeight, 1), true
	case '╮':
		return corner(left, cellHeight, -1), true
	case '╰':
		return corner(right, 0, 1), true
	case '╯':
		return corner(left, 0, -1), true
	case '●':
		return disc(radius), true
	case '○':
		return disc(radius) + disc(radius-stroke), true
	case '◐':
		return disc(radius) + "M" + num(cx) + " " + num(midY-radius+stroke) + "a" + num(radius-stroke) + " " + num(radius-stroke) + " 0 0 1 0 " + num(2*(radius-stroke)) + "z", true
	case '•':
		return disc(2), true
	case '■':
		return rect(cx-3.1, midY-3.1, 6.2, 6.2), true
	}
	return "", false
}
