package users

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

const (
	arrivalsKey = "users.follow"
	// arrivalsInterval is how often new users are looked for while some arrive: one in
	// four hundred of the requests that Clerk allows a production instance, one in
	// forty of a development instance's. The interval grows while nobody arrives, and
	// after errors.
	arrivalsInterval        = 4 * time.Second
	arrivalsIntervalMax     = 20 * time.Second
	arrivalsIntervalFailing = time.Minute
	// arrivalsPageSize is how many arrivals one request reads; further ones follow at
	// once.
	arrivalsPageSize = 50
	// maxArrivals bounds how many arrivals are remembered.
	maxArrivals = 1000
)

// followState is the state of following new arrivals.
type followState struct {
	on        bool
	serial    int // of the timers and answers that still count
	interval  time.Duration
	hasFailed bool
	// after is the last user of an answer that was full, and since the time with which
	// its rest is requested; "" when all are read.
	after  string
	since  time.Time
	result int // serial of the result that after belongs to
	// rereadInterval is the time until the visible rows are read again, recountAt when
	// all users are counted again.
	rereadInterval time.Duration
	recountAt      time.Time
}

// arrivalsDueMsg says that it is time to look for arrivals.
type arrivalsDueMsg struct{ serial int }

// arrivalsMsg is the answer, the oldest arrival first.
type arrivalsMsg struct {
	serial int // of followState
	result int // serial of the result it is for
	rows   []*localsearch.Row
	err    error
	after  string // the last user, if there may be more
	since  time.Time
	// total is the number of users, -1 if they were not counted, and took the time
	// that counting took.
	total int
	took  time.Duration
}

// noteNewest records when the newest user was created: later ones are new. A result
// for the same search inherits the arrivals counted so far.
func (f *feed) noteNewest(r *result, msg rowsMsg) {
	if r.query.order == orders()[0] && msg.page.Offset == 0 && len(msg.rows) > 0 {
		r.newest = msg.rows[0].User.CreatedAt.Time
		if f.newestAtOpen.IsZero() {
			f.newestAtOpen = r.newest
		}
	}
	if f.newestAtOpen.IsZero() {
		f.newestAtOpen = msg.receivedAt
	}
	if old := f.shown; old != nil && old.query.needle.Equal(r.query.needle) {
		r.arrivedIDs, r.arrivedCount = old.arrivedIDs, old.arrivedCount
	}
}

// followAction is the action that starts and stops following.
func (v *View) followAction() tui.Action {
	a := tui.Action{ID: "list.follow", Title: "Follow new arrivals", FooterLabel: "follow", Group: groupFind,
		Help: "Checks every few seconds for new users, and for changes to the rows on the screen; the cursor stays.", Do: v.synced(v.feed.toggleFollow)}
	switch {
	case v.feed.follow.on:
		a.Title = "Stop following"
	case v.feed.newestAtOpen.IsZero():
		a.Off = "the list has not loaded yet"
	}
	return a
}

func (f *feed) toggleFollow() tea.Cmd {
	f.serial++
	f.follow = followState{on: !f.follow.on, serial: f.serial, interval: arrivalsInterval}
	if !f.follow.on {
		return tea.Batch(tui.Cancel(arrivalsKey), tui.Cancel(rereadKey))
	}
	f.follow.recountAt = f.env.Now().Add(recountEvery)
	return tea.Batch(f.fetchArrivals(arrivalsDueMsg{f.serial}), tui.Later(rereadInterval, rereadDueMsg{f.serial}))
}

