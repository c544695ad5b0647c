package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
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
	// noRetry marks a GET that changes something all the same, and is not repeated.
	noRetry bool
	// extraTime is time on top of the client's timeout, for what is long.
	extraTime time.Duration
	// decode takes a 200 apart; its error means a garbled answer.
	decode func(body []byte, at time.Time) error
}

// isWrite says that the call changes something, so it is not blindly repeated.
func (k *call) isWrite() bool { return k.noRetry || k.method != http.MethodGet }

// newError is an error of this call.
func (k *call) newError(kind Kind, cause error) *Error {
	return &Error{Kind: kind, Op: k.op, Err: cause, isWrite: k.isWrite()}
}

// setJSON gives the call a JSON body.
func (k *call) setJSON(v any) error {
	raw, err := wire.Encode(v)
	if err != nil {
		return k.newError(KindRefused, err)
	}
	k.length, k.contentType = int64(len(raw)), "application/json"
	k.body = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return nil
}

// pathSegment is id as one part of a path. An id that is empty or walks up the path
// would turn a call on one user into a call on all of them.
func pathSegment(id clean.Text) (string, error) {
	switch raw := id.Raw(); raw {
	case "", ".", "..":
		return "", errors.New("there is no id to do it with")
	default:
		return url.PathEscape(raw), nil
	}
}

// maskRune stands in every masked id, and in none of Clerk's.
const maskRune = '•'

var errMaskedID = errors.New("this id is masked, so it was not sent; turn the privacy mask off to copy the real one")

// namesMasked says that a call is about somebody whose id is a mask.
func namesMasked(k *call) bool {
	if strings.Contains(k.path, url.PathEscape(string(maskRune))) {
		return true
	}
	for name, values := range k.query {
		for _, v := range values {
			if strings.HasSuffix(name, "_id") && strings.ContainsRune(v, maskRune) {
				return true
			}
		}
	}
	return false
}

// newUserCall is a call on /users/{id} and what follows it.
func newUserCall(op, method string, id clean.Text, rest string) (call, error) {
	return newCall(op, method, "/users/", id, rest)
}

// newCall is a call on one thing addressed by its id.
func newCall(op, method, before string, id clean.Text, rest string) (call, error) {
	k := call{op: op, method: method}
	part, err := pathSegment(id)
	if err != nil {
		return k, k.newError(KindRefused, err)
	}
	k.path = before + part + rest
	return k, nil
}
