package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// form is a JSON request body read field by field, because the wire tells
// absent, null and empty apart. Problems are gathered, so that one answer can
// name every bad field.
type form struct {
	fields   map[string]json.RawMessage
	problems []problem
}

// openForm reads the body as an object that may hold more than is known. No
// body is an object without fields.
func (c *call) openForm() (*form, error) { return openFormOf(c.body) }

func openFormOf(body []byte) (*form, error) {
	f := &form{fields: map[string]json.RawMessage{}}
	if body == nil {
		return f, nil
	}
	if err := json.Unmarshal(body, &f.fields); err != nil {
		return nil, errBody("The request body is invalid. It must be a JSON object.")
	}
	return f, nil
}

// form reads the body as a closed object: a field that is not among known is
// 422 form_param_unknown.
func (c *call) form(known ...string) (*form, error) { return formOf(c.body, known...) }

func formOf(body []byte, known ...string) (*form, error) {
	f, err := openFormOf(body)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for name := range f.fields {
		if !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		f.refuse(errUnknown(name))
	}
	return f, f.problem()
}

func (f *form) refuse(e *apiError) { f.problems = append(f.problems, e.problems...) }

// problem is all that was refused so far, nil where nothing was.
func (f *form) problem() error {
	if len(f.problems) == 0 {
		return nil
	}
	return &apiError{status: 422, problems: f.problems}
}

// field is one value of a body: absent, null, or there.
type field[T any] struct {
	set, null bool
	value     T
}

func read[T any](f *form, name, kind string) field[T] {
	raw, there := f.fields[name]
	if !there {
		return field[T]{}
	}
	out := field[T]{set: true}
	if bytes.Equal(raw, []byte("null")) {
		out.null = true
		return out
	}
	if err := json.Unmarshal(raw, &out.value); err != nil {
		f.refuse(errType(name, kind))
		return field[T]{}
	}
	return out
}

func (f *form) text(name string) field[string]    { return read[string](f, name, "string") }
func (f *form) texts(name string) field[[]string] { return read[[]string](f, name, "array") }
func (f *form) flag(name string) field[bool]      { return read[bool](f, name, "boolean") }
func (f *form) number(name string) field[int]     { return read[int](f, name, "integer") }

// need is a text that has to be there and not be empty.
func (f *form) need(name string) string {
	got := f.text(name)
	switch {
	case !got.set && f.fields[name] == nil:
		f.refuse(errMissing(name))
	case got.set && (got.null || strings.TrimSpace(got.value) == ""):
		f.refuse(errNil(name))
	}
	return got.value
}

// short is a text of at most limit characters.
func (f *form) short(name string, limit int) field[string] {
	got := f.text(name)
	if len([]rune(got.value)) > limit {
		f.refuse(errTooLong(name, limit))
	}
	return got
}

// longest is how far ahead anything may be asked to expire.
const longest = 10 * 365 * 24 * time.Hour

// seconds is a span of at least that many seconds and at most [longest]; 0 where
// none was asked for.
func (f *form) seconds(name string, least int) time.Duration {
	got := f.number(name)
	switch most := int(longest / time.Second); {
	case !got.set || got.null:
		return 0
	case got.value < least:
		f.refuse(failParam(422, "form_param_value_invalid", name, "is invalid", fmt.Sprintf("%s must be at least %d.", name, least)))
	case got.value > most:
		f.refuse(failParam(422, "form_param_value_too_large", name, "is too large", fmt.Sprintf("%s can't be greater than %d.", name, most)))
	default:
		return time.Duration(got.value) * time.Second
	}
	return 0
}

// time is an RFC 3339 text, as milliseconds since the epoch.
func (f *form) time(name string) field[int64] {
	got := f.text(name)
	out := field[int64]{set: got.set, null: got.null}
	if !got.set || got.null {
		return out
	}
	at, err := time.Parse(time.RFC3339, got.value)
	if err != nil {
		f.refuse(errTime(name))
		return field[int64]{}
	}
	out.value = at.UnixMilli()
	return out
}

// metadata is a JSON object, compact and with its numbers exactly as they were
// written. Null is told apart by the caller.
func (f *form) metadata(name string) field[map[string]any] {
	raw, there := f.fields[name]
	if !there {
		return field[map[string]any]{}
	}
	if bytes.Equal(raw, []byte("null")) {
		return field[map[string]any]{set: true, null: true}
	}
	value, err := decodeObject(raw)
	if err != nil {
		f.refuse(failParam(422, "form_param_value_invalid", name, "is invalid", name+" must be a valid key-value object"))
		return field[map[string]any]{}
	}
	return field[map[string]any]{set: true, value: value}
}

// decodeObject keeps numbers as their text: a 64-bit id must come back whole.
func decodeObject(raw json.RawMessage) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value map[string]any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if value == nil {
		return nil, errors.New("not an object")
	}
	return value, nil
}
