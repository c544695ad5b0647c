package users

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/profile"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

const (
	// maxFound bounds the memory of a scan: as many users as any result holds.
	maxFound = pageSize * maxPagesHeld
	// scanPageTimeout bounds one page of a scan, beside the waits that are known.
	scanPageTimeout = time.Minute
	// maxServerWait is the longest wait requested by the server that a scan accepts.
	maxServerWait = 10 * time.Minute
)

// scan is the state of a search through all users, for what the server cannot filter.
// The matches are in the result's pages.
type scan struct {
	walk      search.Scan
	startedAt time.Time
	total     int  // users to look at, -1 if not known
	isFull    bool // maxFound matches are held; there are more
	// unshown are the matches of a first page while it is not known whether there are
	// more pages: if not, they are ranked, and rows do not move once they show.
	unshown []*localsearch.Row
}

// scanMsg is the answer to a request for a page of a scan.
type scanMsg struct {
	serial     int
	key        string
	walk       search.Scan        // to continue from
	rows       []*localsearch.Row // the matches of the page
	err        error
	took       time.Duration
	receivedAt time.Time
}

// resolvedMsg is a search with its organizations looked up.
type resolvedMsg struct {
	serial int
	key    string
	search search.Search
	err    error
}

// scanPace is the rate of a scan. The demo directory has no other clients.
func scanPace(env *action.Env) search.Rate {
	if env.Instance.Kind == profile.Demo {
		return search.Rate{}
	}
	return search.ScanRate(env.Instance.Kind.RequestInterval())
}

// isScanning reports whether a scan is running.
func (f *feed) isScanning() bool { return f.want.scan != nil && f.want.state == running }

// startScan starts to check every user who passes the server's filters.
func (f *feed) startScan(r *result, pause time.Duration) tea.Cmd {
	page := r.query.apiQuery(pages.Request{})
	r.scan = &scan{walk: search.Scan{Query: page}, total: -1, startedAt: f.env.Now()}
	r.pages = pages.New(pageSize, false, f.pageFill)
	if n := f.total.exact(); n >= 0 && len(page.Filters()) == 0 {
		r.scan.total, r.scan.walk.Total = n, n
		return f.scanNext(r, pause)
	}
	return tea.Batch(f.countMatches(r, 0), f.scanNext(r, pause))
}

// canResume reports whether a scan stopped before its end; a refresh continues it.
func (r *result) canResume() bool {
	return r.scan != nil && (r.state == stopped || r.state == failed) && !r.scan.isFull && !r.scan.walk.IsDone()
}

// resumeScan continues a scan where it stopped and keeps its matches.
func (f *feed) resumeScan(r *result) tea.Cmd {
	r.state, r.err = running, nil
	step := f.scanNext(r, 0)
	if _, counts := f.counts[r.countKey()]; counts || r.scan.total >= 0 {
		return step
	}
	return tea.Batch(f.countMatches(r, 0), step)
}

// scanNext reads the next page of a scan when the rate allows.
func (f *feed) scanNext(r *result, pause time.Duration) tea.Cmd {
	wait := max(pause, f.scanTurns.Reserve(f.env.Now()))
	serial, walk, looked, env := r.serial, r.scan.walk, r.query.needle.Search, f.env
	return f.startRequest(r, "", wait, func(ctx context.Context, key string) tea.Msg {
		msg := scanMsg{serial: serial, key: key, walk: walk}
		begun := env.Now()
		var page []api.User
		page, msg.walk, msg.err = walk.NextPage(ctx, env.Client)
		msg.receivedAt = env.Now()
		msg.took = msg.receivedAt.Sub(begun)
		msg.rows = localsearch.NewRows(looked.FilterPage(page, msg.receivedAt))
		return msg
	})
}

// startRequest returns the task of one request for a result, after a wait. Its key is
// unique, for the reason given at request. A task without a title is not announced by
// the shell: a scan shows its own steady progress, while its requests come and go.
func (f *feed) startRequest(r *result, title string, wait time.Duration, run func(context.Context, string) tea.Msg) tea.Cmd {
	f.serial++
	key := "users.scan " + strconv.Itoa(f.serial)
	over, cancel := context.WithCancel(context.Background())
	f.requests[key] = request{r, 0, cancel}
	env := f.env
	return tui.Run(tui.Task{Key: key, Title: title, Deadline: wait + scanPageTimeout, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		defer context.AfterFunc(over, stop)()
		if wait > 0 && env.Pause(ctx, wait) != nil || over.Err() != nil {
			return nil
		}
		return run(ctx, key)
	}})
}

// finishRequest removes a request and returns its result, nil if that is not needed
// any more.
func (f *feed) finishRequest(key string, serial int) *result {
	if req, known := f.requests[key]; known {
		req.cancel()
		delete(f.requests, key)
	}
	results := f.results()
	if at := slices.IndexFunc(results, func(r *result) bool { return r.serial == serial }); at >= 0 {
		return results[at]
	}
	return nil
}

