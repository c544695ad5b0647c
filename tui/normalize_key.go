package tui

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

const (
	lockMods    = tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	commandMods = tea.ModCtrl | tea.ModMeta | tea.ModHyper | tea.ModSuper // a key held with one of these types no text
)

// NormalizeKey returns a key in one form for all terminals and keyboard layouts: lock
// keys are ignored, a character typed with AltGr is text, and a key held with ctrl or
// alt is the Latin key at its position. The key's Text is left as it was sent. The
// shell applies it once, to every key that comes in.
//
// If a terminal sends two codes for a key, the layout's own code wins where it is
// ASCII: on AZERTY, Dvorak and QWERTZ, ctrl-z is the key labelled z.
func NormalizeKey(k tea.Key) tea.Key {
	capital := k.Mod & (tea.ModShift | tea.ModCapsLock)
	k.Mod &^= lockMods
	switch text := altGrText(k); {
	case text != "":
		k.Text, k.Mod = text, k.Mod&^(tea.ModCtrl|tea.ModAlt)
	case k.Text != "":
		return fixShifted(k, capital != 0)
	case k.Mod&(commandMods|tea.ModAlt) == 0 || k.Code > unicode.MaxRune: // keys without a character have codes above MaxRune
	default:
		k.Code, k.BaseCode = latinRune(k), 0
		if k.Mod&tea.ModShift == 0 { // under CapsLock some terminals send the capital
			k.Code = unicode.ToLower(k.Code)
		}
	}
	return k
}

// LatinKey returns the Latin key at a key's position, if the terminal reported the
// position. It is for screens on which nothing is typed.
func LatinKey(k tea.Key) tea.Key {
	if k.Text == "" || k.Mod&^tea.ModShift != 0 || k.Code <= unicode.MaxASCII || k.Code > unicode.MaxRune || k.BaseCode == 0 || k.BaseCode > unicode.MaxASCII {
		return k
	}
	k.Code, k.BaseCode = k.BaseCode, 0
	if k.Text = string(k.Code); k.Mod&tea.ModShift != 0 {
		k.ShiftedCode = unicode.ToUpper(k.Code)
		k.Text = string(k.ShiftedCode)
	}
	return k
}

// altGrText returns the text of a key that types text although ctrl or alt is held:
// some terminals send AltGr as ctrl-alt, or as alt. If they do not send the text, only
// a symbol is recognizable, and no symbol is bound with ctrl-alt or alt.
func altGrText(k tea.Key) string {
	switch {
	case k.Mod&(tea.ModCtrl|tea.ModAlt) == 0 || k.Mod&(commandMods&^tea.ModCtrl) != 0:
		return ""
	case k.Text != "":
		return k.Text
	case k.Mod&^tea.ModShift == tea.ModCtrl|tea.ModAlt && (unicode.IsSymbol(k.Code) || unicode.IsPunct(k.Code)):
		return string(k.Code)
	case k.Mod&^tea.ModShift == tea.ModAlt && strings.ContainsRune("@€£$#{}|~\\", k.Code):
		return string(k.Code)
	}
	return ""
}

// fixShifted corrects the text of a capital letter. If a terminal sends both, Bubble
// Tea mistakes the key's base position for its shifted code.
func fixShifted(k tea.Key, capital bool) tea.Key {
	if k.BaseCode == 0 {
		return k
	}
	if capital && unicode.IsLetter(k.Code) && k.ShiftedCode == k.BaseCode {
		k.ShiftedCode = unicode.ToUpper(k.Code)
		k.Text = string(k.ShiftedCode)
	}
	if k.Code <= unicode.MaxASCII {
		k.BaseCode = 0
	}
	return k
}

// latinRune returns the ASCII rune at the position of a non-ASCII key, or the key's own
// code.
func latinRune(k tea.Key) rune {
	if k.Code <= unicode.MaxASCII {
		return k.Code
	}
	if k.BaseCode > 0 && k.BaseCode < unicode.MaxASCII {
		return k.BaseCode
	}
	want := unicode.ToLower(k.Code)
	for _, letters := range layouts {
		if at := slices.Index([]rune(letters), want); at >= 0 && want != ' ' {
			return rune(usLetters[at])
		}
	}
	return k.Code
}

// usLetters are the letters of a US keyboard, row by row; layouts lists what other
// keyboards have in their place, with a space where there is none or where another
// layout is the more common home of that letter. The first layout that has a letter
// decides, because terminals that do not send the position do not name the layout
// either.
const usLetters = "qwertyuiopasdfghjklzxcvbnm"

var layouts = [...]string{
	"йцукенгшщзфывапролдячсмить", // Russian, and the layouts that share its letters
	"йцукенгшщзфівапролдячсмить", // Ukrainian
	"љњертзуиопасдфгхјклѕџцвбнм", // Serbian, Macedonian: for the letters Russian does not have
	";ςερτυθιοπασδφγηξκλζχψωβνμ", // Greek
	"  קראטוןםפשדגכעיחלךזסבהנמצ", // Hebrew
	"ضصثقفغعهخحشسيبلاتنمئءؤر ىة", // Arabic
	"ضصثقفغعهخحشسیبلاتنمظطزرذدپ", // Persian
	"ქწერტყუიოპასდფგჰჯკლზხცვბნმ", // Georgian
	"ๆไำพะัีรนยฟหกดเ้่าสผปแอิืท", // Thai
	"ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", // Korean
}
