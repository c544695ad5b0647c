package shell

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// normalizeKey applies tui.NormalizeKey, and tui.LatinKey where nothing is typed.
func (m *Model) normalizeKey(msg tea.KeyPressMsg) tea.KeyPressMsg {
	key := tui.NormalizeKey(tea.Key(msg))
	if m.overlay() == nil && !m.top().Typing() {
		return tea.KeyPressMsg(tui.LatinKey(key))
	}
	if key.Text != "" {
		key.BaseCode = 0 // in a text box a letter's position does not matter
	}
	return tea.KeyPressMsg(key)
}

// handleKey gives a key to the first that claims it: keys that always work, the
// overlay, esc for running tasks and notices, the top view's actions, the global
// actions, and finally the view itself.
func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	key := tea.Key(msg)
	if m.leaving {
		return nil
	}
	if m.tooSmall() {
		if m.conf.Keys.Match(key, actQuit) {
			return m.beginQuit()
		}
		return nil
	}
	if a, ok := m.conf.Keys.Find(key, m.alwaysActions()); ok {
		return m.perform(a)
	}
	if cmd, ok := m.dropTypeAhead(key); ok {
		return cmd
	}
	if o := m.overlay(); o != nil {
		if a, ok := m.conf.Keys.Find(key, m.searchActionsOver(o)); ok {
			return m.perform(a)
		}
		return m.sendKeyToOverlay(o, msg)
	}
	if key.Code == tea.KeyEscape && key.Mod == 0 {
		if cmd, ok := m.handleEscape(); ok {
			return cmd
		}
	}
	return m.handleViewKey(msg)
}

func (m *Model) handleViewKey(msg tea.KeyPressMsg) tea.Cmd {
	key, top := tea.Key(msg), m.top()
	typing := top.Typing()
	if typing && key.Text != "" {
		return top.Update(msg)
	}
	if a, ok := m.conf.Keys.Find(key, top.Actions()); ok {
		return m.perform(a)
	}
	// In a text box the only global key left is the way back: ctrl-p and the like
	// belong to the box.
	global := m.globalActions()
	if typing {
		global = []tui.Action{m.backAction()}
	}
	if a, ok := m.conf.Keys.Find(key, global); ok {
		return m.perform(a)
	}
	return top.Update(msg)
}

// handleEscape handles the first meanings of esc: cancel the slow read that the footer
// names, then dismiss a sticky notice.
func (m *Model) handleEscape() (tea.Cmd, bool) {
	r := m.tasks.slowRead()
	w := m.tasks.oldestWrite()
	if w != nil && w.task.Stop != nil && !w.stopRequested && (r != nil || m.tasks.visible() == w) {
		return m.stopWrite(w), true
	}
	if r != nil && w != nil && !w.stopRequested {
		// Cancelling the read beside it would look as if the change had been stopped.
		return m.notify(tui.Toast{
			ID: "shell.writing", Tone: tui.ToneInfo, Text: w.task.Title + " is running and cannot be stopped", Next: "The result will be shown here.",
		}), true
	}
	if r != nil && m.tasks.wasReadable(r) {
		return tea.Batch(m.cancelRead(r.task.Key), m.notify(cancelledToast(r))), true
	}
	return nil, m.toasts.Dismiss()
}

// stopWrite asks a write to end after its current step.
func (m *Model) stopWrite(w *running) tea.Cmd {
	w.stopRequested = true
	w.task.Stop()
	return m.notify(tui.Toast{ID: "shell.halt", Tone: tui.ToneInfo, Text: w.task.Title + ": stopping after the current step", Next: "The result will be shown here."})
}

// perform runs an action, or shows why it cannot be done.
func (m *Model) perform(a tui.Action) tea.Cmd {
	if a.Off != "" {
		m.ignoreLetters()
		return m.notify(tui.Toast{ID: "shell.off", Tone: tui.ToneWarn, Transient: true, Text: a.Title + ": " + a.Off})
	}
	if a.Do == nil {
		return nil
	}
	return m.runNow(a.Do())
}

// handlePaste passes a paste to where letters go. A paste is never a key, so it
// confirms nothing.
func (m *Model) handlePaste(msg tea.PasteMsg) tea.Cmd {
	if m.leaving || m.tooSmall() {
		return nil
	}
	if o := m.overlay(); o != nil {
		cmd := o.Update(msg)
		m.removeDone()
		return cmd
	}
	return m.top().Update(msg)
}
