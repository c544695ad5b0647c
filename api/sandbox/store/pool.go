package store

import (
	"context"
	"sync"
)

// A pool lends connections, the most recently returned first: its counts are fresh, and no
// second one is opened while one is enough.
type pool struct {
	slots chan struct{} // one per connection that may be lent
	mu    sync.Mutex
	idle  []*conn
}

func newPool(size int) *pool { return &pool{slots: make(chan struct{}, size)} }

// take waits for a connection. nil means that one has to be opened.
func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil, nil
	}
	c := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	return c, nil
}

// release returns a connection. nil is one that could not be opened.
func (p *pool) release(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c != nil {
		p.idle = append(p.idle, c)
	}
	<-p.slots
}

// drain waits until all are returned, blocks later callers, and returns the open
// connections.
func (p *pool) drain() []*conn {
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.idle
}
