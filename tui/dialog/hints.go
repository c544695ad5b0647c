package dialog

import (
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"frontdesk/tui"
)

// hints returns the keys that work at the focus, for the footer.
func (m *Model) hints() []tui.Hint {
	no := tui.Hint{Key: "esc", Label: "cancel"}
	if m.showSending || m.sending && m.isCountingDown() {
		return []tui.Hint{{Key: "esc", Label: m.leaveLabel, ID: leaveID}}
	}
	if m.isCountingDown() {
		return []tui.Hint{{Key: "esc", Label: "stop"}}
	}
	if m.confirmingDiscard {
		return discardHints()
	}
	switch s := m.focused(); {
	case s.kind == stopCheck:
		return m.withLinkHints([]tui.Hint{m.tickHint(), {Key: "enter", Label: "next"}, no, m.buttonsHint()})
	case s.kind == stopAdvanced:
		return []tui.Hint{{Key: "space", Label: "show them"}, {Key: "enter", Label: "next"}, no, m.buttonsHint()}
	case s.kind == stopInput && m.inputs[s.index].field.Kind == tui.FieldChoice:
		return []tui.Hint{{Key: "← →", Label: "choose"}, {Key: "enter", Label: "next"}, no, m.buttonsHint()}
	case s.kind == stopInput:
		hints := []tui.Hint{{Key: "enter", Label: "next"}, no, m.buttonsHint()}
		if in := m.focusedTemplates(); in != nil {
			hints = slices.Insert(hints, 1, tui.Hint{Key: m.keys.Label(actTemplate), Label: in.templatesLabel()})
		}
		return m.withLinkHints(hints)
	case m.atButtons() && !m.fitsWindow(): // nothing confirms here
		return m.withLinkHints([]tui.Hint{{Key: "enter", Label: "cancel"}})
	case s.kind == stopConfirm:
		return m.withLinkHints([]tui.Hint{m.confirmHint(), no})
	default:
		hints := []tui.Hint{m.confirmHint(), {Key: "enter", Label: "cancel"}}
		if back := m.keyToFields(); back != "" {
			hints = append(hints, tui.Hint{Key: back, Label: "fields"})
		}
		return m.withLinkHints(hints)
	}
}

// tickHint names the keys that tick.
func (m *Model) tickHint() tui.Hint {
	key := "space"
	if m.isNumbered() {
		key = fmt.Sprintf("1–%d space", len(m.demands().Checklist))
	}
	return tui.Hint{Key: key, Label: "tick"}
}

func (m *Model) buttonsHint() tui.Hint {
	return tui.Hint{Key: m.keys.Label(actButtons), Label: "buttons"}
}

// confirmHint returns the key of the verb. Clicking it presses nothing.
func (m *Model) confirmHint() tui.Hint {
	return tui.Hint{Key: "y", Label: lowerFirst(m.prompt.Verb), ID: stopID(m.cancelIndex() + 1)}
}

// lowerFirst returns a verb as it is written inside a sentence: its first letter in
// lower case, but MFA unchanged.
func lowerFirst(verb string) string {
	first, size := utf8.DecodeRuneInString(verb)
	return string(unicode.ToLower(first)) + verb[size:]
}

// withLinkHints adds the keys of the alternative and of the link.
func (m *Model) withLinkHints(hints []tui.Hint) []tui.Hint {
	if l := m.nearestLink(); l != nil {
		hints = slices.Insert(hints, 1, tui.Hint{Key: m.keys.Label(actLink), Label: "open " + l.Name})
	}
	if o := m.prompt.Alternative; o != nil {
		hints = append(hints, tui.Hint{Key: m.keys.Label(actAlternative), Label: lowerFirst(o.Title) + " instead"})
	}
	return hints
}

// keyToFields returns the key that leads from the buttons to the fields, "" if there is
// nothing to fill in.
func (m *Model) keyToFields() string {
	switch {
	case len(m.stops) <= 2:
		return ""
	case m.isBar():
		return m.keys.Label(actNext)
	}
	return m.keys.Label(actPrev)
}
