package input_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

func TestReadEmail_FormsThatProgramsWrite(t *testing.T) {
	const ina = "ina@pine.example"
	for text, want := range map[string]string{
		ina: ina, "  " + ina + " ": ina, "<" + ina + ">": ina, "Ina Holm <" + ina + ">": ina, `"Holm, Ina" <` + ina + `>`: ina,
		`"` + ina + `"`: ina, "'" + ina + "'": ina, "\u201c" + ina + "\u201d": ina, "\u201e" + ina + "\u201c": ina, "«" + ina + "»": ina, "`" + ina + "`": ina,
		"(" + ina + ")": ina, "[" + ina + "]": ina, "mailto:" + ina: ina, "MAILTO:" + ina: ina, "mailto:ina%40pine.example?subject=a%20b": ina,
		"<mailto:" + ina + ">": ina, ina + ",": ina, ina + ";": ina, ina + " ;,": ina, `"` + ina + `",`: ina,
		ina + "\u200b": ina, "\ufeff" + ina: ina, "\u202a" + ina + "\u202c": ina, "ina\u2060@pine.example": ina, "ina@pine\u00ad.example": ina,
		ina + "\u3000": ina, "\u00a0" + ina: ina, ina + "\r\n": ina, "ina＠pine．example": ina,
		"Jose\u0301@correo.example": "José@correo.example", "o'brien+tag@pine.example": "o'brien+tag@pine.example",
		"INA@Pine.Example": "INA@Pine.Example", "info@münchen.example": "info@münchen.example",
	} {
		email, err := input.ParseEmail(text)
		require.NoError(t, err, "%q", text)
		require.Equal(t, want, email.Address, "%q", text)
	}
	email, err := input.ParseEmail(`"Holm, Ina" <ina@pine.example>`)
	require.NoError(t, err)
	require.Equal(t, "Holm, Ina", email.Name)
}

func TestReadEmail_RejectsOtherText(t *testing.T) {
	for _, text := range []string{"", "ina", "@pine.example", "ina@", "ina@pine", "ina@@pine.example", "a b@pine.example", "ina@pine..example", ".ina@pine.example",
		"ina@-pine.example", "ina@pine-.example", "a@x.example, b@x.example", "a@x.example b@x.example", "A <a@x.example>, B <b@x.example>", `{"a":"ina@pine.example"}`, "write to ina@pine.example"} {
		_, err := input.ParseEmail(text)
		require.Error(t, err, "%q", text)
	}
}

func TestEmail_MatchesBothFormsOfADomain(t *testing.T) {
	for address, want := range map[string][]string{
		"info@münchen.example":          {"info@münchen.example", "info@xn--mnchen-3ya.example"},
		"info@xn--mnchen-3ya.example":   {"info@xn--mnchen-3ya.example", "info@münchen.example"},
		"jürgen@xn--mnchen-3ya.example": {"jürgen@xn--mnchen-3ya.example", "jürgen@münchen.example"},
		"Info@MÜNCHEN.example":          {"Info@MÜNCHEN.example", "info@münchen.example", "Info@münchen.example", "Info@xn--mnchen-3ya.example", "info@xn--mnchen-3ya.example"},
		"a@straße.example":              {"a@straße.example", "a@xn--strae-oqa.example"},
		"a@例え.テスト":                      {"a@例え.テスト", "a@xn--r8jz45g.xn--zckzah"},
		"a@почта.рф":                    {"a@почта.рф", "a@xn--80a1acny.xn--p1ai"},
		"a@pine.example":                {"a@pine.example"},
		"A@Pine.example":                {"A@Pine.example", "a@pine.example"},
		"a@xn--nothing-in-it-.example":  {"a@xn--nothing-in-it-.example"},
	} {
		require.Equal(t, want, input.Email{Address: address}.Candidates(), address)
	}
	require.Equal(t, "info@münchen.example", input.ReadableEmail("info@xn--mnchen-3ya.example"))
	require.Empty(t, input.ReadableEmail("info@münchen.example"), "it is read as it is")
	require.Empty(t, input.ReadableEmail("ina@pine.example"))
	require.Equal(t, "@xn--mnchen-3ya.example", input.OtherDomainForm("@münchen.example"), "the end of an address, too")
}
