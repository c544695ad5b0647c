package host

import (
	"context"
	"net/http"

	"frontdesk/api/sandbox"
)

// Embedded is a directory served in this process, without a port. It opens while the
// console draws its first frame; requests wait for it.
type Embedded struct {
	ready      chan struct{} // closed once transport or err is set
	failed     chan struct{} // closed when err is set
	transport  http.RoundTripper
	closeStore func() error
	err        error
}

// Embed starts opening the directory and returns at once. Its server accepts the secret
// key.
func Embed(ctx context.Context, o OpenOptions, key string) *Embedded {
	e := &Embedded{ready: make(chan struct{}), failed: make(chan struct{})}
	go func() {
		defer close(e.ready)
		st, err := Open(ctx, o)
		if err != nil {
			e.err = err
			close(e.failed)
			return
		}
		e.closeStore = st.Close
		e.transport = sandbox.New(sandbox.Options{Store: st, Key: key, Now: o.Now, Rand: o.Rand}).Transport()
	}()
	return e
}

// RoundTrip implements [http.RoundTripper].
func (e *Embedded) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-e.ready:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if e.err != nil {
		return nil, e.err
	}
	return e.transport.RoundTrip(r)
}

// Wait waits until the directory is open and returns the error if it cannot be. It returns
// nil for a nil Embedded.
func (e *Embedded) Wait(ctx context.Context) error {
	if e == nil {
		return nil
	}
	select {
	case <-e.ready:
		return e.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Failed is closed if the directory cannot be opened; Err then says why. It is nil for a
// nil Embedded.
func (e *Embedded) Failed() <-chan struct{} {
	if e == nil {
		return nil
	}
	return e.failed
}

// Err returns why the directory cannot be opened, or nil while that is unknown.
func (e *Embedded) Err() error {
	if e == nil {
		return nil
	}
	select {
	case <-e.failed:
		return e.err
	default:
		return nil
	}
}

// Close closes the directory, after waiting for it to open.
func (e *Embedded) Close() error {
	<-e.ready
	if e.closeStore == nil {
		return nil
	}
	return e.closeStore()
}
