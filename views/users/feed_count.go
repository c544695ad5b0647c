package users

import (
	"context"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/users/pages"
)

const (
	countKey    = "users.count " // and the serial of the result: see flight
	countAllKey = "users.count.all"
	probeKey    = "users.count.probe"

	// countProbeDelay is how long a count may take before a quicker question is asked
	// beside it: is there somebody at row farRow?
	countProbeDelay = 400 * time.Millisecond
	farRow          = 100_000
	// countDelay is how long the number of all people is put off at most, and that of
	// those found once they show: who types on does not want it any more, and neither
	// the processor nor the instance's rate limit is there for that.
	countDelay = 100 * time.Millisecond
)

// countMsg is what came of counting; serial 0 is everybody.
type countMsg struct {
	serial, n int
	isMinimum bool // n is not all, there may be more
	err       error
}

// countLateMsg is the moment from which a count is late.
type countLateMsg struct {
	key    string
	serial int
	query  listQuery
}

// countAll asks how many users there are.
func (f *feed) countAll() tea.Cmd { return f.startCount(countAllKey, 0, listQuery{}, 0) }

// countDueMsg is the moment from which the number is no longer put off.
type countDueMsg struct{}

// deferCount asks how many there are once the first of them are here: counting a
// large directory keeps what one waits for from being read.
func (f *feed) deferCount() tea.Cmd {
	if f.isCountDue {
		return nil
	}
	f.isCountDue = true
	return tui.Later(countDelay, countDueMsg{})
}

func (f *feed) runDueCount() tea.Cmd {
	if !f.isCountDue {
		return nil
	}
	f.isCountDue = false
	return f.countAll()
}

// countMatches asks how many match; only where that does not show by itself, so that a
// search costs the instance's rate limit one request and not two.
func (f *feed) countMatches(r *result, pause time.Duration) tea.Cmd {
	return f.startCount(r.countKey(), r.serial, r.query, pause)
}

func (r *result) countKey() string { return countKey + strconv.Itoa(r.serial) }

func (f *feed) startCount(key string, serial int, a listQuery, pause time.Duration) tea.Cmd {
	f.counts[key] = serial
	env := f.env
	return tea.Batch(
		tui.Run(tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if pause > 0 && env.Pause(ctx, pause) != nil {
				return nil
			}
			n, err := env.Client.CountUsers(ctx, a.apiQuery(pages.Request{}))
			return countMsg{serial: serial, n: n, err: err}
		}}),
		tui.Later(pause+countProbeDelay, countLateMsg{key, serial, a}),
	)
}

// probeCount asks for less than a count that takes long: whether there are at least so
// many. What comes of it is a lower bound, and is shown as one.
func (f *feed) probeCount(msg countLateMsg) tea.Cmd {
	if serial, waits := f.counts[msg.key]; !waits || serial != msg.serial {
		return nil
	}
	client := f.env.Client
	return tui.Run(tui.Task{Key: probeKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		rows, err := client.ListUsers(ctx, msg.query.apiQuery(pages.Request{Offset: farRow, Limit: 1}))
		if err != nil || len(rows) == 0 {
			return nil
		}
		return countMsg{serial: msg.serial, n: farRow, isMinimum: true}
	}})
}

// cancelCounts gives up counting for results that nobody wants any more.
func (f *feed) cancelCounts() tea.Cmd {
	var cmds []tea.Cmd
	for key, serial := range f.counts {
		wanted := func(r *result) bool { return r.serial == serial }
		if key != countAllKey && !slices.ContainsFunc(f.results(), wanted) {
			delete(f.counts, key)
			cmds = append(cmds, tui.Cancel(key), tui.Cancel(probeKey))
		}
	}
	return tea.Batch(cmds...)
}

// afterLastPage follows up on a search whose last people came just now: whole says
// that they were here before.
func (f *feed) afterLastPage(r *result, whole bool) tea.Cmd {
	if whole || r.scan != nil {
		return nil
	}
	return f.afterComplete(r)
}

// isCounting says that a result is being counted, or will be in a moment.
func (f *feed) isCounting(r *result) bool {
	_, counts := f.counts[r.countKey()]
	if _, all := f.counts[countAllKey]; r.query.needle.Empty() {
		counts = counts || all || f.isCountDue
	}
	return counts
}

func (f *feed) takeCount(msg countMsg) tea.Cmd {
	if msg.serial == 0 && msg.err == nil {
		f.total.set(msg)
	}
	var cmds []tea.Cmd
	if !msg.isMinimum {
		for key, serial := range f.counts {
			if serial == msg.serial {
				delete(f.counts, key)
				cmds = append(cmds, tui.Cancel(probeKey))
			}
		}
	}
	for _, r := range f.results() {
		mine := r.serial == msg.serial || msg.serial == 0 && r.query.needle.Empty()
		switch {
		case !mine:
		case msg.err != nil:
			r.countFailed = true
		case msg.isMinimum && r.scan != nil: // how far a scan is shows without it
		case r.scan != nil:
			cmds = append(cmds, f.takeScanTotal(r, msg.n))
		case msg.isMinimum:
			r.pages.SetMinimum(msg.n)
		default:
			whole := r.pages.IsComplete()
			r.countFailed, r.countedTotal = false, msg.n
			r.pages.SetTotal(msg.n)
			if cmd, gone := f.stopLoop(r); gone {
				cmds = append(cmds, cmd)
			} else {
				cmds = append(cmds, f.afterLastPage(r, whole))
			}
		}
	}
	return tea.Batch(cmds...)
}

// readAhead is how many pages are read before anybody gets there. Of a search that is
// being typed none are: most likely the next letter is on its way.
func (f *feed) readAhead(r *result) int {
	if !r.query.needle.Empty() && !f.cursorMoved && f.isCounting(r) {
		return 0
	}
	return pagesAhead
}

// userTotal is how many there are, as far as is known; the zero value is that it is
// not.
type userTotal struct {
	n         int
	isKnown   bool
	isMinimum bool // at least n
}

func (t *userTotal) set(msg countMsg) {
	if !msg.isMinimum || !t.isKnown {
		*t = userTotal{msg.n, true, msg.isMinimum}
	}
}

// add takes people in or out.
func (t *userTotal) add(n int) { t.n = max(0, t.n+n) }

// exact is the number, -1 where it is not known exactly.
func (t userTotal) exact() int {
	if !t.isKnown || t.isMinimum {
		return -1
	}
	return t.n
}

// words is "12,431", "100,000+" or "".
func (t userTotal) words() string {
	switch {
	case !t.isKnown:
		return ""
	case t.isMinimum:
		return comma(t.n) + "+"
	}
	return comma(t.n)
}
