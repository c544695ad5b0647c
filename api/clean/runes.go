package clean

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// kind is what a rune may do in a displayed text. It is an allowlist: every unknown rune
// is forbidden.
type kind uint8

const (
	forbidden kind = iota // never shown
	base                  // starts a cluster
	space                 // a space of any width
	mark                  // attaches to the base before it
	jamo                  // a vowel or final consonant of a decomposed Hangul syllable
	tone                  // a skin tone, attaches to an emoji
	variation             // selects a form of the rune before it
	joiner                // ZWJ and ZWNJ
	reserved              // drawn by this program itself
)

const (
	zwnj   = '\u200c'
	zwj    = '\u200d'
	keycap = '\u20e3'
	text15 = '\ufe0e' // selects the text form of an emoji
	emo16  = '\ufe0f' // selects the emoji form
	wideSp = '\u3000' // separates the names of a Japanese or Chinese person
)

// kindOf classifies a rune. The first cases cover nearly all names.
func kindOf(r rune) kind {
	switch {
	case r < 0x7f:
		switch {
		case r > ' ':
			return base
		case r == ' ':
			return space
		}
		return forbidden
	case r < 0xa1:
		if r == 0xa0 {
			return space
		}
		return forbidden
	case r < 0x300:
		if r == 0xad { // soft hyphen
			return forbidden
		}
		return base
	case r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa:
		return base
	}
	return kindOfRare(r)
}

func kindOfRare(r rune) kind {
	switch {
	case r == zwnj || r == zwj:
		return joiner
	case r >= 0x1f3fb && r <= 0x1f3ff:
		return tone
	case isVariation(r):
		return variation
	case unicode.Is(unseen, r):
		return forbidden
	case r >= 0x1160 && r <= 0x11ff, r >= 0xd7b0 && r <= 0xd7fb:
		return jamo
	case unicode.Is(unicode.M, r), r == 0x0e33, r == 0x0eb3, r == 0xff9e, r == 0xff9f:
		// These four are letters and marks of Thai, Lao and half-width kana that
		// segmentation attaches to whatever precedes them.
		if unicode.Is(unicode.Me, r) && r != keycap {
			return forbidden
		}
		return mark
	case unicode.Is(ownDrawing, r):
		return reserved
	case unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S), isComing(r):
		return base
	case unicode.Is(unicode.Zs, r):
		return space
	}
	return forbidden
}

// isComing reports whether a rune is an ideograph or an emoji that may be newer than this
// Go's tables. What these blocks will hold is already settled.
func isComing(r rune) bool {
	return r >= 0x1fa70 && r <= 0x1faff || r >= 0x20000 && r <= 0x2fffd || r >= 0x30000 && r <= 0x3fffd
}

func isVariation(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r >= 0x180b && r <= 0x180d || r == 0x180f
}

// isEmoji excludes the digits of keycaps, the letters of flags and skin tones.
func isEmoji(r rune) bool { return r >= 0xa9 && unicode.Is(emoji, r) }

func isKeycapBase(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

// isLead reports whether a rune starts a decomposed Hangul syllable.
func isLead(r rune) bool { return r >= 0x1100 && r <= 0x115e || r >= 0xa960 && r <= 0xa97c }

func isHangul(r rune) bool {
	return isLead(r) || r >= 0xac00 && r <= 0xd7a3 || r >= 0x1161 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7fb
}

// isIdeographic reports whether U+3000 is normal next to a rune.
func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) || r == 'ー' || r >= 0x20000 && r <= 0x3fffd
}

// isLinker reports whether a mark is a virama, which attaches the next consonant to the
// one before.
func isLinker(r rune) bool {
	var b [4]byte
	return norm.NFC.Properties(append(b[:0], string(r)...)).CCC() == 9
}

