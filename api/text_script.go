package api

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Mixed says that the value may be made to look like another one: that one part
// of it (between dots, @, dashes, spaces) mixes scripts, as a Cyrillic а in a
// Latin word does. In an address, which has an @ or a dot and no space, it also
// says so of a part written wholly in foreign letters that look Latin beside
// Latin parts, and of letters in fancy dress (𝐩𝐚𝐲, ｐａｙ). Latin with Chinese,
// Japanese or Korean is what people there write, and not mixed.
func (t Text) Mixed() bool {
	s := t.Raw()
	if len(s) > maxScan {
		s = s[:maxScan]
	}
	if isASCII(s) {
		return false
	}
	address := strings.ContainsAny(s, "@.") && !strings.ContainsRune(s, ' ')
	if address && norm.NFKC.String(s) != norm.NFC.String(s) {
		return true
	}
	latin, posing := false, false
	for part := range strings.FieldsFuncSeq(s, parts) {
		scripts, lookalike := scriptsOf(part)
		if !together(scripts) {
			return true
		}
		latin = latin || scripts == isLatin
		posing = posing || lookalike
	}
	return address && latin && posing
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func parts(r rune) bool {
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

// together says that people write these scripts in one word.
func together(s scripts) bool {
	if s&fromAbroad != 0 {
		return s == isOther
	}
	return s&^chinese == 0 || s&^japanese == 0 || s&^korean == 0
}

// scriptsOf gives the scripts of one part, and whether all its letters are
// foreign ones that look Latin.
func scriptsOf(part string) (set scripts, lookalike bool) {
	var abroad *unicode.RangeTable
	letters, posing := 0, 0
	for _, r := range part {
		if unicode.In(r, unicode.Common, unicode.Inherited) || !unicode.In(r, unicode.L, unicode.M) {
			continue
		}
		letters++
		if strings.ContainsRune(looksLatin, r) {
			posing++
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
	return set, letters > 0 && posing == letters
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

// looksLatin are the Cyrillic, Greek, Armenian and Cherokee letters that most
// fonts draw as Latin ones.
const looksLatin = "асеорхуѕіјһԁԛԝӏүАВЕКМНОРСТУХІЈЅԀԚԜҮ" +
	"αγηικνορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օոսցհզՕՍՏԼ" + "ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᏀᏂᏃᏔᏙᏚᏞᏟᏢᏦᏴ"
