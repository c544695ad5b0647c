package api

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	maxRetries = 3 // after the first attempt, for reads
	// maxWriteWaits is how often a write is sent again after a 429, which is the
	// one answer that says for certain that nothing was done.
	maxWriteWaits = 2
	maxHold       = 30 * time.Second // the longest wait before a call, for reads
	maxWriteHold  = 10 * time.Second // and before a write is sent again; Clerk's limits run 10 s
	firstBackoff  = 250 * time.Millisecond
	blindHold     = 2 * time.Second        // after a 429 that does not say how long
	spread        = 250 * time.Millisecond // so that those who waited do not all start at once
)

// limiter makes all calls wait after the server asked one of them to.
type limiter struct {
	mu    sync.Mutex
	until time.Time
}

func (l *limiter) hold(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.until) {
		l.until = until
	}
}

func (l *limiter) end() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until
}

// do carries a call out. Every error is an *Error, and has no key in it.
func (c *Client) do(parent context.Context, k call) error {
	if c.holdsKey(&k) {
		return k.fail(KindRefused, errKeyInAddress)
	}
	err := c.carry(parent, k)
	var e *Error
	if errors.As(err, &e) {
		return c.masked(e)
	}
	return err
}

var errKeyInAddress = errors.New("this looks like a secret key, so it was not sent")

// carry waits its turn, sends the call, repeats it where that is safe, and gives up
// at the deadline.
func (c *Client) carry(parent context.Context, k call) error {
	ctx, cancel := context.WithTimeout(parent, c.timeout+k.extra)
	defer cancel()
	for tries := 1; ; tries++ {
		if err := c.turn(parent, ctx, &k); err != nil {
			return err
		}
		err := c.once(parent, ctx, &k)
		if err == nil {
			return nil
		}
		var e *Error
		if !errors.As(err, &e) {
			return k.fail(KindRefused, err)
		}
		if e.Kind == KindRateLimited {
			c.holdAll(e, tries)
		}
		wait, again := c.again(&k, e, tries)
		if !again || !inTime(ctx, wait) {
			return e
		}
		if err := c.sleep(ctx, wait); err != nil {
			return e.instead(k.lost(parent, ctx, err))
		}
	}
}

// instead is now, where the caller took the call back while it waited to be
// repeated; else the failure that made it wait.
func (e *Error) instead(now *Error) *Error {
	if now.Kind != KindCancelled {
		return e
	}
	return now
}

// once is one attempt. A read gets half of the time, so that a connection that
// went dead leaves some for another.
func (c *Client) once(parent, ctx context.Context, k *call) error {
	if k.write() {
		return c.attempt(parent, ctx, k)
	}
	half, cancel := context.WithTimeout(ctx, (c.timeout+k.extra)/2)
	defer cancel()
	return c.attempt(parent, half, k)
}

// holdKey is where a context carries who is told of a wait.
type holdKey struct{}

// OnRateLimitWait is ctx for calls whose waits somebody wants to know of: tell gets how long
// a call is about to wait because the server asked for it, and 0 when it goes on.
// Waits that nobody would notice are not told.
func OnRateLimitWait(ctx context.Context, tell func(time.Duration)) context.Context {
	return context.WithValue(ctx, holdKey{}, tell)
}

// noticed is the shortest wait that is told.
const noticed = time.Second

// holds tells of a wait; over is to be called at its end.
func holds(ctx context.Context, wait time.Duration) (over func()) {
	tell, wanted := ctx.Value(holdKey{}).(func(time.Duration))
	if !wanted || wait < noticed {
		return func() {}
	}
	tell(wait)
	return func() { tell(0) }
}

// turn waits until the limiter lets calls through. It may be cancelled, and a
// wait that would not end in time is refused at once.
func (c *Client) turn(parent, ctx context.Context, k *call) error {
	var waited time.Time
	for {
		until := c.limit.end()
		left := until.Sub(c.clock())
		// No hold is longer than maxHold: more is a clock that was set back.
		if left <= 0 || left > maxHold || until.Equal(waited) {
			if err := ctx.Err(); err != nil {
				return k.lost(parent, ctx, err)
			}
			return nil
		}
		wait := left + time.Duration(c.jitter()*float64(spread))
		if !inTime(ctx, wait) {
			e := k.fail(KindRateLimited, nil)
			e.RetryAfter = left
			return e
		}
		over := holds(ctx, wait)
		err := c.sleep(ctx, wait)
		if over(); err != nil {
			return k.lost(parent, ctx, err)
		}
		waited = until
	}
}

// holdAll makes every call wait after a 429.
func (c *Client) holdAll(e *Error, tries int) {
	hold := e.RetryAfter
	if hold == 0 {
		hold = blindHold << (tries - 1)
	}
	c.limit.hold(c.clock().Add(min(hold, maxHold)))
}

// again decides whether the call may be sent once more, and how long before
// that. After a 429 the wait is the limiter's.
func (c *Client) again(k *call, e *Error, tries int) (time.Duration, bool) {
	switch {
	case e.Kind == KindRateLimited && k.write():
		return 0, tries <= maxWriteWaits && e.RetryAfter > 0 && e.RetryAfter <= maxWriteHold
	case e.Kind == KindRateLimited:
		return 0, tries <= maxRetries && e.RetryAfter <= maxHold
	case k.write() || tries > maxRetries || e.final:
		return 0, false
	case e.Kind == KindServer || e.Kind == KindNetwork || e.Kind == KindInvalidResponse:
		backoff := time.Duration(float64(firstBackoff<<(tries-1)) * (0.5 + c.jitter()))
		return max(backoff, e.RetryAfter), e.RetryAfter <= maxHold
	}
	return 0, false
}

// inTime says that a wait ends before ctx does. The deadline is the machine's
// time, whatever clock the client was given.
func inTime(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || wait < time.Until(deadline)
}
