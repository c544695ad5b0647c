package users

import (
	"context"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/pages"
)

const (
	countKey    = "users.count " // followed by the serial of the result
	countAllKey = "users.count.all"
	probeKey    = "users.count.probe"

	// countProbeDelay is how long a count may take before a quicker request is sent
	// beside it: whether there is a user at row farRow.
	countProbeDelay = 400 * time.Millisecond
	farRow          = 100_000
	// countDelay is how long counting waits for the first rows, and for the next key
	// of a search: counting is expensive for the server and uses the instance's rate
	// limit, and another key makes the count useless.
	countDelay = 100 * time.Millisecond
)

// countMsg is the result of a count; serial 0 counts all users.
type countMsg struct {
	serial, n int
	isMinimum bool // there may be more than n
	err       error
}

// countLateMsg says that a count has run for countProbeDelay.
type countLateMsg struct {
	key    string
	serial int
	query  listQuery
}

// countAll counts all users.
func (f *feed) countAll() tea.Cmd { return f.startCount(countAllKey, 0, listQuery{}, 0) }

// countDueMsg says that countDelay has passed.
type countDueMsg struct{}

// deferCount counts all users once the first rows are here: in a large directory a
// count would delay them.
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

// countMatches counts the matches of a search. It is called only where the rows do not
// tell, so that most searches cost one request instead of two.
func (f *feed) countMatches(r *result, pause time.Duration) tea.Cmd {
	return f.startCount(r.countKey(), r.serial, r.query, pause)
}

func (r *result) countKey() string { return countKey + strconv.Itoa(r.serial) }

func (f *feed) startCount(key string, serial int, q listQuery, pause time.Duration) tea.Cmd {
	f.counts[key] = serial
	env := f.env
	return tea.Batch(
		tui.Run(tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if pause > 0 && env.Pause(ctx, pause) != nil {
				return nil
			}
			n, err := env.Client.CountUsers(ctx, q.apiQuery(pages.Request{}))
			return countMsg{serial: serial, n: n, err: err}
		}}),
		tui.Later(pause+countProbeDelay, countLateMsg{key, serial, q}),
	)
}

// probeCount asks whether there is a user at row farRow, for a count that takes long.
// If there is, farRow is shown as a lower bound.
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

// cancelCounts cancels counts of results that are not needed any more.
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

// afterLastPage follows up when the last rows of a search have come; whole says that
// they had come before.
func (f *feed) afterLastPage(r *result, whole bool) tea.Cmd {
	if whole || r.scan != nil {
		return nil
	}
	return f.afterComplete(r)
}

// isCounting reports whether a count of the result is in progress or due.
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
		case msg.isMinimum && r.scan != nil: // a scan shows its own progress
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

// readAhead returns how many pages to read in advance: none of a search that is being
// typed, which the next key replaces.
func (f *feed) readAhead(r *result) int {
	if !r.query.needle.Empty() && !f.cursorMoved && f.isCounting(r) {
		return 0
	}
	return pagesAhead
}

// userTotal is the number of users as far as it is known.
type userTotal struct {
	n         int
	isKnown   bool
	isMinimum bool // there are at least n
}

func (t *userTotal) set(msg countMsg) {
	if !msg.isMinimum || !t.isKnown {
		*t = userTotal{msg.n, true, msg.isMinimum}
	}
}

// add adjusts the total by users created or deleted.
func (t *userTotal) add(n int) { t.n = max(0, t.n+n) }

// exact returns the number, -1 if it is not known exactly.
func (t userTotal) exact() int {
	if !t.isKnown || t.isMinimum {
		return -1
	}
	return t.n
}

// words returns "12,431", "100,000+" or "".
func (t userTotal) words() string {
	switch {
	case !t.isKnown:
		return ""
	case t.isMinimum:
		return userfmt.Number(t.n) + "+"
	}
	return userfmt.Number(t.n)
}
