package clean

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPosing_ExplainsLookalikes(t *testing.T) {
	for s, want := range map[string]string{
		// one letter of another script
		"pаypal@pine.example": mixesAlphabets, // Cyrillic а
		"раураl@pine.example": mixesAlphabets, // Cyrillic but for the l
		"раураl":              mixesAlphabets,
		"Maya Оkafor":         mixesAlphabets, // Cyrillic О
		"Mауa":                mixesAlphabets,
		"Ꮪam Carter":          mixesAlphabets, // Cherokee
		"αlice@pine.example":  mixesAlphabets,
		"ѕam.carter":          mixesAlphabets,
		// a whole word of another script next to Latin ones
		"аррӏе.example":        looksLatinReason,
		"sam@аррӏе.example":    looksLatinReason,
		"раура@mail.example":   looksLatinReason,
		"Sam Сосо":             looksLatinReason,
		"ᏚᎪᎷ@pine.example":     looksLatinReason,
		"maya@ꓐꓮꓠꓗ.example":    looksLatinReason,
		"maya@ⲞⲤⲤ.example":     looksLatinReason,
		"οσο@mail.example":     looksLatinReason, // Greek
		"maya@ᐯᗪᖇ.example":     looksLatinReason, // Canadian syllabics
		"סוס@mail.example":     looksLatinReason,
		"Mᴀya@mail.example":    "", // a small capital A is not a look-alike in UTS #39
		"Иван Petrov":          "",
		"Х. Petrov":            "", // an initial
		"сара@почта.рф":        "",
		"мама@mail.example":    "",
		"иван@mail.example":    "",
		"münchen@mail.example": "",
		// a whole word that reads as Latin by itself
		"ᎠᎡᎢᎬᎡ":      looksLatinReason,
		"ᏚᎪᎷ ᏟᎪᏒᎢᎬᏒ": looksLatinReason,
		"ꓢꓮꓟ":        looksLatinReason,
		"ᗰᗪᗷ":        looksLatinReason,
		"Јоѕһ":       looksLatinReason, // Cyrillic letters of no single language
		"Ѕаӏӏу":      looksLatinReason,
		"Ꭰ":          "",
		"ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ": "", // Tsalagi Gawonihisdi: its first letter looks like no Latin one
		"ᎦᏬᏂᎯᏍᏗ":     "",
		// letters and signs that look like others
		"danıel@pine.example":         hasLookalike,
		"pine.example⁄login":          hasLookalike,
		"maya@pine.example∕x":         hasLookalike,
		"maya‐o@pine.example":         hasLookalike, // not a real hyphen
		"maya@pine․example":           hasLookalike, // one-dot leader
		"maya@pıne.example":           hasLookalike,
		"ɡoogle.example":              hasLookalike,
		"sɑm@pine.example":            hasLookalike,
		"Oliver ᴄooper":               hasLookalike,
		"ɡeorge":                      hasLookalike,
		"o’brien@pine.example":        hasLookalike,
		"𝐩𝐚𝐲@pine.example":            hasLookalike,
		"ｐａｙ@pine.example":            hasLookalike,
		"maya＠pine.example":           hasLookalike,
		"maya@łódź.example":           "",
		"jose\u0301@pine.example":     "",
		"maya@xn--80ak6aa92e.example": "",
		"中文@例子.example":               "",
		"li-王@mail.example":           "",
	} {
		require.Equal(t, want, NewText(s).LookalikeReason(), "%s %+q", s, s)
		require.Equal(t, want != "", NewText(s).IsLookalike(), "%s", s)
	}
}

func TestPosing_AcceptsRealNames(t *testing.T) {
	names := append([]string{
		"Łukasz", "Łukasz Żak", "王小明", "محمد", "محمد علي", "Ελένη", "Мария", "Сара", "Роза Егорова", "Сосо", "Ева", "Ніна", "Іван Франко", "Јоса", "Ѕасо",
		"Յասմին", "Սոս", "נועה", "סו", "ფიროსმანი", "Işıl Yılmaz", "Yıldız", "İsmayıl Əliyev", "Sarıgül", "Kʋami", "Kɔfi Ɛkua", "Nguyễn Thị Ánh", "Đặng",
		"Þórdís Æsa", "Søren Kierkegaard", "Straße", "Ñandú", "Ōkubo", "Siobhán O’Brien", "D’Arcy", "Jean‐Luc Picard", "ǀKaras", "Dr.Işık", "St.John",
		"山田　太郎", "김철수", "김Kim", "Sonyソニー", "ﾀﾞｲ", "ዮሐንስ", "प्रिया", "ไทย", "ᠮᠣᠩᠭᠣᠯ", "ᐃᓄᒃᑎᑐᑦ", "Нүргүл", "Һадия", "Ӏиса", "Аліса", "Ρένα", "Νίνα",
	}, people...)
	for _, name := range names {
		require.Empty(t, NewText(name).LookalikeReason(), "%s %+q", name, name)
	}
}
