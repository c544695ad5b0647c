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

// form is a JSON request body, read field by field, because the API distinguishes absent,
// null and empty. It collects all problems, so that one response names every wrong field.
type form struct {
	fields   map[string]json.RawMessage
	problems []problem
}

// openForm reads the body as an object that may have unknown fields. No body counts as an
// empty object.
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

// form reads the body as an object that has only the known fields; any other is 422
// form_param_unknown.
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

// problem returns all problems so far, or nil.
func (f *form) problem() error {
	if len(f.problems) == 0 {
		return nil
	}
	return &apiError{status: 422, problems: f.problems}
}

// field is one value of a body: absent, null, or present.
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

// requiredText reads a text that must be present and not empty.
func (f *form) requiredText(name string) string {
	got := f.text(name)
	switch {
	case !got.set && f.fields[name] == nil:
		f.refuse(errMissing(name))
	case got.set && (got.null || strings.TrimSpace(got.value) == ""):
		f.refuse(errNil(name))
	}
	return got.value
}

// limitedText reads a text of at most limit characters.
func (f *form) limitedText(name string, limit int) field[string] {
	got := f.text(name)
	if len([]rune(got.value)) > limit {
		f.refuse(errTooLong(name, limit))
	}
	return got
}

// maxLifetime is the longest time after which anything may expire.
const maxLifetime = 10 * 365 * 24 * time.Hour

// seconds reads a duration from least seconds to [maxLifetime]; absent is 0.
func (f *form) seconds(name string, least int) time.Duration {
	got := f.number(name)
	switch most := int(maxLifetime / time.Second); {
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

// time reads an RFC 3339 time as milliseconds since the epoch.
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

// metadata reads a JSON object, compacted, with its numbers exactly as written. The caller
// handles null.
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

// decodeObject keeps numbers as text, so that 64-bit ids keep all their digits.
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
