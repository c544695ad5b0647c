package tui

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

const (
	lockMods    = tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	commandMods = tea.ModCtrl | tea.ModMeta | tea.ModHyper | tea.ModSuper // held with a key, it is no letter of a text
)

// NormalizeKey is a key as the program reads it, whatever terminal and layout it came from:
// lock keys do not count, what AltGr produced is text, and a key that is held with
// ctrl or alt is the Latin one at its place. What it typed, its Text, stays as it
// was sent. It is applied once, where keys come in.
//
// Of the two codes that a terminal can send for a key, the layout's own counts where
// it is ASCII: on AZERTY, Dvorak and QWERTZ ctrl-z is where z is printed.
func NormalizeKey(k tea.Key) tea.Key {
	capital := k.Mod & (tea.ModShift | tea.ModCapsLock)
	k.Mod &^= lockMods
	switch text := altGrText(k); {
	case text != "":
		k.Text, k.Mod = text, k.Mod&^(tea.ModCtrl|tea.ModAlt)
	case k.Text != "":
		return fixShifted(k, capital != 0)
	case k.Mod&(commandMods|tea.ModAlt) == 0 || k.Code > unicode.MaxRune: // keys without a character have the codes above
	default:
		k.Code, k.BaseCode = latinRune(k), 0
		if k.Mod&tea.ModShift == 0 { // under CapsLock some terminals send the capital
			k.Code = unicode.ToLower(k.Code)
		}
	}
	return k
}

// LatinKey is the key for a screen on which nothing is typed: the Latin one at its
// place, if the terminal said which that is.
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

// altGrText is the text of a key that has one although ctrl or alt is held: AltGr
// is sent as ctrl-alt, or as alt, by some terminals. Where they do not send the text,
// it is known only of a symbol, which no key of ours is with ctrl-alt or alt.
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

// fixShifted mends the text of a capital. Bubble Tea takes the place of the key for what
// shift made of it, where a terminal sends both.
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

// latinRune is the ASCII key at the place of one that is not, or that one itself.
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

// usLetters are the letters of a US keyboard, row by row; layouts what other keyboards
// have there, a space for none or for one that stands elsewhere more often. The
// first that has a letter says where it is: terminals which send no place send no
// name of the layout either.
const usLetters = "qwertyuiopasdfghjklzxcvbnm"

var layouts = [...]string{
	"йцукенгшщзфывапролдячсмить", // Russian, and what others share with it
	"йцукенгшщзфівапролдячсмить", // Ukrainian
	"љњертзуиопасдфгхјклѕџцвбнм", // Serbian, Macedonian: where Russian has not the letter
	";ςερτυθιοπασδφγηξκλζχψωβνμ", // Greek
	"  קראטוןםפשדגכעיחלךזסבהנמצ", // Hebrew
	"ضصثقفغعهخحشسيبلاتنمئءؤر ىة", // Arabic
	"ضصثقفغعهخحشسیبلاتنمظطزرذدپ", // Persian
	"ქწერტყუიოპასდფგჰჯკლზხცვბნმ", // Georgian
	"ๆไำพะัีรนยฟหกดเ้่าสผปแอิืท", // Thai
	"ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", // Korean
}
