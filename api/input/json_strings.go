package input

import (
	"encoding/json"
	"strings"
)

// decodeJSONStrings decodes the JSON strings in a text. Inside them every escape is one:
// `\n` is a line end. The content of a string may be JSON again.
func (r escapeDecoder) decodeJSONStrings(text string, depth int) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		from := strings.IndexByte(text[at:], '"')
		if from < 0 {
			b.WriteString(text[at:])
			break
		}
		from += at
		b.WriteString(text[at:from])
		end, plain, ok := readJSONString(text, from)
		if !ok {
			b.WriteByte('"')
			at = from + 1
			continue
		}
		b.WriteString("\n" + r.decode(plain, depth+1) + "\n") // separated from its surroundings
		at = end
	}
	return b.String()
}

// readJSONString reads the JSON string that begins with the quote at from. ok is false if
// it is not one, or if its surroundings are not JSON.
func readJSONString(text string, from int) (end int, plain string, ok bool) {
	before := strings.TrimRight(text[:from], " \t\r\n")
	if before != "" && !strings.ContainsRune("{[,:", rune(before[len(before)-1])) {
		return 0, "", false
	}
	end = from + 1
	for end < len(text) && text[end] != '"' {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(text) { // truncated: only after a name is it certainly a string
		if !strings.HasSuffix(before, `":`) && !(strings.HasSuffix(before, ":") && strings.Contains(before, `" `)) {
			return 0, "", false
		}
		cut := strings.TrimRight(text[from:], `\`)
		return len(text), plain, json.Unmarshal([]byte(cut+`"`), &plain) == nil
	}
	end++
	after := strings.TrimLeft(text[end:], " \t\r\n")
	closes := after == "" || strings.ContainsRune("}],:", rune(after[0]))
	whole := before == "" && after == "" // a string alone
	if !closes || before == "" && !whole && !strings.HasPrefix(after, ":") && !strings.HasPrefix(after, ",") {
		return 0, "", false
	}
	return end, plain, json.Unmarshal([]byte(text[from:end]), &plain) == nil
}
