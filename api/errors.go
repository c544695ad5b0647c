package api

import (
	"encoding/json"
	"time"
)

// ErrorItem is one entry of an error body (reference, 4.1).
type ErrorItem struct {
	Code        Text            `json:"code"`
	Message     Text            `json:"message"`
	LongMessage Text            `json:"long_message"`
	Meta        json.RawMessage `json:"meta"`
}

// Kind groups failures by what the person at the desk can do about them.
type Kind int

const (
	KindRefused   Kind = iota // 4xx: final, nothing was done
	KindKey                   // 401: the key is wrong or missing
	KindForbidden             // 402, 403: plan or permission
	KindNotFound              // 404
	KindLimited               // 429: nothing was done, RetryAfter says when to come back
	KindConflict              // 409
	KindServer                // 5xx: for a write the outcome is unknown
	KindNetwork               // no connection, reset, time-out
	KindGarbled               // an answer that is not Clerk's (HTML, cut, wrong type)
	KindCancelled             // the operator or the deadline of the program took it back
)

// Error is every failure of a call. Error() is a plain sentence that says what
// happened and, where there is something to do, what to do next.
type Error struct {
	Kind       Kind
	Status     int // HTTP status, 0 when there was no answer
	Items      []ErrorItem
	TraceID    Text
	RetryAfter time.Duration
	// Sent says that the request may have reached the server: with a write and
	// KindServer, KindNetwork or KindGarbled the outcome is then unknown.
	Sent bool
	Op   string // "list users", for the sentence
	Err  error  // the cause, nil where the server answered
}

func (e *Error) Error() string { panic("unwritten") }
func (e *Error) Unwrap() error { return e.Err }

// Code is the first item's machine code, "" where there is none.
func (e *Error) Code() string { panic("unwritten") }

// Next says what the person at the desk can do now, "" where nothing helps.
func (e *Error) Next() string { panic("unwritten") }

// Unknown says that a write's outcome cannot be known from this error: it may
// have been carried out. false for a nil error.
func Unknown(err error) bool { panic("unwritten") }
