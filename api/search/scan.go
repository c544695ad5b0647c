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

// PageRows is how many users a scan requests per page: the API's maximum.
const PageRows = 500

// Scan reads all users that match a query, one page at a time. It is a value: NextPage
// returns the scan after the page. A page that was cancelled or dropped can be read again
// from the scan before it.
type Scan struct {
	// Query's Limit is the rows per page, with 0 meaning PageRows; its Offset is the
	// number of users skipped at the start.
	Query   api.Query
	Scanned int // users read so far, each counted once
	// Unreadable is how many of them have no id, so that they cannot be told apart.
	Unreadable int
	// Total is the server's count of all users, or 0 if unknown.
	Total int

	done, lastPageShort bool // no users are left; the last page had fewer rows than requested
	lastPageStale       bool // the last page had no new users
	byOffset            bool // the server ignores cursors
	rowsRead            int  // read so far, including duplicates
	lastID              string
	seen                *seenUsers
	newHashes           []uint64 // of the last page; they count as seen once the scan continues
}

// seenUsers holds a hash of each id that was read; there can be a million. It is locked
// because a cancelled page can still be arriving.
type seenUsers struct {
	mu   sync.Mutex
	ids  map[uint64]struct{}
	seed maphash.Seed
}

// IsDone reports whether there are no more users. A short page alone does not prove it,
// because a server can return fewer rows than requested: the count must agree, or the next
// page must be empty.
func (w Scan) IsDone() bool {
	return w.done || w.lastPageShort && w.Total > 0 && w.Scanned+w.Query.Offset >= w.Total
}

// IsLastPageShort reports whether the last page had fewer rows than requested.
func (w Scan) IsLastPageShort() bool { return w.lastPageShort }

// ErrScanLoop is the cause of a scan's error if the server repeats users before the end of
// the list.
var ErrScanLoop = errors.New("the server keeps sending the same users, so the rest cannot be read")

// NextPage reads the next page and returns the users that are not on an earlier one. In
// creation order it pages by cursor, so that nobody is skipped while users are created and
// deleted; other orders, and servers that ignore the cursor, only have offsets. After an
// error the returned scan is w. A list that repeats itself is an [api.Error] of
// KindInvalidResponse with the cause ErrScanLoop.
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
	case news == 0 && w.lastPageStale: // the first time it may be that users were added before
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
		// The last user of the page before was deleted, and the cursor with them.
		q.StartingAfter = ""
		users, err = c.ListUsers(ctx, q)
	}
	return users, err
}

// newUsers returns the users that are not on an earlier page, and those without an id, who
// cannot be told apart. news is how many of them have an id.
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

// totalOrCount returns Total, requesting it if unknown. If it cannot be had, the result is
// higher than any number of users read.
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

// FilterPage returns the users of a page that match, copied so that a few do not keep a
// whole page in memory. An entry that could not be decoded matches nothing.
func (s Search) FilterPage(page []api.User, now time.Time) []api.User {
	if !s.NeedsScan() {
		return page
	}
	return slices.Clone(slices.DeleteFunc(page, func(u api.User) bool { return u.ID.Empty() || !s.Matches(&u, now) }))
}
