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
	followKey = "users.follow"
	// followOften is how often is looked for arrivals while people arrive: one in
	// four hundred of what Clerk lets a production instance ask, one in forty of a
	// development one. It gets slower while nobody comes, and when that fails.
	followOften  = 4 * time.Second
	followSeldom = 20 * time.Second
	followPoorly = time.Minute
	// followMost is how many arrivals are read at a time; more are read at once after.
	followMost = 50
	// cameMost bounds who is remembered to have arrived.
	cameMost = 1000
)

// follow is how new arrivals are followed. Nothing is asked for while it is off.
type follow struct {
	on     bool
	serial int // of its turn: an older timer or answer is void
	wait   time.Duration
	failed bool
	// behind is who came last in an answer that was full, and since what the rest
	// of it is asked for with; "" when nothing is left to read.
	behind string
	since  time.Time
	result int // which it is of
	// rows is how long until the rows on the screen are read again, recount when the
	// total is counted.
	rows    time.Duration
	recount time.Time
}

// followMsg is the moment to look for arrivals.
type followMsg struct{ serial int }

// arrivalsMsg is what came of looking for them: the oldest of them first.
type arrivalsMsg struct {
	serial int // of the turn
	result int // the serial of the result they are for
	rows   []*localsearch.Row
	err    error
	behind string // the last of them where there may be more
	since  time.Time
	// total is how many there are, -1 where that was not counted, and took how long
	// counting took.
	total int
	took  time.Duration
}

// noteNewest keeps when the newest joined who are here, from which on others are
// new; what was known of the same search goes on to count.
func (v *View) noteNewest(r *result, msg rowsMsg) {
	if r.ask.order == orders()[0] && msg.page.Offset == 0 && len(msg.rows) > 0 {
		r.newest = msg.rows[0].User.CreatedAt.Time
		if v.opened.IsZero() {
			v.opened = r.newest
		}
	}
	if v.opened.IsZero() {
		v.opened = msg.at
	}
	if old := v.shown; old != nil && old.ask.needle.Same(r.ask.needle) {
		r.came, r.arrived = old.came, old.arrived
	}
}

// following is the action that turns it on and off.
func (v *View) following() tui.Action {
	a := tui.Action{ID: "list.follow", Title: "Follow new arrivals", Short: "follow", Group: groupFind,
		Help: "Looks every few seconds for people who are new, and at the rows on the screen; your cursor stays where it is.", Do: v.do(v.toggleFollow)}
	switch {
	case v.follow.on:
		a.Title = "Stop following"
	case v.opened.IsZero():
		a.Off = "the list is not read yet"
	}
	return a
}

func (v *View) toggleFollow() tea.Cmd {
	v.serial++
	v.follow = follow{on: !v.follow.on, serial: v.serial, wait: followOften}
	if !v.follow.on {
		return tea.Batch(tui.Cancel(followKey), tui.Cancel(followRowsKey))
	}
	v.follow.recount = v.env.Now().Add(recountEvery)
	return tea.Batch(v.look(followMsg{v.serial}), tui.Later(rowsOften, followRowsMsg{v.serial}))
}

