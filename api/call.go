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

// call is one API operation: its request, and how to read the response.
type call struct {
	op     string // verb phrase for error sentences: "ban the user"
	method string
	path   string // below /v1, already escaped
	query  url.Values
	// body opens the request body, once per attempt. nil means no body.
	body        func() (io.ReadCloser, error)
	json        []byte // the body where it is JSON
	length      int64
	contentType string
	// noRetry marks a GET that has a side effect and must not be repeated.
	noRetry bool
	// extraTime is added to the client's timeout, for uploads.
	extraTime time.Duration
	// decode parses the body of a 200. An error makes the response invalid.
	decode func(body []byte, at time.Time) error
}

// isWrite reports whether the call changes something, so that it is not repeated blindly.
func (k *call) isWrite() bool { return k.noRetry || k.method != http.MethodGet }

// newError returns an error for this call.
func (k *call) newError(kind Kind, cause error) *Error {
	return &Error{Kind: kind, Op: k.op, Err: cause, isWrite: k.isWrite()}
}

// setJSON sets v, encoded as JSON, as the request body.
func (k *call) setJSON(v any) error {
	raw, err := wire.Encode(v)
	if err != nil {
		return k.newError(KindRefused, err)
	}
	k.json, k.length, k.contentType = raw, int64(len(raw)), "application/json"
	k.body = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return nil
}

// pathSegment returns id escaped for one path segment. It rejects an empty id and dot
// segments, which would turn a call on one user into a call on all of them.
func pathSegment(id clean.Text) (string, error) {
	switch raw := id.Raw(); raw {
	case "", ".", "..":
		return "", errors.New("the id is missing")
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

// newUserCall returns a call on /users/{id} followed by rest.
func newUserCall(op, method string, id clean.Text, rest string) (call, error) {
	return newCall(op, method, "/users/", id, rest)
}

// newCall returns a call on one object: before + id + rest.
func newCall(op, method, before string, id clean.Text, rest string) (call, error) {
	k := call{op: op, method: method}
	part, err := pathSegment(id)
	if err != nil {
		return k, k.newError(KindRefused, err)
	}
	k.path = before + part + rest
	return k, nil
}
