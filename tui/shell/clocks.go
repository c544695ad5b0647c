package shell

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

const (
	// clockCheckEvery is how often the clock is read while a question is open. A gap of
	// more than pauseGap between two readings means that the program was stopped or the
	// terminal blocked, so keys typed meanwhile were typed without seeing the question.
	// After absenceGap the question is dropped.
	clockCheckEvery = 100 * time.Millisecond
	pauseGap        = 250 * time.Millisecond
	absenceGap      = 2 * time.Second

	// minTick is the least time between two ticks, plainTick in plain mode, where a screen
	// reader reads out what changes. A countdown that does something at its end ticks
	// every minTick in both.
	minTick   = time.Second
	plainTick = time.Minute
	spinEvery = 125 * time.Millisecond
)

// startClocks starts the timers that something on the screen depends on, and no others:
// an idle screen must not send a byte.
func (m *Model) startClocks() tea.Cmd {
	var cmds []tea.Cmd
	if !m.clockCheckPending && m.hasQuestion() {
		m.clockCheckPending = true
		cmds = append(cmds, m.conf.After(clockCheckEvery, clockCheckMsg{}))
	}
	if next := m.nextTick(); next > 0 {
		next = max(next, minTick)
		if due := m.conf.Clock().Add(next); m.tickDue.IsZero() || due.Before(m.tickDue.Add(-minTick)) {
			m.tickDue = due
			cmds = append(cmds, m.conf.After(next, tickMsg{due}))
		}
	}
	if wait, ok := m.tasks.nextSpin(); ok && !m.spinPending {
		m.spinPending = true
		cmds = append(cmds, m.conf.After(wait, spinMsg{}))
	}
	return tea.Batch(cmds...)
}

// checkClockGap reads the clock before a message is handled. A stop cannot be caught,
// and the news that it is over may arrive after a key that was typed during it.
func (m *Model) checkClockGap() tea.Cmd {
	now := m.conf.Clock()
	gap := now.Sub(m.lastSeen)
	m.lastSeen = now
	switch d := m.Dialog(); {
	case !m.hasQuestion() || gap <= pauseGap:
	case gap > absenceGap:
		return m.closeAbandonedQuestions()
	case d != nil:
		d.RestartGrace()
	}
	return nil
}

func (m *Model) hasQuestion() bool {
	return slices.ContainsFunc(m.overlays, isAsking)
}

// nextTick returns how long the screen stays as it is; 0 if the clock does not change it.
func (m *Model) nextTick() time.Duration {
	if o := m.overlay(); o != nil && o.WantsTick() {
		return minTick
	}
	t, ok := m.top().(tui.Ticker)
	if !ok {
		return 0
	}
	next := t.NextTick()
	if next > 0 && m.conf.Plain {
		return max(next, plainTick)
	}
	return next
}

// sendTick sends the time to the overlay and to every view.
func (m *Model) sendTick() tea.Cmd {
	msg := tui.TickMsg{Now: m.conf.Clock()}
	var cmd tea.Cmd
	if o := m.overlay(); o != nil {
		cmd = o.Update(msg)
		if d, asks := o.(*dialog.Model); asks && d.Done() {
			m.ignoreLetters() // a timer closed it, not a key
			cmd = m.carryOut(d, cmd)
		}
		m.removeDone()
	}
	cmds := []tea.Cmd{cmd}
	for _, v := range m.stack {
		msg.Top = v == m.top() && m.overlay() == nil
		cmds = append(cmds, m.protect(msg, func() tea.Cmd { return v.Update(msg) }))
	}
	return tea.Batch(cmds...)
}
