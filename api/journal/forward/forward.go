// Package forward sends the records of a journal on to where the user who wrote them
// cannot change them: to syslog or journald, and to an OpenTelemetry collector.
//
// The file stays the truth. Each destination has a cursor beside the journal that
// says how far it has come; after an outage it goes on from there, so that every
// record arrives at least once. Forwarding never delays a write.
//
// What may live here: cursors, waits between tries, the two protocols. What may not:
// what is recorded (api/journal/recorder) and how it is stored (api/journal).
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

// Options say where the records of a journal go. Journal is required.
type Options struct {
	Journal *journal.Journal
	// Syslog is "local", or an address like udp://logs:514, tcp://logs:514 or
	// unix:///dev/log; "" is none.
	Syslog string
	// OTLP is the URL of a collector for logs; "" is none.
	OTLP string
	// Version is the program's, for the collector.
	Version string
	// Sleep waits and returns early with ctx's error; nil waits in real time.
	Sleep func(context.Context, time.Duration) error
	// Jitter is in [0, 1); nil is 0.
	Jitter func() float64
	// Now is the clock of Status; nil is time.Now.
	Now func() time.Time
}

// Forwarder sends records on. It is safe for concurrent use.
type Forwarder struct {
	o     Options
	lines []*line
}

// Status is how far a destination has come.
type Status struct {
	Destination string // "syslog", "OTLP"
	Address     string
	// Behind is the number of records that it does not have yet.
	Behind uint64
	// Err is why the last try failed, nil where it did not; Since is when that was.
	Err   error
	Since time.Time
}

// sink is where records go. Send takes all of them or returns an error.
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
	sending sync.Mutex // one at a time in this process
}

const (
	// batchSize is how many records are sent at once.
	batchSize = 200
	// pollEvery is the time between two looks for new records.
	pollEvery = 2 * time.Second
	// firstBackoff and maxBackoff are the waits after a failure, doubled in between.
	firstBackoff = time.Second
	maxBackoff   = time.Minute
	// sendTimeout bounds one try.
	sendTimeout = 10 * time.Second
)

// New returns a Forwarder; nil where there is nowhere to forward to. Nothing is sent
// yet. The error is a mistake in an address.
func New(o Options) (*Forwarder, error) {
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Jitter == nil {
		o.Jitter = func() float64 { return 0 }
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
		f.lines = append(f.lines, &line{f: f, name: "OTLP", address: url, open: func() (sink, error) { return openOTLP(url, o.Version) }})
	}
	if len(f.lines) == 0 {
		return nil, nil
	}
	return f, nil
}

// Run forwards until ctx ends: what is there, and what comes.
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

// Flush forwards what is there, each destination in one try, until ctx ends.
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

// Status returns how far each destination has come.
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

// Behind returns the number of records that the slowest destination does not have yet.
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

// forward sends what the destination does not have yet. Another process that forwards
// already is left to it.
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

// note remembers why the last try failed.
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
