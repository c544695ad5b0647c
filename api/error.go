package api

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"time"

	"frontdesk/api/clean"
)

// ErrorItem is one entry of an error body.
type ErrorItem struct {
	Code        clean.Text      `json:"code"`
	Message     clean.Text      `json:"message"`
	LongMessage clean.Text      `json:"long_message"`
	Meta        json.RawMessage `json:"meta"`
}

// Param returns the request field that the item is about, or "" if it names none.
func (i ErrorItem) Param() string {
	var meta struct {
		Param string `json:"param_name"`
	}
	_ = json.Unmarshal(i.Meta, &meta) // absent or of another shape: no field
	return clean.NewText(meta.Param).Display()
}

// Kind groups errors by what an operator can do about them.
type Kind int

const (
	KindRefused         Kind = iota // 4xx: final, nothing was done
	KindBadKey                      // 401: the key is wrong or missing
	KindForbidden                   // 402, 403: plan or permission
	KindNotFound                    // 404
	KindRateLimited                 // 429: nothing was done; see RetryAfter
	KindConflict                    // 409
	KindServer                      // 5xx: for a write the outcome is unknown
	KindNetwork                     // no connection, reset, time-out
	KindInvalidResponse             // a response that is not Clerk's (HTML, truncated, wrong type)
	KindCancelled                   // cancelled by the operator, or by the program's deadline
)

// Error is the error type of every failed call.
type Error struct {
	Kind       Kind
	Status     int // HTTP status, 0 if there was no response
	Items      []ErrorItem
	TraceID    clean.Text
	RetryAfter time.Duration
	// Sent reports whether the request may have reached the server. The outcome of a write
	// is then unknown if Kind is KindServer, KindNetwork, KindInvalidResponse or
	// KindCancelled.
	Sent bool
	Op   string // verb phrase: "list users"
	Err  error  // the cause, nil if the server answered

	isWrite bool // the call changes something, so a lost response is worded differently
	// isFinal reports whether the same request would fail the same way again, as with a
	// bad certificate or a web page instead of an API response.
	isFinal bool
	// redirect is the target of a redirect, cleaned for display, or "".
	redirect string
	// proxy is the proxy that the request was to use, as host:port, or "". trustProblem
	// says what is wrong with the file of trusted certificates, or is "".
	proxy, trustProblem string
	// foreignMessage is the server's message from a body that has not Clerk's shape.
	foreignMessage clean.Text
}

// Error returns Summary followed by Advice.
func (e *Error) Error() string {
	if next := e.Advice(); next != "" {
		return e.Summary() + " " + next
	}
	return e.Summary()
}

func (e *Error) Unwrap() error { return e.Err }

// RedirectTarget returns the target of the redirect that the server sent, cleaned for
// display, or "". Redirects are not followed.
func (e *Error) RedirectTarget() string { return e.redirect }

// Code returns the first item's machine-readable code, or "" if there is none.
func (e *Error) Code() string {
	if len(e.Items) == 0 {
		return ""
	}
	return e.Items[0].Code.Display()
}

// IsTransient reports whether the same request may succeed later: nobody answered, or the
// server had a problem. An unknown host counts as transient because the network may be
// down.
func (e *Error) IsTransient() bool {
	var dns *net.DNSError
	switch e.Kind {
	case KindServer, KindNetwork:
		return !e.isFinal || errors.As(e.Err, &dns)
	}
	return e.Kind == KindCancelled && errors.Is(e.Err, context.DeadlineExceeded)
}

// IsRefused reports whether the server refused the request and did nothing, so that it can
// be corrected and sent again.
func (e *Error) IsRefused() bool { return e.Status >= 400 && e.Status < 500 && len(e.Items) > 0 }

// IsOutcomeUnknown reports whether a write that failed with err may have been carried out
// all the same. It is false for nil and for an err that is not an *Error, because nothing
// was sent then. A 4xx is final, whoever sent it.
func IsOutcomeUnknown(err error) bool {
	var e *Error
	if !errors.As(err, &e) || !e.Sent || (e.Status >= 400 && e.Status < 500) {
		return false
	}
	switch e.Kind {
	case KindServer, KindNetwork, KindInvalidResponse, KindCancelled:
		return true
	}
	return false
}

// IsCancelled reports whether the caller cancelled the call, so that there is nothing to
// report.
func IsCancelled(err error) bool {
	var e *Error
	return errors.Is(err, context.Canceled) || (errors.As(err, &e) && e.Kind == KindCancelled)
}