// look asks for people who are newer than the newest that were seen.
func (v *View) look(msg followMsg) tea.Cmd {
	if !v.follow.on || msg.serial != v.follow.serial {
		return nil
	}
	r := v.shown
	if r == nil {
		return tui.Later(v.follow.wait, msg)
	}
	serial := r.serial
	q := r.ask.query(pages.Ask{Limit: followMost})
	q.OrderBy, q.Ascending = api.OrderCreatedAt, true
	// Two people of one millisecond may come one after the other: it is asked for
	// again, and who is here already is not taken twice.
	if since := later(v.opened, r.newest).Add(-time.Millisecond); since.After(q.CreatedAfter) {
		q.CreatedAfter = since
	}
	if v.follow.behind != "" && v.follow.result == serial {
		q.CreatedAfter, q.StartingAfter = v.follow.since, v.follow.behind
	}
	client, now, scans, search := v.env.Client, v.env.Now, r.scan != nil, r.ask.needle.Search
	counts, all := v.countsNow(r), r.ask.query(pages.Ask{})
	return tui.Run(tui.Task{Key: followKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		users, err := client.ListUsers(ctx, q)
		out := arrivalsMsg{serial: msg.serial, result: serial, err: err, since: q.CreatedAfter, total: -1}
		if len(users) == followMost {
			out.behind = users[followMost-1].ID.Raw()
		}
		if scans {
			users = search.FilterPage(users, now())
		}
		out.rows = localsearch.NewRows(users)
		if counts && err == nil && out.behind == "" {
			begun := now()
			if n, err := client.CountUsers(ctx, all); err == nil {
				out.total, out.took = n, now().Sub(begun)
			}
		}
		return out
	}})
}

// arrivals takes those who came, and looks again later.
func (v *View) arrivals(msg arrivalsMsg) tea.Cmd {
	if !v.follow.on || msg.serial != v.follow.serial {
		return nil
	}
	f := &v.follow
	f.failed, f.behind, f.since, f.result = msg.err != nil, "", msg.since, msg.result
	came := 0
	var recount tea.Cmd
	if r := v.bySerial(msg.result); r != nil && msg.err == nil {
		came = v.welcome(r, msg.rows)
		if msg.total >= 0 {
			recount = v.recounted(r, msg.total, msg.took)
		}
	}
	switch {
	case msg.err != nil:
		f.wait = min(2*f.wait, followPoorly)
	case came > 0 && msg.behind != "":
		f.wait, f.behind = time.Second, msg.behind
	case came > 0:
		f.wait = followOften
	default:
		f.wait = min(max(f.wait, followOften)*5/4, followSeldom)
	}
	return tea.Batch(recount, tui.Later(max(f.wait, v.env.Client.RateLimitWait()), followMsg{f.serial}))
}

// welcome puts arrivals into a result and says how many were not known before.
// Where the order has no place for them they are only counted.
func (v *View) welcome(r *result, rows []*localsearch.Row) int {
	fresh, came := r.pages.Fresh(rows)
	for _, one := range rows {
		r.newest = later(r.newest, one.User.CreatedAt.Time)
	}
	fresh = slices.DeleteFunc(fresh, func(one *localsearch.Row) bool { return r.came[one.ID] || !v.arrivedLate(one) })
	if came = len(fresh); came == 0 {
		return 0
	}
	if r.came == nil || len(r.came) >= cameMost {
		r.came = map[string]bool{}
	}
	for _, one := range fresh {
		r.came[one.ID] = true
	}
	r.arrived += came
	if r.ask.needle.Empty() {
		v.everybody.add(came)
	}
	r.apart += len(r.place(fresh))
	return came
}

// isNew says that a person arrived since the list was opened, while that is
// followed.
func (v *View) isNew(r *localsearch.Row) bool {
	return v.follow.on && v.arrivedLate(r)
}

func (v *View) arrivedLate(r *localsearch.Row) bool { return r.User.CreatedAt.Time.After(v.opened) }

// followWords is what the list says while it follows, "" when it does not.
func (v *View) followWords() string {
	if !v.follow.on {
		return ""
	}
	words := "Following new arrivals"
	switch r := v.shown; {
	case r == nil || r.arrived == 0:
		words += " · none yet"
	case r.apart > 0: // the key that helps stands beside it: it must be short
		words = "Following · " + comma(r.arrived) + " new since you opened, " + comma(r.apart) + " not in these rows yet"
	default:
		words += " · " + comma(r.arrived) + " new since you opened"
	}
	if v.follow.failed {
		words += " · the last look failed, another follows"
	}
	return words
}

func (v *View) bySerial(serial int) *result {
	for _, r := range v.results() {
		if r.serial == serial {
			return r
		}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
