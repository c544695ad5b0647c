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

// editableJSON is a stored object as it is edited: indented, numbers to the digit,
// and nothing raw in it that a terminal must not be given.
func editableJSON(stored json.RawMessage) string {
	var out bytes.Buffer
	if len(bytes.TrimSpace(stored)) == 0 || string(stored) == "null" || json.Indent(&out, stored, "", "  ") != nil {
		return "{}"
	}
	return escapeInvisible(out.String())
}

// escapeInvisible writes what could not be seen, or would move what stands beside it, as
// a JSON escape: in a string that is the same value. It is for whatever enters
// the box: stored metadata, a paste, what an editor left.
func escapeInvisible(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "  ").Replace(text)
	var out strings.Builder
	for len(text) > 0 {
		// A word at a time: whether a joiner may stand depends on its neighbours.
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

// escapeWord writes a word in pieces no longer than what a Text shows whole.
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

// describeSize is how full a field is: "1.2 of 8 KB".
func describeSize(raw []byte) (words string, over bool) {
	const kilo = 1 << 10
	size, limit, exact := api.MetadataSize(raw)
	tenths := (size*10 + kilo - 1) / kilo // rounded up: what is full must not look as if it fits
	words = fmt.Sprintf("%d.%d of %d KB", tenths/10, tenths%10, limit/kilo)
	if !exact {
		words = "about " + words
	}
	return words, exact && size > limit
}