// fetchArrivals requests users created after the newest one known.
func (f *feed) fetchArrivals(msg arrivalsDueMsg) tea.Cmd {
	if !f.follow.on || msg.serial != f.follow.serial {
		return nil
	}
	r := f.shown
	if r == nil {
		return tui.Later(f.follow.interval, msg)
	}
	serial := r.serial
	q := r.query.apiQuery(pages.Request{Limit: arrivalsPageSize})
	q.OrderBy, q.Ascending = api.OrderCreatedAt, true
	// Two users of the same millisecond may arrive one after the other, so that
	// millisecond is requested again; users already known are not counted twice.
	if since := laterOf(f.newestAtOpen, r.newest).Add(-time.Millisecond); since.After(q.CreatedAfter) {
		q.CreatedAfter = since
	}
	if f.follow.after != "" && f.follow.result == serial {
		q.CreatedAfter, q.StartingAfter = f.follow.since, f.follow.after
	}
	client, now, scans, search := f.env.Client, f.env.Now, r.scan != nil, r.query.needle.Search
	counts, all := f.isRecountDue(r), r.query.apiQuery(pages.Request{})
	return tui.Run(tui.Task{Key: arrivalsKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		users, err := client.ListUsers(ctx, q)
		out := arrivalsMsg{serial: msg.serial, result: serial, err: err, since: q.CreatedAfter, total: -1}
		if len(users) == arrivalsPageSize {
			out.after = users[arrivalsPageSize-1].ID.Raw()
		}
		if scans {
			users = search.FilterPage(users, now())
		}
		out.rows = localsearch.NewRows(users)
		if counts && err == nil && out.after == "" {
			begun := now()
			if n, err := client.CountUsers(ctx, all); err == nil {
				out.total, out.took = n, now().Sub(begun)
			}
		}
		return out
	}})
}

// takeArrivals adds arrivals and schedules the next request.
func (f *feed) takeArrivals(msg arrivalsMsg) tea.Cmd {
	if !f.follow.on || msg.serial != f.follow.serial {
		return nil
	}
	fol := &f.follow
	fol.hasFailed, fol.after, fol.since, fol.result = msg.err != nil, "", msg.since, msg.result
	came := 0
	var recount tea.Cmd
	if r := f.resultBySerial(msg.result); r != nil && msg.err == nil {
		came = f.addArrivals(r, msg.rows)
		if msg.total >= 0 {
			recount = f.takeRecount(r, msg.total, msg.took)
		}
	}
	switch {
	case msg.err != nil:
		fol.interval = min(2*fol.interval, arrivalsIntervalFailing)
	case came > 0 && msg.after != "":
		fol.interval, fol.after = time.Second, msg.after
	case came > 0:
		fol.interval = arrivalsInterval
	default:
		fol.interval = min(max(fol.interval, arrivalsInterval)*5/4, arrivalsIntervalMax)
	}
	return tea.Batch(recount, tui.Later(max(fol.interval, f.env.Client.RateLimitWait()), arrivalsDueMsg{fol.serial}))
}

// addArrivals adds arrivals to a result and returns how many are new. Those without a
// certain place in its order are only counted.
func (f *feed) addArrivals(r *result, rows []*localsearch.Row) int {
	fresh := r.pages.Unknown(rows)
	for _, one := range rows {
		r.newest = laterOf(r.newest, one.User.CreatedAt.Time)
	}
	fresh = slices.DeleteFunc(fresh, func(one *localsearch.Row) bool { return r.arrivedIDs[one.ID] || !f.joinedAfterOpen(one) })
	came := len(fresh)
	if came == 0 {
		return 0
	}
	if r.arrivedIDs == nil || len(r.arrivedIDs) >= maxArrivals {
		r.arrivedIDs = map[string]bool{}
	}
	for _, one := range fresh {
		r.arrivedIDs[one.ID] = true
	}
	r.arrivedCount += came
	if r.query.needle.Empty() {
		f.total.add(came)
	}
	r.arrivedUnplaced += len(r.insertNew(fresh))
	return came
}

// isNew reports whether a user arrived since the list was opened, while following.
func (f *feed) isNew(r *localsearch.Row) bool {
	return f.follow.on && f.joinedAfterOpen(r)
}

func (f *feed) joinedAfterOpen(r *localsearch.Row) bool {
	return r.User.CreatedAt.Time.After(f.newestAtOpen)
}

// followStatus says that the list follows and how many arrived, "" if it does not.
func (f *feed) followStatus() string {
	if !f.follow.on {
		return ""
	}
	words := "Following new arrivals"
	switch r := f.shown; {
	case r == nil || r.arrivedCount == 0:
		words += " · none yet"
	case r.arrivedUnplaced > 0: // short: the key to press stands behind it
		words = "Following · " + userfmt.Number(r.arrivedCount) + " new since you opened, " + userfmt.Number(r.arrivedUnplaced) + " not in the list yet"
	default:
		words += " · " + userfmt.Number(r.arrivedCount) + " new since you opened"
	}
	if f.follow.hasFailed {
		words += " · the last check failed, trying again"
	}
	return words
}

func (f *feed) resultBySerial(serial int) *result {
	for _, r := range f.results() {
		if r.serial == serial {
			return r
		}
	}
	return nil
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
