package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// The actions' ids in the key map.
const (
	actNext        = "dialog.next"
	actPrev        = "dialog.prev"
	actButtons     = "dialog.buttons"
	actAlternative = "dialog.alternative"
	actLink        = "dialog.link"
	actTemplate    = "dialog.template"
)

func (m *Model) handleKey(k tea.Key) tea.Cmd {
	m.timing.record(k, m.clock())
	if m.focused().kind == stopCheck { // pasted text ticks nothing
		m.timing.restart()
	}
	if m.confirmingDiscard {
		return m.answerDiscard(k)
	}
	if k.Keystroke() == "esc" {
		if m.isCountingDown() {
			m.stopCountdown("Stopped. Nothing was done.")
			return nil
		}
		return m.requestCancel()
	}
	if m.isCountingDown() {
		return nil
	}
	switch {
	case m.keys.Match(k, actAlternative):
		return m.chooseAlternative()
	case m.keys.Match(k, actLink):
		return m.openLink()
	case m.keys.Match(k, actTemplate):
		m.fillNextTemplate()
	case m.keys.Match(k, actButtons):
		m.setFocus(m.cancelIndex())
	case m.keys.Match(k, actNext):
		m.moveFocus(1)
	case m.keys.Match(k, actPrev):
		m.moveFocus(-1)
	case k.Keystroke() == "enter":
		return m.pressEnter()
	default:
		return m.typeAtFocus(k)
	}
	return nil
}

// chooseAlternative cancels the question and continues with the alternative.
func (m *Model) chooseAlternative() tea.Cmd {
	if m.prompt.Alternative == nil {
		return nil
	}
	return tea.Batch(m.Cancel(), m.prompt.Alternative.Do(m.answers()))
}

// pressEnter moves on; at Cancel it cancels; it never confirms.
func (m *Model) pressEnter() tea.Cmd {
	switch s := m.focused(); {
	case s.kind == stopCancel:
		return m.requestCancel()
	case s.kind == stopConfirm:
		m.note = "press y to " + lowerFirst(m.prompt.Verb)
	default:
		m.setFocus(m.nextAfterEnter())
		if m.atButtons() {
			m.checkForPaste(s)
		}
	}
	return nil
}

// nextAfterEnter returns where enter moves: to the next stop; once something was
// refused or missing, to what is still wrong, then to the buttons.
func (m *Model) nextAfterEnter() int {
	for i := m.focus + 1; i < m.cancelIndex(); i++ {
		s := m.stops[i]
		switch {
		case m.fixing && m.problems[s] == "" && m.problemAt(s) == "":
		case !m.fixing && s.kind == stopInput && m.inputs[s.index].field.SkipOnEnter:
		default:
			return i
		}
	}
	return m.cancelIndex()
}

// moveFocus moves the focus by one. In a bar, the buttons are one stop and the field is
// the other.
func (m *Model) moveFocus(by int) {
	to := m.focus + by
	if m.isBar() && len(m.inputs) > 0 {
		to = m.cancelIndex()
		if m.atButtons() {
			to = 0
		}
	}
	m.setFocus(to)
}

func (m *Model) typeAtFocus(k tea.Key) tea.Cmd {
	s := m.focused()
	switch s.kind {
	case stopInput:
		m.typeIntoField(k, &m.inputs[s.index])
	case stopAdvanced:
		if k.Code == tea.KeySpace || k.Code == tea.KeyRight {
			m.expandAdvanced()
		}
	case stopCheck:
		m.typeAtCheckbox(k, s.index)
	default:
		return m.pressAtButtons(k)
	}
	return nil
}

func (m *Model) typeIntoField(k tea.Key, in *input) {
	if in.field.Kind == tui.FieldChoice {
		switch k.Keystroke() {
		case "right", "space":
			in.cycleChoice(1)
		case "left":
			in.cycleChoice(-1)
		}
		m.onEdit()
		return
	}
	before := in.box.Value()
	in.edit(tea.KeyPressMsg(k))
	if in.box.Value() != before {
		m.onEdit()
	}
}

func (m *Model) pressAtButtons(k tea.Key) tea.Cmd {
	switch {
	case k.Keystroke() == "left", k.Keystroke() == "right":
		m.setFocus(m.cancelIndex() + 1 - (m.focus - m.cancelIndex()))
	case k.Text == "y":
		return m.tryConfirm(k)
	case (k.Text == "n" || k.Text == "N") && !m.clock().Before(m.ignoreLettersUntil):
		return m.requestCancel()
	case k.Text != "":
		m.rejectLetter()
	}
	return nil
}

// rejectLetter handles a letter at the buttons that means nothing there. It was meant
// for a field, and so may be the next one, whichever letter that is.
func (m *Model) rejectLetter() {
	m.note = "press y or n"
	if back := m.keyToFields(); back != "" {
		m.note = "only y confirms; press " + back + " to type"
	}
	m.RestartGrace()
	m.ignoreLettersUntil, m.warnedOfPaste = m.clock().Add(Grace), false
}
