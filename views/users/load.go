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

// rowsMsg is what came of asking for a page.
type rowsMsg struct {
	serial     int // of the result it belongs to
	key        string
	page       pages.Request
	rows       []*localsearch.Row
	err        error
	took       time.Duration
	receivedAt time.Time
}

// request is a page under way. Each has a task key and a cancel of its own, because
// wishes may reach the shell in another order than the keys that they come from:
// a start that comes late must not replace what was asked for after it.
type request struct {
	result *result
	page   int
	cancel context.CancelFunc
}

func newResult(serial int, a listQuery, fill *pages.PageFill) *result {
	return &result{serial: serial, query: a, pages: pages.New(pageSize, a.order.by == api.OrderCreatedAt, fill)}
}

// load asks for something to see, from that row on. What is shown stays until
// the answer.
func (v *View) load(a listQuery, title string, row int) tea.Cmd {
	v.serial++
	v.want = newResult(v.serial, a, v.pageFill)
	var count tea.Cmd
	if a.needle.Empty() {
		v.want.pages.SetTotal(v.total.exact())
		v.want.countedTotal = max(0, v.total.exact())
		if _, counts := v.counts[countAllKey]; v.total.exact() < 0 && !counts {
			count = v.deferCount()
		}
	}
	return tea.Batch(v.loadFirst(v.want, title, row, 0), count)
}

// refresh asks for the same again, from where the operator is; the cursor stays
// with the person. A scan that stopped goes on.
func (v *View) refresh() tea.Cmd {
	switch {
	case v.invalid != nil:
		return v.boxEdited()
	case v.want.canResume():
		return v.resumeScan(v.want)
	}
	cmd := v.reload("Refreshing")
	if _, counts := v.counts[countAllKey]; counts {
		return cmd
	}
	return tea.Batch(cmd, v.countAll())
}

// setOrder asks for the same search in another order, from the top.
func (v *View) setOrder(a listQuery) tea.Cmd {
	a.isOrderChosen = a.isOrderChosen && !a.needle.Empty()
	v.order = a.order
	return v.load(a, "Sorting", 0)
}

// loadFirst asks for the page with that row, after a pause.
func (v *View) loadFirst(r *result, title string, row int, pause time.Duration) tea.Cmd {
	switch s := r.query.needle.Search; {
	case len(s.Organizations()) > 0:
		return tea.Batch(v.cancelUnwanted(), v.resolveOrganizations(r, pause))
	case s.Scans():
		return tea.Batch(v.cancelUnwanted(), v.startScan(r, pause))
	}
	return tea.Batch(v.cancelUnwanted(), v.fetchPage(r, title, r.pages.FirstRequest(row), pause))
}

