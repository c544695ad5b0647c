package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded is a text as it is compared, with the way back to where its bytes came
// from.
type Folded struct {
	Text string
	from []int // byte of Text -> byte of the original; nil where they are the same
	size int   // bytes of the original
}

// Fold is the text in lower case, without the accents of Latin, Greek and
// Cyrillic.
func Fold(s string) Folded {
	if ascii(s) {
		return Folded{Text: strings.ToLower(s), size: len(s)}
	}
	f := Folded{size: len(s)}
	var b strings.Builder
	for at, r := range s {
		start := b.Len()
		switch plain := strokes(r); {
		case plain != "":
			b.WriteString(plain)
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		default:
			for _, part := range norm.NFKD.String(string(unicode.ToLower(r))) {
				if part < 0x300 || part > 0x36f {
					b.WriteRune(unicode.ToLower(part))
				}
			}
		}
		for range b.Len() - start {
			f.from = append(f.from, at)
		}
	}
	f.Text = b.String()
	return f
}

// Back is the range of the original that a range of the folded text came from.
func (f Folded) Back(a, b int) (from, end int) {
	if f.from == nil {
		return a, b
	}
	end = f.size
	if b < len(f.from) {
		end = f.from[b]
	}
	return f.from[a], end
}

// strokes are letters that Unicode does not take apart, but keyboards without
// them do.
func strokes(r rune) string {
	switch unicode.ToLower(r) {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case '\u2018', '\u2019', '\u02bc':
		return "'"
	}
	return ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
