package wire

import (
	"errors"
	"reflect"
	"runtime"
	"sync"

	"frontdesk/api/clean"
)

// Decode decodes a JSON value into a T, a struct whose fields have json tags and these
// wire tags:
//
//	wire:"required"  a missing field is a problem
//	wire:"problems"  a []clean.Text that gets one sentence per field that could not be decoded
//	wire:"body"      a json.RawMessage that gets the value as received, nil if it is too deep
//
// noun names a T in the sentences, as in "a user". The only error is that text is not
// JSON; everything else that is wrong is among the problems.
func Decode[T any](text, noun string) (T, error) {
	var out T
	depth, err := Check(text)
	if err == nil {
		objects := maxObjects
		decodeInto(reflect.ValueOf(&out).Elem(), text, depth, noun, &objects)
	}
	return out, err
}

// DecodeObject is Decode for a response that must be an object.
func DecodeObject[T any](body []byte, noun string) (*T, error) {
	text := string(body)
	out, err := Decode[T](text, noun)
	if err != nil {
		return nil, err
	}
	if is := TypeName(text); is != nameType('{') {
		return nil, errors.New("the answer should be " + noun + " but is " + is)
	}
	return &out, nil
}

// List is a decoded list response.
type List[T any] struct {
	Rows []T
	// Texts are the rows as received.
	Texts []string
	// Total is the total_count of the response, -1 if it has none.
	Total int
}

// DecodeList decodes a list response, which some endpoints send as a bare array, others as
// {"data":[…],"total_count":n}, and a few as either. A broken row does not fail the list.
func DecodeList[T any](body []byte, noun string) (List[T], error) {
	r, err := splitList(string(body))
	if err != nil {
		return List[T]{}, err
	}
	list := List[T]{Rows: make([]T, len(r.texts)), Texts: r.texts, Total: r.total}
	workers := max(1, min(runtime.GOMAXPROCS(0), len(list.Rows)/rowsPerWorker))
	var wait sync.WaitGroup
	for w := range workers {
		from, to := w*len(list.Rows)/workers, (w+1)*len(list.Rows)/workers
		wait.Go(func() {
			objects := maxObjects / workers
			for i := from; i < to; i++ {
				decodeInto(reflect.ValueOf(&list.Rows[i]).Elem(), r.texts[i], r.depths[i], noun, &objects)
			}
		})
	}
	wait.Wait()
	return list, nil
}

// rowsPerWorker is how many rows justify another goroutine. Half of the time is spent
// creating texts, which is independent for each row.
const rowsPerWorker = 100

// DecodeArray is DecodeList for an endpoint that always sends a bare array, so that an
// object is an error and not an empty list.
func DecodeArray[T any](body []byte, noun string) (List[T], error) {
	if (&scanner{src: string(body)}).peek() == '{' {
		return List[T]{}, errors.New("the answer should be a list but is " + nameType('{'))
	}
	return DecodeList[T](body, noun)
}

// decodeInto decodes checked text, nested depth levels deep, into the struct v.
func decodeInto(v reflect.Value, text string, depth int, noun string, objects *int) {
	s := schemaOf(v.Type())
	d := &decoder{scanner: scanner{src: text}, raw: []byte(text), objects: objects}
	if d.peek() == '{' {
		d.readObject(s, v)
	} else {
		d.note("this entry should be " + noun + " but is " + nameType(d.peek()))
	}
	problems := d.allProblems()
	if s.body >= 0 && depth <= MaxDepth {
		v.Field(s.body).SetBytes(d.raw)
	} else if s.body >= 0 {
		problems = append(problems, clean.NewText("the JSON of this entry "+tooDeep))
	}
	if s.problems >= 0 {
		*v.Field(s.problems).Addr().Interface().(*[]clean.Text) = problems
	}
}
