package input_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

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
