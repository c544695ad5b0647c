package picture

import (
	"strings"

	"frontdesk/tui/text"
)

// LargeInitials is CenteredInitials with letters of several rows. Letters that have no
// drawing here are written as in CenteredInitials.
func LargeInitials(name string, cols, rows int) []string {
	letters := Initials(name)
	width := len(letters)*(letterWidth+letterGap) - letterGap
	if letters == "" || width > cols || letterRows > rows || strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return CenteredInitials(name, cols, rows)
	}
	out := make([]string, rows)
	top := (rows - letterRows) / 2
	for y := range out {
		if y < top || y >= top+letterRows {
			out[y] = text.Pad("", cols)
			continue
		}
		var line strings.Builder
		line.WriteString(strings.Repeat(" ", (cols-width)/2))
		for i := range len(letters) {
			if i > 0 {
				line.WriteString(strings.Repeat(" ", letterGap))
			}
			line.WriteString(letterRow(letters[i], y-top))
		}
		out[y] = text.Pad(line.String(), cols)
	}
	return out
}

const letterWidth, letterRows, letterGap = 5, 4, 2 // in cells; a cell is two dots high

// letterRow returns one row of a letter from A to Z.
func letterRow(letter byte, row int) string {
	dots := strings.Fields(letterDots()[letter-'A'])
	upper, lower := dots[2*row], strings.Repeat("0", letterWidth)
	if 2*row+1 < len(dots) {
		lower = dots[2*row+1]
	}
	var line strings.Builder
	for x := range letterWidth {
		line.WriteString([]string{" ", "▄", "▀", "█"}[2*(upper[x]-'0')+lower[x]-'0'])
	}
	return line.String()
}

// letterDots returns the letters from A to Z, seven lines of dots each.
func letterDots() [26]string {
	return [...]string{
		"01110 10001 10001 11111 10001 10001 10001",
		"11110 10001 10001 11110 10001 10001 11110",
		"01110 10001 10000 10000 10000 10001 01110",
		"11110 10001 10001 10001 10001 10001 11110",
		"11111 10000 10000 11110 10000 10000 11111",
		"11111 10000 10000 11110 10000 10000 10000",
		"01110 10001 10000 10111 10001 10001 01110",
		"10001 10001 10001 11111 10001 10001 10001",
		"01110 00100 00100 00100 00100 00100 01110",
		"00111 00010 00010 00010 00010 10010 01100",
		"10001 10010 10100 11000 10100 10010 10001",
		"10000 10000 10000 10000 10000 10000 11111",
		"10001 11011 10101 10101 10001 10001 10001",
		"10001 11001 10101 10101 10011 10001 10001",
		"01110 10001 10001 10001 10001 10001 01110",
		"11110 10001 10001 11110 10000 10000 10000",
		"01110 10001 10001 10001 10101 10010 01101",
		"11110 10001 10001 11110 10100 10010 10001",
		"01111 10000 10000 01110 00001 00001 11110",
		"11111 00100 00100 00100 00100 00100 00100",
		"10001 10001 10001 10001 10001 10001 01110",
		"10001 10001 10001 10001 10001 01010 00100",
		"10001 10001 10001 10101 10101 11011 10001",
		"10001 10001 01010 00100 01010 10001 10001",
		"10001 10001 01010 00100 00100 00100 00100",
		"11111 00001 00010 00100 01000 10000 11111",
	}
}
