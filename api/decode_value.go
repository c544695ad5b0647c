package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"frontdesk/api/clean"
)

func (d *decoder) word(k wire, first byte, v reflect.Value) {
	if first != '"' {
		d.wrong("a text")
		return
	}
	if k == wireSecret {
		*v.Addr().Interface().(*Secret) = NewSecret(strings.Clone(d.text()))
		return
	}
	*v.Addr().Interface().(*clean.Text) = clean.NewText(d.text())
}

func (d *decoder) flag(k wire, first byte, v reflect.Value) {
	if first != 't' && first != 'f' {
		d.wrong("true or false")
		return
	}
	d.value()
	on := first == 't'
	if k == wireBoolPtr {
		*v.Addr().Interface().(**bool) = &on
		return
	}
	v.SetBool(on)
}

func (d *decoder) number(k wire, first byte, v reflect.Value) {
	if first != '-' && (first < '0' || first > '9') {
		if k == wireTime {
			d.wrong("a time in milliseconds")
		} else {
			d.wrong("a number")
		}
		return
	}
	token := d.value()
	n, ok := integer(token)
	switch {
	case k == wireTime:
		t, plausible := timeOf(n)
		if !ok || !plausible {
			d.note("is not a plausible time (" + clip(token) + ")")
			return
		}
		*v.Addr().Interface().(*Time) = t
	case !ok:
		d.note("is not a whole number (" + clip(token) + ")")
	case k == wireIntPtr:
		*v.Addr().Interface().(**int64) = &n
	default:
		v.SetInt(n)
	}
}

// clip keeps a quoted number short.
func clip(token string) string {
	const limit = 24
	if len(token) > limit {
		return token[:limit] + "…"
	}
	return token
}

// rawValue keeps the value here as it came.
func (d *decoder) rawValue(into *json.RawMessage) {
	d.space()
	start := d.i
	d.deepest = 0
	d.value()
	if d.deepest > maxDepth {
		d.note(tooDeep)
		return
	}
	*into = d.raw[start:d.i:d.i]
}

var tooDeep = fmt.Sprintf("is nested deeper than %d levels and is not shown", maxDepth)

// entries walks the array here; each reads one entry and is told its number.
func (d *decoder) entries(first byte, each func(n int)) {
	if first != '[' {
		d.wrong("a list")
		return
	}
	d.take('[')
	at := len(d.path) - 1
	for n := 1; !d.take(']') && d.i < len(d.src); n++ {
		if *d.parts <= 0 {
			d.value()
			if *d.parts == 0 {
				if at >= 0 {
					d.path[at].index = 0
				}
				d.note("has more entries than are read")
				*d.parts = -1
			}
		} else {
			*d.parts--
			if at >= 0 {
				d.path[at].index = n
			}
			each(n)
		}
		d.take(',')
	}
	if at >= 0 {
		d.path[at].index = 0
	}
}

func (d *decoder) list(s slot, first byte, v reflect.Value) {
	d.entries(first, func(int) {
		if d.peek() != '{' {
			d.wrong("an object")
			return
		}
		n := v.Len()
		v.Grow(1)
		v.SetLen(n + 1)
		d.object(s.elem, v.Index(n))
	})
}

func (d *decoder) words(k wire, first byte, v reflect.Value) {
	d.entries(first, func(int) {
		if d.peek() != '"' {
			d.wrong("a text")
			return
		}
		if k == wireSecrets {
			into := v.Addr().Interface().(*[]Secret)
			*into = append(*into, NewSecret(strings.Clone(d.text())))
			return
		}
		into := v.Addr().Interface().(*[]clean.Text)
		*into = append(*into, clean.NewText(d.text()))
	})
}
