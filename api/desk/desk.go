// Package desk carries out every write. Each takes the same steps: read the user again if
// the data is old, ask the policy, check that the operation still applies and the state is
// unchanged, write the intent to the journal, send the request once, read back if the
// response was lost, record the outcome. What an operation means is defined in api/ops;
// how it is confirmed and shown, in views/action.
package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// Desk carries out operations on one instance. It is safe for concurrent use.
type Desk struct {
	cfg  Config
	mu   sync.Mutex
	lost map[requestKey]*lostAnswer // guarded by mu
}

// Config configures a Desk. Client, Catalogue and Clock are required.
type Config struct {
	Client    *api.Client
	Catalogue *ops.Catalogue
	Clock     func() time.Time
	// Sleep waits between the reads of a read-back. It returns early with ctx's error. nil
	// waits in real time.
	Sleep func(context.Context, time.Duration) error
	// MaxAge is the age at which a user's data is read again before a write; 0 means 5
	// seconds.
	MaxAge time.Duration
	// MinInterval is the minimum time between two requests of a bulk, which leaves most of
	// the rate limit to the customer's application; 0 means 1 second.
	MinInterval time.Duration
	// Policy sees the whole request, unlike the catalogue's; nil allows everything. A
	// nil Journal records nothing.
	Policy  Policy
	Journal Journal
}

// Policy may refuse an intent. Its error is a sentence with the reason.
type Policy interface {
	Allow(Intent) error
}

// Journal records an intent before it is sent, and its outcome afterwards. An error from
// Intend stops the write. An unknown outcome is recorded again when it becomes known.
// Refuse records an intent that was not sent because policy refused it or it does not
// apply. Of Intent.Request only Operation.JournalValues may be kept; Seen contains private
// metadata.
type Journal interface {
	Intend(Intent) (record string, err error)
	Record(record string, o Outcome) error
	Refuse(Intent, Outcome) error
}

// Intent is a write about to happen.
type Intent struct {
	Op ops.Operation
	// Seen is the user as the operator saw it when the question was asked.
	Seen    *api.User
	Request ops.Request
	// Agreed reports that the operator was shown a changed state and confirmed again.
	Agreed bool
	// People are the users in a request of a bulk, in their current state; Seen is nil
	// then.
	People []*api.User
	// Continues is the journal's record of the bulk's first request, "" for that one.
	Continues string
	Audit
}

// Audit is what the journal keeps about an intent beside the request.
type Audit struct {
	// Confirmed says how the operator confirmed ("typed 4242", "--yes").
	Confirmed string
	// Undoes is the journal's record that this undoes, Case the guided sequence to
	// which it belongs; both may be empty.
	Undoes, Case string
}

// State is how a write ended.
type State int

const (
	Done        State = iota // the server confirmed it, or the read-back shows it
	Refused                  // nothing was sent, or the server refused it; Err says why
	Changed                  // not sent: the user changed since the operator saw them; Was and Is say how
	AlreadyGone              // what was to be removed does not exist
	Unknown                  // sent, no reliable response, and no effect visible (yet)
	Partly                   // done for some of several users; see Users
)

// Outcome is how a write ended.
type Outcome struct {
	State State
	Op    ops.Operation
	// User is the user afterwards, nil if unknown.
	User *api.User
	Err  error
	// Was and Is are the state before and now in words, if State is Changed or a change is
	// why it was Refused.
	Was, Is string
	// Result is the response of an operation that returns more than a user.
	Result ops.Result
	// ReadBack reports that Done was determined by reading the user again. LostAnswer is
	// what came instead of a response, if known (see DescribeLost).
	ReadBack   bool
	LostAnswer error
	// Pending checks again for an Unknown write that may still take effect; nil if nothing
	// can be checked.
	Pending *Pending
	// Users are the outcomes of an Intent's People, in their order.
	Users []UserOutcome
	// Status and TraceID are those of the last answer of the server, zero where none
	// came. Record is the journal's record of the intent, "" where there is none.
	Status  int
	TraceID clean.Text
	Record  string
	// JournalErr is why the journal lacks this outcome; the write itself ended as
	// State says.
	JournalErr error
	Elapsed    time.Duration
}

// String returns the state as one word, for the journal and machine-readable output.
func (s State) String() string {
	return [...]string{"done", "refused", "changed", "already gone", "unknown", "partly done"}[s]
}

const (
	maxAge = 5 * time.Second
	// lookTimeout limits a read-back, which continues after the operator cancels.
	lookTimeout = 20 * time.Second
	// minInterval is the default of Config.MinInterval.
	minInterval = time.Second
	// lostKeptFor is how long a lost response is remembered. An effect that appears within
	// it was most likely caused by that request.
	lostKeptFor = 5 * time.Minute
)

// lookDelays returns the waits before each read of a read-back. A slow server may also act
// late, so a single read proves nothing.
func lookDelays() []time.Duration {
	return []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second}
}

// New returns a Desk. Its error names what is missing in the configuration.
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

// Do carries out the intent, sending the request at most once. It always returns an
// Outcome and never panics. Cancelling ctx before the request is sent ends it with nothing
// done; afterwards the read-back still runs, within lookTimeout.
func (d *Desk) Do(ctx context.Context, in Intent) (out Outcome) {
	w := &write{Desk: d, op: in.Op, req: in.Request, seen: in.Seen, agreed: in.Agreed, audit: in.Audit, started: d.cfg.Clock()}
	defer func() {
		if caught := recover(); caught != nil {
			out = w.endPanic(caught)
		}
		out = w.finish(out)
	}()
	for _, step := range []func(context.Context) *Outcome{w.check, w.checkRepeat, w.refresh, w.checkPolicy, w.checkApplies, w.checkUnchanged, w.writeIntent} {
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
