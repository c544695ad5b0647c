package clean

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestNormalize(t *testing.T) {
	for text, want := range map[string]struct {
		normal  string
		omitted int
	}{
		"maya":                            {"maya", 0},
		"  maya  okafor ":                 {"  maya  okafor ", 0}, // spaces at the ends are left to the caller
		"ina@pine.example\u200b":          {"ina@pine.example", 1},
		"\ufeffina":                       {"ina", 1},
		"\u202aina\u202c":                 {"ina", 2},
		"i\u2060n\u00ada":                 {"ina", 2},
		"ina\u3000":                       {"ina ", 0},
		"a\u00a0b\u2009c\u202fd":          {"a b c d", 0},
		"a\tb\nc\r\nd\re\u2028f\u0085g":   {"a b c d e f g", 0},
		"a\x07b\x1b[2Jc\x7f":              {"ab[2Jc", 3},
		"mu\u0308ller":                    {"müller", 0},
		"mu\u200b\u0308ller":              {"müller", 1},
		"e\u0301\u200b":                   {"é", 1},
		"می\u200cخواهم":                   {"می\u200cخواهم", 0}, // a non-joiner between letters that join
		"ma\u200cya\u200d":                {"maya", 2},
		"हिन्\u200dदी":                    {"हिन्\u200dदी", 0},
		"👩\u200d👩\u200d👧 x":               {"👩\u200d👩\u200d👧 x", 0},
		"👩\u200d x":                       {"👩 x", 1},
		"❤\ufe0f a\ufe0f":                 {"❤\ufe0f a", 1},
		scotland + " Eilidh":              {scotland + " Eilidh", 0},
		"\U0001f3f4\U000e0067x":           {"\U0001f3f4x", 1},
		"a\xffb":                          {"ab", 1},
		"a\ufffdb":                        {"ab", 1},
		"a\ue000b\ufffcc":                 {"abc", 2},
		"\u2800\u3164x":                   {"x", 2},
		"王小明 محمد O’Brien 🎷":              {"王小明 محمد O’Brien 🎷", 0},
		"z" + strings.Repeat("\u0333", 9): {"z" + strings.Repeat("\u0333", 4), 5},
	} {
		normal, omitted := Normalize(text)
		require.Equal(t, want.normal, normal, "%q", text)
		require.Equal(t, want.omitted, omitted, "%q", text)
	}
}

func FuzzNormalize(f *testing.F) {
	f.Add("mu\u200b\u0308ller \u202ex\r\n" + scotland)
	f.Add("👩\u200d👩\u200d👧\u200d \u0e33\u0333")
	f.Add("\xff\u1100\u1161\u11a8")
	f.Fuzz(func(t *testing.T, text string) {
		normal, _ := Normalize(text)
		again, omitted := Normalize(normal)
		require.Equal(t, normal, again, "%q", text)
		require.Zero(t, omitted, "%q", text)
		require.True(t, utf8.ValidString(normal) && norm.NFC.IsNormalString(normal), "%q", text)
		require.False(t, strings.ContainsAny(normal, "\r\n\t\x1b\u202e\u200b\ufeff"), "%q", text)
	})
}
