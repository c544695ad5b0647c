package clean

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"unicode/utf8"
	"unique"
)

// Text is an untrusted string: a name, an address, an id, an error message. It keeps the
// raw value for editing and sending, and can be displayed only cleaned. It is comparable
// and can be a map key: two Texts are equal if their raw values are.
//
// The value is behind a handle because fmt prints unexported fields without calling any
// method: a struct that holds a Text, printed with %+v, shows an address in memory and
// nothing else.
type Text struct{ value unique.Handle[string] }

// NewText returns a Text with the given raw value.
func NewText(raw string) Text {
	if raw == "" {
		return Text{}
	}
	return Text{unique.Make(raw)}
}

// Raw returns the value unchanged, for sending and editing. Never display it.
func (t Text) Raw() string {
	if t == (Text{}) {
		return ""
	}
	return t.value.Value()
}

// Empty reports whether the value is empty.
func (t Text) Empty() bool { return t == Text{} }

// Display returns the value for display: one row of at most 512 runes without control,
// escape, separator, bidi control, invisible, tag (except in the flags of England,
// Scotland and Wales) or private-use characters. It is never empty unless the raw value
// is. Forbidden characters are replaced by a mark, one for a run of the same kind:
//
//	␛ ␊ ␉ …  a C0 control or DEL, by its own picture
//	␤        a line or paragraph separator
//	␣        a space that would be invisible: at the ends, doubled, or of another width
//	◌        the missing base under a combining mark
//	�        anything else: invalid bytes, bidi controls, invisible characters, too
//	         many marks, and characters that this program draws: lines, states, these marks
//	…        the rest of a longer value, or of a secret key (sk_live_…)
//
// Ordinary names are returned byte for byte. The result must not be used as a value again:
// displayed a second time, its marks would count as the user's own.
//
// Display adds no bidi controls to right-to-left names: in a terminal's grid of cells such
// a control attaches to the cell before it (at the start of a row, on the row above), most
// terminals that reorder text ignore it, and others may draw it. tui/text.Fence keeps the
// neighbours of such a name in place once the whole frame is known.
func (t Text) Display() string { return display(t.Raw(), rowStyle) }

// IsShownExactly reports whether Display returns the raw value byte for byte.
func (t Text) IsShownExactly() bool {
	raw := t.Raw()
	return display(raw, rowStyle) == raw
}

// String returns Display, so that a forgotten %s is harmless.
func (t Text) String() string { return t.Display() }

// Format prints Display under every verb of fmt; %q and %#v quote it.
func (t Text) Format(f fmt.State, verb rune) {
	fmt.Fprintf(f, fmt.FormatString(f, verb), t.Display())
}

// LogValue logs Display, in JSON too.
func (t Text) LogValue() slog.Value { return slog.StringValue(t.Display()) }

// MarshalJSON writes the raw value, for sending and for files that are not displayed. The
// result can still contain C1 and bidi characters, unlike that of QuoteASCII.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.Raw()) }

// UnmarshalJSON reads a string unchanged, and null as an empty Text. A number, a boolean,
// an object or an array is kept as its JSON text, so that an unexpected response is
// visible and not lost.
//
// Invalid UTF-8 and unpaired surrogates (\ud800) become U+FFFD one by one, as in
// encoding/json, because UTF-8 cannot represent them. A screen, a CSV file and a value
// sent back after an edit therefore have U+FFFD where the server sent half a pair.
// Responses and metadata objects that are passed on whole keep the escape: --json changes
// no value.
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

// plainLiteral reports whether a JSON string literal stands for exactly the bytes between
// its quotes. Nearly all do, and a second decoder for each would cost more than decoding
// the page.
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
