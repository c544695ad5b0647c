package users

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// rowsMsg is the answer to a request for a page.
type rowsMsg struct {
	serial     int // of its result
	key        string
	page       pages.Request
	rows       []*localsearch.Row
	err        error
	took       time.Duration
	receivedAt time.Time
}

// request is a page in progress. Each request has its own task key and cancel
// function, because commands may reach the shell out of order: an older one that
// starts late must not replace a newer one.
type request struct {
	result *result
	page   int
	cancel context.CancelFunc
}

func newResult(serial int, q listQuery, fill *pages.PageFill) *result {
	return &result{serial: serial, query: q, pages: pages.New(pageSize, q.order.by == api.OrderCreatedAt, fill)}
}

// load requests a query, starting at the page around row. The rows on the screen stay
// until the answer.
func (f *feed) load(q listQuery, title string, row int) tea.Cmd {
	f.serial++
	f.want = newResult(f.serial, q, f.pageFill)
	var count tea.Cmd
	if q.needle.Empty() {
		f.want.pages.SetTotal(f.total.exact())
		f.want.countedTotal = max(0, f.total.exact())
		if _, counts := f.counts[countAllKey]; f.total.exact() < 0 && !counts {
			count = f.deferCount()
		}
	}
	return tea.Batch(f.loadFirst(f.want, title, row, 0), count)
}

// refresh requests the same query again around the cursor, which stays with its user.
// It resumes a scan that stopped.
func (v *View) refresh() tea.Cmd {
	switch {
	case v.box.Rejected() != nil:
		return v.boxEdited()
	case v.feed.want.canResume():
		return v.feed.resumeScan(v.feed.want)
	}
	cmd := v.feed.reload("Refreshing")
	if _, counts := v.feed.counts[countAllKey]; counts {
		return cmd
	}
	return tea.Batch(cmd, v.feed.countAll())
}

// setOrder requests the same search in another order.
func (f *feed) setOrder(q listQuery) tea.Cmd {
	q.isOrderChosen = q.isOrderChosen && !q.needle.Empty()
	f.order = q.order
	return f.load(q, "Sorting", 0)
}

// loadFirst requests the page that contains row, after a pause.
func (f *feed) loadFirst(r *result, title string, row int, pause time.Duration) tea.Cmd {
	switch s := r.query.needle.Search; {
	case len(s.UnresolvedOrganizations()) > 0:
		return tea.Batch(f.cancelUnwanted(), f.resolveOrganizations(r, pause))
	case s.NeedsScan():
		return tea.Batch(f.cancelUnwanted(), f.startScan(r, pause))
	}
	return tea.Batch(f.cancelUnwanted(), f.fetchPage(r, title, r.pages.FirstRequest(row), pause))
}

// fetchPage returns the task that requests one page.
func (f *feed) fetchPage(r *result, title string, page pages.Request, pause time.Duration) tea.Cmd {
	f.serial++
	key := "users.rows " + strconv.Itoa(f.serial)
	over, cancel := context.WithCancel(context.Background())
	f.requests[key] = request{r, page.Number, cancel}
	serial, ask, env := r.serial, r.query, f.env
	return tui.Run(tui.Task{Key: key, Title: title, Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		ctx, stop := context.WithCancel(env.ReportWaits(ctx, report))
		defer stop()
		defer context.AfterFunc(over, stop)()
		if pause > 0 && env.Pause(ctx, pause) != nil || over.Err() != nil {
			return nil
		}
		msg := rowsMsg{serial: serial, key: key, page: page}
		begun := env.Now()
		msg.rows, msg.err = readPage(ctx, env.Client, ask, page)
		msg.receivedAt = env.Now()
		msg.took = msg.receivedAt.Sub(begun)
		return msg
	}})
}

func readPage(ctx context.Context, client *api.Client, q listQuery, page pages.Request) ([]*localsearch.Row, error) {
	users, err := client.ListUsers(ctx, q.apiQuery(page))
	if err != nil && page.After != "" && isRefused(err) {
		// The user to continue after was deleted. Without rows, pages asks again from
		// further back.
		return nil, nil
	}
	if page.Reverse {
		slices.Reverse(users)
	}
	return localsearch.NewRows(users), err
}

