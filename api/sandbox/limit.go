package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// RateLimit is a number of requests per ten seconds for the whole instance. Zero means no
// limit, including the limit per user.
type RateLimit int

// The limits of Clerk's development and production instances.
const (
	DevelopmentLimit RateLimit = 100
	ProductionLimit  RateLimit = 1000
)

const (
	limitWindow  = 10 * time.Second
	limitPerUser = 10   // PATCH of a user, PATCH and PUT of their metadata
	maxWindows   = 4096 // counters above which expired ones are removed
)

// limiter counts in fixed windows. A full window refuses requests until it ends.
type limiter struct {
	limit RateLimit

	mu      sync.Mutex
	windows map[string]*window
}

type window struct {
	ends  time.Time
	count int
}

func newLimiter(limit RateLimit) *limiter {
	return &limiter{limit: limit, windows: map[string]*window{}}
}

// allowInstance counts one request of the instance.
func (l *limiter) allowInstance(now time.Time) *apiError {
	return l.allow("", int(l.limit), now)
}

// allowUser counts one change of a user. The three limited routes have separate counters;
// name distinguishes them.
func (l *limiter) allowUser(name, userID string, now time.Time) *apiError {
	return l.allow(name+" "+userID, limitPerUser, now)
}

func (l *limiter) allow(key string, limit int, now time.Time) *apiError {
	if l.limit <= 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.windows[key]
	if w == nil || !now.Before(w.ends) || w.ends.Sub(now) > limitWindow {
		l.sweep(now)
		w = &window{ends: now.Add(limitWindow)}
		l.windows[key] = w
	}
	w.count++
	if w.count <= limit {
		return nil
	}
	return errTooMany(w.ends.Sub(now))
}

// sweep removes expired windows when there are many.
func (l *limiter) sweep(now time.Time) {
	if len(l.windows) < maxWindows {
		return
	}
	for key, w := range l.windows {
		if !now.Before(w.ends) {
			delete(l.windows, key)
		}
	}
}

// errTooMany asks the client to retry after wait, rounded up to whole seconds.
func errTooMany(wait time.Duration) *apiError {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	e := fail(http.StatusTooManyRequests, "too_many_requests", "Too many requests", "Too many requests, retry later")
	e.problems[0].Meta = map[string]any{"resets_in": seconds}
	e.retryAfter = strconv.Itoa(seconds)
	return e
}
