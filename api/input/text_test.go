package input_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"frontdesk/api/input"
)

const scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

func TestClean(t *testing.T) {
	for text, want := range map[string]struct {
		clean   string
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
		clean, omitted := input.Clean(text)
		require.Equal(t, want.clean, clean, "%q", text)
		require.Equal(t, want.omitted, omitted, "%q", text)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("mu\u200b\u0308ller \u202ex\r\n" + scotland)
	f.Add("👩\u200d👩\u200d👧\u200d \u0e33\u0333")
	f.Add("\xff\u1100\u1161\u11a8")
	f.Fuzz(func(t *testing.T, text string) {
		clean, _ := input.Clean(text)
		again, omitted := input.Clean(clean)
		require.Equal(t, clean, again, "%q", text)
		require.Zero(t, omitted, "%q", text)
		require.True(t, utf8.ValidString(clean) && norm.NFC.IsNormalString(clean), "%q", text)
		require.False(t, strings.ContainsAny(clean, "\r\n\t\x1b\u202e\u200b\ufeff"), "%q", text)
	})
}

// utf16Text encodes text as UTF-16.
func utf16Text(order binary.AppendByteOrder, text string) []byte {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = order.AppendUint16(raw, unit)
	}
	return raw
}

func TestDecodeText(t *testing.T) {
	const text = "maya@harborpine.example\nJosé 李\n"
	for name, raw := range map[string][]byte{
		"plain": []byte(text), "mark": []byte("\ufeff" + text), "Windows": []byte(strings.ReplaceAll(text, "\n", "\r\n")), "old Mac": []byte(strings.ReplaceAll(text, "\n", "\r")),
		"UTF-16LE": utf16Text(binary.LittleEndian, "\ufeff"+text), "UTF-16BE": utf16Text(binary.BigEndian, "\ufeff"+text),
		"UTF-16LE without a mark": utf16Text(binary.LittleEndian, text), "UTF-16BE without a mark": utf16Text(binary.BigEndian, text),
		"PowerShell": utf16Text(binary.LittleEndian, "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n")),
	} {
		got, err := input.DecodeText(raw)
		require.NoError(t, err, name)
		require.Equal(t, text, got, name)
	}
	for _, raw := range []string{"caf\xe9", "\xff\xfea", "\xff\xfe\x00\x00a\x00\x00\x00", "\xff\xfe\x00\xd8"} {
		_, err := input.DecodeText([]byte(raw))
		require.Error(t, err, "%q", raw)
	}
	got, err := input.DecodeText(nil)
	require.NoError(t, err)
	require.Empty(t, got)
}

func FuzzDecodeText(f *testing.F) {
	f.Add([]byte("\xff\xfem\x00a\x00"))
	f.Add([]byte("\xef\xbb\xbfa\r\nb\rc"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := input.DecodeText(raw)
		if err == nil {
			require.True(t, utf8.ValidString(text))
			require.NotContains(t, text, "\r")
		}
		_, _ = input.ParseList(raw)
	})
}

func TestCleanReason(t *testing.T) {
	for text, want := range map[string]string{"asked for it": "asked for it", " \u200bticket 42\u2800 ": "ticket 42", "7": "7", "\u738b": "\u738b",
		"": "", "\u200b": "", "\u2800": "", "\u3164": "", "...": "", " - ": "", "\u00a0!\u3000": "", "\u115f\u1160": ""} {
		require.Equal(t, want, input.CleanReason(text), "%q", text)
	}
}
