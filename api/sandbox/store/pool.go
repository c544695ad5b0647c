package store

import (
	"context"
	"sync"
)

// A pool lends connections, the one that came back last first: what it read and
// counted is fresh, and where one is enough no second one is opened.
type pool struct {
	slots chan struct{} // one for each that may be lent
	mu    sync.Mutex
	idle  []*conn
}

func newPool(size int) *pool { return &pool{slots: make(chan struct{}, size)} }

// take waits for a connection; nil is one that has yet to be opened.
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

// give takes one back; nil is one that could not be opened.
func (p *pool) give(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c != nil {
		p.idle = append(p.idle, c)
	}
	<-p.slots
}

// drain waits for all to come back, keeps further callers waiting and gives
// what was opened.
func (p *pool) drain() []*conn {
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.idle
}
