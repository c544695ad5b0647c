package keyinput

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
)

// sequenceText returns the length of the control sequence at the beginning of pasted
// text and the text that replaces it. Colours and links are dropped; a key that the
// terminal encodes, as tmux does with line breaks in a paste, becomes what it types. n
// is 0 if there is no complete sequence.
func sequenceText(text []byte) (n int, is string) {
	if len(text) < 2 || text[0] != esc {
		return 0, ""
	}
	switch c := text[1]; {
	case c == '[':
		n = wholeSequence(text)
		if n == 0 {
			return 0, ""
		}
		return n, typedKey(string(text[2:n-1]), text[n-1])
	case c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X':
		return stringLength(text), ""
	case c >= ' ' && c < '0': // a character set
		for i := 2; i < len(text); i++ {
			switch c := text[i]; {
			case c >= '0' && c <= '~':
				return i + 1, ""
			case c < ' ' || c > '~':
				return 0, ""
			}
		}
	case c >= '0' && c < '@':
		return 2, ""
	}
	return 0, ""
}

// wholeSequence returns the length of a control sequence; 0 if it is incomplete.
func wholeSequence(text []byte) int {
	if n := controlLength(text); n > 2 && text[n-1] >= '@' && text[n-1] <= '~' && (n > 3 || text[2] != '[') {
		return n
	}
	return 0
}

// stringLength returns the length of a string sequence on one line; 0 if it has no end.
func stringLength(text []byte) int {
	for i := 2; i < len(text); i++ {
		switch {
		case text[i] == 0x07:
			return i + 1
		case text[i] == esc && i+1 < len(text) && text[i+1] == '\\':
			return i + 2
		case text[i] < ' ':
			return 0
		}
	}
	return 0
}

// typedKey returns the text of a key that a terminal sent as CSI code;mod u or CSI
// 27;mod;code ~, if it types one.
func typedKey(params string, final byte) string {
	fields := strings.Split(params, ";")
	code, mod := "", "1"
	switch {
	case final == 'u' && len(fields) <= 3:
		code = fields[0]
		if len(fields) > 1 {
			mod = fields[1]
		}
	case final == '~' && len(fields) == 3 && fields[0] == "27":
		code, mod = fields[2], fields[1]
	default:
		return ""
	}
	code, _, _ = strings.Cut(code, ":")
	mod, _, _ = strings.Cut(mod, ":")
	c, err := strconv.Atoi(code)
	m, _ := strconv.Atoi(mod)
	const shift, ctrl, locks = 1, 4, 64 | 128
	held := max(0, m-1) &^ locks
	switch {
	case err != nil || c <= 0:
	case c == '\r', c == '\n', held&ctrl != 0 && bytes.IndexByte([]byte("jJmM"), byte(min(c, 0x7f))) >= 0:
		return "\n"
	case c == '\t', held&ctrl != 0 && (c == 'i' || c == 'I'):
		return "\t"
	case held&^shift == 0 && unicode.IsGraphic(rune(c)): // keys without text have codes of private use
		if held == shift {
			c = int(unicode.ToUpper(rune(c)))
		}
		return string(rune(c))
	}
	return ""
}
