package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"frontdesk/api/clean"
)

func (d *decoder) readText(k kind, first byte, v reflect.Value) {
	if first != '"' {
		d.mismatch("a text")
		return
	}
	if k == kindSecret {
		*v.Addr().Interface().(*Secret) = d.readSecret()
		return
	}
	*v.Addr().Interface().(*clean.Text) = clean.NewText(d.readString())
}

// readSecret decodes the current string. The value is cloned, so that it does not keep the
// whole response in memory.
func (d *decoder) readSecret() Secret { return NewSecret(strings.Clone(d.readString())) }

func (d *decoder) readBool(k kind, first byte, v reflect.Value) {
	if first != 't' && first != 'f' {
		d.mismatch("true or false")
		return
	}
	d.skipValue()
	on := first == 't'
	if k == kindBoolPtr {
		*v.Addr().Interface().(**bool) = &on
		return
	}
	v.SetBool(on)
}

func (d *decoder) readNumber(k kind, first byte, v reflect.Value) {
	if first != '-' && (first < '0' || first > '9') {
		if k == kindTime {
			d.mismatch("a time in milliseconds")
		} else {
			d.mismatch("a number")
		}
		return
	}
	token := d.skipValue()
	n, ok := parseInteger(token)
	switch {
	case k == kindTime:
		t, plausible := TimeOf(n)
		if !ok || !plausible {
			d.note("is not a plausible time (" + shorten(token) + ")")
			return
		}
		*v.Addr().Interface().(*Time) = t
	case !ok:
		d.note("is not a whole number (" + shorten(token) + ")")
	case k == kindIntPtr:
		*v.Addr().Interface().(**int64) = &n
	default:
		v.SetInt(n)
	}
}

// shorten limits the length of a number that is quoted in a problem.
func shorten(token string) string {
	const limit = 24
	if len(token) > limit {
		return token[:limit] + "…"
	}
	return token
}

// readRaw keeps the current value as received.
func (d *decoder) readRaw(into *json.RawMessage) {
	d.space()
	start := d.i
	d.deepest = 0
	d.skipValue()
	if d.deepest > MaxDepth {
		d.note(tooDeep)
		return
	}
	*into = d.raw[start:d.i:d.i]
}

var tooDeep = fmt.Sprintf("is nested deeper than %d levels and is not shown", MaxDepth)

// readList iterates over the current array; readEntry reads one entry.
func (d *decoder) readList(first byte, readEntry func()) {
	if first != '[' {
		d.mismatch("a list")
		return
	}
	d.take('[')
	setIndex := func(n int) {
		if at := len(d.path) - 1; at >= 0 {
			d.path[at].index = n
		}
	}
	for n := 1; !d.take(']') && d.i < len(d.src); n++ {
		if *d.objects <= 0 {
			d.skipValue()
			if *d.objects == 0 {
				setIndex(0)
				d.note("has too many entries to read")
				*d.objects = -1
			}
		} else {
			*d.objects--
			setIndex(n)
			readEntry()
		}
		d.take(',')
	}
	setIndex(0)
}

func (d *decoder) readObjects(elem *schema, first byte, v reflect.Value) {
	d.readList(first, func() {
		if d.peek() != '{' {
			d.mismatch("an object")
			return
		}
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		d.readObject(elem, v.Index(n))
	})
}

func (d *decoder) readTexts(k kind, first byte, v reflect.Value) {
	d.readList(first, func() {
		if d.peek() != '"' {
			d.mismatch("a text")
			return
		}
		if k == kindSecrets {
			into := v.Addr().Interface().(*[]Secret)
			*into = append(*into, d.readSecret())
			return
		}
		into := v.Addr().Interface().(*[]clean.Text)
		*into = append(*into, clean.NewText(d.readString()))
	})
}
