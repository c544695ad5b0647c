package shell

import (
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// end is how a write ended, and when the loop was told of it.
type end struct {
	id   int
	lost string
	msg  tea.Msg // nil where it did not say
	told time.Time
}

// ends are the ends of writes that the loop has not been told of, and of those it
// was told of a moment ago. A write may end when there is no loop any more.
type ends struct {
	mu  sync.Mutex
	all []end
}

func (e *ends) add(r *running, out tea.Msg) {
	e.mu.Lock()
	defer e.mu.Unlock()
	done, _ := out.(doneMsg)
	e.all = append(e.all, end{id: r.id, lost: r.task.LostText, msg: done.msg})
}

// tell notes that the loop has been told of one, and forgets what everybody could
// read by now.
func (e *ends) tell(id int, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range e.all {
		if e.all[i].id == id {
			e.all[i].told = now
		}
	}
	e.all = slices.DeleteFunc(e.all, func(one end) bool { return one.read(now) })
}

// read says that somebody could have read it on the screen.
func (one end) read(now time.Time) bool { return !one.told.IsZero() && now.Sub(one.told) > moment }

// PendingOutcomes is how writes ended that nobody could be told of: those that ended while
// the program was leaving or after its terminal went away, those told of in the
// very moment before, and last those that are still under way, which are unknown.
// It is for who ran the program, once that is over and Wait has returned.
func (m *Model) PendingOutcomes() []tui.OutcomeMsg {
	left := m.left
	if left.IsZero() {
		left = m.conf.Clock()
	}
	m.tasks.ends.mu.Lock()
	defer m.tasks.ends.mu.Unlock()
	var out []tui.OutcomeMsg
	over := map[int]bool{}
	for _, one := range m.tasks.ends.all {
		over[one.id] = true
		if !one.read(left) {
			out = append(out, one.words()...)
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
		out = append(out, end{lost: r.task.LostText}.words()...)
	}
	return out
}

// words are what a write said of its end; one that said nothing at all, because
// it panicked or ran out of time, has an end that nobody knows.
func (one end) words() []tui.OutcomeMsg {
	if one.msg == nil && one.lost != "" {
		return []tui.OutcomeMsg{{Text: one.lost, Kind: tui.OutcomeUnknown}}
	}
	return endings(one.msg)
}

// endings finds them in what a write returned: messages, or commands that do
// nothing but give one.
func endings(msg tea.Msg) (out []tui.OutcomeMsg) {
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
				out = append(out, endings(cmd())...)
			}
		}
	}
	return out
}
