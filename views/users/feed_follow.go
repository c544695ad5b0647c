package users

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

const (
	arrivalsKey = "users.follow"
	// arrivalsInterval is how often is looked for arrivals while people arrive: one in
	// four hundred of what Clerk lets a production instance ask, one in forty of a
	// development one. It gets slower while nobody comes, and when that fails.
	arrivalsInterval        = 4 * time.Second
	arrivalsIntervalMax     = 20 * time.Second
	arrivalsIntervalFailing = time.Minute
	// arrivalsPageSize is how many arrivals are read at a time; more are read at once after.
	arrivalsPageSize = 50
	// maxArrivals bounds who is remembered to have arrived.
	maxArrivals = 1000
)

// followState is how new arrivals are followed. Nothing is asked for while it is off.
type followState struct {
	on        bool
	serial    int // of its turn: an older timer or answer is void
	interval  time.Duration
	hasFailed bool
	// after is who came last in an answer that was full, and since what the rest
	// of it is asked for with; "" when nothing is left to read.
	after  string
	since  time.Time
	result int // which it is of
	// rereadInterval is how long until the rows on the screen are read again, recount when the
	// total is counted.
	rereadInterval time.Duration
	recountAt      time.Time
}

// arrivalsDueMsg is the moment to look for arrivals.
type arrivalsDueMsg struct{ serial int }

// arrivalsMsg is what came of looking for them: the oldest of them first.
type arrivalsMsg struct {
	serial int // of the turn
	result int // the serial of the result they are for
	rows   []*localsearch.Row
	err    error
	after  string // the last of them where there may be more
	since  time.Time
	// total is how many there are, -1 where that was not counted, and took how long
	// counting took.
	total int
	took  time.Duration
}

// noteNewest keeps when the newest joined who are here, from which on others are
// new; what was known of the same search goes on to count.
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

// followAction is the action that turns it on and off.
func (v *View) followAction() tui.Action {
	a := tui.Action{ID: "list.follow", Title: "Follow new arrivals", FooterLabel: "follow", Group: groupFind,
		Help: "Looks every few seconds for people who are new, and at the rows on the screen; your cursor stays where it is.", Do: v.synced(v.feed.toggleFollow)}
	switch {
	case v.feed.follow.on:
		a.Title = "Stop following"
	case v.feed.newestAtOpen.IsZero():
		a.Off = "the list is not read yet"
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

// fetchArrivals asks for people who are newer than the newest that were seen.
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
	// Two people of one millisecond may come one after the other: it is asked for
	// again, and who is here already is not taken twice.
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

// takeArrivals takes those who came, and looks again later.
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

// addArrivals puts arrivals into a result and says how many were not known before.
// Where the order has no place for them they are only counted.
func (f *feed) addArrivals(r *result, rows []*localsearch.Row) int {
	fresh, came := r.pages.Unknown(rows)
	for _, one := range rows {
		r.newest = laterOf(r.newest, one.User.CreatedAt.Time)
	}
	fresh = slices.DeleteFunc(fresh, func(one *localsearch.Row) bool { return r.arrivedIDs[one.ID] || !f.joinedAfterOpen(one) })
	if came = len(fresh); came == 0 {
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

// isNew says that a person arrived since the list was opened, while that is
// followed.
func (f *feed) isNew(r *localsearch.Row) bool {
	return f.follow.on && f.joinedAfterOpen(r)
}

func (f *feed) joinedAfterOpen(r *localsearch.Row) bool {
	return r.User.CreatedAt.Time.After(f.newestAtOpen)
}

// followStatus is what the list says while it follows, "" when it does not.
func (f *feed) followStatus() string {
	if !f.follow.on {
		return ""
	}
	words := "Following new arrivals"
	switch r := f.shown; {
	case r == nil || r.arrivedCount == 0:
		words += " · none yet"
	case r.arrivedUnplaced > 0: // the key that helps stands beside it: it must be short
		words = "Following · " + comma(r.arrivedCount) + " new since you opened, " + comma(r.arrivedUnplaced) + " not in these rows yet"
	default:
		words += " · " + comma(r.arrivedCount) + " new since you opened"
	}
	if f.follow.hasFailed {
		words += " · the last look failed, another follows"
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
