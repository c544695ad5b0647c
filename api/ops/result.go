package ops

import (
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Result is an answer that is not a user: what to show, line by line. It is
// shown once, on request, and goes nowhere else.
type Result struct {
	// Summary is the answer in one sentence ("The password is right."); it holds no
	// secret and may be journaled.
	Summary string
	// IsNo marks that the question was answered, and the answer is no.
	IsNo bool
	// RetryField is the field that a No is about and that another value may be tried in, ""
	// for none.
	RetryField string
	Lines      []Line
	// Objects are the service's own objects as they came, for machines: the rows
	// of a List, else the one that was read. There may be secrets in them, by the
	// names that Operation.Hides has.
	Objects []wire.Secret
	IsList  bool
	// Total is how many there are of a List in all, -1 where the answer does not
	// tell it (Operation.Total does).
	Total int
	// User is the user afterwards where the answer carries one after all.
	User *api.User
}

// Line is one labelled value of a Result: Value, or Secret where it must stay
// hidden until it is revealed or copied on request, and is never recorded.
type Line struct {
	Label  string
	Value  clean.Text
	Secret wire.Secret
	// Time is the time that Value writes for machines, zero where it is none.
	Time time.Time
	// QR marks an otpauth:// URI, which may be drawn as a QR code.
	QR bool
}

// HasSecret says that some line of the result is one.
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

// PartlyDone is the failure of an operation of several requests after some of
// them were carried out: What says which ("2 sessions were signed out").
type PartlyDone struct {
	Done string
	Err  error
}

func (e *PartlyDone) Error() string { return e.Done + ", then it stopped: " + e.Err.Error() }

// Unwrap is what stopped it.
func (e *PartlyDone) Unwrap() error { return e.Err }

// NotSent is a failure before the first byte of a write: a read that the write
// needs did not succeed, and nothing was done.
type NotSent struct{ Err error }

func (e *NotSent) Error() string { return e.Err.Error() }

// Unwrap is what failed.
func (e *NotSent) Unwrap() error { return e.Err }
