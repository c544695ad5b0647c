package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"frontdesk/api/clean"
)

// Limits on the memory that a response can take: a few megabytes of "{}," would otherwise
// become gigabytes of empty structs.
const (
	maxRows     = 1000   // rows of a list; at most 500 can be requested
	maxObjects  = 50_000 // nested objects of one response: addresses, accounts, …
	maxProblems = 20     // problems kept for one object
)

// decoder decodes JSON that skip has accepted into a struct and notes each field that does
// not fit.
type decoder struct {
	scanner
	// raw is src as bytes, which the RawMessage fields share.
	raw      []byte
	path     []pathElement
	problems []clean.Text
	unkept   int // problems beyond maxProblems
	// objects is what is left of maxObjects, shared within one response.
	objects *int
}

// pathElement is one part of the path to a field. index counts list entries from 1 and is
// 0 outside of a list.
type pathElement struct {
	name  string
	index int
}

// note records a problem with the field at the current path.
func (d *decoder) note(problem string) {
	if len(d.problems) == maxProblems {
		d.unkept++
		return
	}
	var b strings.Builder
	for i, e := range d.path {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(e.name)
		if e.index > 0 {
			b.WriteString(" " + strconv.Itoa(e.index))
		}
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	b.WriteString(problem)
	d.problems = append(d.problems, clean.NewText(b.String()))
}

// allProblems returns the problems. The last one counts those that were not kept.
func (d *decoder) allProblems() []clean.Text {
	if d.unkept > 0 {
		return append(d.problems, clean.NewText(fmt.Sprintf("and %d more fields could not be read", d.unkept)))
	}
	return d.problems
}

// mismatch skips the current value and notes that it is not of the wanted type.
func (d *decoder) mismatch(want string) {
	is := nameType(d.peek())
	d.skipValue()
	d.note("should be " + want + " but is " + is)
}

// TypeName returns the type of a JSON value in words: "an object", "a list", "a text", "a
// number", "true or false", "null".
func TypeName(text string) string {
	return nameType((&scanner{src: text}).peek())
}

// nameType is TypeName by the value's first byte.
func nameType(first byte) string {
	switch first {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "a number"
}

// skipValue skips the current value and returns its text.
func (d *decoder) skipValue() string {
	d.space()
	start := d.i
	if d.skip() != nil { // cannot happen on checked text; stop rather than loop
		d.i = len(d.src)
	}
	return d.src[start:d.i]
}

// readString decodes the current string.
func (d *decoder) readString() string {
	start := d.i
	if !d.skipString() {
		d.i = len(d.src)
		return ""
	}
	quoted := d.src[start:d.i]
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(quoted), &s) // checked text
	return s
}

// readObject decodes the current object into the struct v.
func (d *decoder) readObject(s *schema, v reflect.Value) {
	var seen uint64
	d.take('{')
	for !d.take('}') && d.i < len(d.src) {
		d.space()
		key := d.readString()
		d.take(':')
		f, known := s.fields[key]
		if !known {
			d.skipValue()
		} else {
			if f.required > 0 {
				seen |= 1 << f.required
			}
			d.path = append(d.path, pathElement{name: f.name})
			d.readField(f, v.Field(f.index))
			d.path = d.path[:len(d.path)-1]
		}
		d.take(',')
	}
	for i, name := range s.required {
		if seen&(1<<(i+1)) == 0 {
			d.note(name + " is missing")
		}
	}
}

// readField decodes the current value into a field. A null leaves the field zero, which is
// a problem only where zero would be a statement about the user.
func (d *decoder) readField(f field, v reflect.Value) {
	first := d.peek()
	if first == 'n' {
		d.skipValue()
		if f.required > 0 && (f.kind == kindBool || f.name == "id") {
			d.note("should have a value but is null")
		}
		return
	}
	switch f.kind {
	case kindText, kindSecret:
		d.readText(f.kind, first, v)
	case kindTexts, kindSecrets:
		d.readTexts(f.kind, first, v)
	case kindTime, kindInt, kindIntPtr:
		d.readNumber(f.kind, first, v)
	case kindBool, kindBoolPtr:
		d.readBool(f.kind, first, v)
	case kindRaw:
		d.readRaw(v.Addr().Interface().(*json.RawMessage))
	case kindObjects:
		d.readObjects(f.elem, first, v)
	case kindObject, kindObjectPtr:
		if first != '{' {
			d.mismatch("an object")
			return
		}
		if f.kind == kindObjectPtr {
			v.Set(reflect.New(v.Type().Elem()))
			v = v.Elem()
		}
		d.readObject(f.elem, v)
	}
}
