package shell

import (
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// writeEnd is how a write ended, and when the loop learned of it.
type writeEnd struct {
	id         int
	lostText   string
	msg        tea.Msg // nil where it did not say
	reportedAt time.Time
}

// writeEnds are the ends of writes that the loop has not been told of, and of those it
// was told of a moment ago. A write may end when there is no loop any more.
type writeEnds struct {
	mu  sync.Mutex
	all []writeEnd
}

func (e *writeEnds) add(r *running, out tea.Msg) {
	e.mu.Lock()
	defer e.mu.Unlock()
	done, _ := out.(doneMsg)
	e.all = append(e.all, writeEnd{id: r.id, lostText: r.task.LostText, msg: done.msg})
}

// markReported notes that the loop has been told of one, and forgets what everybody could
// read by now.
func (e *writeEnds) markReported(id int, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range e.all {
		if e.all[i].id == id {
			e.all[i].reportedAt = now
		}
	}
	e.all = slices.DeleteFunc(e.all, func(one writeEnd) bool { return one.wasReadable(now) })
}

// wasReadable says that somebody could have read it on the screen.
func (one writeEnd) wasReadable(now time.Time) bool {
	return !one.reportedAt.IsZero() && now.Sub(one.reportedAt) > slowAfter
}

// PendingOutcomes is how writes ended that nobody could be told of: those that ended while
// the program was leaving or after its terminal went away, those told of in the
// very moment before, and last those that are still under way, which are unknown.
// It is for who ran the program, once that is over and Wait has returned.
func (m *Model) PendingOutcomes() []tui.OutcomeMsg {
	left := m.leavingSince
	if left.IsZero() {
		left = m.conf.Clock()
	}
	m.tasks.ends.mu.Lock()
	defer m.tasks.ends.mu.Unlock()
	var out []tui.OutcomeMsg
	over := map[int]bool{}
	for _, one := range m.tasks.ends.all {
		over[one.id] = true
		if !one.wasReadable(left) {
			out = append(out, one.outcomes()...)
		}
	}
	var open []*running
	for _, r := range m.tasks.byKey {
		if r.task.Write && !over[r.id] {
			open = append(open, r)
		}
	}
	slices.SortFunc(open, func(a, b *running) int { return a.id - b.id })
	for _, r := range open {
		out = append(out, writeEnd{lostText: r.task.LostText}.outcomes()...)
	}
	for i := range out {
		out[i].Text = m.masked(out[i].Text)
	}
	return out
}

// outcomes are what a write said of its end; one that said nothing at all, because
// it panicked or ran out of time, has an end that nobody knows.
func (one writeEnd) outcomes() []tui.OutcomeMsg {
	if one.msg == nil && one.lostText != "" {
		return []tui.OutcomeMsg{{Text: one.lostText, Kind: tui.OutcomeUnknown}}
	}
	return outcomesIn(one.msg)
}

// outcomesIn finds them in what a write returned: messages, or commands that do
// nothing but give one.
func outcomesIn(msg tea.Msg) (out []tui.OutcomeMsg) {
	switch msg := msg.(type) {
	case tui.OutcomeMsg:
		return []tui.OutcomeMsg{msg}
	case tui.OutcomeReporter:
		if end, ok := msg.Outcome(); ok {
			return []tui.OutcomeMsg{end}
		}
	case tea.BatchMsg:
		for _, cmd := range msg {
			if cmd != nil {
				out = append(out, outcomesIn(cmd())...)
			}
		}
	}
	return out
}
