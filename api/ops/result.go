package ops

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Result is a response that is not a user, line by line. It is shown once, on request, and
// never stored.
type Result struct {
	// Summary is the result in one sentence ("The password is right."). It contains no
	// secret and may be journaled.
	Summary string
	// IsNo reports that the result of a check is negative.
	IsNo bool
	// RetryField is the field to try again after IsNo, or "".
	RetryField string
	Lines      []Line
	// Objects are the service's JSON objects as received: the rows where IsList, else
	// one. They may hold secrets, by the names in Operation.SecretNames.
	Objects []wire.Secret
	IsList  bool
	// Total is the total of a list, -1 if the response has none (see Operation.CountAll).
	Total int
	// User is the user afterwards, if the response has one.
	User *api.User
}

// Line is one labelled value of a Result. A Secret stays hidden until it is revealed
// or copied on request, and is never recorded.
type Line struct {
	Label  string
	Value  clean.Text
	Secret wire.Secret
	// Time is the time that Value formats, or zero.
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

// Found is the result of a read-back.
type Found struct {
	User    *api.User // nil if there is no user, or no longer
	Applied bool      // the operation's effect shows
}

// PartlyDone is the error of an operation of several requests of which some succeeded.
// Done says which ("2 sessions were signed out").
type PartlyDone struct {
	Done string
	Err  error
}

func (e *PartlyDone) Error() string { return e.Done + ", then it stopped: " + e.Err.Error() }

// Unwrap returns the error that stopped it.
func (e *PartlyDone) Unwrap() error { return e.Err }

// NotSent is an error before a write was sent: a read that it needs failed.
type NotSent struct{ Err error }

func (e *NotSent) Error() string { return e.Err.Error() }

// Unwrap returns the error of the read.
func (e *NotSent) Unwrap() error { return e.Err }
