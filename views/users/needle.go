package users

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// needle is what somebody typed, ready to be looked for: in lower case and
// without accents, and as digits where it can be part of a phone number.
type needle struct {
	typed  string // as it stands in the box, without spaces at its ends
	folded string
	words  []string // of folded, where there are more than one
	digits string   // "" unless typed can be read as part of a phone number
}

func newNeedle(typed string) needle {
	n := needle{typed: strings.TrimSpace(typed)}
	n.folded = fold(n.typed).text
	if words := strings.Fields(n.folded); len(words) > 1 {
		n.words = words
	}
	if digits, ok := phoneDigits(n.typed); ok {
		n.digits = digits
	}
	return n
}

func (n needle) empty() bool { return n.folded == "" }

// wire is what to ask the server for. Clerk keeps phone numbers as a plus sign
// and digits and looks for them letter by letter, so punctuation is left out.
func (n needle) wire() string {
	if n.digits != "" && n.digits != n.typed {
		return n.digits
	}
	return n.typed
}

// phoneDigits are the digits of what looks like a phone number or the end of
// one: three digits and more, and besides them only what people put between.
func phoneDigits(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" +-.()/", r):
		default:
			return "", false
		}
	}
	return b.String(), b.Len() >= 3
}

// folded is a text as it is compared, with the way back to where its bytes came
// from.
type folded struct {
	text string
	from []int // byte of text -> byte of the original; nil where they are the same
	size int   // bytes of the original
}

// fold is the text in lower case, without the accents of Latin, Greek and
// Cyrillic.
func fold(s string) folded {
	if ascii(s) {
		return folded{text: strings.ToLower(s), size: len(s)}
	}
	f := folded{size: len(s)}
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
	f.text = b.String()
	return f
}

// back is the range of the original that a range of the folded text came from.
func (f folded) back(a, b int) span {
	if f.from == nil {
		return span{a, b}
	}
	end := f.size
	if b < len(f.from) {
		end = f.from[b]
	}
	return span{f.from[a], end}
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