// joiningScript returns the script of a letter that ZWJ and ZWNJ may join to or separate
// from its neighbours, or nil for any other rune.
func joiningScript(r rune) *unicode.RangeTable {
	for _, t := range joining {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

// forbiddenMark returns the mark that replaces a forbidden rune.
func forbiddenMark(r rune) rune {
	switch {
	case r < 0x20:
		return 0x2400 + r
	case r == 0x7f:
		return '␡'
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '␤'
	}
	return '\ufffd'
}

var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer,
	unicode.Myanmar, unicode.Mongolian, unicode.Syriac, unicode.Nko, unicode.Adlam, unicode.Hanifi_Rohingya,
	unicode.Javanese, unicode.Balinese, unicode.Chakma, unicode.Meetei_Mayek, unicode.Mandaic,
}

// unseen are letters, marks and symbols that draw nothing, or attach to what follows them
// and would reach into the neighbouring text.
var unseen = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x0d4e, 0x0d4e, 1}, // Malayalam dot reph, prepended
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer vowels that are not written
		{0x2800, 0x2800, 1}, // Braille blank
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xffa0, 0xffa0, 1}, // half-width Hangul filler
		{0xfffc, 0xfffd, 1}, // object and character replacement
	},
	R32: []unicode.Range32{
		{0x111c2, 0x111c3, 1}, // prepended signs, here and below
		{0x1193f, 0x1193f, 1},
		{0x11941, 0x11941, 1},
		{0x11a3a, 0x11a3a, 1},
		{0x11a84, 0x11a89, 1},
		{0x11d46, 0x11d46, 1},
		{0x11f02, 0x11f02, 1},
		{0x16fe4, 0x16fe4, 1}, // Khitan filler
		{0x1d159, 0x1d159, 1}, // null note head
	},
}

// ownDrawing are the characters that this program draws on a screen (marks, lines, states)
// and those that look the same: in a name they would look as if the program had drawn
// them. Squares and triangles that are emoji are kept, because people write them.
var ownDrawing = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x2039, 0x203a, 1}, // ‹ › around a choice
		{0x21ba, 0x21ba, 1}, // ↺ undo
		{0x239b, 0x23b3, 1}, // pieces of brackets and lines
		{0x23b7, 0x23bd, 1},
		{0x23d0, 0x23d0, 1},
		{0x2400, 0x243f, 1}, // pictures of controls
		{0x2500, 0x259f, 1}, // boxes and blocks
		{0x25a0, 0x25a3, 1}, // ■ □
		{0x25b8, 0x25b9, 1}, // ▸
		{0x25ba, 0x25bb, 1},
		{0x25cb, 0x25d3, 1}, // ○ ◌ ● ◐
		{0x25ef, 0x25ef, 1},
		{0x2713, 0x2713, 1}, // ✓ verified
		{0x2717, 0x2717, 1}, // ✗ wrong
		{0x2758, 0x2758, 1},
		{0xffe8, 0xffe8, 1},
		{0xffed, 0xffee, 1},
	},
	R32: []unicode.Range32{
		{0x1cc00, 0x1ceb3, 1}, // boxes and blocks of old computers, here and below
		{0x1fb00, 0x1fbef, 1},
	},
}

