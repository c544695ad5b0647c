package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsLookalike reports whether the value may be made to look like another one; Posing says
// how.
func (t Text) IsLookalike() bool { return t.LookalikeReason() != "" }

// What Posing finds.
const (
	mixesAlphabets   = "mixes alphabets"
	looksLatinReason = "is not in Latin letters, but looks so"
	hasLookalike     = "has a character that looks like another"
)

// LookalikeReason says in what way the value may be made to look like another one, ""
// where it is not.
//
//   - one part of it (between dots, @, dashes, spaces) mixes scripts, as a
//     Cyrillic а in a Latin word does. Latin with Chinese, Japanese or Korean is
//     what people there write, and not mixed;
//   - a part is wholly in foreign letters that look Latin, and Latin parts stand
//     beside it, or the script is one that the desk would not take it for
//     (Cherokee). A name in its own script is just that, whatever it looks like;
//   - it has a Latin letter in it that no language writes but phonetics (ɡ); in
//     an address also a dotless ı and its like, fancy dress (𝐩𝐚𝐲, ｐａｙ), and signs
//     that look like those which part an address (⁄).
//
// What has an @, or a dot and no space, is an address.
func (t Text) LookalikeReason() string {
	s := t.Raw()
	if len(s) > maxScan {
		s = s[:maxScan]
	}
	if isASCII(s) {
		return ""
	}
	address := strings.ContainsAny(s, "@.") && !strings.ContainsRune(s, ' ')
	if address && norm.NFKC.String(s) != norm.NFC.String(s) {
		return hasLookalike
	}
	// "Dr.Işık" has a dot as well, but no domain begins with a capital.
	if strings.ContainsAny(s, phoneticLetters) ||
		address && (strings.ContainsRune(s, '@') || s == strings.ToLower(s)) && strings.ContainsAny(s, spelledLetters+signs) {
		return hasLookalike
	}
	return wordsLookalikeReason(s, address)
}

// wordsLookalikeReason looks at each part by itself and at all beside each other.
func wordsLookalikeReason(s string, address bool) string {
	latin, posing := false, false
	for part := range strings.FieldsFuncSeq(s, isSeparator) {
		scripts := scriptsOf(part)
		if !areWrittenTogether(scripts) {
			return mixesAlphabets
		}
		if scripts == isLatin {
			latin = true
			continue
		}
		switch likenessOf(part) {
		case readAsLatin:
			return looksLatinReason
		case looksLatin: // an initial is too short to pose as anything in a name
			posing = posing || address || utf8.RuneCountInString(part) > 1
		}
	}
	if latin && posing {
		return looksLatinReason
	}
	return ""
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isSeparator(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != zwj && r != zwnj
}

// scripts is a set of them.
type scripts uint8

const (
	isLatin scripts = 1 << iota
	isHan
	isKana
	isBopomofo
	isHangulScript
	isOther    // one script outside the five
	areOthers  // a second one
	chinese    = isLatin | isHan | isBopomofo
	japanese   = isLatin | isHan | isKana
	korean     = isLatin | isHan | isHangulScript
	fromAbroad = isOther | areOthers
)

// areWrittenTogether reports whether people write these scripts in one word.
func areWrittenTogether(s scripts) bool {
	if s&fromAbroad != 0 {
		return s == isOther
	}
	return s&^chinese == 0 || s&^japanese == 0 || s&^korean == 0
}

// scriptsOf returns the scripts of one part.
func scriptsOf(part string) (set scripts) {
	var abroad *unicode.RangeTable
	for _, r := range part {
		if unicode.In(r, unicode.Common, unicode.Inherited) || !unicode.In(r, unicode.L, unicode.M) {
			continue
		}
		bit := scriptOf(r)
		if bit == isOther && (abroad == nil || !unicode.Is(abroad, r)) {
			if abroad != nil {
				bit = fromAbroad
			}
			abroad = tableOf(r)
		}
		set |= bit
	}
	return set
}

func scriptOf(r rune) scripts {
	switch {
	case unicode.Is(unicode.Latin, r):
		return isLatin
	case unicode.Is(unicode.Han, r):
		return isHan
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return isKana
	case unicode.Is(unicode.Hangul, r):
		return isHangulScript
	case unicode.Is(unicode.Bopomofo, r):
		return isBopomofo
	}
	return isOther
}

// tableOf finds the script of a rune from outside the five; it is asked once a part.
func tableOf(r rune) *unicode.RangeTable {
	for _, t := range unicode.Scripts {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}
