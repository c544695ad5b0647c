package shell

import (
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// writeEnd is how a write ended and when the loop was told.
type writeEnd struct {
	id         int
	lostText   string
	msg        tea.Msg // nil if it returned nothing
	reportedAt time.Time
}

// writeEnds holds the ends of writes that the loop has not been told of, or only a
// moment ago. A write may end when the loop is no longer running.
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

// markReported records that the loop was told of one, and forgets those that have been
// readable on the screen.
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

// wasReadable reports whether it was on the screen long enough to be read.
func (one writeEnd) wasReadable(now time.Time) bool {
	return !one.reportedAt.IsZero() && now.Sub(one.reportedAt) > slowAfter
}

// PendingOutcomes returns the outcomes of writes that the operator may not have seen:
// those that ended while the program was quitting or after its terminal was gone, those
// reported in the last moment, and finally those still in progress, whose outcome is
// unknown. Call it when the program is over and WaitForWrites has returned.
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
			out = append(out, m.namedOutcomes(one)...)
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
		out = append(out, m.namedOutcomes(writeEnd{id: r.id, lostText: r.task.LostText})...)
	}
	for i := range out {
		out[i].Text = m.masked(out[i].Text)
	}
	return out
}

// namedOutcomes returns the outcomes of a write, naming its instance if that was
// replaced.
func (m *Model) namedOutcomes(one writeEnd) []tui.OutcomeMsg {
	out := one.outcomes()
	if name, replaced := m.tasks.instances[one.id]; replaced {
		for i := range out {
			out[i].Text = onInstance(name, out[i].Text)
		}
	}
	return out
}

// outcomes returns what a write reported about its end. A write that returned nothing,
// because it panicked or ran out of time, has an unknown outcome.
func (one writeEnd) outcomes() []tui.OutcomeMsg {
	if one.msg == nil && one.lostText != "" {
		return []tui.OutcomeMsg{{Text: one.lostText, Kind: tui.OutcomeUnknown}}
	}
	return outcomesIn(one.msg)
}

// outcomesIn finds outcomes in what a write returned: messages, or commands that only
// return one.
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
