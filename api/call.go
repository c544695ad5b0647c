package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// call is one operation on its way.
type call struct {
	op     string // "ban the user", for sentences
	method string
	path   string // below /v1, escaped
	query  url.Values
	// body opens the request body, once per attempt; nil is none.
	body        func() (io.ReadCloser, error)
	length      int64
	contentType string
	// once marks a GET that changes something all the same, and is not repeated.
	once bool
	// extra is time on top of the client's timeout, for what is long.
	extra time.Duration
	// read takes a 200 apart; its error means a garbled answer.
	read func(body []byte, at time.Time) error
}

// write says that the call changes something, so it is not blindly repeated.
func (k *call) write() bool { return k.once || k.method != http.MethodGet }

// fail is an error of this call.
func (k *call) fail(kind Kind, cause error) *Error {
	return &Error{Kind: kind, Op: k.op, Err: cause, write: k.write()}
}

// json gives the call a JSON body.
func (k *call) json(v any) error {
	raw, err := wire.Encode(v)
	if err != nil {
		return k.fail(KindRefused, err)
	}
	k.length, k.contentType = int64(len(raw)), "application/json"
	k.body = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return nil
}

// segment is id as one part of a path. An id that is empty or walks up the path
// would turn a call on one user into a call on all of them.
func segment(id clean.Text) (string, error) {
	switch raw := id.Raw(); raw {
	case "", ".", "..":
		return "", errors.New("there is no id to do it with")
	default:
		return url.PathEscape(raw), nil
	}
}

// onUser is a call on /users/{id} and what follows it.
func onUser(op, method string, id clean.Text, rest string) (call, error) {
	return on(op, method, "/users/", id, rest)
}

// on is a call on one thing addressed by its id.
func on(op, method, before string, id clean.Text, rest string) (call, error) {
	k := call{op: op, method: method}
	part, err := segment(id)
	if err != nil {
		return k, k.fail(KindRefused, err)
	}
	k.path = before + part + rest
	return k, nil
}
