package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// buttonsInWords returns the two buttons as words, for screen readers.
func (m *Model) buttonsInWords(p renderer) (line string, areas []tui.HitArea) {
	safe, yes := m.cancelLabel(), "y "+m.prompt.Verb
	switch m.focused().kind {
	case stopCancel:
		safe += ", chosen"
	case stopConfirm:
		yes += ", chosen"
	default:
		first := m.keys.Label(actButtons)
		if m.isBar() {
			first = m.keys.Label(actNext)
		}
		yes = first + ", then " + yes
	}
	const gap = "; "
	at := p.r.Width(safe) + len(gap)
	return safe + gap + yes, []tui.HitArea{
		{Width: p.r.Width(safe), ID: stopID(m.cancelIndex())},
		{X: at, Width: p.r.Width(yes), ID: stopID(m.cancelIndex() + 1)},
	}
}

// placeCursor puts the terminal's cursor where the focus is, unless a text box has it.
func (m *Model) placeCursor(rows []row, out *tui.Panel) {
	if out.Cursor != nil {
		return
	}
	for y, r := range rows {
		if r.stop == m.focus {
			out.Cursor = tea.NewCursor(0, y)
			return
		}
		for _, area := range r.areas {
			if area.ID == stopID(m.focus) {
				out.Cursor = tea.NewCursor(area.X, y)
			}
		}
	}
}
