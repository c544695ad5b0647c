package dialog

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"frontdesk/tui"
)

// hints are the keys that work at the focus, for the footer.
func (m *Model) hints() []tui.Hint {
	no := tui.Hint{Key: "esc", Label: "cancel"}
	if m.counting() {
		return []tui.Hint{{Key: "esc", Label: "stop"}}
	}
	if m.discarding {
		return doubtHints()
	}
	switch s := m.at(); {
	case s.kind == stopCheck:
		return m.with([]tui.Hint{{Key: "space", Label: "tick"}, {Key: "enter", Label: "next"}, no, buttonsHint()})
	case s.kind == stopMore:
		return []tui.Hint{{Key: "space", Label: "show them"}, {Key: "enter", Label: "next"}, no, buttonsHint()}
	case s.kind == stopInput && m.inputs[s.index].field.Kind == tui.FieldChoice:
		return []tui.Hint{{Key: "← →", Label: "choose"}, {Key: "enter", Label: "next"}, no, buttonsHint()}
	case s.kind == stopInput:
		return m.with([]tui.Hint{{Key: "enter", Label: "next"}, no, buttonsHint()})
	case m.atButtons() && !m.fits(): // nothing confirms here
		return m.with([]tui.Hint{{Key: "enter", Label: "cancel"}})
	case s.kind == stopVerb:
		return m.with([]tui.Hint{m.verbHint(), no})
	default:
		hints := []tui.Hint{m.verbHint(), {Key: "enter", Label: "cancel"}}
		if back := m.toFields(); back != "" {
			hints = append(hints, tui.Hint{Key: back, Label: "fields"})
		}
		return m.with(hints)
	}
}

func buttonsHint() tui.Hint { return tui.Hint{Key: tui.KeyLabel(buttonsKey), Label: "buttons"} }

// verbHint is the key of the verb. A click on it presses nothing.
func (m *Model) verbHint() tui.Hint {
	return tui.Hint{Key: "y", Label: inSentence(m.prompt.Verb), ID: mark(m.safe() + 1)}
}

// inSentence is a verb as it stands in one: its first letter is small, MFA stays.
func inSentence(verb string) string {
	first, size := utf8.DecodeRuneInString(verb)
	return string(unicode.ToLower(first)) + verb[size:]
}

// with adds the key of what is offered instead, and of what is worth a look.
func (m *Model) with(hints []tui.Hint) []tui.Hint {
	if l := m.nearest(); l != nil {
		hints = slices.Insert(hints, 1, tui.Hint{Key: tui.KeyLabel(aboutKey), Label: "open " + l.Name})
	}
	if o := m.prompt.Alternative; o != nil {
		hints = append(hints, tui.Hint{Key: tui.KeyLabel(otherKey), Label: inSentence(o.Title) + " instead"})
	}
	return hints
}

// toFields is the key that leads from the buttons to what is filled in, "" where
// nothing is.
func (m *Model) toFields() string {
	switch {
	case len(m.stops) <= 2:
		return ""
	case m.bar():
		return "tab"
	}
	return "shift-tab"
}