// fetchPage asks for one page.
func (v *View) fetchPage(r *result, title string, page pages.Request, pause time.Duration) tea.Cmd {
	v.serial++
	key := "users.rows " + strconv.Itoa(v.serial)
	over, cancel := context.WithCancel(context.Background())
	v.requests[key] = request{r, page.Number, cancel}
	serial, ask, env := r.serial, r.query, v.env
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

// readPage reads one page.
func readPage(ctx context.Context, client *api.Client, a listQuery, page pages.Request) ([]*localsearch.Row, error) {
	users, err := client.ListUsers(ctx, a.apiQuery(page))
	if err != nil && page.After != "" && isRefused(err) {
		// Who was asked behind is gone: nothing continues there, and pages asks again.
		return nil, nil
	}
	if page.Reverse {
		slices.Reverse(users)
	}
	return localsearch.NewRows(users), err
}

// cancelUnwanted ends what is under way for results that nobody wants any more.
func (v *View) cancelUnwanted() tea.Cmd {
	var cmds []tea.Cmd
	cmds = append(cmds, v.cancelCounts())
	for key, f := range v.requests {
		if f.result != v.want && f.result != v.shown && f.result != v.base {
			f.cancel()
			delete(v.requests, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}

// isRefused says that the server does not take the request as it is.
func isRefused(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && (e.Kind == api.KindRefused || e.Kind == api.KindNotFound)
}

// takeRows takes rows. Those of a result that nobody wants any more are dropped:
// a late answer never replaces a newer one.
func (v *View) takeRows(msg rowsMsg) tea.Cmd {
	if f, known := v.requests[msg.key]; known {
		f.cancel()
		delete(v.requests, msg.key)
	}
	at := slices.IndexFunc(v.results(), func(r *result) bool { return r.serial == msg.serial })
	if at < 0 {
		return nil
	}
	r := v.results()[at]
	if msg.err != nil {
		v.noteFailure(r, msg.page.Number, msg.err)
		return nil
	}
	v.noteLatency(msg.took)
	v.applyNewer(msg.rows, msg.receivedAt.Add(-msg.took))
	r.readAt, r.err, r.isRetry = msg.receivedAt, nil, false
	if r == v.want && r != v.shown {
		return v.showFirst(r, msg)
	}
	whole := r.pages.IsComplete()
	r.takeRows(msg.page, msg.rows, v.visibleRows())
	if r.state == failed { // the link is back: what was missed is asked for again
		r.state = ready
		r.pages.ClearFailed()
	}
	if row, here := r.pages.Find(r.cursorID); here && r.cursorID != "" {
		r.win = r.win.Follow(row, r.pages.Len(), v.visibleRows())
	}
	if cmd, gone := v.stopLoop(r); gone {
		return cmd
	}
	return v.afterLastPage(r, whole)
}

// noteLatency keeps in mind how long answers take.
func (v *View) noteLatency(took time.Duration) {
	took = max(took, time.Microsecond)
	if v.latency == 0 {
		v.latency = took
	}
	v.latency = (v.latency + took) / 2
}

// showFirst shows a result whose first rows came. The cursor is on the first of them
// unless the operator put it on a person: then it stays with them, where they are
// in it.
func (v *View) showFirst(r *result, msg rowsMsg) tea.Cmd {
	win, follow := table.Window{}, r.cursorID
	switch stage := v.stage(); {
	case stage == stageRows && (r.keepsCursor || v.cursorMoved):
		r.win, win = v.shown.win, v.shown.win
		if who := v.currentRow(); who != nil {
			follow = who.ID
		}
	case stage == stageLocal && v.cursorMoved:
		win, follow = v.local.win, v.chosenID()
	case v.shown != nil:
		win = v.shown.win
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
		r.win = followRow(win, row, r.pages.Len(), v.visibleRows())
	} else if r.win = r.win.Keep(r.pages.Len(), v.visibleRows()); !r.query.needle.Empty() {
		v.cursorMoved, r.cursorID = false, "" // they are not in it: the best match has the cursor again
	}
	v.noteNewest(r, msg)
	cmd := v.show(r)
	if !r.query.needle.Empty() && !r.pages.IsComplete() {
		r.opensSingle = r.opensSingle && len(rows) < msg.page.Limit // so many are not one person
		return tea.Batch(cmd, v.countMatches(r, countDelay))
	}
	return tea.Batch(cmd, v.afterComplete(r))
}

// show puts a result in the place of the one that was shown.
func (v *View) show(r *result) tea.Cmd {
	v.shown, v.local = r, nil
	if r.query.needle.Empty() {
		v.base = r
	}
	return v.cancelUnwanted()
}

// noteFailure takes it that rows did not come. What was there stays.
func (v *View) noteFailure(r *result, page int, err error) {
	how := failed
	if errors.Is(err, context.Canceled) {
		how = stopped
	}
	r.pages.MarkFailed(page)
	if r == v.want && r != v.shown && v.shown != nil && r.query.needle.Equal(v.shown.query.needle) {
		// Another order or a refresh did not come: the rows of before are still
		// what was asked for.
		v.want, v.order = v.shown, v.shown.query.order
		r = v.shown
	}
	r.state, r.err, r.isRetry = how, err, false
}

// taskEnded takes the end of a task that could not answer itself: it was cancelled
// by the operator, ran into its deadline, or failed inside.
func (v *View) taskEnded(msg tui.TaskMsg) {
	if msg.Running || msg.Err == nil {
		return
	}
	if serial, counts := v.counts[msg.Key]; counts && !errors.Is(msg.Err, context.Canceled) {
		v.takeCount(countMsg{serial: serial, err: msg.Err})
	}
	if f, ours := v.requests[msg.Key]; ours {
		f.cancel()
		delete(v.requests, msg.Key)
		v.noteFailure(f.result, f.page, msg.Err)
	}
}

// fetchMissing brings the window into the list and asks for the rows that it wants.
func (v *View) fetchMissing() tea.Cmd {
	if win := v.activeWindow(); win != nil {
		list := v.listing()
		*win = win.Keep(list.len(), v.visibleRows())
	}
	r := v.shown
	if r == nil || r.scan != nil || v.stage() != stageRows || r.state == stopped || r.isLooping() {
		return nil
	}
	if r.goesToEnd && r.pages.IsExact() {
		r.goesToEnd = false
		r.win = r.win.Go(r.pages.Len()-1, r.pages.Len(), v.visibleRows())
	}
	r.pages.SetAwaitsCount(v.isCounting(r))
	first, end := r.win.Rows(r.pages.Len(), v.visibleRows())
	var cmds []tea.Cmd
	for _, page := range r.pages.Requests(first, end, v.direction, v.readAhead(r), maxParallel) {
		title := ""
		if page.IsVisible {
			title = "Reading rows" // what is looked at is said, what is read ahead is not
		}
		cmds = append(cmds, v.fetchPage(r, title, page, 0))
	}
	r.pages.Evict(r.win.Cursor, maxPagesHeld)
	return tea.Batch(cmds...)
}
