package ops

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// checkMetadata returns what is wrong with metadata as typed.
func checkMetadata(typed string) string {
	if strings.TrimSpace(typed) == "" {
		return "" // an empty field leaves the metadata alone
	}
	if err := api.CheckMetadata([]byte(typed)); err != nil {
		return err.Error()
	}
	return ""
}

// MergeMetadata returns the result of merging patch into before: nested objects are
// merged, null removes a key, arrays and scalars are replaced. Numbers keep every digit.
func MergeMetadata(before, patch json.RawMessage) (json.RawMessage, error) {
	was, err := object(before)
	if err != nil {
		return nil, err
	}
	with, err := parse(patch)
	if err != nil {
		return nil, err
	}
	return wire.Encode(merge(was, with))
}

// Change is one key that differs between two metadata objects. Old or New is nil if the
// key is absent. Path is joined by dots.
type Change struct {
	Path     string
	Old, New json.RawMessage
}

// DiffMetadata returns the keys in which after differs from before, by path.
func DiffMetadata(before, after json.RawMessage) ([]Change, error) {
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

// MetadataPatch returns the patch that turns before into after, {} if they are equal. It
// fails if after has a null that before lacks: in a merge, null removes its key.
func MetadataPatch(before, after json.RawMessage) (json.RawMessage, error) {
	was, err := object(before)
	if err != nil {
		return nil, err
	}
	is, err := parse(after)
	if err != nil {
		return nil, err
	}
	with := map[string]any{}
	if err := diffInto("", was, is, with); err != nil {
		return nil, err
	}
	return wire.Encode(with)
}

func diffInto(under string, was, is, with map[string]any) error {
	for key := range was {
		if _, stays := is[key]; !stays {
			with[key] = nil
		}
	}
	for _, key := range slices.Sorted(maps.Keys(is)) {
		old, had := was[key]
		value := is[key]
		oldObject, wasObject := old.(map[string]any)
		newObject, isObject := value.(map[string]any)
		switch {
		case had && equal(old, value):
		case had && wasObject && isObject:
			inner := map[string]any{}
			if err := diffInto(under+key+".", oldObject, newObject, inner); err != nil {
				return err
			}
			with[key] = inner
		case holdsNull(value):
			return fmt.Errorf("the key %s would be null, but a merge removes null keys; use Replace metadata instead", clean.NewText(under+key).Display())
		default:
			with[key] = value
		}
	}
	return nil
}

// reverseMerge returns the patch that undoes a merge. ok is false if the merge removed a
// null, which no patch can restore.
func reverseMerge(before, patch json.RawMessage) (back json.RawMessage, ok bool) {
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
	back, err = wire.Encode(undo)
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
	out, err := wire.Encode(value)
	if err != nil { // decoded values can be encoded
		panic(err)
	}
	return out
}

// equal compares decoded JSON. Numbers are equal if written alike or, unless they are long
// integers, equal in value: a server may write 1.0 as 1.
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

// object reads stored metadata; nothing and null are the empty object.
func object(stored json.RawMessage) (map[string]any, error) {
	if len(bytes.TrimSpace(stored)) == 0 {
		return map[string]any{}, nil
	}
	d := json.NewDecoder(bytes.NewReader(stored))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("the metadata cannot be read: %w", err)
	}
	if out == nil {
		out = map[string]any{}
	}
	return out, nil
}

// parse parses metadata as typed, strictly.
func parse(typed json.RawMessage) (map[string]any, error) {
	if err := api.CheckMetadata(typed); err != nil {
		return nil, err
	}
	return object(typed)
}

// DescribeChange returns a change of metadata on one line: "plan "gold" → "silver"".
// Without values it only says what happens to the key.
func DescribeChange(c Change, withoutValues bool) string {
	path := clean.NewText(c.Path).Display()
	value := func(raw json.RawMessage) string { return clean.NewText(string(raw)).Display() }
	switch {
	case withoutValues:
		return path + choose(c.New == nil, " is removed", choose(c.Old == nil, " is added", " is changed"))
	case c.New == nil:
		return path + " " + value(c.Old) + " → removed"
	case c.Old == nil:
		return path + " → " + value(c.New)
	}
	return path + " " + value(c.Old) + " → " + value(c.New)
}
