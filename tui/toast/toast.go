// Package toast keeps the short notices: which are on the screen now, and
// which there have been.
//
// What may live here: the identity, the order, the life and the picture of
// notices. What may not: when one is sent (views and the shell do) and timers
// (the shell's).
package toast

import (
	"slices"
	"time"

	"frontdesk/tui"
)

// Fade is how long a notice that is not sticky stays.
const Fade = 4 * time.Second

// keep bounds the history; the oldest go first.
const keep = 200

// Entry is one notice of the history.
type Entry struct {
	At    time.Time
	Toast tui.Toast
}

type notice struct {
	serial int
	toast  tui.Toast
}

// Model is the notices on the screen, oldest first, and the history.
type Model struct {
	live    []notice
	history []Entry
	serial  int
}

// Add shows a notice; one of the same ID gives way to it. The serial is for
// Expire; fades says whether the notice should be expired after Fade.
func (m *Model) Add(t tui.Toast, now time.Time) (serial int, fades bool) {
	m.serial++
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return t.ID != "" && n.toast.ID == t.ID })
	m.live = append(m.live, notice{m.serial, t})
	m.history = append(m.history, Entry{now, t})
	if over := len(m.history) - keep; over > 0 {
		m.history = slices.Delete(m.history, 0, over)
	}
	return m.serial, !sticky(t)
}

func sticky(t tui.Toast) bool { return t.Sticky || t.Tone == tui.ToneBad }

// Expire takes the notice of that serial off the screen, if it is still there.
func (m *Model) Expire(serial int) {
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return n.serial == serial })
}

// Dismiss takes the newest sticky notice off the screen; false when there is none.
func (m *Model) Dismiss() bool {
	for i, n := range slices.Backward(m.live) {
		if sticky(n.toast) {
			m.live = slices.Delete(m.live, i, i+1)
			return true
		}
	}
	return false
}

// Sticky says that a notice waits to be dismissed.
func (m *Model) Sticky() bool {
	return slices.ContainsFunc(m.live, func(n notice) bool { return sticky(n.toast) })
}

// Live are the notices on the screen, oldest first.
func (m *Model) Live() []tui.Toast {
	out := make([]tui.Toast, len(m.live))
	for i, n := range m.live {
		out[i] = n.toast
	}
	return out
}

// History are all notices that are remembered, oldest first.
func (m *Model) History() []Entry { return slices.Clone(m.history) }
