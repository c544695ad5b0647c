package wire

import (
	"encoding/json"
	"fmt"
	"log/slog"
)

// hidden is what every Secret prints as.
const hidden = "••••••••"

// Secret is a value that grants access: an OAuth token, a TOTP secret, a password, a
// backup code. It prints as dots under every verb, in JSON and in logs. Reveal is the only
// way to get the value, so that searching for it finds every place that uses one.
//
// It holds a pointer because fmt does not follow pointers in nested structs.
type Secret struct{ value *string }

// NewSecret returns a Secret with the given value.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal returns the value, or "" if there is none. It is untrusted: display it only with
// NewText(s.Reveal()).Display().
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is no value.
func (s Secret) Empty() bool { return s.value == nil }

// String returns dots, or "" if there is no value.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return hidden
}

// Format prints String under every verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// GoString returns String.
func (s Secret) GoString() string { return s.String() }

// MarshalJSON writes String. Requests are encoded from Fields instead.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// LogValue logs String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
