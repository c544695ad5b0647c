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

// Param returns the request field that the item is about, "" where it names none.
func (i ErrorItem) Param() string {
	var meta struct {
		Param string `json:"param_name"`
	}
	_ = json.Unmarshal(i.Meta, &meta) // absent or of another shape: no field
	return clean.NewText(meta.Param).Display()
}

// Kind groups failures by what the person at the desk can do about them.
type Kind int

const (
	KindRefused         Kind = iota // 4xx: final, nothing was done
	KindBadKey                      // 401: the key is wrong or missing
	KindForbidden                   // 402, 403: plan or permission
	KindNotFound                    // 404
	KindRateLimited                 // 429: nothing was done, RetryAfter says when to come back
	KindConflict                    // 409
	KindServer                      // 5xx: for a write the outcome is unknown
	KindNetwork                     // no connection, reset, time-out
	KindInvalidResponse             // an answer that is not Clerk's (HTML, cut, wrong type)
	KindCancelled                   // the operator or the deadline of the program took it back
)

// Error is every failure of a call. Error() is a plain sentence that says what
// happened and, where there is something to do, what to do next.
type Error struct {
	Kind       Kind
	Status     int // HTTP status, 0 when there was no answer
	Items      []ErrorItem
	TraceID    clean.Text
	RetryAfter time.Duration
	// Sent says that the request may have reached the server: with a write and
	// KindServer, KindNetwork, KindInvalidResponse or KindCancelled the outcome is then unknown.
	Sent bool
	Op   string // "list users", for the sentence
	Err  error  // the cause, nil where the server answered

	isWrite bool // the call changes something, so a lost answer needs other words
	// isFinal says that the same request would fail the same way again: a wrong
	// certificate, a web page in place of an answer.
	isFinal bool
	// redirect is where the server pointed to, fit for a screen, "" where it did not.
	redirect string
	// proxy is the proxy that the request was to go by, as host:port, and trust what is
	// wrong with the file of trusted certificates; "" where there is none, or nothing.
	proxy, trustProblem string
	// foreignMessage are the server's own in a body of another shape than Clerk's.
	foreignMessage clean.Text
}

// Error is What and Next together.
func (e *Error) Error() string {
	if next := e.Advice(); next != "" {
		return e.Summary() + " " + next
	}
	return e.Summary()
}

func (e *Error) Unwrap() error { return e.Err }

// RedirectTarget returns where the server pointed to instead of answering, fit for a
// screen; "" where it did not. Nothing was sent there.
func (e *Error) RedirectTarget() string { return e.redirect }

// Code returns the first item's machine code, "" where there is none.
func (e *Error) Code() string {
	if len(e.Items) == 0 {
		return ""
	}
	return e.Items[0].Code.Display()
}

// IsTransient reports whether the same request may go by itself in a while: nobody
// answered, or the server was out of order. That a name is not known may be a link that is
// down.
func (e *Error) IsTransient() bool {
	var dns *net.DNSError
	switch e.Kind {
	case KindServer, KindNetwork:
		return !e.isFinal || errors.As(e.Err, &dns)
	}
	return e.Kind == KindCancelled && errors.Is(e.Err, context.DeadlineExceeded)
}

// IsRefused reports whether the server answered and did nothing: what was asked for can be
// put right and asked again.
func (e *Error) IsRefused() bool { return e.Status >= 400 && e.Status < 500 && len(e.Items) > 0 }

// IsOutcomeUnknown reports whether a write's outcome cannot be known from this error: it
// may have been carried out. false for a nil error, and for one that is no *Error, which
// never left this program. A 4xx is final whoever sent it.
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

// IsCancelled reports whether the call was taken back by who asked for it; there is
// nothing to tell them.
func IsCancelled(err error) bool {
	var e *Error
	return errors.Is(err, context.Canceled) || (errors.As(err, &e) && e.Kind == KindCancelled)
}
