package dialog

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// stopCountdownID is the HitArea that stops a countdown. The id of a stop's area is its
// index, from 1.
const stopCountdownID = -1

func stopID(stop int) int { return stop + 1 }

const clickNote = "press y to confirm; clicking does not"

// click handles a click: a field takes the focus, a checkbox is toggled, Cancel
// cancels. The verb only takes the focus, so no click confirms. A click that was on its
// way when the question opened toggles nothing either.
func (m *Model) click(at int) tea.Cmd {
	if m.isCountingDown() {
		if at == stopCountdownID {
			return m.handleKey(tea.Key{Code: tea.KeyEscape})
		}
		return nil
	}
	if m.confirmingDiscard { // as any key but esc
		return m.answerDiscard(tea.Key{})
	}
	if at < stopID(0) || at > len(m.stops) {
		return nil
	}
	early := m.clock().Before(m.confirmFrom)
	m.setFocus(at - stopID(0))
	switch s := m.focused(); {
	case s.kind == stopCancel:
		return m.pressEnter()
	case s.kind == stopConfirm:
		m.note = clickNote
	case s.kind == stopCheck && !early, s.kind == stopAdvanced:
		return m.typeAtFocus(tea.Key{Code: tea.KeySpace, Text: " "})
	}
	return nil
}

// hitAreas returns the clickable areas: each row of the form as a whole, and the
// buttons drawn into a row.
func hitAreas(rows []row, width int) []tui.HitArea {
	var out []tui.HitArea
	for y, r := range rows {
		if r.stop != noStop {
			out = append(out, tui.HitArea{Y: y, Width: width, ID: stopID(r.stop)})
		}
		for _, area := range r.areas {
			area.Y = y
			out = append(out, area)
		}
	}
	return out
}
