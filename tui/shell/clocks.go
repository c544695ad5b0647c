package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

const (
	tickEvery = time.Second
	spinEvery = 125 * time.Millisecond
)

// clocks starts the timers that something on the screen depends on, and no
// other: an idle screen must not send a byte.
func (m *Model) clocks() tea.Cmd {
	var cmds []tea.Cmd
	if !m.ticking && m.wantsTick() {
		m.ticking = true
		cmds = append(cmds, m.conf.After(tickEvery, tickMsg{}))
	}
	if wait, ok := m.tasks.nextSpin(); ok && !m.spinning {
		m.spinning = true
		cmds = append(cmds, m.conf.After(wait, spinMsg{}))
	}
	return tea.Batch(cmds...)
}

func (m *Model) wantsTick() bool {
	if o := m.overlay(); o != nil && o.WantsTick() {
		return true
	}
	t, ok := m.top().(tui.Ticker)
	return ok && t.WantsTick()
}

// tick tells the time to the overlay and to every view.
func (m *Model) tick() tea.Cmd {
	msg := tui.TickMsg{Now: m.conf.Clock()}
	var cmd tea.Cmd
	if o := m.overlay(); o != nil {
		cmd = o.Update(msg)
		m.sweep()
	}
	return tea.Batch(cmd, m.facts(msg))
}
