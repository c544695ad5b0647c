package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"frontdesk/tui/text"
)

// BoxedInitials returns a box of rows × cols cells with the initials of a name in it,
// without the border if there is no room for one. name is cleaned text. A name without
// letters gives an empty box.
func BoxedInitials(name string, cols, rows int) []string {
	if cols < 1 || rows < 1 {
		return nil
	}
	letters := text.Cut(Initials(name), cols)
	if cols < 4 || rows < 3 {
		return centered(letters, cols, rows)
	}
	if text.Width(letters) > cols-2 {
		letters = text.Cut(letters, cols-2)
	}
	bar := strings.Repeat("─", cols-2)
	out := []string{"╭" + bar + "╮"}
	for _, row := range centered(letters, cols-2, rows-2) {
		out = append(out, "│"+row+"│")
	}
	return append(out, "╰"+bar+"╯")
}

// CenteredInitials returns the initials of a name in the middle of rows × cols blank
// cells, to be drawn on a colour.
func CenteredInitials(name string, cols, rows int) []string {
	if cols < 1 || rows < 1 {
		return nil
	}
	return centered(text.Cut(Initials(name), cols), cols, rows)
}

// centered puts s into the middle of cols × rows cells.
func centered(s string, cols, rows int) []string {
	out := make([]string, rows)
	for y := range out {
		out[y] = text.Pad("", cols)
	}
	out[(rows-1)/2] = text.Pad(text.PadLeft(s, (cols+text.Width(s))/2), cols)
	return out
}

// Initials returns the first letters of the first and the last word of a name.
func Initials(name string) string {
	var first, last string
	for word := range strings.FieldsSeq(name) {
		letter := initial(word)
		switch {
		case letter == "":
		case first == "":
			first = letter
		default:
			last = letter
		}
	}
	if text.Width(first) > 1 { // one ideograph or emoji is enough
		return first
	}
	return first + last
}

// initial returns the first cluster of a word that is a letter, in upper case, or an
// emoji. A phone number has none.
func initial(word string) string {
	for it := graphemes.FromString(word); it.Next(); {
		cluster := it.Value()
		r, size := utf8.DecodeRuneInString(cluster)
		switch {
		case unicode.IsLetter(r):
			return string(unicode.ToTitle(r)) + cluster[size:]
		case r >= 0x1f000 && unicode.IsSymbol(r):
			return cluster
		}
	}
	return ""
}
