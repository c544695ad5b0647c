// Package desk is the only door to a write. It walks every write through the
// same steps: capture, re-read when what was seen is stale, policy, journal
// intent, call, read back on an unknown outcome, journal outcome.
//
// What may live here: those steps and their order. What may not: what an
// operation means (api/ops), how it is asked or shown (views/action).
package desk

import (
	"context"
	"time"

	"frontdesk/api"
	"frontdesk/api/ops"
)

// Desk carries out operations on one instance.
type Desk struct{}

// Config is what a Desk needs from outside.
type Config struct {
	Client    *api.Client
	Catalogue *ops.Catalogue
	Clock     func() time.Time
	// Stale is the age after which a captured user is read again before the
	// write; 0 is 5 seconds.
	Stale time.Duration
	// Policy and Journal have their place; nil allows everything and records nothing.
	Policy  Policy
	Journal Journal
}

// Policy may refuse an intent; the error is a sentence with the reason.
type Policy interface {
	Allow(Intent) error
}

// Journal records an intent before its first byte is sent and its outcome
// after; an error of Intend stops the write.
type Journal interface {
	Intend(Intent) (record string, err error)
	Record(record string, o Outcome) error
}

// Intent is a write about to happen.
type Intent struct {
	Op ops.Operation
	// Seen is the user as the operator saw it when the question was asked.
	Seen    *api.User
	Request ops.Request
	// Agreed says that the operator saw a changed state and agreed again.
	Agreed bool
}

// State is how a write ended.
type State int

const (
	Done        State = iota // the server said so, or the read-back shows it
	Refused                  // nothing was done; Err says why
	Changed                  // not sent: the person changed since they were seen; Now and Was say how
	AlreadyGone              // what was to be removed is not there
	Unknown                  // sent, no answer, and the read-back failed too
)

// Outcome is how a write ended.
type Outcome struct {
	State State
	Op    ops.Operation
	// User is the person afterwards, nil where not known.
	User *api.User
	Err  error
	// Was and Is are the relevant state in words when State is Changed.
	Was, Is string
	// ReadBack says that Done was found by looking, not by the answer.
	ReadBack bool
	Elapsed  time.Duration
}

// New checks the configuration.
func New(c Config) (*Desk, error) { panic("unwritten") }

// Do carries the intent out; it always returns an Outcome, never panics, and
// sends the request at most once per call.
func (d *Desk) Do(ctx context.Context, in Intent) Outcome { panic("unwritten") }
