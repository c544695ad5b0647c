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
	// foundMost bounds the memory of a scan: as many people as a list holds.
	foundMost = pageSize * pagesHeld
	// scanPatience is for one page of a scan, beside the waits that are known.
	scanPatience = time.Minute
	// longestHold is how long a scan waits at most when the server asks it to.
	longestHold = 10 * time.Minute
)

// scan is how far a search through everybody has come. Who was found is in the
// result's pages.
type scan struct {
	walk  search.Scan
	begun time.Time
	total int  // how many there are to look at, -1 while that is not known
	full  bool // as many were found as are kept; there are more
	// kept are who was found on a first page while it is not known whether that was
	// all: their words may rank, and they stand still once they show.
	kept []*localsearch.Row
}

// scanMsg is what came of a page of a scan.
type scanMsg struct {
	serial int
	key    string
	walk   search.Scan        // as it goes on from here
	rows   []*localsearch.Row // who was found on the page
	err    error
	took   time.Duration
	at     time.Time
}

// resolvedMsg is what came of looking up the organizations that a search names.
type resolvedMsg struct {
	serial int
	key    string
	search search.Search
	err    error
	pause  time.Duration
}

// courtesy is the pace of scans on an instance. The demo's directory serves
// nobody else.
func courtesy(env *action.Env) search.Rate {
	if env.Instance.Kind == profile.Demo {
		return search.Rate{}
	}
	return search.ScanRate(env.Instance.Kind.RequestInterval())
}

// scanning says that a scan is under way.
func (v *View) scanning() bool { return v.want.scan != nil && v.want.state == running }

// scan begins to look at everybody whom the server's filters let through.
func (v *View) scan(r *result, pause time.Duration) tea.Cmd {
	page := r.ask.query(pages.Ask{})
	r.scan = &scan{walk: search.Scan{Query: page}, total: -1, begun: v.env.Now()}
	r.pages = pages.New(pageSize, false, v.full)
	if n := v.everybody.exact(); n >= 0 && len(page.Filters()) == 0 {
		r.scan.total, r.scan.walk.Total = n, n
		return v.step(r, pause)
	}
	return tea.Batch(v.count(r, 0), v.step(r, pause))
}

// unfinished says that a scan stopped before its end: asked for again, it goes on
// from there.
func (r *result) unfinished() bool {
	return r.scan != nil && (r.state == stopped || r.state == failed) && !r.scan.full && !r.scan.walk.IsDone()
}

// resume goes on with a scan from where it stopped. Who was found stays.
func (v *View) resume(r *result) tea.Cmd {
	r.state, r.err = running, nil
	step := v.step(r, 0)
	if _, counts := v.counts[r.countKey()]; counts || r.scan.total >= 0 {
		return step
	}
	return tea.Batch(v.count(r, 0), step)
}

// step reads the next page of a scan when its turn comes.
func (v *View) step(r *result, pause time.Duration) tea.Cmd {
	wait := max(pause, v.turns.Reserve(v.env.Now()))
	serial, walk, looked, env := r.serial, r.scan.walk, r.ask.needle.Search, v.env
	return v.launch(r, "", wait, func(ctx context.Context, key string) tea.Msg {
		msg := scanMsg{serial: serial, key: key, walk: walk}
		begun := env.Now()
		var page []api.User
		page, msg.walk, msg.err = walk.NextPage(ctx, env.Client)
		msg.at = env.Now()
		msg.took = msg.at.Sub(begun)
		msg.rows = localsearch.NewRows(looked.FilterPage(page, msg.at))
		return msg
	})
}

// launch runs one request of a result after a wait. It has a key of its own, for
// the reason that flights have. One without a title is not shown by the shell: a
// scan says itself how far it is, steadily, where its requests come and go.
func (v *View) launch(r *result, title string, wait time.Duration, run func(context.Context, string) tea.Msg) tea.Cmd {
	v.serial++
	key := "users.scan " + strconv.Itoa(v.serial)
	over, cancel := context.WithCancel(context.Background())
	v.flights[key] = flight{r, 0, cancel}
	env := v.env
	return tui.Run(tui.Task{Key: key, Title: title, Deadline: wait + scanPatience, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		defer context.AfterFunc(over, stop)()
		if wait > 0 && env.Pause(ctx, wait) != nil || over.Err() != nil {
			return nil
		}
		return run(ctx, key)
	}})
}

// mine is the result that an answer belongs to, nil where nobody wants it any more.
func (v *View) mine(key string, serial int) *result {
	if f, known := v.flights[key]; known {
		f.cancel()
		delete(v.flights, key)
	}
	results := v.results()
	if at := slices.IndexFunc(results, func(r *result) bool { return r.serial == serial }); at >= 0 {
		return results[at]
	}
	return nil
}

