package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// stopCountdownID is the mark of what ends a cancel window; a stop's is its place, from 1.
const stopCountdownID = -1

func stopID(stop int) int { return stop + 1 }

const clickNote = "y does it, a click never does"

// click is what a click does: a field takes the focus, a check is turned, Cancel
// cancels. The verb only takes the focus: a click answers no question with it. What
// was under way when the question came up turns no check either.
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

// buttonHitAreas are where the buttons are among their lines, the first of which is
// the panel's line from.
func (m *Model) buttonHitAreas(lines []string, from, width int, with renderer) []tui.HitArea {
	y := len(lines) - 1
	for y > 0 && strings.TrimSpace(lines[y]) == "" {
		y--
	}
	if m.isCountingDown() {
		return []tui.HitArea{{Y: from + y, Width: width, ID: stopCountdownID}}
	}
	if m.confirmingDiscard {
		return nil // the buttons are not there
	}
	return m.buttonPairHitAreas(width, from+y, m.fitsWindow(), with)
}

// buttonPairHitAreas are the two buttons where they end at width; the verb is none where
// the question cannot be seen whole.
func (m *Model) buttonPairHitAreas(width, y int, fits bool, with renderer) []tui.HitArea {
	const air, aside = 2, 6 // cells between the buttons, and around the verb
	safe := with.r.Width(m.cancelLabel()) + 4
	out := []tui.HitArea{{X: width - safe, Y: y, Width: safe, ID: stopID(m.cancelIndex())}}
	if verb := with.r.Width(m.prompt.Verb) + aside; fits {
		out = append(out, tui.HitArea{X: width - safe - air - verb, Y: y, Width: verb, ID: stopID(m.cancelIndex() + 1)})
	}
	return out
}

// barHitAreas are the field of a bar, where it shows, and the answers in its last row.
func (m *Model) barHitAreas(rows []row, width int, with renderer) []tui.HitArea {
	var out []tui.HitArea
	if !m.confirmingDiscard {
		out = m.buttonPairHitAreas(width, len(rows)-1, true, with)
	}
	for y, r := range rows {
		if r.stop != noStop {
			out = append(out, tui.HitArea{Y: y, Width: width, ID: stopID(r.stop)})
		}
	}
	return out
}
