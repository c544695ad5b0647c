package api

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	maxRetries = 3 // after the first attempt, for reads
	// maxWriteRetries is how often a write is repeated after a 429, the only response that
	// guarantees that nothing was done.
	maxWriteRetries = 2
	maxWait         = 30 * time.Second // the longest wait before a read is sent
	maxWriteWait    = 10 * time.Second // the longest wait before a write is repeated; Clerk's windows are 10 s
	firstBackoff    = 250 * time.Millisecond
	defaultWait     = 2 * time.Second        // after a 429 without Retry-After
	waitJitter      = 250 * time.Millisecond // so that waiting calls do not all start at once
)

// limiter makes all calls wait after a 429 to one of them.
type limiter struct {
	mu    sync.Mutex
	until time.Time
}

func (l *limiter) holdUntil(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.until) {
		l.until = until
	}
}

func (l *limiter) heldUntil() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.until
}

// do carries out a call. Every error is an *Error and never contains the key.
func (c *Client) do(parent context.Context, k call) error {
	if c.containsKey(&k) {
		return k.newError(KindRefused, errKeyInAddress)
	}
	if namesMasked(&k) {
		return k.newError(KindRefused, errMaskedID)
	}
	err := c.sendWithRetries(parent, k)
	var e *Error
	if errors.As(err, &e) {
		return c.maskError(e)
	}
	return err
}

var errKeyInAddress = errors.New("this looks like a secret key, so it was not sent")

// sendWithRetries waits for the rate limit, sends the call, repeats it where that is safe,
// and gives up at the deadline.
func (c *Client) sendWithRetries(parent context.Context, k call) error {
	ctx, cancel := context.WithTimeout(parent, c.timeout+k.extraTime)
	defer cancel()
	for tries := 1; ; tries++ {
		if err := c.waitForRateLimit(parent, ctx, &k); err != nil {
			return err
		}
		err := c.sendOnce(parent, ctx, &k)
		if err == nil {
			return nil
		}
		var e *Error
		if !errors.As(err, &e) {
			return k.newError(KindRefused, err)
		}
		if e.Kind == KindRateLimited {
			c.holdAllCalls(e, tries)
		}
		wait, again := c.retryDelay(&k, e, tries)
		if !again || !endsBeforeDeadline(ctx, wait) {
			return e
		}
		if err := c.sleep(ctx, wait); err != nil {
			return e.unlessCancelled(k.connectionError(parent, ctx, err))
		}
	}
}

// unlessCancelled returns now if it says that the caller cancelled while waiting to retry,
// and otherwise the error that caused the wait.
func (e *Error) unlessCancelled(now *Error) *Error {
	if now.Kind != KindCancelled {
		return e
	}
	return now
}

// sendOnce makes one attempt. A read gets half of the time, so that a dead connection
// leaves some for another attempt.
func (c *Client) sendOnce(parent, ctx context.Context, k *call) error {
	if k.isWrite() {
		return c.attempt(parent, ctx, k)
	}
	half, cancel := context.WithTimeout(ctx, (c.timeout+k.extraTime)/2)
	defer cancel()
	return c.attempt(parent, half, k)
}

// waitFuncKey is the context key of OnRateLimitWait.
type waitFuncKey struct{}

// OnRateLimitWait returns a context whose calls report their waits: report is called with
// how long a call is about to wait for the rate limit, and with 0 when it goes on. Waits
// too short to notice are not reported.
func OnRateLimitWait(ctx context.Context, report func(time.Duration)) context.Context {
	return context.WithValue(ctx, waitFuncKey{}, report)
}

// minReportedWait is the shortest wait that is reported.
const minReportedWait = time.Second

// reportWait reports a wait. over must be called when it ends.
func reportWait(ctx context.Context, wait time.Duration) (over func()) {
	report, wanted := ctx.Value(waitFuncKey{}).(func(time.Duration))
	if !wanted || wait < minReportedWait {
		return func() {}
	}
	report(wait)
	return func() { report(0) }
}

// waitForRateLimit waits until the limiter lets calls through. It can be cancelled, and
// returns an error at once if the wait would outlast the deadline.
func (c *Client) waitForRateLimit(parent, ctx context.Context, k *call) error {
	var waited time.Time
	for {
		until := c.limiter.heldUntil()
		left := until.Sub(c.clock())
		// The limiter never holds calls longer than maxWait: more means that the clock was
		// set back.
		if left <= 0 || left > maxWait || until.Equal(waited) {
			if err := ctx.Err(); err != nil {
				return k.connectionError(parent, ctx, err)
			}
			return nil
		}
		wait := left + time.Duration(c.jitter()*float64(waitJitter))
		if !endsBeforeDeadline(ctx, wait) {
			e := k.newError(KindRateLimited, nil)
			e.RetryAfter = left
			return e
		}
		over := reportWait(ctx, wait)
		err := c.sleep(ctx, wait)
		if over(); err != nil {
			return k.connectionError(parent, ctx, err)
		}
		waited = until
	}
}

// holdAllCalls makes every call wait after a 429.
func (c *Client) holdAllCalls(e *Error, tries int) {
	hold := e.RetryAfter
	if hold == 0 {
		hold = defaultWait << (tries - 1)
	}
	c.limiter.holdUntil(c.clock().Add(min(hold, maxWait)))
}

// retryDelay returns whether the call may be sent again, and after how long. After a 429
// the limiter does the waiting.
func (c *Client) retryDelay(k *call, e *Error, tries int) (time.Duration, bool) {
	switch {
	case e.Kind == KindRateLimited && k.isWrite():
		return 0, tries <= maxWriteRetries && e.RetryAfter > 0 && e.RetryAfter <= maxWriteWait
	case e.Kind == KindRateLimited:
		return 0, tries <= maxRetries && e.RetryAfter <= maxWait
	case k.isWrite() || tries > maxRetries || e.isFinal:
		return 0, false
	case e.Kind == KindServer || e.Kind == KindNetwork || e.Kind == KindInvalidResponse:
		backoff := time.Duration(float64(firstBackoff<<(tries-1)) * (0.5 + c.jitter()))
		return max(backoff, e.RetryAfter), e.RetryAfter <= maxWait
	}
	return 0, false
}

// endsBeforeDeadline reports whether a wait ends before ctx does. The deadline is machine
// time, whatever clock the client uses.
func endsBeforeDeadline(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || wait < time.Until(deadline)
}
