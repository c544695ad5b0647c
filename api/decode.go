package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"frontdesk/api/clean"
)

// What an answer may make the desk hold. A few megabytes of "{}," would
// otherwise become gigabytes of empty structs.
const (
	maxRows     = 1000   // entries of a list; more than the 500 that can be asked for
	maxParts    = 50_000 // nested objects of one answer: addresses, accounts, …
	maxProblems = 20     // sentences kept for one object
)

// decoder reads one JSON value that skip has accepted into a wire type, and
// notes what does not fit instead of failing. encoding/json is not enough here:
// of all mistyped fields it tells the first.
type decoder struct {
	scanner
	// raw is src as bytes of its own, which RawMessage fields share.
	raw      []byte
	path     []step
	problems []clean.Text
	more     int
	// parts is what is left of maxParts, shared by one answer.
	parts *int
}

// step is one part of the way to a field; index counts from 1, 0 is none.
type step struct {
	name  string
	index int
}

// note records a sentence about the field at the current path.
func (d *decoder) note(what string) {
	if len(d.problems) == maxProblems {
		d.more++
		return
	}
	var b strings.Builder
	for i, s := range d.path {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s.name)
		if s.index > 0 {
			b.WriteString(" " + strconv.Itoa(s.index))
		}
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	b.WriteString(what)
	d.problems = append(d.problems, clean.NewText(b.String()))
}

// found are the sentences, the last one counting those that were not kept.
func (d *decoder) found() []clean.Text {
	if d.more > 0 {
		return append(d.problems, clean.NewText(fmt.Sprintf("and %d more fields could not be read", d.more)))
	}
	return d.problems
}

// wrong notes that the value here is not what the field takes, and steps over it.
func (d *decoder) wrong(want string) {
	is := typeName(d.peek())
	d.value()
	d.note("should be " + want + " but is " + is)
}

// typeName is the JSON type of a value by its first byte, in words.
func typeName(first byte) string {
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

// value steps over the value here and gives its text.
func (d *decoder) value() string {
	d.space()
	start := d.i
	if d.skip() != nil { // cannot happen on checked text; end it rather than loop
		d.i = len(d.src)
	}
	return d.src[start:d.i]
}

// text reads the string here.
func (d *decoder) text() string {
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

// object reads the object here into the struct v.
func (d *decoder) object(sh *shape, v reflect.Value) {
	var seen uint64
	d.take('{')
	for !d.take('}') && d.i < len(d.src) {
		d.space()
		key := d.text()
		d.take(':')
		s, known := sh.fields[key]
		if !known {
			d.value()
		} else {
			if s.need > 0 {
				seen |= 1 << s.need
			}
			d.path = append(d.path, step{name: s.name})
			d.field(s, v.Field(s.index))
			d.path = d.path[:len(d.path)-1]
		}
		d.take(',')
	}
	for i, name := range sh.needed {
		if seen&(1<<(i+1)) == 0 {
			d.note(name + " is missing")
		}
	}
}

// field reads the value here into a field.
func (d *decoder) field(s slot, v reflect.Value) {
	first := d.peek()
	if first == 'n' {
		d.value()
		if s.need > 0 && (s.wire == wireBool || s.name == "id") {
			d.note("should have a value but is null")
		}
		return
	}
	switch s.wire {
	case wireText, wireSecret:
		d.word(s.wire, first, v)
	case wireTexts, wireSecrets:
		d.words(s.wire, first, v)
	case wireTime, wireInt, wireIntPtr:
		d.number(s.wire, first, v)
	case wireBool, wireBoolPtr:
		d.flag(s.wire, first, v)
	case wireRaw:
		d.rawValue(v.Addr().Interface().(*json.RawMessage))
	case wireList:
		d.list(s, first, v)
	case wireObject, wireObjectPtr:
		if first != '{' {
			d.wrong("an object")
			return
		}
		if s.wire == wireObjectPtr {
			v.Set(reflect.New(v.Type().Elem()))
			v = v.Elem()
		}
		d.object(s.elem, v)
	}
}

// fill reads the object src into v, whose shape is sh, and gives the bytes that
// its RawMessage fields share. what names the kind of object for the sentence.
func fill(sh *shape, v reflect.Value, src, what string, parts *int) []byte {
	d := &decoder{scanner: scanner{src: src}, raw: []byte(src), parts: parts}
	if d.peek() == '{' {
		d.object(sh, v)
	} else {
		d.note("this entry should be " + what + " but is " + typeName(d.peek()))
	}
	if sh.problems >= 0 {
		*v.Field(sh.problems).Addr().Interface().(*[]clean.Text) = d.found()
	}
	return d.raw
}

// UnmarshalJSON reads a user as leniently as the client does: it fails only on
// what is not JSON. ReadAt stays as it is.
func (u *User) UnmarshalJSON(b []byte) error {
	src := string(bytes.ToValidUTF8(b, []byte("\uFFFD")))
	s := scanner{src: src}
	if err := s.whole(); err != nil {
		return err
	}
	parts := maxParts
	*u = readUser(src, s.deepest, &parts)
	return nil
}

// readUser reads one entry of a list; deepest is its nesting.
func readUser(src string, deepest int, parts *int) User {
	var u User
	u.Body = fill(userShape, reflect.ValueOf(&u).Elem(), src, "a user", parts)
	if deepest > maxDepth {
		u.Body = nil
		u.Problems = append(u.Problems, clean.NewText("the JSON of this user "+tooDeep))
	}
	return u
}
