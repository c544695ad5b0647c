package clean

import (
	"strings"
	"unicode"
)

// The letters and signs that most fonts draw as those of ASCII. They are the
// single-character entries of confusables.txt (Unicode Security Mechanisms,
// UTS #39, version 13) whose skeleton is one ASCII letter or sign, without those
// that NFKC already takes apart, with a few Greek, Cyrillic and Armenian ones
// added that are as close in the fonts of terminals.

// nativeLookalikes are scripts in which people are called, and a short name may well
// be made of such letters alone (Сара, Սոս): by themselves they pose as nothing.
const nativeLookalikes = "ЅІЈАВЕКМНОРСТУХЬагеорсухѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝԚԀꙇ" + // Cyrillic
	"ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγηικνορσυχϜϳϺ" + // Greek
	"ՍՏՕԼազգհոռսցքօ" + // Armenian
	"וטןס" + "اهھہە" + "ߊ" + "ଠ" + "ഠ" + "ဝ" + "ყჿ" + "ሀዐ" // Hebrew, Arabic, N’Ko, Oriya, Malayalam, Burmese, Georgian, Ethiopic

// rareLookalikes are scripts that nearly nobody at the desk reads: a word made of
// them alone is read as Latin.
const rareLookalikes = "ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴꭵꮁꮃꮓꮩꮪꮯ" + // Cherokee
	"ᐯᑌᑭᑯᑲᒍᒪᕁᕼᕽᖇᖯᖴᗅᗞᗪᗰᗷ" + // Canadian syllabics
	"ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ" + // Lisu
	"ⲅⲎⲒⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲬⳐ" + "ᚷᛁᛕᛖ" + "ⴸⴹⵏⵔⵕⵝ" + "ꛟ" + "𑜆𑜊𑜎𑜏" + // Coptic, runes, Tifinagh, Bamum, Ahom
	"𐊂𐊆𐊇𐊊𐊐𐊒𐊕𐊖𐊗" + "𐊠𐊡𐊢𐊥𐊫𐊰𐊱𐊲𐊴𐋏" + "𐌁𐌂𐌉𐌑𐌕𐌗" + "𐐄𐐕𐐛𐐠𐐬𐐽𐑈" + // Lycian, Carian, Old Italic, Deseret
	"𐒴𐓂𐓎𐓪𐓶" + "𐔓𐔖𐔘𐔜𐔝𐔥𐔦𐔧" + "𑢠𑢢𑢣𑢤𑢦𑢩𑢮𑢲𑢵𑢸𑢼𑣀𑣁𑣂𑣃𑣄𑣈𑣗𑣘𑣜" + "𖼈𖼊𖼖𖼨𖼵𖼺𖽀𖽂𖽃" // Osage, Elbasan, Warang Citi, Miao

// phoneticLetters are Latin letters that look like plain ones and stand in no
// one's name; spelledLetters are those that do in some languages (Işıl, Kʋɖeo),
// but in no address that is not made to be misread.
const (
	phoneticLetters = "ƦƄɡɪʏᴄᴏᴑᴜᴠᴡᴢᶃᶌẝỿꜱꞘꞙꞟꞲꞳꞴꬲꬵꬽꭇꭈꭎꭒꭚ"
	spelledLetters  = "ıƍƖƽǀɑɣɩɯʋ"
)

// signs look like those that part an address or a link: / . - : ' , ? and !
const signs = "ǃʔʹʼ˴՚՝׳‘’‛′‵ː˸։׃܃܄᛬᠃᠉⁚∶ꓽ꞉˗۔‐‒–⁃−➖؍٫‚܁܂ꓸ꘎𐩐᜵⁁⁄∕╱⟋⧸㇓𝈺"

// cyrillicAlphabets are, of the letters above that Russian does without, those
// that go together in one language: Ukrainian and Belarusian, Serbian and
// Macedonian, Azerbaijani, Kazakh, the Caucasus, Kurdish, Komi, Abkhaz.
var cyrillicAlphabets = []string{"ІіЇїЎў", "ЈјЅѕ", "ЈјһҮү", "ІіһҮү", "Ӏӏ", "һԛԚԜԝ", "ІіԁԀԌ", "ҽ"}

const rareCyrillic = "ЅѕІіЈјѴѵҮүһҽӀӏԁԀԌԛԚԜԝѡꙇ"

// mixesCyrillicAlphabets reports whether a word of look-alike Cyrillic letters takes them
// from alphabets that nobody writes together (Јоѕһ).
func mixesCyrillicAlphabets(word string) bool {
	rare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(rareCyrillic, r) {
			return r
		}
		return -1
	}, word)
	for _, alphabet := range cyrillicAlphabets {
		if strings.Trim(rare, alphabet) == "" {
			return false
		}
	}
	return rare != ""
}

// likeness is how the letters of one word look.
type likeness uint8

const (
	looksLikeNothing likeness = iota
	looksLatin                // every letter does, in a script in which people are called
	readAsLatin               // every letter does, and as nothing else
)

// likenessOf asks of every letter of a word whether it looks Latin without being so.
func likenessOf(word string) likeness {
	letters, strange, cyrillic := 0, 0, 0
	for _, r := range word {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case strings.ContainsRune(rareLookalikes, r):
			strange++
		case !strings.ContainsRune(nativeLookalikes, r):
			return looksLikeNothing
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		}
	}
	switch {
	case letters == 0:
		return looksLikeNothing
	case letters > 1 && strange == letters, cyrillic == letters && mixesCyrillicAlphabets(word):
		return readAsLatin
	}
	return looksLatin
}
