package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// noticeBox is a box of notices at the bottom right, and where it is drawn over the
// screen.
type noticeBox struct {
	lines       []string
	serials     []int // of the notice on each line
	x, y, width int
	rowsTaken   int // rows that the view gives up for the box
}

// placeNotices returns where the notices are drawn. They cover no text: they go above
// the rule if nothing is there, else on the rule if one line suffices. Only for longer
// ones does the view give up its last rows.
func (m *Model) placeNotices(frame tui.Frame) noticeBox {
	height := min(maxNoticeRows, m.bodyHeight()-2)
	toasts := m.shownToasts()
	box, serials := toasts.View(m.screen(m.width-2, height))
	if len(box) == 0 {
		return noticeBox{}
	}
	at := m.boxAtBottom(box, serials, m.bodyHeight())
	if !m.coversText(at, frame.Content) {
		return at
	}
	last := m.bodyHeight()
	if m.guideRows() == 0 {
		last += m.ruleRows()
	}
	if line, serial := toasts.Line(m.screen(m.width-2, 1)); line != "" && m.height >= minRuleHeight {
		return m.boxAtBottom([]string{line}, []int{serial}, m.ruleRow())
	}
	at = m.boxAtBottom(box, serials, last)
	over := m.bodyHeight() + 1 - at.y
	if m.bodyHeight()-over >= minBodyRows && m.coversText(at, frame.Content) {
		at.rowsTaken = over
	}
	return at
}

// boxAtBottom places a box at the bottom right, with its last line in the given row.
func (m *Model) boxAtBottom(box []string, serials []int, last int) noticeBox {
	wide := m.cells.Width(box[0])
	return noticeBox{lines: box, serials: serials, x: m.width - 2 - wide, y: last + 1 - len(box), width: wide}
}

// coversText reports whether the body has text where the box would be.
func (m *Model) coversText(at noticeBox, content string) bool {
	lines := strings.Split(content, "\n")
	for i := max(0, at.y-1); i < min(len(lines), m.bodyHeight(), at.y-1+len(at.lines)); i++ {
		if strings.TrimSpace(m.widthMethod().TruncateLeft(ansi.Strip(lines[i]), at.x, "")) != "" {
			return true
		}
	}
	return false
}

// topFrame draws the top view and places the notices in it.
func (m *Model) topFrame() (tui.Frame, noticeBox) {
	frame := m.drawBody(m.screen(m.width, m.bodyHeight()))
	at := m.placeNotices(frame)
	if at.rowsTaken > 0 {
		room := m.bodyHeight() - at.rowsTaken
		frame = m.drawBody(m.screen(m.width, room))
		frame.Content = strings.Join(m.fitLines(frame.Content, m.width, room), "\n")
	}
	return frame, at
}

// drawNotices draws the notices. Clicking one dismisses it; what it covers is not
// clicked.
func (m *Model) drawNotices(lines []string, at noticeBox) []clickTarget {
	if len(at.lines) == 0 {
		return m.drawNoticesHint(lines)
	}
	m.drawOnto(lines, at.lines, at.x, at.y, m.width)
	out := make([]clickTarget, len(at.lines))
	for i, serial := range at.serials {
		out[i] = clickTarget{at.x, at.y + i, at.width, func() tea.Cmd { m.toasts.Remove(serial); return nil }}
	}
	return out
}

// drawNoticesHint shows the key of the notices page where a notice faded a moment ago:
// on the rule or, without one, if no text is there.
func (m *Model) drawNoticesHint(lines []string) []clickTarget {
	key := m.conf.Keys.Label(actNotices)
	if !m.toasts.ShowsHint() || key == "" || m.overlay() != nil {
		return nil
	}
	box := []string{" " + m.styles.Key.Render(key) + m.styles.Dim.Render(" notices") + " "}
	at := m.boxAtBottom(box, nil, m.bodyHeight())
	if m.height >= minRuleHeight {
		at.y = m.ruleRow()
	} else if m.coversText(at, strings.Join(lines[1:at.y+1], "\n")) {
		return nil
	}
	m.drawOnto(lines, box, at.x, at.y, m.width)
	return []clickTarget{{at.x, at.y, at.width, m.showNotices}}
}
