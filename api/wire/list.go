package wire

import (
	"errors"
	"fmt"
)

// MaxTotal is more than any instance can have. A larger total is ignored, so that sums
// with it cannot overflow.
const MaxTotal = 1 << 40

// rows are the texts of a list's rows, their nesting depths, and the list's total.
type rows struct {
	texts  []string
	depths []int
	total  int // -1 if the response has none
}

// splitList checks a list response and splits it into its rows.
func splitList(text string) (rows, error) {
	d := decoder{scanner: scanner{src: text}}
	if d.peek() == '[' {
		r, err := d.splitArray()
		if err == nil && (d.peek() != 0 || d.i < len(d.src)) {
			err = errSyntax
		}
		return r, err
	}
	if err := d.whole(); err != nil {
		return rows{}, err
	}
	d.i = 0
	if d.peek() == '{' {
		return d.splitEnvelope()
	}
	return rows{}, errors.New("the answer should be a list but is " + nameType(d.peek()))
}

// splitEnvelope splits {"data":[…],"total_count":n}.
func (d *decoder) splitEnvelope() (rows, error) {
	var out rows
	found, total := false, -1
	d.take('{')
	for !d.take('}') && d.i < len(d.src) {
		d.space()
		key := d.readString()
		d.take(':')
		switch first := d.peek(); {
		case key == "data" && first == '[':
			var err error
			if out, err = d.splitArray(); err != nil {
				return rows{}, err
			}
			found = true
		case key == "total_count":
			if n, ok := parseInteger(d.skipValue()); ok && n >= 0 && n <= MaxTotal {
				total = int(n)
			}
		default:
			d.skipValue()
		}
		d.take(',')
	}
	if !found {
		return rows{}, errors.New("the answer should be a list but has none in it")
	}
	out.total = total
	return out, nil
}

// splitArray splits the current array. It checks the syntax on the way, so that a list is
// read once to split it and once to decode its rows.
func (d *decoder) splitArray() (rows, error) {
	out := rows{total: -1}
	d.take('[')
	if d.take(']') {
		return out, nil
	}
	for {
		if len(out.texts) == maxRows {
			return rows{}, fmt.Errorf("the answer has more than %d entries", maxRows)
		}
		d.space()
		start := d.i
		d.deepest = 0
		if err := d.skip(); err != nil {
			return rows{}, err
		}
		out.texts = append(out.texts, d.src[start:d.i])
		out.depths = append(out.depths, d.deepest)
		if d.take(']') {
			return out, nil
		}
		if !d.take(',') {
			return rows{}, errSyntax
		}
	}
}
