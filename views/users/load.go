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
	serial int // of the result it belongs to
	key    string
	page   pages.Ask
	rows   []*localsearch.Row
	err    error
	took   time.Duration
	at     time.Time
}

// flight is a page under way. Each has a task key and a cancel of its own, because
// wishes may reach the shell in another order than the keys that they come from:
// a start that comes late must not replace what was asked for after it.
type flight struct {
	result *result
	page   int
	cancel context.CancelFunc
}

func newResult(serial int, a ask, fill *pages.PageFill) *result {
	return &result{serial: serial, ask: a, pages: pages.New(pageSize, a.order.by == api.OrderCreatedAt, fill)}
}

// start asks for something to see, from that row on. What is shown stays until
// the answer.
func (v *View) start(a ask, title string, row int) tea.Cmd {
	v.serial++
	v.want = newResult(v.serial, a, v.full)
	var count tea.Cmd
	if a.needle.Empty() {
		v.want.pages.Counted(v.everybody.exact())
		v.want.counted = max(0, v.everybody.exact())
		if _, counts := v.counts[countEverybodyKey]; v.everybody.exact() < 0 && !counts {
			count = v.countSoon()
		}
	}
	return tea.Batch(v.first(v.want, title, row, 0), count)
}

// refresh asks for the same again, from where the operator is; the cursor stays
// with the person. A scan that stopped goes on.
func (v *View) refresh() tea.Cmd {
	switch {
	case v.unasked != nil:
		return v.typed()
	case v.want.unfinished():
		return v.resume(v.want)
	}
	cmd := v.reread("Refreshing")
	if _, counts := v.counts[countEverybodyKey]; counts {
		return cmd
	}
	return tea.Batch(cmd, v.countEverybody())
}

// sort asks for the same search in another order, from the top.
func (v *View) sort(a ask) tea.Cmd {
	a.chosen = a.chosen && !a.needle.Empty()
	v.order = a.order
	return v.start(a, "Sorting", 0)
}

// first asks for the page with that row, after a pause.
func (v *View) first(r *result, title string, row int, pause time.Duration) tea.Cmd {
	switch s := r.ask.needle.Search; {
	case len(s.UnresolvedOrganizations()) > 0:
		return tea.Batch(v.land(), v.resolve(r, pause))
	case s.NeedsScan():
		return tea.Batch(v.land(), v.scan(r, pause))
	}
	return tea.Batch(v.land(), v.fly(r, title, r.pages.First(row), pause))
}

// fly asks for one page.
func (v *View) fly(r *result, title string, page pages.Ask, pause time.Duration) tea.Cmd {
	v.serial++
	key := "users.rows " + strconv.Itoa(v.serial)
	over, cancel := context.WithCancel(context.Background())
	v.flights[key] = flight{r, page.Page, cancel}
	serial, ask, env := r.serial, r.ask, v.env
	return tui.Run(tui.Task{Key: key, Title: title, Run: func(ctx context.Context, report func(tui.Progress)) tea.Msg {
		ctx, stop := context.WithCancel(env.ReportWaits(ctx, report))
		defer stop()
		defer context.AfterFunc(over, stop)()
		if pause > 0 && env.Pause(ctx, pause) != nil || over.Err() != nil {
			return nil
		}
		msg := rowsMsg{serial: serial, key: key, page: page}
		begun := env.Now()
		msg.rows, msg.err = read(ctx, env.Client, ask, page)
		msg.at = env.Now()
		msg.took = msg.at.Sub(begun)
		return msg
	}})
}

// read reads one page.
func read(ctx context.Context, client *api.Client, a ask, page pages.Ask) ([]*localsearch.Row, error) {
	users, err := client.ListUsers(ctx, a.query(page))
	if err != nil && page.After != "" && refused(err) {
		// Who was asked behind is gone: nothing continues there, and pages asks again.
		return nil, nil
	}
	if page.Reverse {
		slices.Reverse(users)
	}
	return localsearch.NewRows(users), err
}

// land ends what is under way for results that nobody wants any more.
func (v *View) land() tea.Cmd {
	var cmds []tea.Cmd
	cmds = append(cmds, v.uncount())
	for key, f := range v.flights {
		if f.result != v.want && f.result != v.shown && f.result != v.base {
			f.cancel()
			delete(v.flights, key)
			cmds = append(cmds, tui.Cancel(key))
		}
	}
	return tea.Batch(cmds...)
}

// refused says that the server does not take the request as it is.
func refused(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && (e.Kind == api.KindRefused || e.Kind == api.KindNotFound)
}