// takeScanPage stores a page of a scan and requests the next.
func (f *feed) takeScanPage(msg scanMsg) tea.Cmd {
	r := f.finishRequest(msg.key, msg.serial)
	if r == nil || r.scan == nil || r.state != running {
		return nil
	}
	if msg.err != nil {
		return f.takeScanError(r, msg.err)
	}
	f.noteLatency(msg.took)
	f.serverWait = 0
	f.applyNewer(msg.rows, msg.receivedAt.Add(-msg.took))
	r.readAt, r.err, r.isRetry, r.scan.walk = msg.receivedAt, nil, false, msg.walk
	r.scan.walk.Total = max(r.scan.total, 0) // it may have been counted meanwhile
	_, counts := f.counts[r.countKey()]
	ends := counts && r.scan.walk.IsLastPageShort() && !r.scan.walk.IsDone() // the count will most likely say that this was the last page
	msg.rows = append(r.scan.unshown, msg.rows...)
	if ends && r.scan.unshown == nil && r.pages.Len() == 0 && r.query.ranks(len(msg.rows)) {
		r.scan.unshown = msg.rows
		return f.scanNext(r, countProbeDelay)
	}
	pause := time.Duration(0)
	if ends {
		pause = countProbeDelay
	}
	return f.showFound(r, msg.rows, pause)
}

// showFound shows matches, and continues the scan after a pause if it has not ended.
func (f *feed) showFound(r *result, rows []*localsearch.Row, pause time.Duration) tea.Cmd {
	var cmd tea.Cmd
	if r == f.want && r != f.shown {
		cmd = f.showScan(r)
	}
	if r.pages.Len() == 0 && r.query.ranks(len(rows)) && r.scan.walk.IsDone() {
		rows, r.isRanked = localsearch.Rank(rows, r.query.needle), true // nothing is shown yet that would move
	}
	r.scan.unshown = nil
	r.addFound(rows)
	if row, here := r.pages.Find(r.cursorID); here && r.cursorID != "" {
		r.win = r.win.Follow(row, r.pages.Len(), f.visibleRows())
		r.cursorID = ""
	}
	if r.scan.isFull || r.scan.walk.IsDone() {
		r.state = ready
		return tea.Batch(cmd, f.afterComplete(r))
	}
	return tea.Batch(cmd, f.scanNext(r, pause))
}

// takeScanTotal stores the total. A scan that has reached it ends without another
// request.
func (f *feed) takeScanTotal(r *result, n int) tea.Cmd {
	r.scan.total, r.scan.walk.Total = n, n
	if r.state != running || !r.scan.walk.IsDone() {
		return nil
	}
	return tea.Batch(f.cancelRequests(r), f.showFound(r, r.scan.unshown, 0))
}

// takeScanError handles an error of a scan. A rate limit only delays it.
func (f *feed) takeScanError(r *result, err error) tea.Cmd {
	var e *api.Error
	if errors.As(err, &e) && e.Kind == api.KindRateLimited && e.RetryAfter > 0 && e.RetryAfter <= maxServerWait {
		f.serverWait = e.RetryAfter
		return f.scanNext(r, e.RetryAfter)
	}
	f.noteFailure(r, 0, err)
	r.addFound(r.scan.unshown)
	r.scan.unshown = nil
	if r == f.want && r != f.shown && f.shown != nil && r.pages.Len() > 0 {
		return f.showScan(r)
	}
	return nil
}

// remainingWait returns how much longer the server has asked to wait.
func (f *feed) remainingWait() time.Duration {
	switch {
	case f.isScanning():
		return max(f.env.Client.RateLimitWait(), f.serverWait-time.Second, 0)
	case len(f.requests) > 0:
		return f.env.Client.RateLimitWait()
	}
	return 0
}

// showScan shows the result of a scan. The cursor stays with the user it was put on.
func (f *feed) showScan(r *result) tea.Cmd {
	if who := f.currentRow(); who != nil && r.cursorID == "" && (f.cursorMoved || r.keepsCursor) {
		r.cursorID = who.ID
	}
	r.win = table.Window{}
	return f.show(r)
}

// addFound adds matches to the result of a scan.
func (r *result) addFound(rows []*localsearch.Row) {
	fresh := r.pages.Unknown(rows)
	if room := maxFound - r.pages.Len(); len(fresh) > room {
		fresh, r.scan.isFull = fresh[:room], true
	}
	r.pages.Append(fresh, r.scan.walk.IsDone())
}

// resolveOrganizations looks up the organizations named in a search before it runs.
func (f *feed) resolveOrganizations(r *result, pause time.Duration) tea.Cmd {
	s, client, serial := r.query.needle.Search, f.env.Client, r.serial
	return f.startRequest(r, "Looking up the organization", pause, func(ctx context.Context, key string) tea.Msg {
		msg := resolvedMsg{serial: serial, key: key}
		msg.search, msg.err = s.ResolveOrganizations(ctx, client)
		return msg
	})
}

func (f *feed) takeOrganizations(msg resolvedMsg) tea.Cmd {
	r := f.finishRequest(msg.key, msg.serial)
	switch {
	case r == nil || r != f.want:
		return nil
	case msg.err != nil:
		f.noteFailure(r, 0, msg.err)
		return nil
	case msg.search.InvalidToken() != nil:
		r.state = stopped
		f.box.Reject(&msg.search)
		return nil
	}
	r.query.needle = localsearch.NewSearch(msg.search, r.query.needle.ParsedAt)
	return f.loadFirst(r, "Searching", 0, 0)
}
