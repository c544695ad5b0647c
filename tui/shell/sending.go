package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// Somebody who confirms a form may still be typing: the end of a password that was sent too
// early, or the same key again. A question therefore stays, sending, until the task that it
// started ends, and takes the keys; the screen below gets them only once it can be seen.

// showSendingMsg reports that the question of a task has been sending for
// dialog.SendingDelay.
type showSendingMsg struct{ task int }

// isAsking reports whether an overlay is a question that was not confirmed yet.
func isAsking(o overlay) bool {
	d, is := o.(*dialog.Model)
	return is && !d.IsSending()
}

// Dialog returns the open question, nil if none has the keys. A question that is sending
// does not count.
func (m *Model) Dialog() *dialog.Model {
	if o := m.overlay(); isAsking(o) {
		return o.(*dialog.Model)
	}
	return nil
}

// carryOut carries out the request that a question returned, and removes the question
// unless it stays for a task.
func (m *Model) carryOut(d *dialog.Model, request tea.Cmd) tea.Cmd {
	defer m.removeDone()
	if d.Done() && d.Confirmed() && !d.IsSending() {
		m.confirmed = d
		defer func() { m.confirmed = nil }()
	}
	return m.runNow(request)
}

// keepQuestion lets the question that is being confirmed stay until the task ends, if the
// task asks for that.
func (m *Model) keepQuestion(r *running) tea.Cmd {
	if m.confirmed == nil || !r.task.KeepsQuestion {
		return nil
	}
	r.question, m.confirmed = m.confirmed, nil
	label, leave := "leave it running", func() tea.Cmd { return nil }
	if !r.task.Write {
		label, leave = "cancel", func() tea.Cmd {
			return tea.Batch(m.cancelRead(r.task.Key), m.notify(cancelledToast(r)))
		}
	}
	r.question.StartSending(label, leave)
	m.acceptLetters()
	return m.conf.After(dialog.SendingDelay, showSendingMsg{r.id})
}

// showSending makes the question of a task say that it is sending.
func (m *Model) showSending(task int) {
	for _, r := range m.tasks.byKey {
		if r.id == task && r.question != nil {
			r.question.ShowSending()
		}
	}
}

// closeQuestion closes the question that stayed for a task; wasOpen reports whether it was
// still on the screen. Letters that arrive after that were meant for it.
func (m *Model) closeQuestion(r *running) (wasOpen bool) {
	if r.question == nil || r.question.Done() {
		return false
	}
	wasOpen = slices.ContainsFunc(m.overlays, func(o overlay) bool { return o == overlay(r.question) })
	r.question.EndSending()
	m.removeDone()
	if wasOpen {
		m.ignoreLetters()
	}
	return wasOpen
}

// isStillTyping reports whether a question that is sending took a letter a moment ago: the
// next ones are no answer to what comes in its place.
func (m *Model) isStillTyping() bool {
	return m.conf.Clock().Sub(m.lettersTakenAt) < typeAheadWindow
}

// cancelledToast says that a read was cancelled.
func cancelledToast(r *running) tui.Toast {
	return tui.Toast{ID: "shell.cancelled", Text: "Cancelled: " + r.task.Title}
}