// scanned takes a page of a scan and goes on to the next.
func (v *View) scanned(msg scanMsg) tea.Cmd {
	r := v.mine(msg.key, msg.serial)
	if r == nil || r.scan == nil || r.state != running {
		return nil
	}
	if msg.err != nil {
		return v.heldUp(r, msg.err)
	}
	v.learn(msg.took)
	v.held = 0
	v.freshen(msg.rows, msg.at.Add(-msg.took))
	r.read, r.err, r.anew, r.scan.walk = msg.at, nil, false, msg.walk
	r.scan.walk.Total = max(r.scan.total, 0) // it may have been counted meanwhile
	_, counts := v.counts[r.countKey()]
	ends := counts && r.scan.walk.IsLastPageShort() && !r.scan.walk.IsDone() // the count will most likely say that this was the end
	msg.rows = append(r.scan.kept, msg.rows...)
	if ends && r.scan.kept == nil && r.pages.Len() == 0 && r.ask.ranks(len(msg.rows)) {
		r.scan.kept = msg.rows
		return v.step(r, countPatience)
	}
	pause := time.Duration(0)
	if ends {
		pause = countPatience
	}
	return v.finds(r, msg.rows, pause)
}

// finds shows who was found, and goes on with the scan after a pause where it has
// not ended.
func (v *View) finds(r *result, rows []*localsearch.Row, pause time.Duration) tea.Cmd {
	var cmd tea.Cmd
	if r == v.want && r != v.shown {
		cmd = v.adoptScan(r)
	}
	if r.pages.Len() == 0 && r.ask.ranks(len(rows)) && r.scan.walk.IsDone() {
		rows, r.ranked = localsearch.Rank(rows, r.ask.needle), true // nothing moves for it
	}
	r.scan.kept = nil
	r.found(rows)
	if row, here := r.pages.Find(r.follow); here && r.follow != "" {
		r.win = r.win.Follow(row, r.pages.Len(), v.height())
		r.follow = ""
	}
	if r.scan.full || r.scan.walk.IsDone() {
		r.state = ready
		return tea.Batch(cmd, v.settled(r))
	}
	return tea.Batch(cmd, v.step(r, pause))
}

// scanCounted takes it how many there are to look at. A scan that has come so
// far need not ask for what is behind the end.
func (v *View) scanCounted(r *result, n int) tea.Cmd {
	r.scan.total, r.scan.walk.Total = n, n
	if r.state != running || !r.scan.walk.IsDone() {
		return nil
	}
	return tea.Batch(v.recall(r), v.finds(r, r.scan.kept, 0))
}

// heldUp takes an error of a scan. Being asked to wait is no failure.
func (v *View) heldUp(r *result, err error) tea.Cmd {
	var e *api.Error
	if errors.As(err, &e) && e.Kind == api.KindRateLimited && e.RetryAfter > 0 && e.RetryAfter <= longestHold {
		v.held = e.RetryAfter
		return v.step(r, e.RetryAfter)
	}
	v.missed(r, 0, err)
	r.found(r.scan.kept)
	r.scan.kept = nil
	if r == v.want && r != v.shown && v.shown != nil && r.pages.Len() > 0 {
		return v.adoptScan(r)
	}
	return nil
}

// holding is how much longer the server has asked to wait, while something does.
func (v *View) holding() time.Duration {
	switch {
	case v.scanning():
		return max(v.env.Client.RateLimitWait(), v.held-time.Second, 0)
	case len(v.flights) > 0:
		return v.env.Client.RateLimitWait()
	}
	return 0
}

// adoptScan shows a scan in the place of what was there. The cursor stays with
// the person it was put on.
func (v *View) adoptScan(r *result) tea.Cmd {
	if who := v.current(); who != nil && r.follow == "" && (v.moved || r.stays) {
		r.follow = who.ID
	}
	r.win = table.Window{}
	return v.replace(r)
}

// found adds people to a scan's result.
func (r *result) found(rows []*localsearch.Row) {
	fresh, _ := r.pages.Fresh(rows)
	if room := foundMost - r.pages.Len(); len(fresh) > room {
		fresh, r.scan.full = fresh[:room], true
	}
	r.pages.Add(fresh, r.scan.walk.IsDone())
}

// resolve looks up the organizations that a search names, before it is asked.
func (v *View) resolve(r *result, pause time.Duration) tea.Cmd {
	s, client, serial := r.ask.needle.Search, v.env.Client, r.serial
	return v.launch(r, "Looking up the organization", pause, func(ctx context.Context, key string) tea.Msg {
		msg := resolvedMsg{serial: serial, key: key}
		msg.search, msg.err = s.ResolveOrganizations(ctx, client)
		return msg
	})
}

func (v *View) resolved(msg resolvedMsg) tea.Cmd {
	r := v.mine(msg.key, msg.serial)
	switch {
	case r == nil || r != v.want:
		return nil
	case msg.err != nil:
		v.missed(r, 0, msg.err)
		return nil
	case msg.search.InvalidToken() != nil:
		r.state = stopped
		v.unasked = &msg.search
		return nil
	}
	r.ask.needle = localsearch.NewSearch(msg.search, r.ask.needle.At)
	return v.first(r, "Searching", 0, 0)
}
