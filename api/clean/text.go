package clean

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"unicode/utf8"
	"unique"
)

// Text is a string that somebody else wrote: a name, an address, an id, an
// error message. It keeps the raw value for editing and for the wire, and can
// be shown only cleaned. It is comparable and fit as a map key: two Texts are
// equal when their raw values are.
//
// The value sits behind a handle and not in a string field, because fmt looks
// straight into unexported fields without asking any method: a struct that
// holds a Text, printed with %+v, shows an address in memory and nothing else.
type Text struct{ value unique.Handle[string] }

// NewText wraps a raw string from outside.
func NewText(raw string) Text {
	if raw == "" {
		return Text{}
	}
	return Text{unique.Make(raw)}
}

// Raw returns the value as it came, for the wire and for editing; never for a screen.
func (t Text) Raw() string {
	if t == (Text{}) {
		return ""
	}
	return t.value.Value()
}

// Empty reports whether there is nothing in it.
func (t Text) Empty() bool { return t == Text{} }

// Display returns the value as it may be shown: one row of at most 512 runes with no
// control, escape, separator, bidi control, invisible, tag (but those of the flags of
// England, Scotland and Wales) or private-use character in it, and never empty where the
// raw value is not. What is not allowed stands as a mark, one for a run of the same kind:
//
//	␛ ␊ ␉ …  a C0 control or DEL, by its own picture
//	␤        a line or paragraph separator
//	␣        a space that would go unseen: at the ends, doubled, or of another width
//	◌        the missing base under a combining mark
//	�        everything else: bad bytes, bidi controls, invisibles, too many marks,
//	         and what only this program draws: lines, blocks, states, these marks
//	…        the rest of a longer value, or of a secret key (sk_live_…)
//
// Names as people have them come back byte for byte. What has been shown once is no value
// any more: shown again, the marks in it count as somebody's own.
//
// Right-to-left names get no bidi controls from here: in a terminal's grid of cells such a
// control rides on the cell before it (at the start of a row, on the row above), most
// terminals that reorder do not look at it, and those that do not may draw it.
// tui/text.Fence keeps the neighbours of such a name in place once the whole frame is
// known.
func (t Text) Display() string { return display(t.Raw(), rowStyle) }

// IsShownExactly reports whether Display shows the raw value byte for byte.
func (t Text) IsShownExactly() bool {
	raw := t.Raw()
	return display(raw, rowStyle) == raw
}

// String is Display, so that a forgotten %s is harmless.
func (t Text) String() string { return t.Display() }

// Format prints Display under every verb of fmt; %q and %#v quote it.
func (t Text) Format(f fmt.State, verb rune) {
	fmt.Fprintf(f, fmt.FormatString(f, verb), t.Display())
}

// LogValue returns what log/slog writes, in its JSON form too.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.Display()) }

// MarshalJSON writes the raw value, for the wire and for files that are not shown.
// What is written that way still holds C1 and bidi characters: QuoteASCII does not.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.Raw()) }

// UnmarshalJSON takes a string as it is and null as nothing. A number, a
// boolean, an object or an array where text was promised is kept as its JSON
// text, so that an odd answer is seen and not lost.
//
// Bytes that are no UTF-8 and unpaired surrogates (\ud800), these one by one,
// become U+FFFD, as everywhere in encoding/json: UTF-8 cannot hold them. So a
// screen, a CSV and what is written back after an edit have U+FFFD where the
// server sent half a pair. An answer or a metadata object that is passed on whole
// keeps the escape as it came: --json changes no value.
func (t *Text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == 'n':
		*t = Text{}
	case b[0] != '"':
		*t = NewText(string(b))
	case plainLiteral(b):
		*t = NewText(string(b[1 : len(b)-1]))
	default:
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = NewText(s)
	}
	return nil
}

// plainLiteral reports whether a JSON string literal means the very bytes between its
// quotes. Nearly all are, and a second decoder for each costs more than the page.
func plainLiteral(b []byte) bool {
	if len(b) < 2 || b[len(b)-1] != '"' {
		return false
	}
	for _, c := range b[1 : len(b)-1] {
		if c < 0x20 || c == '\\' || c == '"' {
			return false
		}
	}
	return utf8.Valid(b)
}
