package clean

import (
	"strings"
	"unicode"
)

// Letters and signs that most fonts draw like those of ASCII. They are the
// single-character entries of confusables.txt (Unicode Security Mechanisms, UTS #39,
// version 13) whose skeleton is one ASCII letter or sign, without those that NFKC already
// decomposes, plus a few Greek, Cyrillic and Armenian ones that look as close in terminal
// fonts.

// nativeLookalikes are letters of scripts in which names are written. A short name may
// consist of such letters alone (Сара, Սոս), so by themselves they are not suspicious.
const nativeLookalikes = "ЅІЈАВЕКМНОРСТУХЬагеорсухѕіјѡѴѵҮүһҽӀӏԁԌԛԜԝԚԀꙇ" + // Cyrillic
	"ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγηικνορσυχϜϳϺ" + // Greek
	"ՍՏՕԼազգհոռսցքօ" + // Armenian
	"וטןס" + "اهھہە" + "ߊ" + "ଠ" + "ഠ" + "ဝ" + "ყჿ" + "ሀዐ" // Hebrew, Arabic, N’Ko, Oriya, Malayalam, Burmese, Georgian, Ethiopic

// rareLookalikes are letters of scripts that hardly any support staff read: a word made of
// them alone is taken for Latin.
const rareLookalikes = "ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴꭵꮁꮃꮓꮩꮪꮯ" + // Cherokee
	"ᐯᑌᑭᑯᑲᒍᒪᕁᕼᕽᖇᖯᖴᗅᗞᗪᗰᗷ" + // Canadian syllabics
	"ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ" + // Lisu
	"ⲅⲎⲒⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲬⳐ" + "ᚷᛁᛕᛖ" + "ⴸⴹⵏⵔⵕⵝ" + "ꛟ" + "𑜆𑜊𑜎𑜏" + // Coptic, runes, Tifinagh, Bamum, Ahom
	"𐊂𐊆𐊇𐊊𐊐𐊒𐊕𐊖𐊗" + "𐊠𐊡𐊢𐊥𐊫𐊰𐊱𐊲𐊴𐋏" + "𐌁𐌂𐌉𐌑𐌕𐌗" + "𐐄𐐕𐐛𐐠𐐬𐐽𐑈" + // Lycian, Carian, Old Italic, Deseret
	"𐒴𐓂𐓎𐓪𐓶" + "𐔓𐔖𐔘𐔜𐔝𐔥𐔦𐔧" + "𑢠𑢢𑢣𑢤𑢦𑢩𑢮𑢲𑢵𑢸𑢼𑣀𑣁𑣂𑣃𑣄𑣈𑣗𑣘𑣜" + "𖼈𖼊𖼖𖼨𖼵𖼺𖽀𖽂𖽃" // Osage, Elbasan, Warang Citi, Miao

// phoneticLetters are Latin letters that look like plain ones and occur in no name.
// spelledLetters occur in some languages (Işıl, Kʋɖeo), but in an address they are there
// to mislead.
const (
	phoneticLetters = "ƦƄɡɪʏᴄᴏᴑᴜᴠᴡᴢᶃᶌẝỿꜱꞘꞙꞟꞲꞳꞴꬲꬵꬽꭇꭈꭎꭒꭚ"
	spelledLetters  = "ıƍƖƽǀɑɣɩɯʋ"
)

// signs look like the separators of an address or a link: / . - : ' , ? and !
const signs = "ǃʔʹʼ˴՚՝׳‘’‛′‵ː˸։׃܃܄᛬᠃᠉⁚∶ꓽ꞉˗۔‐‒–⁃−➖؍٫‚܁܂ꓸ꘎𐩐᜵⁁⁄∕╱⟋⧸㇓𝈺"

// cyrillicAlphabets groups the letters above that Russian does not use by the languages
// that use them together: Ukrainian and Belarusian, Serbian and Macedonian, Azerbaijani,
// Kazakh, the Caucasus, Kurdish, Komi, Abkhaz.
var cyrillicAlphabets = []string{"ІіЇїЎў", "ЈјЅѕ", "ЈјһҮү", "ІіһҮү", "Ӏӏ", "һԛԚԜԝ", "ІіԁԀԌ", "ҽ"}

const rareCyrillic = "ЅѕІіЈјѴѵҮүһҽӀӏԁԀԌԛԚԜԝѡꙇ"

// mixesCyrillicAlphabets reports whether a word of look-alike Cyrillic letters combines
// alphabets that no language combines (Јоѕһ).
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

// likeness is what the letters of one word look like.
type likeness uint8

const (
	looksLikeNothing likeness = iota
	looksLatin                // every letter looks Latin, in a script in which names are written
	readAsLatin               // every letter looks Latin, and would be read as nothing else
)

// likenessOf returns whether every letter of a word looks Latin without being Latin.
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
