package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// Who confirms a form may still be typing: the end of a password that was sent too early,
// or the same key again. A question therefore stays until the task that it started ends,
// and takes the keys; the screen below gets them only once it can be seen.

// sendingMsg tells that a task has kept its question for dialog.SendingDelay.
type sendingMsg struct{ task int }

// isAsking reports whether an overlay is a question that has no answer yet.
func isAsking(o overlay) bool {
	d, is := o.(*dialog.Model)
	return is && !d.IsSending()
}

// Dialog returns the open question, nil if none has the keys. One that was answered and
// is kept is none.
func (m *Model) Dialog() *dialog.Model {
	if o := m.overlay(); isAsking(o) {
		return o.(*dialog.Model)
	}
	return nil
}

// carryOut carries out the request that a question returned, and removes the question
// unless a task keeps it.
func (m *Model) carryOut(d *dialog.Model, request tea.Cmd) tea.Cmd {
	defer m.removeDone()
	if d.Done() && d.Confirmed() && !d.IsSending() {
		m.confirmed = d
		defer func() { m.confirmed = nil }()
	}
	return m.runNow(request)
}

// keepQuestion keeps the question that is being confirmed, if the task wants that.
func (m *Model) keepQuestion(r *running) tea.Cmd {
	if m.confirmed == nil || !r.task.KeepsQuestion {
		return nil
	}
	r.question, m.confirmed = m.confirmed, nil
	label, leave := "leave it to run", func() tea.Cmd { return nil }
	if !r.task.Write {
		label, leave = "cancel", func() tea.Cmd {
			return tea.Batch(m.cancelRead(r.task.Key), m.notify(cancelledToast(r)))
		}
	}
	r.question.Keep(label, leave)
	m.acceptLetters()
	return m.conf.After(dialog.SendingDelay, sendingMsg{r.id})
}

// showSending lets a kept question say so.
func (m *Model) showSending(task int) {
	for _, r := range m.tasks.byKey {
		if r.id == task && r.question != nil {
			r.question.ShowSending()
		}
	}
}

// closeQuestion closes the question that a task kept; wasOpen reports whether it was still
// on the screen. Letters that arrive now were typed into it.
func (m *Model) closeQuestion(r *running) (wasOpen bool) {
	if r.question == nil || r.question.Done() {
		return false
	}
	wasOpen = slices.ContainsFunc(m.overlays, func(o overlay) bool { return o == overlay(r.question) })
	r.question.Close()
	m.removeDone()
	if wasOpen {
		m.ignoreLetters()
	}
	return wasOpen
}

// isTypingOn reports whether a kept question took a letter a moment ago: the next ones are
// no answer to what comes in its place.
func (m *Model) isTypingOn() bool {
	return m.conf.Clock().Sub(m.lettersTakenAt) < typeAheadWindow
}

// cancelledToast says that a read was cancelled.
func cancelledToast(r *running) tui.Toast {
	return tui.Toast{ID: "shell.cancelled", Text: "Cancelled: " + r.task.Title}
}
