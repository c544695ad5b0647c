package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsLookalike reports whether the value may imitate another one. LookalikeReason says how.
func (t Text) IsLookalike() bool { return t.LookalikeReason() != "" }

// The reasons that LookalikeReason returns.
const (
	mixesAlphabets   = "mixes alphabets"
	looksLatinReason = "looks like Latin letters but is not"
	hasLookalike     = "contains a character that looks like another"
)

// LookalikeReason returns in what way the value may imitate another one, or "" if it does
// not:
//
//   - One part of it (between dots, @, dashes, spaces) mixes scripts, like a Latin
//     word with a Cyrillic а. Latin with Chinese, Japanese or Korean does not count
//     as mixed, because people there write it.
//   - A part consists of foreign letters that look Latin, and either Latin parts
//     stand next to it or its script is one that support staff would not recognize
//     (Cherokee). A name in its own script is fine, whatever it looks like.
//   - It has a Latin letter that only phonetic notation uses (ɡ). In an address
//     also a dotless ı and similar letters, styled letters (𝐩𝐚𝐲, ｐａｙ), and signs
//     that look like the separators of an address (⁄).
//
// A value with an @, or with a dot and no space, counts as an address.
func (t Text) LookalikeReason() string {
	s := t.Raw()
	if len(s) > maxScan {
		s = s[:maxScan]
	}
	if IsASCII(s) {
		return ""
	}
	address := strings.ContainsAny(s, "@.") && !strings.ContainsRune(s, ' ')
	if address && norm.NFKC.String(s) != norm.NFC.String(s) {
		return hasLookalike
	}
	// "Dr.Işık" has a dot as well, but no domain begins with a capital letter.
	if strings.ContainsAny(s, phoneticLetters) ||
		address && (strings.ContainsRune(s, '@') || s == strings.ToLower(s)) && strings.ContainsAny(s, spelledLetters+signs) {
		return hasLookalike
	}
	return wordsLookalikeReason(s, address)
}

// wordsLookalikeReason checks each part by itself, and then all parts together.
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
		case looksLatin: // an initial is too short to imitate a name
			posing = posing || address || utf8.RuneCountInString(part) > 1
		}
	}
	if latin && posing {
		return looksLatinReason
	}
	return ""
}

// IsASCII reports whether s has only ASCII characters.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isSeparator(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != zwj && r != zwnj
}

// scripts is a bit set of scripts.
type scripts uint8

const (
	isLatin scripts = 1 << iota
	isHan
	isKana
	isBopomofo
	isHangulScript
	isOther    // one script other than the five above
	areOthers  // a second one of those
	chinese    = isLatin | isHan | isBopomofo
	japanese   = isLatin | isHan | isKana
	korean     = isLatin | isHan | isHangulScript
	fromAbroad = isOther | areOthers
)

// areWrittenTogether reports whether these scripts are commonly written in one word.
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

// tableOf returns the script of a rune outside the five above. It is called once per part.
func tableOf(r rune) *unicode.RangeTable {
	for _, t := range unicode.Scripts {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}
