package api

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"time"
)

// rows are the entries of a list answer, each as its own text, and the total
// that came with them.
type rows struct {
	src     []string
	deepest []int
	total   int // -1 where the answer has none
}

// readRows takes a list answer apart: Clerk sends a bare array from some paths,
// {"data":[…],"total_count":n} from others, and either from a few.
func readRows(body []byte) (rows, error) {
	d := decoder{scanner: scanner{src: string(body)}}
	if d.peek() == '[' {
		r, err := d.rowsHere()
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
		return d.enveloped()
	}
	return rows{}, errors.New("the answer should be a list but is " + typeName(d.peek()))
}

func (d *decoder) enveloped() (rows, error) {
	var out rows
	found, total := false, -1
	d.take('{')
	for !d.take('}') && d.i < len(d.src) {
		d.space()
		key := d.text()
		d.take(':')
		switch first := d.peek(); {
		case key == "data" && first == '[':
			var err error
			if out, err = d.rowsHere(); err != nil {
				return rows{}, err
			}
			found = true
		case key == "total_count":
			if n, ok := integer(d.value()); ok && n >= 0 && n <= maxTotal {
				total = int(n)
			}
		default:
			d.value()
		}
		d.take(',')
	}
	if !found {
		return rows{}, errors.New("the answer should be a list but has none in it")
	}
	out.total = total
	return out, nil
}

// rowsHere takes the list here apart. It checks the text as it goes, so that a
// list of users is read once for that and once for what is in it.
func (d *decoder) rowsHere() (rows, error) {
	out := rows{total: -1}
	d.take('[')
	if d.take(']') {
		return out, nil
	}
	for {
		if len(out.src) == maxRows {
			return rows{}, fmt.Errorf("the answer has more than %d entries", maxRows)
		}
		d.space()
		start := d.i
		d.deepest = 0
		if err := d.skip(); err != nil {
			return rows{}, err
		}
		out.src = append(out.src, d.src[start:d.i])
		out.deepest = append(out.deepest, d.deepest)
		if d.take(']') {
			return out, nil
		}
		if !d.take(',') {
			return rows{}, errSyntax
		}
	}
}

// readUsers reads a list of users, which is always a bare array: an object in its
// place is something else, and not a list without anybody. One that is broken is
// marked and does not fail the list.
func readUsers(body []byte, at time.Time) ([]User, error) {
	if first := (&scanner{src: string(body)}).peek(); first == '{' {
		return nil, errors.New("the answer should be a list but is " + typeName(first))
	}
	r, err := readRows(body)
	if err != nil {
		return nil, err
	}
	users := make([]User, len(r.src))
	workers := max(1, min(runtime.GOMAXPROCS(0), len(users)/worthAWorker))
	var wait sync.WaitGroup
	for w := range workers {
		from, to := w*len(users)/workers, (w+1)*len(users)/workers
		wait.Go(func() {
			parts := maxParts / workers
			for i := from; i < to; i++ {
				users[i] = readUser(r.src[i], r.deepest[i], &parts)
				users[i].ReadAt = at
			}
		})
	}
	wait.Wait()
	return users, nil
}

// worthAWorker is how many users make it pay to read them on another core. Half
// of the time goes into making their texts, which does not depend on the rest.
const worthAWorker = 100

// readList reads a list of any other wire type; total is -1 where the answer
// does not tell it. bodies are the rows as they came.
func readList[T any](body []byte, what string) (list []T, bodies []Secret, total int, err error) {
	r, err := readRows(body)
	if err != nil {
		return nil, nil, -1, err
	}
	sh, parts := shapeOf(reflect.TypeFor[T]()), maxParts
	list = make([]T, len(r.src))
	bodies = make([]Secret, len(r.src))
	for i, src := range r.src {
		fill(sh, reflect.ValueOf(&list[i]).Elem(), src, what, &parts)
		bodies[i] = NewSecret(src)
	}
	return list, bodies, r.total, nil
}

// readOne reads an answer that is one object.
func readOne[T any](body []byte, what string) (*T, error) {
	s := scanner{src: string(body)}
	if err := s.whole(); err != nil {
		return nil, err
	}
	s.i = 0
	if s.peek() != '{' {
		return nil, errors.New("the answer should be " + what + " but is " + typeName(s.peek()))
	}
	out, parts := new(T), maxParts
	fill(shapeOf(reflect.TypeFor[T]()), reflect.ValueOf(out).Elem(), s.src, what, &parts)
	return out, nil
}
