package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"frontdesk/api/clean"
)

// Folded is a text prepared for comparison, with a mapping of its bytes to the original's.
type Folded struct {
	Text string
	from []int // byte of Text -> byte of the original; nil where they are the same
	size int   // bytes of the original
}

// Fold returns the text in lower case, without what people omit or write differently:
//
//   - the accents of Latin, Greek and Cyrillic (U+0300–036F)
//   - the vowel signs of Arabic (U+064B–065F, U+0670), tatweel (U+0640), and the
//     points of Hebrew (the marks in U+0591–05C7)
//   - the joiners U+200C and U+200D, which many keyboards lack
//   - the Arabic letters that keyboards and countries write differently: أ إ آ ٱ are ا,
//     ى ی are ي, ک is ك, ة is ه, ؤ is و, ئ is ي
func Fold(s string) Folded {
	if clean.IsASCII(s) {
		return Folded{Text: strings.ToLower(s), size: len(s)}
	}
	f := Folded{size: len(s)}
	var b strings.Builder
	for at, r := range s {
		start := b.Len()
		switch plain := foldLetter(r); {
		case plain != "":
			b.WriteString(plain)
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		default:
			for _, part := range norm.NFKD.String(string(unicode.ToLower(r))) {
				if !isIgnored(part) {
					b.WriteRune(foldArabic(unicode.ToLower(part)))
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

// OriginalRange returns the range of the original text for a range of the folded text.
func (f Folded) OriginalRange(a, b int) (from, end int) {
	if f.from == nil {
		return a, b
	}
	end = f.size
	if b < len(f.from) {
		end = f.from[b]
	}
	return f.from[a], end
}

// isIgnored reports whether a mark or tatweel does not distinguish words.
func isIgnored(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36f, r >= 0x64b && r <= 0x65f, r == 0x670, r == 0x640, r == 0x200c, r == 0x200d:
		return true
	}
	return r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r)
}

// foldArabic returns the base letter of a variant. Variants with a hamza are already
// decomposed.
func foldArabic(r rune) rune {
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة':
		return 'ه'
	}
	return r
}

// foldLetter replaces letters that Unicode does not decompose but people type differently.
func foldLetter(r rune) string {
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
