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
	"unicode/utf8"

	"frontdesk/tui"
)

// A notice that is not sticky stays for as long as a tired person takes to read
// it: a glance and so much a letter, but at least the shortest.
const (
	shortest  = 4 * time.Second
	longest   = 20 * time.Second
	baseTime  = 2 * time.Second
	perLetter = 75 * time.Millisecond
)

// HintLifetime is how long a word stays where a notice was that had more than a glance's
// worth to say: that it can be read again.
const HintLifetime = 6 * time.Second

// Lifetime is how long a notice stays.
func Lifetime(t tui.Toast) time.Duration {
	letters := utf8.RuneCountInString(t.Text) + utf8.RuneCountInString(t.Next)
	return min(longest, max(shortest, baseTime+time.Duration(letters)*perLetter))
}

// maxHistory bounds the history; the oldest go first.
const maxHistory = 200

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
	live       []notice
	history    []Entry
	serial     int
	hintSerial int // the serial of a notice that faded and left a trace; 0 for none
}

// Add shows a notice; one of the same ID or Topic gives way to it. The serial is for
// Expire; fades says whether the notice should be expired after its Life.
func (m *Model) Add(t tui.Toast, now time.Time) (serial int, fades bool) {
	if t.Update {
		m.update(t)
		return 0, false
	}
	m.serial++
	m.hintSerial = 0
	m.live = slices.DeleteFunc(m.live, func(n notice) bool {
		return t.ID != "" && n.toast.ID == t.ID || t.Topic != "" && n.toast.Topic == t.Topic
	})
	m.live = append(m.live, notice{m.serial, t})
	if t.CollapseRepeats {
		m.history = slices.DeleteFunc(m.history, func(e Entry) bool { return e.Toast.ID == t.ID && now.Sub(e.At) < time.Minute })
	}
	if !t.Transient {
		m.history = append(m.history, Entry{now, t})
	}
	if over := len(m.history) - maxHistory; over > 0 {
		m.history = slices.Delete(m.history, 0, over)
	}
	return m.serial, !isSticky(t)
}

// update puts a notice in the place of the one of its ID, on the screen and in the
// history. It never fades by a clock of its own.
func (m *Model) update(t tui.Toast) {
	for i := range m.live {
		if m.live[i].toast.ID == t.ID {
			m.live[i].toast = t
		}
	}
	for i, e := range slices.Backward(m.history) {
		if e.Toast.ID == t.ID {
			m.history[i].Toast = t
			break
		}
	}
}

func isSticky(t tui.Toast) bool { return t.Sticky || t.Tone == tui.ToneBad }

// Expire takes the notice of that serial off the screen, if it is still there,
// and after it its trace: again says that it left one, to be expired after Trace.
func (m *Model) Expire(serial int) (again bool) {
	if m.hintSerial == serial {
		m.hintSerial = 0
	}
	for _, n := range m.live {
		if n.serial == serial && Lifetime(n.toast) > shortest {
			m.hintSerial, again = serial, true
		}
	}
	m.Remove(serial)
	return again
}

// ShowsHint says that a notice faded a moment ago, and none is in its place.
func (m *Model) ShowsHint() bool { return m.hintSerial != 0 && len(m.live) == 0 }

// Remove takes the notice of that serial off the screen: it was read.
func (m *Model) Remove(serial int) {
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return n.serial == serial })
}

// Dismiss takes the newest sticky notice off the screen; false when there is none.
func (m *Model) Dismiss() bool {
	for i, n := range slices.Backward(m.live) {
		if isSticky(n.toast) {
			m.live = slices.Delete(m.live, i, i+1)
			return true
		}
	}
	return false
}

// Sticky says that a notice waits to be dismissed.
func (m *Model) Sticky() bool {
	return slices.ContainsFunc(m.live, func(n notice) bool { return isSticky(n.toast) })
}

// Live are the notices on the screen, oldest first.
func (m *Model) Live() []tui.Toast {
	out := make([]tui.Toast, len(m.live))
	for i, n := range m.live {
		out[i] = n.toast
	}
	return out
}

// Map is the same notices in other words.
func (m *Model) Map(f func(tui.Toast) tui.Toast) Model {
	out := *m
	out.live, out.history = slices.Clone(m.live), slices.Clone(m.history)
	for i := range out.live {
		out.live[i].toast = f(out.live[i].toast)
	}
	for i := range out.history {
		out.history[i].Toast = f(out.history[i].Toast)
	}
	return out
}

// History are all notices that are remembered, oldest first.
func (m *Model) History() []Entry { return slices.Clone(m.history) }