// cancelUnwanted cancels requests for results that are not needed any more.
func (f *feed) cancelUnwanted() tea.Cmd {
	var cmds []tea.Cmd
	cmds = append(cmds, f.cancelCounts())
	for key, req := range f.requests {
		if req.result != f.want && req.result != f.shown && req.result != f.base {
			req.cancel()
			delete(f.requests, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}

// isRefused reports whether the server rejected the request as such.
func isRefused(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && (e.Kind == api.KindRefused || e.Kind == api.KindNotFound)
}

// takeRows stores the rows of an answer. It drops those of a result that is not needed
// any more, so that a late answer never replaces a newer one.
func (f *feed) takeRows(msg rowsMsg) tea.Cmd {
	if req, known := f.requests[msg.key]; known {
		req.cancel()
		delete(f.requests, msg.key)
	}
	at := slices.IndexFunc(f.results(), func(r *result) bool { return r.serial == msg.serial })
	if at < 0 {
		return nil
	}
	r := f.results()[at]
	if msg.err != nil {
		f.noteFailure(r, msg.page.Number, msg.err)
		return nil
	}
	f.noteLatency(msg.took)
	f.applyNewer(msg.rows, msg.receivedAt.Add(-msg.took))
	r.readAt, r.err, r.isRetry = msg.receivedAt, nil, false
	if r == f.want && r != f.shown {
		return f.showFirst(r, msg)
	}
	whole := r.pages.IsComplete()
	r.takeRows(msg.page, msg.rows, f.visibleRows())
	if r.state == failed { // the connection is back: request again what failed
		r.state = ready
		r.pages.ClearFailed()
	}
	if row, here := r.pages.Find(r.cursorID); here && r.cursorID != "" {
		r.win = r.win.Follow(row, r.pages.Len(), f.visibleRows())
	}
	if cmd, gone := f.stopLoop(r); gone {
		return cmd
	}
	return f.afterLastPage(r, whole)
}

// noteLatency updates the running average of the time an answer takes.
func (f *feed) noteLatency(took time.Duration) {
	took = max(took, time.Microsecond)
	if f.latency == 0 {
		f.latency = took
	}
	f.latency = (f.latency + took) / 2
}

// showFirst shows a result when its first rows come. The cursor is on the first row,
// unless the operator moved it to a user who is in the result.
func (f *feed) showFirst(r *result, msg rowsMsg) tea.Cmd {
	win, follow := table.Window{}, r.cursorID
	switch stage := f.stage(); {
	case stage == stageRows && (r.keepsCursor || f.cursorMoved):
		r.win, win = f.shown.win, f.shown.win
		if who := f.currentRow(); who != nil {
			follow = who.ID
		}
	case stage == stageLocal && f.cursorMoved:
		win, follow = f.local.win, f.chosenID()
	case f.shown != nil:
		win = f.shown.win
	}
	rows := msg.rows
	if r.query.ranks(len(rows)) && r.pages.IsWholeList(msg.page, rows) {
		rows, r.isRanked = localsearch.Rank(rows, r.query.needle), true
	}
	r.noteProgress(rows)
	r.pages.Take(msg.page, rows)
	r.state = ready
	r.cursorID = follow
	if row, here := r.pages.Find(follow); here {
		r.win = followRow(win, row, r.pages.Len(), f.visibleRows())
	} else if r.win = r.win.Keep(r.pages.Len(), f.visibleRows()); !r.query.needle.Empty() {
		f.cursorMoved, r.cursorID = false, "" // that user is not in the result: back to the best match
	}
	f.noteNewest(r, msg)
	cmd := f.show(r)
	if !r.query.needle.Empty() && !r.pages.IsComplete() {
		r.opensSingle = r.opensSingle && len(rows) < msg.page.Limit // a full page is not a single user
		return tea.Batch(cmd, f.countMatches(r, countDelay))
	}
	return tea.Batch(cmd, f.afterComplete(r))
}

// show replaces the shown result.
func (f *feed) show(r *result) tea.Cmd {
	f.shown, f.local = r, nil
	if r.query.needle.Empty() {
		f.base = r
	}
	return f.cancelUnwanted()
}

// noteFailure records that rows could not be read. The rows on the screen stay.
func (f *feed) noteFailure(r *result, page int, err error) {
	how := failed
	if errors.Is(err, context.Canceled) {
		how = stopped
	}
	r.pages.MarkFailed(page)
	if r == f.want && r != f.shown && f.shown != nil && r.query.needle.Equal(f.shown.query.needle) {
		// A refresh or another order failed: the rows before it are still what was
		// asked for.
		f.want, f.order = f.shown, f.shown.query.order
		r = f.shown
	}
	r.state, r.err, r.isRetry = how, err, false
}

// taskEnded handles a task that ended without an answer: cancelled, past its deadline,
// or failed.
func (f *feed) taskEnded(msg tui.TaskMsg) {
	if msg.Running || msg.Err == nil {
		return
	}
	if serial, counts := f.counts[msg.Key]; counts && !errors.Is(msg.Err, context.Canceled) {
		f.takeCount(countMsg{serial: serial, err: msg.Err})
	}
	if req, ours := f.requests[msg.Key]; ours {
		req.cancel()
		delete(f.requests, msg.Key)
		f.noteFailure(req.result, req.page, msg.Err)
	}
}

// fetchMissing keeps the window inside the list and requests the rows it lacks.
func (f *feed) fetchMissing() tea.Cmd {
	if win := f.activeWindow(); win != nil {
		list := f.listing()
		*win = win.Keep(list.len(), f.visibleRows())
	}
	r := f.shown
	if r == nil || r.scan != nil || f.stage() != stageRows || r.state == stopped || r.isLooping() {
		return nil
	}
	if r.goesToEnd && r.pages.IsExact() {
		r.goesToEnd = false
		r.win = r.win.Go(r.pages.Len()-1, r.pages.Len(), f.visibleRows())
	}
	r.pages.SetAwaitsCount(f.isCounting(r))
	first, end := r.win.Rows(r.pages.Len(), f.visibleRows())
	var cmds []tea.Cmd
	for _, page := range r.pages.Requests(first, end, f.direction, f.readAhead(r), maxParallel) {
		title := ""
		if page.IsVisible {
			title = "Reading rows" // only what the operator waits for is announced
		}
		cmds = append(cmds, f.fetchPage(r, title, page, 0))
	}
	r.pages.Evict(r.win.Cursor, maxPagesHeld)
	return tea.Batch(cmds...)
}
