package session

import (
	"context"
	"strings"
	"sync"
	"time"

	"frontdesk/api/journal"
	"frontdesk/api/journal/forward"
)

// flushTimeout limits the final attempt to forward records when the program ends.
const flushTimeout = time.Second

// forwarding forwards the journal while a session is open. A nil forwarding does nothing.
type forwarding struct {
	to      *forward.Forwarder
	journal *journal.Journal

	mu    sync.Mutex
	stop  context.CancelFunc
	ended chan struct{}
}

// start begins to forward in the background, until close.
func (f *forwarding) start() {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	f.stop, f.ended = stop, make(chan struct{})
	go func() {
		defer close(f.ended)
		f.to.Run(ctx)
	}()
}

// close stops forwarding. If this process has written records, it makes a final attempt to
// forward them.
func (f *forwarding) close() {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stop != nil {
		f.stop()
		<-f.ended
		f.stop = nil
	}
	if !f.journal.HasWritten() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	_ = f.to.Flush(ctx) // the next start continues where this one stopped
}

// ForwardStatus returns the progress of each forwarding destination, or nil if there is
// none.
func (s *Session) ForwardStatus(ctx context.Context) ([]forward.Status, error) {
	if s.forwarding == nil {
		return nil, nil
	}
	return s.forwarding.to.Status(ctx)
}

// newForwarding sets up forwarding and makes Close stop it.
func (s *Session) newForwarding(o Options) error {
	if o.Journal == nil {
		return nil
	}
	to, err := forward.New(forward.Options{Journal: o.Journal, Syslog: o.ForwardSyslog, OTLP: o.ForwardOTLP, Version: strings.TrimPrefix(o.UserAgent, "frontdesk/"), Env: o.Env, Jitter: o.Jitter, Now: o.Clock})
	if to == nil || err != nil {
		return err
	}
	s.forwarding = &forwarding{to: to, journal: o.Journal}
	end := s.Close
	s.Close = func() { s.forwarding.close(); end() }
	return nil
}
