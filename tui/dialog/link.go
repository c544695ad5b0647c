package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// aboutKey goes to the screen that a field's wrong words speak of. No box wants it.
const aboutKey = "ctrl+g"

// about is the screen that what is wrong at a stop speaks of, nil for none.
func (m *Model) about(s stop) *tui.Link {
	if s.kind != stopInput {
		return nil
	}
	f := m.inputs[s.index].field
	if f.ServerError == "" || m.wrong[s] != f.ServerError {
		return nil
	}
	return f.Link
}

// nearest is that of the field with the focus, else of the first that has one.
func (m *Model) nearest() *tui.Link {
	if l := m.about(m.at()); l != nil {
		return l
	}
	for _, s := range m.stops {
		if l := m.about(s); l != nil {
			return l
		}
	}
	return nil
}

// visit goes there; the question waits.
func (m *Model) visit() tea.Cmd {
	l := m.nearest()
	if l == nil {
		return nil
	}
	return tui.Visit(l.Open())
}
