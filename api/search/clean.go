package search

import (
	"strings"
	"unicode"
)

// Clean is a text as it is read here and shown in a box: one row of what people are
// searched by. Whatever is a space in Unicode is one, line ends too; the quotes that
// word processors set are quotes; controls and the invisible and bidi characters that
// a paste brings along are left out. Parse takes it.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune("\u201c\u201d\u201e\u201f\uff02", r):
			return '"'
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
}
