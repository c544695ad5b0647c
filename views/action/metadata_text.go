package action

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// editableJSON returns a stored object as text to edit: indented, with numbers as
// they are, and with escapes for characters that must not reach the terminal.
func editableJSON(stored json.RawMessage) string {
	var out bytes.Buffer
	if len(bytes.TrimSpace(stored)) == 0 || string(stored) == "null" || json.Indent(&out, stored, "", "  ") != nil {
		return "{}"
	}
	return escapeInvisible(out.String())
}

// escapeInvisible replaces characters that are invisible or change how their
// neighbours are drawn with JSON escapes, which keep the value of a string. It is
// applied to all text that enters the box: stored metadata, pastes and text from
// the editor.
func escapeInvisible(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "  ").Replace(text)
	var out strings.Builder
	for len(text) > 0 {
		// One word at a time, because a joiner is allowed between some letters.
		at := strings.IndexFunc(text, func(r rune) bool { return r == '"' || r == '\n' || r == ' ' })
		word, rest, gap := text, "", ""
		if at >= 0 {
			word, gap, rest = text[:at], text[at:at+1], text[at+1:]
		}
		escapeWord(&out, []rune(word))
		out.WriteString(gap)
		text = rest
	}
	return out.String()
}

// escapeWord writes a word in pieces that are short enough to be shown in full.
func escapeWord(out *strings.Builder, word []rune) {
	const piece = 256
	for len(word) > piece {
		escapeWord(out, word[:piece])
		word = word[piece:]
	}
	if clean.NewText(string(word)).IsShownExactly() {
		out.WriteString(string(word))
		return
	}
	for _, r := range word {
		switch {
		case r < unicode.MaxASCII && r >= ' ':
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(out, `\u%04x`, r)
		}
	}
}

// describeSize says how full a field is: "1.2 of 8 KB".
func describeSize(raw []byte) (words string, over bool) {
	const kilo = 1 << 10
	size, limit, exact := api.MetadataSize(raw)
	tenths := (size*10 + kilo - 1) / kilo // rounded up, so that a text over the limit never looks as if it fits
	words = fmt.Sprintf("%d.%d of %d KB", tenths/10, tenths%10, limit/kilo)
	if !exact {
		words = "about " + words
	}
	return words, exact && size > limit
}
