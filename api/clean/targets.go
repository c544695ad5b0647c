package clean

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Destinations with rules of their own. Everything else is either displayed or sent as
// Raw.

// Title returns the value for the terminal's window title: Display, cut to 80 runes.
// Window titles are shown in task bars and shell prompts, which this program does not
// control.
func (t Text) Title() string {
	return display(t.Raw(), style{maxRunes: 80, maxBytes: 640})
}

// Sentence makes a text of this program with cleaned values in it, such as an error
// message, fit for one row. Marks already in it are kept. Text that comes from the system
// or a library is cleaned as by Display, except for the characters that this program
// draws.
func Sentence(s string) string {
	return display(s, style{maxRunes: maxRunes, maxBytes: maxScan, keepReserved: true})
}

// Clipboard returns the value for copying, at full length and with its plain spaces, so
// that an id or an address pastes unchanged. Controls and invisible characters are
// replaced by marks, because text pasted into a shell may run.
func (t Text) Clipboard() string { return display(t.Raw(), copyStyle) }

// CSV returns the value for one spreadsheet cell: like Clipboard, with an apostrophe
// before anything a spreadsheet would take for a formula. That is an initial = + - or @,
// also full-width and after spaces, and the same after a semicolon, which separates cells
// in many European locales. A plus sign followed only by digits is a phone number and
// harmless. Quoting is left to encoding/csv.
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

// Link returns the value as the target of a hyperlink, or "" if it is not one: it must be
// an absolute http or https URL with a host, without a user name, of at most 2,048 bytes.
// Everything but ASCII is escaped.
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
		if r >= utf8.RuneSelf { // a look-alike host must not be encoded here
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

// Lines returns the value as at most limit rows, for the few places that show several.
// Each row is cleaned as by Display but keeps its spaces (indented JSON). The last row is
// … if there were more.
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

// ShellArg returns s as one argument of a POSIX shell's command line, quoted only if it has
// to be.
func ShellArg(s string) string {
	isSpecial := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+=:@,", r))
	}
	if s != "" && !strings.ContainsFunc(s, isSpecial) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

const (
	hex      = "0123456789abcdef"
	formulas = "=+-@\uff1d\uff0b\uff0d\uff20" // and their full-width forms
)

// QuoteASCII returns any string as a JSON string literal in printable ASCII, for logs and
// the journal, so that showing such a file cannot affect a terminal. It is lossless except
// for invalid UTF-8, which becomes U+FFFD.
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
