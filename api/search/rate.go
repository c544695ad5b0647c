package search

import "time"

// Rate is how often a scan may send requests: Burst at once, then one per Interval. The
// zero Rate does not limit.
type Rate struct {
	Interval time.Duration
	Burst    int
}

// scanBurst is how many pages a scan reads before it slows down. Most searches end within
// them.
const scanBurst = 3

// ScanRate returns the rate for scanning a shared instance, given the minimum time between
// two requests of a long-running job.
func ScanRate(every time.Duration) Rate { return Rate{Interval: every, Burst: scanBurst} }

// Limiter spaces requests by its Rate. It is not safe for concurrent use.
type Limiter struct {
	Rate     Rate
	nextFree time.Time // when a request would come with no burst used
}

// Reserve returns how long to wait before the next request and counts that request.
func (t *Limiter) Reserve(now time.Time) time.Duration {
	if t.Rate.Interval <= 0 {
		return 0
	}
	allowance := time.Duration(max(t.Rate.Burst, 1)-1) * t.Rate.Interval
	if earliest := now.Add(-allowance); t.nextFree.Before(earliest) || t.nextFree.After(now.Add(time.Hour)) {
		t.nextFree = earliest // idle for a while, or the clock was set back
	}
	wait := max(t.nextFree.Sub(now), 0)
	t.nextFree = t.nextFree.Add(t.Rate.Interval)
	return wait
}
