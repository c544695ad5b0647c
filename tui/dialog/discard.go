package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// requestCancel cancels the question, asking first if something was typed.
func (m *Model) requestCancel() tea.Cmd {
	if !m.hasEdits() {
		return m.Cancel()
	}
	m.confirmingDiscard, m.note = true, ""
	m.RestartGrace()
	return nil
}

// answerDiscard handles the key that answers this. A second esc discards; every other
// key returns to the form, where text continues at the cursor. An esc that was already
// on its way is no answer.
func (m *Model) answerDiscard(k tea.Key) tea.Cmd {
	switch {
	case k.Keystroke() != "esc":
		m.confirmingDiscard = false
		m.RestartGrace()
		if m.atButtons() { // the y that was meant to confirm must not get lost silently
			m.note = "Kept. Press y to " + lowerFirst(m.prompt.Verb) + ", esc to cancel"
		}
		if s := m.focused(); k.Text != "" && s.kind == stopInput && m.inputs[s.index].field.Kind != tui.FieldChoice {
			m.typeIntoField(k, &m.inputs[s.index])
		}
	case k.IsRepeat || m.clock().Before(m.confirmFrom):
		m.RestartGrace()
	default:
		return m.Cancel()
	}
	return nil
}

// hasEdits reports whether a field differs from its initial value.
func (m *Model) hasEdits() bool {
	for i := range m.inputs {
		in := &m.inputs[i]
		if in.field.Edited || in.value() != in.initial || in.chosen != in.initiallyChosen {
			return true
		}
	}
	return false
}

// discardQuestion returns the question whether to discard, as long as the width allows.
func (p *page) discardQuestion() string {
	ask, esc, rest := "Discard what you typed?  ", " again discards, ", "any other key keeps it"
	if p.width < 68 {
		esc = " discards, "
	}
	if p.width < 62 {
		ask = "Discard it?  "
	}
	if p.width < 50 {
		rest = "others keep it"
	}
	if p.width < 42 {
		ask, esc = "Discard?  ", " yes, "
	}
	return p.s.Warn.Bold(true).Render(ask) + p.s.Key.Render("esc") + p.s.Text.Render(esc+rest)
}

// discardHints returns the footer's keys while it is asked.
func discardHints() []tui.Hint {
	return []tui.Hint{{Key: "esc", Label: "discards"}, {Key: "any other key", Label: "keeps it"}}
}