// arrived takes rows. Those of a result that nobody wants any more are dropped:
// a late answer never replaces a newer one.
func (v *View) arrived(msg rowsMsg) tea.Cmd {
	if f, known := v.flights[msg.key]; known {
		f.cancel()
		delete(v.flights, msg.key)
	}
	at := slices.IndexFunc(v.results(), func(r *result) bool { return r.serial == msg.serial })
	if at < 0 {
		return nil
	}
	r := v.results()[at]
	if msg.err != nil {
		v.missed(r, msg.page.Page, msg.err)
		return nil
	}
	v.learn(msg.took)
	v.freshen(msg.rows, msg.at.Add(-msg.took))
	r.read, r.err, r.anew = msg.at, nil, false
	if r == v.want && r != v.shown {
		return v.adopt(r, msg)
	}
	whole := r.pages.Whole()
	r.take(msg.page, msg.rows, v.height())
	if r.state == failed { // the link is back: what was missed is asked for again
		r.state = ready
		r.pages.Retry()
	}
	if row, here := r.pages.Find(r.follow); here && r.follow != "" {
		r.win = r.win.Follow(row, r.pages.Len(), v.height())
	}
	if cmd, gone := v.ceases(r); gone {
		return cmd
	}
	return v.completed(r, whole)
}

// learn keeps in mind how long answers take.
func (v *View) learn(took time.Duration) {
	took = max(took, time.Microsecond)
	if v.pace == 0 {
		v.pace = took
	}
	v.pace = (v.pace + took) / 2
}

// adopt shows a result whose first rows came. The cursor is on the first of them
// unless the operator put it on a person: then it stays with them, where they are
// in it.
func (v *View) adopt(r *result, msg rowsMsg) tea.Cmd {
	win, follow := table.Window{}, r.follow
	switch stage := v.stage(); {
	case stage == stageRows && (r.stays || v.moved):
		r.win, win = v.shown.win, v.shown.win
		if who := v.current(); who != nil {
			follow = who.ID
		}
	case stage == stageLocal && v.moved:
		win, follow = v.local.win, v.chosen()
	case v.shown != nil:
		win = v.shown.win
	}
	rows := msg.rows
	if r.ask.ranks(len(rows)) && r.pages.Ends(msg.page, rows) {
		rows, r.ranked = localsearch.Rank(rows, r.ask.needle), true
	}
	r.hear(rows)
	r.pages.Take(msg.page, rows)
	r.state = ready
	r.follow = follow
	if row, here := r.pages.Find(follow); here {
		r.win = follows(win, row, r.pages.Len(), v.height())
	} else if r.win = r.win.Keep(r.pages.Len(), v.height()); !r.ask.needle.Empty() {
		v.moved, r.follow = false, "" // they are not in it: the best match has the cursor again
	}
	v.noteNewest(r, msg)
	cmd := v.replace(r)
	if !r.ask.needle.Empty() && !r.pages.Whole() {
		r.land = r.land && len(rows) < msg.page.Limit // so many are not one person
		return tea.Batch(cmd, v.count(r, countWait))
	}
	return tea.Batch(cmd, v.settled(r))
}

// replace puts a result in the place of the one that was shown.
func (v *View) replace(r *result) tea.Cmd {
	v.shown, v.local = r, nil
	if r.ask.needle.Empty() {
		v.base = r
	}
	return v.land()
}

// missed takes it that rows did not come. What was there stays.
func (v *View) missed(r *result, page int, err error) {
	how := failed
	if errors.Is(err, context.Canceled) {
		how = stopped
	}
	r.pages.Fail(page)
	if r == v.want && r != v.shown && v.shown != nil && r.ask.needle.Same(v.shown.ask.needle) {
		// Another order or a refresh did not come: the rows of before are still
		// what was asked for.
		v.want, v.order = v.shown, v.shown.ask.order
		r = v.shown
	}
	r.state, r.err, r.anew = how, err, false
}

// ended takes the end of a task that could not answer itself: it was cancelled
// by the operator, ran into its deadline, or failed inside.
func (v *View) ended(msg tui.TaskMsg) {
	if msg.Running || msg.Err == nil {
		return
	}
	if serial, counts := v.counts[msg.Key]; counts && !errors.Is(msg.Err, context.Canceled) {
		v.counted(countMsg{serial: serial, err: msg.Err})
	}
	if f, ours := v.flights[msg.Key]; ours {
		f.cancel()
		delete(v.flights, msg.Key)
		v.missed(f.result, f.page, msg.Err)
	}
}

// fill brings the window into the list and asks for the rows that it wants.
func (v *View) fill() tea.Cmd {
	if win := v.window(); win != nil {
		list := v.listing()
		*win = win.Keep(list.len(), v.height())
	}
	r := v.shown
	if r == nil || r.scan != nil || v.stage() != stageRows || r.state == stopped || r.circles() {
		return nil
	}
	if r.toEnd && r.pages.Exact() {
		r.toEnd = false
		r.win = r.win.Go(r.pages.Len()-1, r.pages.Len(), v.height())
	}
	r.pages.Awaits(v.awaitsCount(r))
	first, end := r.win.Rows(r.pages.Len(), v.height())
	var cmds []tea.Cmd
	for _, page := range r.pages.Want(first, end, v.dir, v.ahead(r), atOnce) {
		title := ""
		if page.Seen {
			title = "Reading rows" // what is looked at is said, what is read ahead is not
		}
		cmds = append(cmds, v.fly(r, title, page, 0))
	}
	r.pages.Hold(r.win.Cursor, pagesHeld)
	return tea.Batch(cmds...)
}
