package wire

import (
	"encoding/json"
	"fmt"
	"log/slog"
)

// hidden is what every Secret prints as.
const hidden = "••••••••"

// Secret is a value that opens something: an OAuth token, a TOTP secret, a
// password, a backup code. It prints as dots under every verb, in JSON and in
// logs; Reveal is the only way to the value, so that a search for it finds every place that shows one.
//
// Like Key it holds a pointer, which fmt does not look behind.
type Secret struct{ value *string }

// NewSecret wraps a secret that was typed or made here.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal returns the value itself, "" where there is none. It comes from outside: show it
// only through NewText(s.Reveal()).Display().
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is no value.
func (s Secret) Empty() bool { return s.value == nil }

// String is dots, "" where there is no value.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return hidden
}

// Format prints String under every verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// GoString is String.
func (s Secret) GoString() string { return s.String() }

// MarshalJSON writes String; requests are written by the client's own encoder.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// LogValue writes String into a log.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
