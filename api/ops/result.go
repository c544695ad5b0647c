package ops

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Result is an answer that is not a user, line by line. It is shown once, on
// request, and stored nowhere.
type Result struct {
	// Summary is the answer in one sentence ("The password is right."). It holds no
	// secret and may be journaled.
	Summary string
	// IsNo says that the answer to a check is no.
	IsNo bool
	// RetryField is the field to try again after IsNo, "" for none.
	RetryField string
	Lines      []Line
	// Objects are the service's JSON objects as received: the rows where IsList, else
	// one. They may hold secrets, by the names in Operation.SecretNames.
	Objects []wire.Secret
	IsList  bool
	// Total is the total of a list, -1 where the answer has none (see
	// Operation.CountAll).
	Total int
	// User is the user afterwards, where the answer has one.
	User *api.User
}

// Line is one labelled value of a Result. A Secret stays hidden until it is revealed
// or copied on request, and is never recorded.
type Line struct {
	Label  string
	Value  clean.Text
	Secret wire.Secret
	// Time is the time that Value writes, zero where it is none.
	Time time.Time
	// QR marks an otpauth:// URI that may be drawn as a QR code.
	QR bool
}

// HasSecret reports whether a line of the result is a secret.
func (r Result) HasSecret() bool {
	for _, l := range r.Lines {
		if !l.Secret.Empty() {
			return true
		}
	}
	return false
}

// Found is what a read-back saw.
type Found struct {
	User    *api.User // nil where there is no user (any more)
	Applied bool      // the operation's effect is there
}

// PartlyDone is the failure of an operation of several requests after some
// succeeded. Done says which ("2 sessions were signed out").
type PartlyDone struct {
	Done string
	Err  error
}

func (e *PartlyDone) Error() string { return e.Done + ", then it stopped: " + e.Err.Error() }

// Unwrap returns the error that stopped it.
func (e *PartlyDone) Unwrap() error { return e.Err }

// NotSent is a failure before a write was sent: a read that it needs failed.
type NotSent struct{ Err error }

func (e *NotSent) Error() string { return e.Err.Error() }

// Unwrap returns the error of the read.
func (e *NotSent) Unwrap() error { return e.Err }
