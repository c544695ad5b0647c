package api

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"frontdesk/api/clean"
)

const (
	// minSecretLen rejects keys of which only the beginning was pasted.
	minSecretLen = 8
)

// Key is a secret key. It prints as sk_live_… without the secret part, whatever the format
// verb; only the client reads the value.
//
// The value is behind a pointer because fmt prints the unexported fields of an enclosing
// struct without calling their methods; it prints an address then.
type Key struct{ secret *string }

// NewKey checks the form of a key. Surrounding white space is removed, for keys read from
// a file. The error never quotes the key.
func NewKey(s string) (Key, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return Key{}, errors.New("the secret key is empty")
	case strings.HasPrefix(s, "pk_"):
		return Key{}, errors.New("this is a publishable key (pk_…); use the secret key, which starts with sk_live_ or sk_test_")
	case !strings.HasPrefix(s, clean.LiveKeyPrefix) && !strings.HasPrefix(s, clean.TestKeyPrefix):
		return Key{}, errors.New("this is not a Clerk secret key, which starts with sk_live_ or sk_test_")
	case len(s) < len(clean.LiveKeyPrefix)+minSecretLen:
		return Key{}, errors.New("the secret key is too short: part of it is missing")
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' {
			return Key{}, errors.New("the secret key contains a space or another character that keys do not have; check that only the key was copied")
		}
	}
	return Key{&s}, nil
}

// IsLive reports whether the key belongs to a production instance (sk_live_).
func (k Key) IsLive() bool {
	return k.secret != nil && strings.HasPrefix(*k.secret, clean.LiveKeyPrefix)
}

// Empty reports whether there is no key.
func (k Key) Empty() bool { return k.secret == nil }

// Fingerprint identifies a key without revealing it: the first 8 hex digits of the key's
// SHA-256, or "" if there is no key.
func (k Key) Fingerprint() string {
	if k.secret == nil {
		return ""
	}
	sum := sha256.Sum256([]byte(*k.secret))
	return fmt.Sprintf("%x", sum[:4])
}

// String returns the kind of key without the secret: "sk_live_…".
func (k Key) String() string {
	switch {
	case k.secret == nil:
		return "no key"
	case k.IsLive():
		return clean.LiveKeyPrefix + "…"
	}
	return clean.TestKeyPrefix + "…"
}

// Format prints String under every verb.
func (k Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, k.String()) }

// GoString returns String.
func (k Key) GoString() string { return k.String() }

// MarshalJSON writes String.
func (k Key) MarshalJSON() ([]byte, error) { return json.Marshal(k.String()) }

// MarshalText writes String.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// LogValue logs String.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// authorization returns the Authorization header. Nothing else reads the value.
func (k Key) authorization() string { return "Bearer " + *k.secret }
