package api

import "encoding/json"

// Text is a string that somebody else wrote: a name, an address, an id, an
// error message. It keeps the raw value for editing and for the wire, and can
// be shown only cleaned. It is comparable and fit as a map key.
type Text struct{ raw string }

// NewText wraps a raw string from outside.
func NewText(raw string) Text { return Text{raw} }

// Raw is the value as it came, for the wire and for editing; never for a screen.
func (t Text) Raw() string { return t.raw }

// Display is the value as it may be shown: cleaned, visible, one row.
func (t Text) Display() string { return t.raw }

// String is Display, so that a forgotten %s is harmless.
func (t Text) String() string { return t.Display() }

// Empty says that there is nothing in it.
func (t Text) Empty() bool { return t.raw == "" }

// UnmarshalJSON takes a string; null and every other kind give the empty Text.
func (t *Text) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		t.raw = s
	}
	return nil
}

// MarshalJSON writes the raw value.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.raw) }
