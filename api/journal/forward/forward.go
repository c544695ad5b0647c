// Package forward sends the records of a journal to syslog, journald or an OpenTelemetry
// collector, where the user who wrote them cannot change them.
//
// The journal file remains authoritative. For each destination a cursor file next to the
// journal holds the position reached, so that every record is delivered at least once, also
// after an outage. Forwarding never delays a write.
//
// What may live here: cursors, retries, and the two protocols. What may not: what is
// recorded (api/journal/recorder) and how it is stored (api/journal).
package forward

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"frontdesk/api/journal"
)

// Options configure a Forwarder. Journal is required.
type Options struct {
	Journal *journal.Journal
	// Syslog is "local", or an address like udp://logs:514, tcp://logs:514 or
	// unix:///dev/log; "" means none.
	Syslog string
	// OTLP is the URL of a collector that accepts logs; "" means none.
	OTLP string
	// Version is the version of the program, reported to the collector.
	Version string
	// Env reads OpenTelemetry's environment variables; nil means an empty environment.
	Env func(string) string
	// Sleep waits for a duration or until ctx ends; nil waits in real time.
	Sleep func(context.Context, time.Duration) error
	// Jitter returns a number in [0, 1) that spreads the retries; nil means 0.
	Jitter func() float64
	// Now returns the time for Status; nil means time.Now.
	Now func() time.Time
}

// Forwarder forwards the records of a journal. It is safe for concurrent use.
type Forwarder struct {
	o     Options
	lines []*line
}

// Status is the progress of a destination.
type Status struct {
	Destination string // "syslog", "OTLP"
	Address     string
	// Behind is the number of records not forwarded yet.
	Behind uint64
	// Err is the error of the last attempt, nil if it succeeded. Since is when it failed.
	Err   error
	Since time.Time
}

// sink delivers records. Send delivers all of them or returns an error.
type sink interface {
	Send(context.Context, []journal.Record) error
	Close() error
}

// line is one destination.
type line struct {
	f             *Forwarder
	name, address string
	open          func() (sink, error)

	mu      sync.Mutex
	failed  error
	since   time.Time
	sending sync.Mutex // held while sending
}

const (
	// batchSize is the number of records sent at a time.
	batchSize = 200
	// pollEvery is the time between two checks for new records.
	pollEvery = 2 * time.Second
	// After a failure the wait doubles from firstBackoff to maxBackoff.
	firstBackoff = time.Second
	maxBackoff   = time.Minute
	// sendTimeout limits one attempt.
	sendTimeout = 10 * time.Second
)

// New returns a Forwarder, or nil if no destination is set. It sends nothing yet. It returns
// an error for an invalid address.
func New(o Options) (*Forwarder, error) {
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Jitter == nil {
		o.Jitter = func() float64 { return 0 }
	}
	if o.Env == nil {
		o.Env = func(string) string { return "" }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	f := &Forwarder{o: o}
	if o.Syslog != "" {
		network, address, err := parseSyslog(o.Syslog)
		if err != nil {
			return nil, err
		}
		f.lines = append(f.lines, &line{f: f, name: "syslog", address: o.Syslog, open: func() (sink, error) { return openSyslog(network, address) }})
	}
	if o.OTLP != "" {
		url, err := parseOTLP(o.OTLP)
		if err != nil {
			return nil, err
		}
		f.lines = append(f.lines, &line{f: f, name: "OTLP", address: url, open: func() (sink, error) { return openOTLP(url, o.Version, o.Env) }})
	}
	if len(f.lines) == 0 {
		return nil, nil
	}
	return f, nil
}

// Run forwards existing and new records until ctx ends.
func (f *Forwarder) Run(ctx context.Context) {
	if f == nil {
		return
	}
	var all sync.WaitGroup
	for _, l := range f.lines {
		all.Go(func() { l.run(ctx) })
	}
	all.Wait()
}

// Flush makes one attempt per destination to forward all existing records.
func (f *Forwarder) Flush(ctx context.Context) error {
	if f == nil {
		return nil
	}
	var all sync.WaitGroup
	failed := make([]error, len(f.lines))
	for i, l := range f.lines {
		all.Go(func() {
			if err := l.forward(ctx); err != nil {
				failed[i] = fmt.Errorf("%s: %w", l.name, err)
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// Status returns the progress of each destination.
func (f *Forwarder) Status(ctx context.Context) ([]Status, error) {
	if f == nil {
		return nil, nil
	}
	var all []Status
	for _, l := range f.lines {
		behind, err := l.behind(ctx)
		if err != nil {
			return all, err
		}
		l.mu.Lock()
		all = append(all, Status{Destination: l.name, Address: l.address, Behind: behind, Err: l.failed, Since: l.since})
		l.mu.Unlock()
	}
	return all, nil
}

// Behind returns the number of records missing at the slowest destination.
func (f *Forwarder) Behind(ctx context.Context) (uint64, error) {
	all, err := f.Status(ctx)
	var most uint64
	for _, s := range all {
		most = max(most, s.Behind)
	}
	return most, err
}

func (l *line) run(ctx context.Context) {
	wait := firstBackoff
	for ctx.Err() == nil {
		pause := pollEvery
		if err := l.forward(ctx); err != nil {
			pause = wait + time.Duration(l.f.o.Jitter()*float64(wait)/2)
			wait = min(2*wait, maxBackoff)
		} else {
			wait = firstBackoff
		}
		if l.f.o.Sleep(ctx, pause) != nil {
			return
		}
	}
}

// forward sends the records that the destination does not have yet. It does nothing if
// another process is already forwarding.
func (l *line) forward(ctx context.Context) error {
	l.sending.Lock()
	defer l.sending.Unlock()
	if _, ok, err := l.f.o.Journal.Last(ctx); err != nil || !ok {
		return l.note(err)
	}
	lock := flock.New(l.path(".lock"), flock.SetFlag(os.O_CREATE|os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil || !held {
		return l.note(err)
	}
	defer func() { _ = lock.Unlock() }()
	return l.note(l.sendAll(ctx))
}

func (l *line) sendAll(ctx context.Context) error {
	at, err := l.cursor(ctx)
	if err != nil {
		return err
	}
	var to sink
	defer func() {
		if to != nil {
			_ = to.Close()
		}
	}()
	for {
		records, err := l.f.o.Journal.After(ctx, at, batchSize)
		if err != nil || len(records) == 0 {
			return err
		}
		if to == nil {
			if to, err = l.open(); err != nil {
				return err
			}
		}
		if err := l.send(ctx, to, records); err != nil {
			return err
		}
		last := records[len(records)-1]
		at = last.Seq
		if err := l.saveCursor(cursor{Seq: last.Seq, Hash: last.Hash, Address: l.address}); err != nil {
			return err
		}
	}
}

func (l *line) send(ctx context.Context, to sink, records []journal.Record) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	return to.Send(ctx, records)
}

// note stores the result of the last attempt for Status.
func (l *line) note(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed, l.since = err, l.f.o.Now()
	return err
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
