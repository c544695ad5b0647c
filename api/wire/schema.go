package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"frontdesk/api/clean"
)

// kind is how the decoder reads a field, by the field's Go type.
type kind int

const (
	kindText kind = iota
	kindTexts
	kindSecret
	kindSecrets
	kindTime
	kindBool
	kindBoolPtr
	kindInt
	kindIntPtr
	kindRaw
	kindObject
	kindObjectPtr
	kindObjects
)

// schema describes a struct type for the decoder.
type schema struct {
	fields map[string]field // by JSON name
	// required are the JSON names of the fields tagged wire:"required".
	required []string
	// problems and body are the indexes of the fields tagged wire:"problems" and
	// wire:"body", or -1.
	problems, body int
}

// field is one field of a schema.
type field struct {
	name     string
	index    int
	kind     kind
	required int // index in schema.required counted from 1, 0 for an optional field
	elem     *schema
}

// schemas caches the schema of each type, as encoding/json does.
var schemas sync.Map // reflect.Type -> *schema

func schemaOf(t reflect.Type) *schema {
	if known, ok := schemas.Load(t); ok {
		return known.(*schema)
	}
	known, _ := schemas.LoadOrStore(t, newSchema(t))
	return known.(*schema)
}

// newSchema reads the schema of a struct type from its tags. It panics on a field with a
// JSON name and a type that the decoder does not support, because the field would silently
// stay empty.
func newSchema(t reflect.Type) *schema {
	s := &schema{fields: map[string]field{}, problems: -1, body: -1}
	for i := range t.NumField() {
		sf := t.Field(i)
		rule := sf.Tag.Get("wire")
		switch rule {
		case "problems":
			s.problems = i
		case "body":
			s.body = i
		}
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		f := field{name: name, index: i}
		var ok bool
		if f.kind, f.elem, ok = kindOf(sf.Type); !ok {
			panic(fmt.Sprintf("wire: no reader for %s.%s of type %s", t, sf.Name, sf.Type))
		}
		if rule == "required" {
			s.required = append(s.required, name)
			f.required = len(s.required)
		}
		s.fields[name] = f
	}
	return s
}

var leafKinds = map[reflect.Type]kind{
	reflect.TypeFor[clean.Text]():      kindText,
	reflect.TypeFor[[]clean.Text]():    kindTexts,
	reflect.TypeFor[Secret]():          kindSecret,
	reflect.TypeFor[[]Secret]():        kindSecrets,
	reflect.TypeFor[Time]():            kindTime,
	reflect.TypeFor[bool]():            kindBool,
	reflect.TypeFor[*bool]():           kindBoolPtr,
	reflect.TypeFor[int64]():           kindInt,
	reflect.TypeFor[*int64]():          kindIntPtr,
	reflect.TypeFor[json.RawMessage](): kindRaw,
}

// kindOf returns how a field of type t is decoded, and the schema of the objects in it.
func kindOf(t reflect.Type) (k kind, elem *schema, ok bool) {
	if k, ok = leafKinds[t]; ok {
		return k, nil, true
	}
	switch {
	case t.Kind() == reflect.Struct:
		return kindObject, schemaOf(t), true
	case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
		return kindObjectPtr, schemaOf(t.Elem()), true
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return kindObjects, schemaOf(t.Elem()), true
	}
	return 0, nil, false
}
