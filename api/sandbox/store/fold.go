package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldText returns the form in which text is compared in searches and orders: lower case,
// without the accents of Latin, Greek and Cyrillic, compatibility forms made plain, and
// Arabic, Persian and Hebrew as people type them:
//
//	dropped   the vowel signs U+064B to U+065F and U+0670, tatweel U+0640,
//	          Hebrew's points and accents among U+0591 to U+05C7, and the
//	          invisible joiners U+200C and U+200D
//	alef      أ إ آ ٱ are ا
//	yeh       ى ی ئ are ي
//	kaf       ک is ك
//	heh       ة is ه
//	waw       ؤ is و
//
// Marks of other scripts are letters there and are kept. A NUL would end the text for
// SQLite, so it becomes U+FFFD. The file holds folded text, so a change here needs a new
// schemaVersion and a step in upgrade.go.
func foldText(s string) string {
	if isPlainASCII(s) {
		return strings.ToLower(s)
	}
	s = norm.NFKD.String(strings.ToLower(string([]rune(s))))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 0x0300 && r <= 0x036f: // combining diacritical marks
		case r >= 0x0591 && r <= 0x0670 && isPoint(r):
		case r == 0x200c || r == 0x200d: // joiners
		case r == 0:
			b.WriteRune(utf8.RuneError)
		case r >= utf8.RuneSelf && strokes[r] != "":
			b.WriteString(strokes[r])
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

// isPoint reports whether r is a mark of Arabic or Hebrew that most people leave out, or
// tatweel. The hamza and madda of أ إ آ ؤ ئ are such marks once the letter is decomposed.
func isPoint(r rune) bool {
	switch {
	case r >= 0x064b && r <= 0x065f, r == 0x0670, r == 0x0640:
		return true
	case r > 0x05c7: // Arabic letters, and Hebrew ones
		return false
	}
	return r != 0x05be && r != 0x05c0 && r != 0x05c3 && r != 0x05c6 // punctuation between the points
}

// strokes are letters that Unicode does not decompose but that people type without the
// stroke.
var strokes = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th", 'ς': "σ",
	'\u2018': "'", '\u2019': "'", '\u02bc': "'", // Siobhán O’Brien
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه",
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == 0 {
			return false
		}
	}
	return true
}

// foldEmail returns the form in which addresses and usernames are unique.
func foldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// foldPhone returns the number as E.164: a plus sign and digits.
func foldPhone(s string) string {
	if d := digits(s); d != "" {
		return "+" + d
	}
	return ""
}

// foldWallet ignores case where it is only a checksum (0x…), but not in Solana's base58.
func foldWallet(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 2 && (s[:2] == "0x" || s[:2] == "0X") {
		return strings.ToLower(s)
	}
	return s
}

func digits(s string) string {
	var b strings.Builder
	for _, r := range s {
		if d := digit(r); d >= 0 {
			b.WriteByte(byte('0' + d))
		}
	}
	return b.String()
}

// digit returns the value of a digit of the common keyboards.
func digit(r rune) int {
	for _, zero := range [...]rune{'0', '٠', '۰', '०', '\uff10'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// looksLikePhone reports whether s has only digits and the punctuation of phone numbers.
func looksLikePhone(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case digit(r) >= 0:
			n++
		case strings.ContainsRune("+-()./ \u00a0\u2010\u2011\u2012\u2013", r):
		default:
			return false
		}
	}
	return n > 0
}

// ideographic reports whether s is in a script that writes the family name first and
// without a space.
func ideographic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}
