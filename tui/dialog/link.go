package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// linkAt returns the screen that the error at a stop refers to, nil for none.
func (m *Model) linkAt(s stop) *tui.Link {
	if s.kind != stopInput {
		return nil
	}
	f := m.inputs[s.index].field
	if f.ServerError == "" || m.problems[s] != f.ServerError {
		return nil
	}
	return f.Link
}

// nearestLink returns the link of the focused field, else of the first field that has
// one.
func (m *Model) nearestLink() *tui.Link {
	if l := m.linkAt(m.focused()); l != nil {
		return l
	}
	for _, s := range m.stops {
		if l := m.linkAt(s); l != nil {
			return l
		}
	}
	return nil
}

// openLink opens the linked screen; the question waits.
func (m *Model) openLink() tea.Cmd {
	l := m.nearestLink()
	if l == nil {
		return nil
	}
	return tui.Visit(l.Open())
}
