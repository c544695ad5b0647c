package host

import (
	"context"
	"net/http"

	"frontdesk/api/sandbox"
)

// Embedded is the demo's directory as a transport, without a port. It opens
// beside the program's first frame; requests wait until it is open.
type Embedded struct {
	ready     chan struct{} // closed once transport or err is set
	broken    chan struct{} // closed when err is set
	transport http.RoundTripper
	shut      func() error
	err       error
}

// Embed begins to open the directory and returns at once. key is the secret key
// its server accepts.
func Embed(ctx context.Context, o OpenOptions, key string) *Embedded {
	e := &Embedded{ready: make(chan struct{}), broken: make(chan struct{})}
	go func() {
		defer close(e.ready)
		st, err := OpenDemo(ctx, o)
		if err != nil {
			e.err = err
			close(e.broken)
			return
		}
		e.shut = st.Close
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

// Wait waits until the directory is open, and gives why it could not be. A nil
// Embedded is open.
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

// Failed is closed when the directory could not be opened; Err then says why.
// A nil Embedded is never broken.
func (e *Embedded) Failed() <-chan struct{} {
	if e == nil {
		return nil
	}
	return e.broken
}

// Err is why the directory could not be opened, nil while it is opening.
func (e *Embedded) Err() error {
	if e == nil {
		return nil
	}
	select {
	case <-e.broken:
		return e.err
	default:
		return nil
	}
}

// Close closes the directory; it waits for it to be open first.
func (e *Embedded) Close() error {
	<-e.ready
	if e.shut == nil {
		return nil
	}
	return e.shut()
}
