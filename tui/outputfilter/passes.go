package outputfilter

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// passesRune reports whether a character may reach the terminal. C0 controls and DEL
// are handled elsewhere.
func passesRune(r rune) bool {
	switch {
	case r == utf8.RuneError:
		return true // stands for a bad byte; the bytes themselves are dropped
	case r < 0xa0:
		return false
	case r == 0x2028, r == 0x2029, r >= 0xe0000 && r <= 0xe007f:
		return false
	}
	return !unicode.Is(unicode.Bidi_Control, r)
}

// appendCSI appends ESC [ body final if it passes, an SGR only with the attributes that
// do.
func appendCSI(out, body []byte, final byte) []byte {
	prefix, params, inter, ok := split(body)
	if !ok {
		return out
	}
	if final == 'm' && prefix == 0 && inter == "" {
		kept, any := filterSGR(params)
		if !any {
			return out
		}
		params = kept
	} else if !passesCSI(prefix, inter, final, params) {
		return out
	}
	out = append(out, esc, '[')
	if prefix != 0 {
		out = append(out, prefix)
	}
	out = append(out, params...)
	out = append(out, inter...)
	return append(out, final)
}

// split parses the body of a control sequence: one prefix of <=>?, then digits,
// semicolons and colons, then intermediate bytes.
func split(body []byte) (prefix byte, params, inter string, ok bool) {
	if len(body) > 0 && body[0] >= '<' && body[0] <= '?' {
		prefix, body = body[0], body[1:]
	}
	n := 0
	for n < len(body) && body[n] >= '0' && body[n] <= ';' {
		n++
	}
	params, rest := string(body[:n]), string(body[n:])
	for i := range len(rest) {
		if rest[i] > '/' {
			return 0, "", "", false
		}
	}
	return prefix, params, rest, true
}

// passesCSI reports whether Bubble Tea emits such a sequence. SGR is handled elsewhere.
func passesCSI(prefix byte, inter string, final byte, params string) bool {
	if strings.Contains(params, ":") {
		return false
	}
	switch string(prefix) + inter + string(final) {
	case "\x00A", "\x00B", "\x00C", "\x00D", "\x00G", "\x00`", "\x00d", "\x00I", "\x00Z", // cursor
		"\x00K", "\x00L", "\x00M", "\x00P", "\x00@", "\x00X", "\x00S", "\x00T", "\x00b": // lines and cells
		return isNumberList(params, 1)
	case "\x00H", "\x00r":
		return isNumberList(params, 2)
	case "\x00J":
		return isOneOf(params, "", "0", "1", "2") // 3 would erase the operator's scrollback
	case "\x00h", "\x00l":
		return params == "4"
	case "\x00n":
		return params == "6"
	case "\x00c":
		return params == "" || params == "0"
	case "\x00 q":
		return len(params) <= 1 && params <= "6"
	case "?h", "?l":
		return privateModes(params)
	case "?$p":
		return isOneOf(params, "1004", "2026", "2027")
	case "?W":
		return params == "5"
	case "?u":
		return params == ""
	case ">q":
		return params == "" || params == "0"
	case ">u", "<u":
		return isNumberList(params, 1)
	case "=u":
		return isNumberList(params, 2)
	case ">m":
		return isOneOf(params, "4", "4;0", "4;1", "4;2")
	}
	return false
}

// setsKeyboard reports whether ESC [ body final sets or queries the protocol in which
// keys are sent: kitty's, or modifyOtherKeys.
func setsKeyboard(body []byte, final byte) bool {
	if len(body) == 0 {
		return false
	}
	return final == 'u' && strings.IndexByte("<=>?", body[0]) >= 0 || final == 'm' && body[0] == '>'
}

// isNumberList reports whether params is at most n numbers of at most five digits.
func isNumberList(params string, n int) bool {
	for p := range strings.SplitSeq(params, ";") {
		if n--; n < 0 || len(p) > 5 {
			return false
		}
	}
	return true
}

func isOneOf(s string, set ...string) bool {
	for _, one := range set {
		if s == one {
			return true
		}
	}
	return false
}

// privateModes reports whether params are modes Bubble Tea sets: wrap, cursor, mouse,
// focus, alternate screen, bracketed paste, synchronized output and grapheme clusters.
func privateModes(params string) bool {
	for p := range strings.SplitSeq(params, ";") {
		if !isOneOf(p, "7", "25", "1002", "1003", "1004", "1006", "1049", "2004", "2026", "2027") {
			return false
		}
	}
	return true
}

// passesString reports whether an OSC, or else a DCS, with this payload passes.
func passesString(payload []byte, osc bool) bool {
	if !osc {
		return passesDCS(payload)
	}
	command, data, has := bytes.Cut(payload, []byte{';'})
	switch string(command) {
	case "0", "2":
		return has && isTitle(data)
	case "10", "11", "12":
		return has && len(data) <= 64 && isASCIIWith(data, "#:/,.?")
	case "110", "111", "112":
		return !has
	case "52":
		return has && isClipboard(data)
	case "9":
		return has && len(data) <= 8 && bytes.HasPrefix(data, []byte("4;")) && isASCIIWith(data, ";")
	case "7501":
		return has && len(data) <= 4<<10 && isASCIIWith(data, "=:;/+_.-?")
	}
	return false
}

// passesDCS accepts XTGETTCAP and the clipboard wrapped for tmux.
func passesDCS(payload []byte) bool {
	if names, ok := bytes.CutPrefix(payload, []byte("+q")); ok {
		return len(names) <= 256 && isASCIIWith(names, ";")
	}
	inner, ok := bytes.CutPrefix(payload, []byte("tmux;\x1b\x1b]52;"))
	if !ok {
		return false
	}
	if data, ok := bytes.CutSuffix(inner, []byte{bel}); ok {
		return isClipboard(data)
	}
	data, ok := bytes.CutSuffix(inner, []byte("\x1b\x1b\\"))
	return ok && isClipboard(data)
}

// isClipboard accepts a selection and base64. A question mark in place of base64 would
// read the clipboard, which the console never does.
func isClipboard(data []byte) bool {
	which, text, ok := bytes.Cut(data, []byte{';'})
	if !ok || len(which) > 4 || strings.Trim(string(which), "cpqs01234567") != "" {
		return false
	}
	_, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	return err == nil && !bytes.ContainsAny(text, "\r\n")
}

const maxTitle = 1 << 10

func isTitle(data []byte) bool {
	if len(data) > maxTitle || !utf8.Valid(data) {
		return false
	}
	return bytes.IndexFunc(data, func(r rune) bool { return r > '~' && !passesRune(r) }) < 0
}

// isASCIIWith reports whether data consists of ASCII letters, digits and the characters
// in more.
func isASCIIWith(data []byte, more string) bool {
	for _, b := range data {
		letter := b|0x20 >= 'a' && b|0x20 <= 'z'
		if digit := b >= '0' && b <= '9'; !letter && !digit && strings.IndexByte(more, b) < 0 {
			return false
		}
	}
	return true
}
