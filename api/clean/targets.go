package clean

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Places with rules of their own. What goes to none of them and not to a screen
// goes to the wire, as Raw.

// Title returns the value for the terminal's window title: Display, at most 80 runes. A
// window title ends up in task bars and shell prompts that nobody here draws.
func (t Text) Title() string {
	return display(t.Raw(), style{maxRunes: 80, maxBytes: 640})
}

// Sentence returns a text of ours with cleaned values in it, such as an error's, made fit
// for one row: the marks that stand in it already stay. What a system or a library wrote
// into it is cleaned as Display does, but for signs that this program draws.
func Sentence(s string) string {
	return display(s, style{maxRunes: maxRunes, maxBytes: maxScan, keepReserved: true})
}

// Clipboard returns the value to copy: of full length and with its plain spaces, so that
// an id or an address pastes as it is; but with marks for controls and invisibles, because
// what is pasted into a shell runs, and a marked name is better than one that does.
func (t Text) Clipboard() string { return display(t.Raw(), copyStyle) }

// CSV returns the value for one cell of a spreadsheet: as Clipboard, with an apostrophe
// before what a spreadsheet would take for a formula. That is a first = + - or @, also in
// their full-width forms and after spaces, and the same after a semicolon, where half of
// Europe splits its cells. A plus before digits and nothing else is a phone number, and
// computes nothing. The quoting of commas and quotes is encoding/csv's.
func (t Text) CSV() string {
	s := t.Clipboard()
	if !strings.ContainsAny(s, formulas) || dialable(s) {
		return s
	}
	cells := strings.Split(s, ";")
	for i, cell := range cells {
		if strings.IndexAny(strings.TrimLeft(cell, " ␣␉\"'"), formulas) == 0 {
			cells[i] = "'" + cell
		}
	}
	return strings.Join(cells, ";")
}

// dialable reports whether a value is a plus sign and the digits of a phone number.
func dialable(s string) bool {
	digits, plus := strings.CutPrefix(s, "+")
	return plus && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// Link returns the value as a target for a hyperlink or a browser, "" where it is none: an
// absolute http or https address with a host and without a user name in it, of at most
// 2,048 bytes, everything but ASCII escaped.
func (t Text) Link() string {
	raw := t.Raw()
	if len(raw) > 2048 || MaskKeys(raw) != raw || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || kindOf(r) == forbidden }) {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	for _, r := range u.Host {
		if r >= utf8.RuneSelf { // a look-alike host is not for us to encode
			return ""
		}
	}
	u.RawQuery, u.RawPath = escapeHigh(u.RawQuery), ""
	s := u.String()
	if len(s) > 2048 || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return ""
	}
	return s
}

func escapeHigh(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf {
			b.WriteString("%" + strings.ToUpper(string(hex[c>>4])+string(hex[c&15])))
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Lines returns the value as rows, for the few places that show more than one: each row
// cleaned as Display does, with its spaces as they are (indented JSON), at most limit of
// them; the last then says … alone.
func (t Text) Lines(limit int) []string {
	raw := t.Raw()
	if raw == "" || limit < 1 {
		return nil
	}
	var rows []string
	for row := range strings.SplitSeq(strings.TrimSuffix(raw, "\n"), "\n") {
		if len(rows) == limit {
			rows[limit-1] = "…"
			break
		}
		rows = append(rows, display(strings.TrimSuffix(row, "\r"), lineStyle))
	}
	return rows
}

const (
	hex      = "0123456789abcdef"
	formulas = "=+-@\uff1d\uff0b\uff0d\uff20" // and their full-width forms
)

// QuoteASCII is any string as a JSON string literal in printable ASCII alone,
// for logs and the journal: what a terminal later shows of such a file cannot
// act on it. It loses nothing but bytes that are no UTF-8, which become U+FFFD.
func QuoteASCII(s string) string {
	b := append(make([]byte, 0, len(s)+2), '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r >= ' ' && r <= '~':
			b = append(b, byte(r))
		case r > 0xffff:
			r -= 0x10000
			b = appendUnit(appendUnit(b, 0xd800+r>>10), 0xdc00+r&0x3ff)
		default:
			b = appendUnit(b, r)
		}
	}
	return string(append(b, '"'))
}

func appendUnit(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}
