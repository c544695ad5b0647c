// Package toast keeps the short notices: those on the screen now, and those of the
// session so far. It decides their order, how long they stay and how they look. Views
// and the shell send them, and the shell runs the timers.
package toast

import (
	"slices"
	"time"
	"unicode/utf8"

	"frontdesk/tui"
)

// A notice that is not sticky stays as long as a tired person takes to read it:
// baseLifetime and perLetter for each letter, within the two limits.
const (
	minLifetime  = 4 * time.Second
	maxLifetime  = 20 * time.Second
	baseLifetime = 2 * time.Second
	perLetter    = 75 * time.Millisecond
)

// HintLifetime is how long a hint to the notices page is shown after a longer notice
// has faded.
const HintLifetime = 6 * time.Second

// Lifetime returns how long a notice stays.
func Lifetime(t tui.Toast) time.Duration {
	letters := utf8.RuneCountInString(t.Text) + utf8.RuneCountInString(t.Next)
	return min(maxLifetime, max(minLifetime, baseLifetime+time.Duration(letters)*perLetter))
}

// maxHistory limits the history; the oldest entries are dropped first.
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

// Model holds the notices on the screen, oldest first, and the history.
type Model struct {
	live       []notice
	history    []Entry
	serial     int
	hintSerial int // the serial of a faded notice whose hint is shown; 0 for none
}

// Add shows a notice, replacing those with the same ID or Topic. The serial is for
// Expire; fades reports whether the notice is to be expired after its Lifetime.
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

// update replaces the notice with the same ID, on the screen and in the history. It
// does not fade by itself.
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

// Expire removes the notice with this serial from the screen if it is still there, or
// the hint it left. again reports whether it left a hint, to be expired after
// HintLifetime.
func (m *Model) Expire(serial int) (again bool) {
	if m.hintSerial == serial {
		m.hintSerial = 0
	}
	for _, n := range m.live {
		if n.serial == serial && Lifetime(n.toast) > minLifetime {
			m.hintSerial, again = serial, true
		}
	}
	m.Remove(serial)
	return again
}

// ShowsHint reports whether the hint of a faded notice is to be shown.
func (m *Model) ShowsHint() bool { return m.hintSerial != 0 && len(m.live) == 0 }

// Remove removes the notice with this serial from the screen because it was read.
func (m *Model) Remove(serial int) {
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return n.serial == serial })
}

// RemoveID removes the notices with this ID from the screen; the history keeps them.
func (m *Model) RemoveID(id string) {
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return id != "" && n.toast.ID == id })
}

// Dismiss removes the newest sticky notice from the screen; it returns false if there
// is none.
func (m *Model) Dismiss() bool {
	for i, n := range slices.Backward(m.live) {
		if isSticky(n.toast) {
			m.live = slices.Delete(m.live, i, i+1)
			return true
		}
	}
	return false
}

// Sticky reports whether a notice waits to be dismissed.
func (m *Model) Sticky() bool {
	return slices.ContainsFunc(m.live, func(n notice) bool { return isSticky(n.toast) })
}

// Live returns the notices on the screen, oldest first.
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

// History returns all remembered notices, oldest first.
func (m *Model) History() []Entry { return slices.Clone(m.history) }

// Leave removes the notices about a replaced instance from the screen. Sticky ones stay,
// name the instance, and offer no key, which would act on the new one.
func (m *Model) Leave(instance string) {
	m.hintSerial = 0
	m.live = slices.DeleteFunc(m.live, func(n notice) bool { return !isSticky(n.toast) })
	for i := range m.live {
		t := &m.live[i].toast
		t.ID, t.Text = instance+" "+t.ID, "On "+instance+": "+t.Text
		if t.NextExpires || t.Topic != "" {
			t.Next, t.Topic = "", ""
		}
	}
}
