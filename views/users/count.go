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
	countKey          = "users.count " // and the serial of the result: see flight
	countEverybodyKey = "users.count.all"
	probeKey          = "users.count.probe"

	// countPatience is how long a count may take before a quicker question is asked
	// beside it: is there somebody at row farRow?
	countPatience = 400 * time.Millisecond
	farRow        = 100_000
	// countWait is how long the number of all people is put off at most, and that of
	// those found once they show: who types on does not want it any more, and neither
	// the processor nor the instance's rate limit is there for that.
	countWait = 100 * time.Millisecond
)

// countMsg is what came of counting; serial 0 is everybody.
type countMsg struct {
	serial, n int
	least     bool // n is not all, there may be more
	err       error
}

// countLateMsg is the moment from which a count is late.
type countLateMsg struct {
	key    string
	serial int
	ask    ask
}

// countEverybody asks how many users there are.
func (v *View) countEverybody() tea.Cmd { return v.counting(countEverybodyKey, 0, ask{}, 0) }

// countDueMsg is the moment from which the number is no longer put off.
type countDueMsg struct{}

// countSoon asks how many there are once the first of them are here: counting a
// large directory keeps what one waits for from being read.
func (v *View) countSoon() tea.Cmd {
	if v.due {
		return nil
	}
	v.due = true
	return tui.Later(countWait, countDueMsg{})
}

func (v *View) countNow() tea.Cmd {
	if !v.due {
		return nil
	}
	v.due = false
	return v.countEverybody()
}

// count asks how many match; only where that does not show by itself, so that a
// search costs the instance's rate limit one request and not two.
func (v *View) count(r *result, pause time.Duration) tea.Cmd {
	return v.counting(r.countKey(), r.serial, r.ask, pause)
}

func (r *result) countKey() string { return countKey + strconv.Itoa(r.serial) }

func (v *View) counting(key string, serial int, a ask, pause time.Duration) tea.Cmd {
	v.counts[key] = serial
	env := v.env
	return tea.Batch(
		tui.Run(tui.Task{Key: key, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if pause > 0 && env.Pause(ctx, pause) != nil {
				return nil
			}
			n, err := env.Client.CountUsers(ctx, a.query(pages.Ask{}))
			return countMsg{serial: serial, n: n, err: err}
		}}),
		tui.Later(pause+countPatience, countLateMsg{key, serial, a}),
	)
}

// late asks for less than a count that takes long: whether there are at least so
// many. What comes of it is a lower bound, and is shown as one.
func (v *View) late(msg countLateMsg) tea.Cmd {
	if serial, waits := v.counts[msg.key]; !waits || serial != msg.serial {
		return nil
	}
	client := v.env.Client
	return tui.Run(tui.Task{Key: probeKey, Replace: true, Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
		rows, err := client.ListUsers(ctx, msg.ask.query(pages.Ask{Offset: farRow, Limit: 1}))
		if err != nil || len(rows) == 0 {
			return nil
		}
		return countMsg{serial: msg.serial, n: farRow, least: true}
	}})
}

// uncount gives up counting for results that nobody wants any more.
func (v *View) uncount() tea.Cmd {
	var cmds []tea.Cmd
	for key, serial := range v.counts {
		wanted := func(r *result) bool { return r.serial == serial }
		if key != countEverybodyKey && !slices.ContainsFunc(v.results(), wanted) {
			delete(v.counts, key)
			cmds = append(cmds, tui.Cancel(key), tui.Cancel(probeKey))
		}
	}
	return tea.Batch(cmds...)
}

// completed follows up on a search whose last people came just now: whole says
// that they were here before.
func (v *View) completed(r *result, whole bool) tea.Cmd {
	if whole || r.scan != nil {
		return nil
	}
	return v.settled(r)
}

// awaitsCount says that a result is being counted, or will be in a moment.
func (v *View) awaitsCount(r *result) bool {
	_, counts := v.counts[r.countKey()]
	if _, all := v.counts[countEverybodyKey]; r.ask.needle.Empty() {
		counts = counts || all || v.due
	}
	return counts
}

func (v *View) counted(msg countMsg) tea.Cmd {
	if msg.serial == 0 && msg.err == nil {
		v.everybody.take(msg)
	}
	var cmds []tea.Cmd
	if !msg.least {
		for key, serial := range v.counts {
			if serial == msg.serial {
				delete(v.counts, key)
				cmds = append(cmds, tui.Cancel(probeKey))
			}
		}
	}
	for _, r := range v.results() {
		mine := r.serial == msg.serial || msg.serial == 0 && r.ask.needle.Empty()
		switch {
		case !mine:
		case msg.err != nil:
			r.uncounted = true
		case msg.least && r.scan != nil: // how far a scan is shows without it
		case r.scan != nil:
			cmds = append(cmds, v.scanCounted(r, msg.n))
		case msg.least:
			r.pages.AtLeast(msg.n)
		default:
			whole := r.pages.Whole()
			r.uncounted, r.counted = false, msg.n
			r.pages.Counted(msg.n)
			if cmd, gone := v.ceases(r); gone {
				cmds = append(cmds, cmd)
			} else {
				cmds = append(cmds, v.completed(r, whole))
			}
		}
	}
	return tea.Batch(cmds...)
}

// ahead is how many pages are read before anybody gets there. Of a search that is
// being typed none are: most likely the next letter is on its way.
func (v *View) ahead(r *result) int {
	if !r.ask.needle.Empty() && !v.moved && v.awaitsCount(r) {
		return 0
	}
	return pagesAhead
}

// tally is how many there are, as far as is known; the zero value is that it is
// not.
type tally struct {
	n     int
	known bool
	least bool // at least n
}

func (t *tally) take(msg countMsg) {
	if !msg.least || !t.known {
		*t = tally{msg.n, true, msg.least}
	}
}

// add takes people in or out.
func (t *tally) add(n int) { t.n = max(0, t.n+n) }

// exact is the number, -1 where it is not known exactly.
func (t tally) exact() int {
	if !t.known || t.least {
		return -1
	}
	return t.n
}

// words is "12,431", "100,000+" or "".
func (t tally) words() string {
	switch {
	case !t.known:
		return ""
	case t.least:
		return comma(t.n) + "+"
	}
	return comma(t.n)
}
