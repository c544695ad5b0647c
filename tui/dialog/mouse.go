package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// halt is the mark of what ends a cancel window; a stop's is its place, from 1.
const halt = -1

func mark(stop int) int { return stop + 1 }

const onlyY = "y does it, a click never does"

// point is what a click does: a field takes the focus, a check is turned, Cancel
// cancels. The verb only takes the focus: a click answers no question with it. What
// was under way when the question came up turns no check either.
func (m *Model) point(at int) tea.Cmd {
	if m.counting() {
		if at == halt {
			return m.key(tea.Key{Code: tea.KeyEscape})
		}
		return nil
	}
	if m.discarding { // as any key but esc
		return m.discard(tea.Key{})
	}
	if at < mark(0) || at > len(m.stops) {
		return nil
	}
	early := m.clock().Before(m.held)
	m.take(at - mark(0))
	switch s := m.at(); {
	case s.kind == stopSafe:
		return m.enter()
	case s.kind == stopVerb:
		m.note = onlyY
	case s.kind == stopCheck && !early, s.kind == stopMore:
		return m.letter(tea.Key{Code: tea.KeySpace, Text: " "})
	}
	return nil
}

// buttonSpots are where the buttons are among their lines, the first of which is
// the panel's line from.
func (m *Model) buttonSpots(lines []string, from, width int, with pen) []tui.HitArea {
	y := len(lines) - 1
	for y > 0 && strings.TrimSpace(lines[y]) == "" {
		y--
	}
	if m.counting() {
		return []tui.HitArea{{Y: from + y, Width: width, ID: halt}}
	}
	if m.discarding {
		return nil // the buttons are not there
	}
	return m.choiceSpots(width, from+y, m.fits(), with)
}

// choiceSpots are the two buttons where they end at width; the verb is none where
// the question cannot be seen whole.
func (m *Model) choiceSpots(width, y int, fits bool, with pen) []tui.HitArea {
	const air, aside = 2, 6 // cells between the buttons, and around the verb
	safe := with.r.Width(m.safeWord()) + 4
	out := []tui.HitArea{{X: width - safe, Y: y, Width: safe, ID: mark(m.safe())}}
	if verb := with.r.Width(m.prompt.Verb) + aside; fits {
		out = append(out, tui.HitArea{X: width - safe - air - verb, Y: y, Width: verb, ID: mark(m.safe() + 1)})
	}
	return out
}

// barSpots are the field of a bar, where it shows, and the answers in its last row.
func (m *Model) barSpots(rows []row, width int, with pen) []tui.HitArea {
	var out []tui.HitArea
	if !m.discarding {
		out = m.choiceSpots(width, len(rows)-1, true, with)
	}
	for y, r := range rows {
		if r.stop != noStop {
			out = append(out, tui.HitArea{Y: y, Width: width, ID: mark(r.stop)})
		}
	}
	return out
}
