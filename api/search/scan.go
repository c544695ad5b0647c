package search

import (
	"context"
	"errors"
	"hash/maphash"
	"math"
	"slices"
	"sync"
	"time"

	"frontdesk/api"
)

// PageRows is how many users a page of a scan asks for: the most that the API gives.
const PageRows = 500

// Scan is a way through everybody that a query gives, a page at a time. Next
// gives the walk as it goes on from there. One that was given goes on as often as
// need be: a page that was cancelled or dropped is read again as if for the first time.
type Scan struct {
	// Query's Limit is the rows of a page, 0 is PageRows; its Offset is how many
	// are left out before the first.
	Query   api.Query
	Scanned int // users read so far, each counted once
	// Unreadable are those of them without an id: nobody can say who they are.
	Unreadable int
	// Total is how many there are by the server's count, 0 where that is not known.
	Total int

	done, lastPageShort bool // nobody is left; the last page had fewer rows than were asked for
	lastPageStale       bool // the last page brought nobody new
	byOffset            bool // ids lead nowhere here
	rowsRead            int  // read so far, those that came twice too
	lastID              string
	seen                *seenUsers
	newHashes           []uint64 // of the last page: they are seen once somebody goes on from it
}

// seenUsers is who was read, by a hash of the id: there may be a million. A page that
// was cancelled may still be on its way in, so it is locked.
type seenUsers struct {
	mu   sync.Mutex
	ids  map[uint64]struct{}
	seed maphash.Seed
}

// IsDone says that there are no more. A short page alone does not: a server may
// give fewer rows than it is asked for. The count must agree, or the page after
// it be empty.
func (w Scan) IsDone() bool {
	return w.done || w.lastPageShort && w.Total > 0 && w.Scanned+w.Query.Offset >= w.Total
}

// IsLastPageShort says that the last page had fewer rows than were asked for: it was the
// last one if the count agrees.
func (w Scan) IsLastPageShort() bool { return w.lastPageShort }

// ErrScanLoop is why a walk cannot go on, and no other way through a list that brings
// nobody new though it has not ended.
var ErrScanLoop = errors.New("the same users come again and again, so the others cannot be reached")

// NextPage reads the next page and gives of it whom no page had before. By creation
// it goes by cursor, so that nobody is skipped where people come and go; the other
// orders have offsets only, and so has a server that does not know the cursor.
// After an error the walk is where it was; one that comes in circles is KindGarbled.
func (w Scan) NextPage(ctx context.Context, c *api.Client) ([]api.User, Scan, error) {
	before := w
	users, err := w.readPage(ctx, c)
	if err != nil {
		return nil, before, err
	}
	fresh, news := w.newUsers(users)
	nowhere := news == 0 && (len(users) > 0 || w.Scanned+w.Query.Offset < w.Total)
	if nowhere && w.lastID != "" && !w.byOffset {
		w.byOffset = true
		return w.NextPage(ctx, c)
	}
	switch {
	case len(users) == 0, news == 0 && w.rowsRead > 0 && w.totalOrCount(ctx, c) <= w.Scanned+w.Query.Offset:
		w.done = true
		return nil, w, nil
	case news == 0 && w.lastPageStale: // once it may be that others came in before
		return nil, before, &api.Error{Kind: api.KindInvalidResponse, Op: "list users", Err: ErrScanLoop}
	}
	w.lastPageStale = news == 0
	w.rowsRead += len(users)
	w.Scanned += len(fresh)
	w.Unreadable += len(fresh) - news
	w.lastPageShort, w.lastID = len(users) < w.pageSize(), users[len(users)-1].ID.Raw()
	return fresh, w, nil
}

func (w Scan) pageSize() int {
	if w.Query.Limit > 0 {
		return w.Query.Limit
	}
	return PageRows
}

func (w Scan) readPage(ctx context.Context, c *api.Client) ([]api.User, error) {
	q := w.Query
	q.Limit, q.Offset = w.pageSize(), w.Query.Offset+w.rowsRead
	if !w.byOffset {
		q.StartingAfter = w.lastID
	}
	users, err := c.ListUsers(ctx, q)
	var e *api.Error
	if errors.As(err, &e) && q.StartingAfter != "" && (e.Kind == api.KindRefused || e.Kind == api.KindNotFound) {
		// The last user of the page before is gone, and the cursor with them.
		q.StartingAfter = ""
		users, err = c.ListUsers(ctx, q)
	}
	return users, err
}

// newUsers are those whom no page had before, and those without an id, who cannot be
// told apart; news is how many of them have one.
func (w *Scan) newUsers(users []api.User) (fresh []api.User, news int) {
	if w.seen == nil {
		w.seen = &seenUsers{ids: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
	}
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	for _, id := range w.newHashes {
		w.seen.ids[id] = struct{}{}
	}
	w.newHashes = make([]uint64, 0, len(users))
	here := make(map[uint64]bool, len(users))
	for _, u := range users {
		if u.ID.Empty() {
			fresh = append(fresh, u)
			continue
		}
		id := maphash.String(w.seen.seed, u.ID.Raw())
		if _, known := w.seen.ids[id]; known || here[id] {
			continue
		}
		here[id] = true
		w.newHashes = append(w.newHashes, id)
		fresh = append(fresh, u)
		news++
	}
	return fresh, news
}

// totalOrCount is Total, asked for where it is not known; more than anybody could
// have read where it cannot be had.
func (w Scan) totalOrCount(ctx context.Context, c *api.Client) int {
	if w.Total > 0 {
		return w.Total
	}
	n, err := c.CountUsers(ctx, w.Query)
	if err != nil {
		return math.MaxInt
	}
	return n
}

// FilterPage are those of a page who are looked for, in memory of their own: a few
// must not keep a whole page. Of an entry that cannot be read nothing holds.
func (s Search) FilterPage(page []api.User, now time.Time) []api.User {
	if !s.NeedsScan() {
		return page
	}
	return slices.Clone(slices.DeleteFunc(page, func(u api.User) bool { return u.ID.Empty() || !s.Matches(&u, now) }))
}

// Rate is how often a scan may ask: Burst requests at once, then one Every so
// long. The zero Pace does not wait.
type Rate struct {
	Interval time.Duration
	Burst    int
}

// scanBurst is how many pages of a scan are read before it slows down: most searches
// end in them.
const scanBurst = 3

// ScanRate is the pace of a scan where the instance is not ours alone, given the
// least time between two requests of long work there.
func ScanRate(every time.Duration) Rate { return Rate{Interval: every, Burst: scanBurst} }

// Limiter says when to ask next. It is for one goroutine.
type Limiter struct {
	Rate     Rate
	nextFree time.Time // when a request would come with no burst used
}

// Reserve is how long to wait before the next request, which is taken to happen.
func (t *Limiter) Reserve(now time.Time) time.Duration {
	if t.Rate.Interval <= 0 {
		return 0
	}
	allowance := time.Duration(max(t.Rate.Burst, 1)-1) * t.Rate.Interval
	if earliest := now.Add(-allowance); t.nextFree.Before(earliest) || t.nextFree.After(now.Add(time.Hour)) {
		t.nextFree = earliest // nothing was asked for a while, or the clock was set back
	}
	wait := max(t.nextFree.Sub(now), 0)
	t.nextFree = t.nextFree.Add(t.Rate.Interval)
	return wait
}
