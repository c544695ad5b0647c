package ops

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// maxMetadata is the limit of one metadata field, in bytes.
const maxMetadata = 8 * 1024

// maxDepth keeps a hostile document from growing the stack.
const maxDepth = 200

// CheckMetadata says in words what is wrong with a metadata field as typed, ""
// when nothing is: it must be one JSON object of at most 8 KB in which no key
// stands twice (the server would keep one of the two, and not say which).
func CheckMetadata(typed string) string {
	if len(typed) > maxMetadata {
		return fmt.Sprintf("is %d bytes; at most %d fit", len(typed), maxMetadata)
	}
	_, err := parse([]byte(typed))
	if err != nil {
		return err.Error()
	}
	return ""
}

// Merged is what a merge of patch makes of before: nested objects merge, a null
// removes its key, arrays and scalars are replaced. Numbers keep every digit.
func Merged(before, patch json.RawMessage) (json.RawMessage, error) {
	was, err := object(before)
	if err != nil {
		return nil, err
	}
	with, err := parse(patch)
	if err != nil {
		return nil, err
	}
	return json.Marshal(merge(was, with))
}

// Change is one key that differs between two metadata objects. Old or New is
// nil where the key is not there. The path is joined by dots.
type Change struct {
	Path     string
	Old, New json.RawMessage
}

// Changes are the keys in which after differs from before, by path.
func Changes(before, after json.RawMessage) ([]Change, error) {
	was, err := object(before)
	if err != nil {
		return nil, err
	}
	is, err := object(after)
	if err != nil {
		return nil, err
	}
	return changes("", was, is), nil
}

// unmerge is the patch that takes a merge back; ok is false where no patch can:
// a null that stood there cannot be put back, since a null only removes.
func unmerge(before, patch json.RawMessage) (back json.RawMessage, ok bool) {
	was, err := object(before)
	if err != nil {
		return nil, false
	}
	with, err := parse(patch)
	if err != nil {
		return nil, false
	}
	undo, ok := reverse(was, with)
	if !ok {
		return nil, false
	}
	back, err = json.Marshal(undo)
	return back, err == nil
}

func reverse(was, with map[string]any) (undo map[string]any, ok bool) {
	undo = map[string]any{}
	for key, value := range with {
		old, had := was[key]
		oldObject, wasObject := old.(map[string]any)
		newObject, isObject := value.(map[string]any)
		switch {
		case !had:
			undo[key] = nil
		case wasObject && isObject:
			if undo[key], ok = reverse(oldObject, newObject); !ok {
				return nil, false
			}
		case holdsNull(old):
			return nil, false
		default:
			undo[key] = old
		}
	}
	return undo, true
}

func holdsNull(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case map[string]any:
		for _, inner := range v {
			if holdsNull(inner) {
				return true
			}
		}
	}
	return false
}

func merge(was, with map[string]any) map[string]any {
	out := maps.Clone(was)
	for key, value := range with {
		inner, isObject := value.(map[string]any)
		switch {
		case value == nil:
			delete(out, key)
		case isObject:
			base, _ := out[key].(map[string]any)
			if base == nil {
				base = map[string]any{}
			}
			out[key] = merge(base, inner)
		default:
			out[key] = value
		}
	}
	return out
}

func changes(under string, was, is map[string]any) []Change {
	keys := maps.Clone(was)
	maps.Copy(keys, is)
	var found []Change
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		old, had := was[key]
		value, has := is[key]
		oldObject, wasObject := old.(map[string]any)
		newObject, isObject := value.(map[string]any)
		switch {
		case had && has && wasObject && isObject:
			found = append(found, changes(under+key+".", oldObject, newObject)...)
		case had != has || !equal(old, value):
			found = append(found, Change{Path: under + key, Old: raw(old, had), New: raw(value, has)})
		}
	}
	return found
}

func raw(value any, there bool) json.RawMessage {
	if !there {
		return nil
	}
	out, err := json.Marshal(value)
	if err != nil { // what was decoded can be encoded
		panic(err)
	}
	return out
}

// equal compares decoded JSON. Numbers are compared as written, and where they
// are no long integers also by value: a server may write 1.0 as 1.
func equal(a, b any) bool {
	switch x := a.(type) {
	case json.Number:
		y, ok := b.(json.Number)
		return ok && (x == y || sameNumber(x.String(), y.String()))
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, equal)
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equal)
	}
	return a == b
}

func sameNumber(a, b string) bool {
	const exact = 15 // digits that a float64 holds
	if len(a) > exact || len(b) > exact {
		return false
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// object reads stored metadata: nothing and null are the empty object.
func object(stored json.RawMessage) (map[string]any, error) {
	if trimmed := bytes.TrimSpace(stored); len(trimmed) == 0 || string(trimmed) == "null" {
		return map[string]any{}, nil
	}
	return parse(stored)
}

// parse reads one JSON object strictly.
func parse(typed []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(typed))
	d.UseNumber()
	value, err := decode(d, 0)
	if err == nil {
		if _, more := d.Token(); more == nil {
			err = errors.New("has more than one value")
		}
	}
	if err != nil {
		return nil, place(err, typed)
	}
	out, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New(`must be a JSON object, like {"plan": "gold"}`)
	}
	return out, nil
}

func decode(d *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("is nested more than %d deep", maxDepth)
	}
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return decodeObject(d, depth)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decode(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err := d.Token()
		return list, err
	}
	return token, nil
}

func decodeObject(d *json.Decoder, depth int) (any, error) {
	out := map[string]any{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		key := token.(string) // the decoder refuses every other kind of key
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("has the key %q twice", key)
		}
		if out[key], err = decode(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return out, err
}

// place says where a document stops being JSON.
func place(err error, typed []byte) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("is not JSON: it ends too early")
	case !errors.As(err, &syntax):
		return err
	}
	// Read piece by piece the decoder counts from the piece; whole, from the start.
	errors.As(json.Unmarshal(typed, new(json.RawMessage)), &syntax)
	before := string(typed[:min(int(syntax.Offset), len(typed))])
	line := strings.Count(before, "\n") + 1
	column := len(before) - strings.LastIndex(before, "\n") - 1
	return fmt.Errorf("is not JSON at line %d, character %d: %s", line, max(column, 1), syntax.Error())
}
