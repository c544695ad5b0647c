package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// linkAt is the screen that what is wrong at a stop speaks of, nil for none.
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

// nearestLink is that of the field with the focus, else of the first that has one.
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

// openLink goes there; the question waits.
func (m *Model) openLink() tea.Cmd {
	l := m.nearestLink()
	if l == nil {
		return nil
	}
	return tui.Visit(l.Open())
}