// emoji is Unicode's Emoji property without digits, flag letters and skin tones. Its last
// block is included whole: see isComing.
var emoji = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0xa9, 0xae, 5}, {0x203c, 0x203c, 1}, {0x2049, 0x2049, 1}, {0x2122, 0x2122, 1}, {0x2139, 0x2139, 1},
		{0x2194, 0x2199, 1}, {0x21a9, 0x21aa, 1}, {0x231a, 0x231b, 1}, {0x2328, 0x2328, 1}, {0x23cf, 0x23cf, 1},
		{0x23e9, 0x23f3, 1}, {0x23f8, 0x23fa, 1}, {0x24c2, 0x24c2, 1}, {0x25aa, 0x25ab, 1}, {0x25b6, 0x25b6, 1},
		{0x25c0, 0x25c0, 1}, {0x25fb, 0x25fe, 1}, {0x2600, 0x2604, 1}, {0x260e, 0x260e, 1}, {0x2611, 0x2611, 1},
		{0x2614, 0x2615, 1}, {0x2618, 0x2618, 1}, {0x261d, 0x261d, 1}, {0x2620, 0x2620, 1}, {0x2622, 0x2623, 1},
		{0x2626, 0x2626, 1}, {0x262a, 0x262a, 1}, {0x262e, 0x262f, 1}, {0x2638, 0x263a, 1}, {0x2640, 0x2642, 2},
		{0x2648, 0x2653, 1}, {0x265f, 0x2660, 1}, {0x2663, 0x2663, 1}, {0x2665, 0x2666, 1}, {0x2668, 0x2668, 1},
		{0x267b, 0x267b, 1}, {0x267e, 0x267f, 1}, {0x2692, 0x2697, 1}, {0x2699, 0x2699, 1}, {0x269b, 0x269c, 1},
		{0x26a0, 0x26a1, 1}, {0x26a7, 0x26a7, 1}, {0x26aa, 0x26ab, 1}, {0x26b0, 0x26b1, 1}, {0x26bd, 0x26be, 1},
		{0x26c4, 0x26c5, 1}, {0x26c8, 0x26c8, 1}, {0x26ce, 0x26cf, 1}, {0x26d1, 0x26d1, 1}, {0x26d3, 0x26d4, 1},
		{0x26e9, 0x26ea, 1}, {0x26f0, 0x26f5, 1}, {0x26f7, 0x26fa, 1}, {0x26fd, 0x26fd, 1}, {0x2702, 0x2702, 1},
		{0x2705, 0x2705, 1}, {0x2708, 0x270d, 1}, {0x270f, 0x270f, 1}, {0x2712, 0x2712, 1}, {0x2714, 0x2716, 2},
		{0x271d, 0x271d, 1}, {0x2721, 0x2721, 1}, {0x2728, 0x2728, 1}, {0x2733, 0x2734, 1}, {0x2744, 0x2744, 1},
		{0x2747, 0x2747, 1}, {0x274c, 0x274e, 2}, {0x2753, 0x2755, 1}, {0x2757, 0x2757, 1}, {0x2763, 0x2764, 1},
		{0x2795, 0x2797, 1}, {0x27a1, 0x27a1, 1}, {0x27b0, 0x27b0, 1}, {0x27bf, 0x27bf, 1}, {0x2934, 0x2935, 1},
		{0x2b05, 0x2b07, 1}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 5}, {0x3030, 0x3030, 1}, {0x303d, 0x303d, 1},
		{0x3297, 0x3299, 2},
	},
	R32: []unicode.Range32{
		{0x1f004, 0x1f004, 1}, {0x1f0cf, 0x1f0cf, 1}, {0x1f170, 0x1f171, 1}, {0x1f17e, 0x1f17f, 1},
		{0x1f18e, 0x1f18e, 1}, {0x1f191, 0x1f19a, 1}, {0x1f201, 0x1f202, 1}, {0x1f21a, 0x1f21a, 1},
		{0x1f22f, 0x1f22f, 1}, {0x1f232, 0x1f23a, 1}, {0x1f250, 0x1f251, 1}, {0x1f300, 0x1f321, 1},
		{0x1f324, 0x1f393, 1}, {0x1f396, 0x1f397, 1}, {0x1f399, 0x1f39b, 1}, {0x1f39e, 0x1f3f0, 1},
		{0x1f3f3, 0x1f3f5, 1}, {0x1f3f7, 0x1f3fa, 1}, {0x1f400, 0x1f4fd, 1}, {0x1f4ff, 0x1f53d, 1},
		{0x1f549, 0x1f54e, 1}, {0x1f550, 0x1f567, 1}, {0x1f56f, 0x1f570, 1}, {0x1f573, 0x1f57a, 1},
		{0x1f587, 0x1f587, 1}, {0x1f58a, 0x1f58d, 1}, {0x1f590, 0x1f590, 1}, {0x1f595, 0x1f596, 1},
		{0x1f5a4, 0x1f5a5, 1}, {0x1f5a8, 0x1f5a8, 1}, {0x1f5b1, 0x1f5b2, 1}, {0x1f5bc, 0x1f5bc, 1},
		{0x1f5c2, 0x1f5c4, 1}, {0x1f5d1, 0x1f5d3, 1}, {0x1f5dc, 0x1f5de, 1}, {0x1f5e1, 0x1f5e3, 2},
		{0x1f5e8, 0x1f5e8, 1}, {0x1f5ef, 0x1f5ef, 1}, {0x1f5f3, 0x1f5f3, 1}, {0x1f5fa, 0x1f64f, 1},
		{0x1f680, 0x1f6c5, 1}, {0x1f6cb, 0x1f6d2, 1}, {0x1f6d5, 0x1f6d7, 1}, {0x1f6dc, 0x1f6e5, 1},
		{0x1f6e9, 0x1f6e9, 1}, {0x1f6eb, 0x1f6ec, 1}, {0x1f6f0, 0x1f6f0, 1}, {0x1f6f3, 0x1f6fc, 1},
		{0x1f7e0, 0x1f7eb, 1}, {0x1f7f0, 0x1f7f0, 1}, {0x1f90c, 0x1f93a, 1}, {0x1f93c, 0x1f945, 1},
		{0x1f947, 0x1f9ff, 1}, {0x1fa70, 0x1faff, 1},
	},
	LatinOffset: 1,
}
