package api

import (
	"encoding/json"
	"reflect"
	"strings"

	"frontdesk/api/clean"
)

// wire is how a field of a wire type is read.
type wire int

const (
	wireNone wire = iota
	wireText
	wireTexts
	wireSecret
	wireSecrets
	wireTime
	wireBool
	wireBoolPtr
	wireInt
	wireIntPtr
	wireRaw
	wireObject
	wireObjectPtr
	wireList
)

// shape is a wire type as the decoder sees it: its fields by their JSON names.
type shape struct {
	fields map[string]slot
	// needed are the names of the fields without which the desk would make a
	// false statement; slot.need is the place in it, counted from 1.
	needed []string
	// problems is the index of the field Problems, -1 where there is none.
	problems int
}

// slot is one field of a shape.
type slot struct {
	name  string
	index int
	wire  wire
	need  int
	elem  *shape
}

// userShape is read-only after it is made.
var userShape = shapeOf(reflect.TypeFor[User](),
	"id", "email_addresses", "phone_numbers", "password_enabled", "two_factor_enabled",
	"last_sign_in_at", "banned", "locked", "lockout_expires_in_seconds", "created_at")

// shapeOf reads the shape of a struct off its json tags.
func shapeOf(t reflect.Type, needed ...string) *shape {
	sh := &shape{fields: map[string]slot{}, needed: needed, problems: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name == "Problems" {
			sh.problems = i
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		s := slot{name: name, index: i}
		s.wire, s.elem = wireOf(f.Type)
		if s.wire != wireNone {
			sh.fields[name] = s
		}
	}
	for i, name := range needed {
		s := sh.fields[name]
		s.need = i + 1
		sh.fields[name] = s
	}
	return sh
}

func wireOf(t reflect.Type) (wire, *shape) {
	switch t {
	case reflect.TypeFor[clean.Text]():
		return wireText, nil
	case reflect.TypeFor[[]clean.Text]():
		return wireTexts, nil
	case reflect.TypeFor[Secret]():
		return wireSecret, nil
	case reflect.TypeFor[[]Secret]():
		return wireSecrets, nil
	case reflect.TypeFor[Time]():
		return wireTime, nil
	case reflect.TypeFor[bool]():
		return wireBool, nil
	case reflect.TypeFor[*bool]():
		return wireBoolPtr, nil
	case reflect.TypeFor[int64]():
		return wireInt, nil
	case reflect.TypeFor[*int64]():
		return wireIntPtr, nil
	case reflect.TypeFor[json.RawMessage]():
		return wireRaw, nil
	}
	switch {
	case t.Kind() == reflect.Struct:
		return wireObject, shapeOf(t)
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
		return wireObjectPtr, shapeOf(t.Elem())
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return wireList, shapeOf(t.Elem())
	}
	return wireNone, nil
}
