package search

import (
	"context"
	"errors"
	"slices"
	"time"

	"frontdesk/api"
)

// PageRows is how many users a page of a scan has: the most that the API gives.
const PageRows = 500

// Walk is a scan through everybody that a query gives, a page at a time. It is a
// value: Next gives the walk as it goes on from there.
type Walk struct {
	Query   api.Query
	Scanned int  // users read so far
	Done    bool // there are no more
	last    string
}

// Next reads the next page. By creation it goes by cursor, so that nobody is
// skipped or read twice where people come and go; the other orders have offsets
// only. After an error the walk is where it was.
func (w Walk) Next(ctx context.Context, c *api.Client) ([]api.User, Walk, error) {
	q := w.Query
	q.Limit, q.Offset, q.StartingAfter = PageRows, w.Scanned, w.last
	users, err := c.ListUsers(ctx, q)
	var e *api.Error
	if errors.As(err, &e) && q.StartingAfter != "" && (e.Kind == api.KindRefused || e.Kind == api.KindNotFound) {
		// The last user of the page before is gone, and the cursor with them.
		q.StartingAfter = ""
		users, err = c.ListUsers(ctx, q)
	}
	if err != nil {
		return nil, w, err
	}
	w.Scanned += len(users)
	w.Done = len(users) < PageRows
	if len(users) > 0 {
		last := users[len(users)-1].ID.Raw()
		// A server that knows neither cursor nor offset gives the same page for ever.
		w.Done = w.Done || last == w.last
		w.last = last
	}
	return users, w, nil
}

// Found are those of a page who are looked for, in memory of their own: a few
// must not keep a whole page.
func (s Search) Found(page []api.User, now time.Time) []api.User {
	if !s.Scans() {
		return page
	}
	return slices.Clone(slices.DeleteFunc(page, func(u api.User) bool { return !s.Holds(&u, now) }))
}

// Pace is how often a scan may ask: Burst requests at once, then one Every so
// long. The zero Pace does not wait.
type Pace struct {
	Every time.Duration
	Burst int
}

// burst is how many pages of a scan are read before it slows down: most searches
// end in them.
const burst = 3

// Courtesy is the pace of a scan where the instance is not ours alone, given the
// least time between two requests of long work there.
func Courtesy(every time.Duration) Pace { return Pace{Every: every, Burst: burst} }

// Turns says when to ask next. It is for one goroutine.
type Turns struct {
	Pace Pace
	free time.Time // when a request would come with no burst used
}

// Next is how long to wait before the next request, which is taken to happen.
func (t *Turns) Next(now time.Time) time.Duration {
	if t.Pace.Every <= 0 {
		return 0
	}
	allowance := time.Duration(max(t.Pace.Burst, 1)-1) * t.Pace.Every
	if earliest := now.Add(-allowance); t.free.Before(earliest) || t.free.After(now.Add(time.Hour)) {
		t.free = earliest // nothing was asked for a while, or the clock was set back
	}
	wait := max(t.free.Sub(now), 0)
	t.free = t.free.Add(t.Pace.Every)
	return wait
}
