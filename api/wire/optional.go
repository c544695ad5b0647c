package wire

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Optional is a request field that is absent (the zero value), null or a value. The server
// leaves absent fields unchanged.
type Optional[T any] struct {
	value T
	state state
}

type state int

const (
	absent state = iota
	null
	present
)

// Set returns an Optional with a value.
func Set[T any](v T) Optional[T] { return Optional[T]{v, present} }

// Null returns an Optional that clears the field on the server.
func Null[T any]() Optional[T] { return Optional[T]{state: null} }

// IsZero reports whether the field is absent. encoding/json calls it for omitzero.
func (o Optional[T]) IsZero() bool { return o.state == absent }

// Get returns the value, and whether there is one.
func (o Optional[T]) Get() (T, bool) { return o.value, o.state == present }

// MarshalJSON writes the value, or null. Secrets stay masked, so that a request can be
// displayed.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if o.state != present {
		return []byte("null"), nil
	}
	return Encode(o.value)
}

// sent returns the value to send, with Secrets revealed.
func (o Optional[T]) sent() any {
	if o.state != present {
		return nil
	}
	switch v := any(o.value).(type) {
	case Secret:
		return v.Reveal()
	case []Secret:
		plain := make([]string, len(v))
		for i, s := range v {
			plain[i] = s.Reveal()
		}
		return plain
	case json.RawMessage:
		return v
	}
	return o.value
}

// Fields returns the fields that a request struct of Optionals sends, by their
// JSON names, with the Secrets in them revealed.
func Fields(request any) map[string]any {
	fields := map[string]any{}
	v := reflect.ValueOf(request)
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		o, ok := v.Field(i).Interface().(interface {
			IsZero() bool
			sent() any
		})
		if ok && !o.IsZero() {
			fields[name] = o.sent()
		}
	}
	return fields
}
