// Package desk is the only door to a write. It walks every write through the
// same steps: capture, re-read when what was seen is stale, policy, journal
// intent, call, read back on an unknown outcome, journal outcome.
//
// What may live here: those steps and their order. What may not: what an
// operation means (api/ops), how it is asked or shown (views/action).
package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"frontdesk/api"
	"frontdesk/api/ops"
)

// Desk carries out operations on one instance. It is safe for concurrent use.
type Desk struct {
	cfg  Config
	mu   sync.Mutex
	lost map[requestKey]*lostAnswer // guarded by mu
}

// Config is what a Desk needs from outside.
type Config struct {
	Client    *api.Client
	Catalogue *ops.Catalogue
	Clock     func() time.Time
	// Sleep waits between two looks of a read-back; it returns early with ctx's
	// error. nil waits in real time.
	Sleep func(context.Context, time.Duration) error
	// MaxAge is the age after which a captured user is read again before the
	// write; 0 is 5 seconds.
	MaxAge time.Duration
	// MinInterval is the least time from one request to the next of a write about several
	// users, so that most of the instance's rate limit is left to the application
	// it serves; 0 is 1 second, a tenth of what a development instance takes.
	MinInterval time.Duration
	// Policy and Journal have their place; nil allows everything and records nothing.
	Policy  Policy
	Journal Journal
}

// Policy may refuse an intent; the error is a sentence with the reason.
type Policy interface {
	Allow(Intent) error
}

// Journal records an intent before its first byte is sent and its outcome
// after; an error of Intend stops the write. An outcome that was unknown and is
// known since is recorded once more. Of Intent.Request it may keep only
// what Operation.Recorded gives; Seen holds private metadata.
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
	// People are, for an operation of several users, those whom this request
	// names, as they are; Seen is nil then.
	People []*api.User
}

// State is how a write ended.
type State int

const (
	Done        State = iota // the server said so, or the read-back shows it
	Refused                  // nothing was sent, or the server said no; Err says why
	Changed                  // not sent: the person changed since they were seen; Now and Was say how
	AlreadyGone              // what was to be removed is not there
	Unknown                  // sent, no reliable answer, and nothing shows of it (yet)
	Partly                   // of several users some are done and the others are not; Users say who
)

// Outcome is how a write ended.
type Outcome struct {
	State State
	Op    ops.Operation
	// User is the person afterwards, nil where not known.
	User *api.User
	Err  error
	// Was and Is are the relevant state in words when State is Changed, and
	// where a change is why it was Refused; else both are empty.
	Was, Is string
	// Result is what an operation told that has more to show than a user.
	Result ops.Result
	// ReadBack says that Done was found by looking, not by the answer; Lost is what
	// came instead of one, where it is known (Instead puts it in words).
	ReadBack   bool
	LostAnswer error
	// Pending is what looks again for a write that is Unknown and may still show; nil
	// where there is nothing to look at.
	Pending *Pending
	// Users are how it ended for each of an Intent's People, in their order.
	Users []UserOutcome
	// JournalErr is why the journal has the intent but not this outcome; the
	// write itself ended as State says.
	JournalErr error
	Elapsed    time.Duration
}

// String is the state in a word, for journals and machines.
func (s State) String() string {
	return [...]string{"done", "refused", "changed", "already gone", "unknown", "partly done"}[s]
}

const (
	maxAge = 5 * time.Second
	// lookTimeout bounds a read-back, which outlives the operator's patience.
	lookTimeout = 20 * time.Second
	// minInterval is the usual Config.Every.
	minInterval = time.Second
	// lostKeptFor is how long a lost answer is remembered: what is found done
	// within it was most likely done by us.
	lostKeptFor = 5 * time.Minute
)

// lookDelays are the waits before each look of a read-back. A server that was slow
// to answer may also be slow to act, so one look that shows nothing proves nothing.
func lookDelays() []time.Duration {
	return []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second}
}

// New checks the configuration.
func New(c Config) (*Desk, error) {
	switch {
	case c.Client == nil:
		return nil, errors.New("desk: no client")
	case c.Catalogue == nil:
		return nil, errors.New("desk: no catalogue")
	case c.Clock == nil:
		return nil, errors.New("desk: no clock")
	case c.MaxAge < 0:
		return nil, errors.New("desk: a negative age is never stale")
	case c.MinInterval < 0:
		return nil, errors.New("desk: a negative pace is none")
	}
	if c.MinInterval == 0 {
		c.MinInterval = minInterval
	}
	if c.MaxAge == 0 {
		c.MaxAge = maxAge
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	return &Desk{cfg: c, lost: map[requestKey]*lostAnswer{}}, nil
}

// Do carries the intent out; it always returns an Outcome, never panics, and
// sends the request at most once per call. A cancelled ctx before the request
// is sent ends it with nothing done; after, the read-back still takes place,
// within a time of its own.
func (d *Desk) Do(ctx context.Context, in Intent) (out Outcome) {
	w := &write{Desk: d, op: in.Op, req: in.Request, seen: in.Seen, agreed: in.Agreed, started: d.cfg.Clock()}
	defer func() {
		if caught := recover(); caught != nil {
			out = w.endPanic(caught)
		}
		out = w.finish(out)
	}()
	for _, step := range []func(context.Context) *Outcome{w.check, w.checkRepeat, w.refresh, w.checkApplies, w.checkUnchanged, w.checkPolicy, w.writeIntent} {
		if stop := step(ctx); stop != nil {
			return *stop
		}
	}
	return w.settle(ctx, w.send(ctx))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
