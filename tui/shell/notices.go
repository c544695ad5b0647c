package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// noticeBox are the notices as they are laid over the screen: a box bottom right, and
// where it stands.
type noticeBox struct {
	lines       []string
	serials     []int // of each line
	x, y, width int
	rowsTaken   int // rows that the view gives up for them
}

// placeNotices is where the notices stand. No text is covered: they stand where nothing is,
// above the rule; else in the rule, if one line of the screen is enough. Only for what
// is longer the view makes room, with its last rows.
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
	if m.height >= minRuleHeight {
		last++
	}
	if line, serial := toasts.Line(m.screen(m.width-2, 1)); line != "" && m.height >= minRuleHeight {
		return m.boxAtBottom([]string{line}, []int{serial}, last)
	}
	at = m.boxAtBottom(box, serials, last)
	over := m.bodyHeight() + 1 - at.y
	if m.bodyHeight()-over >= minBodyRows && m.coversText(at, frame.Content) {
		at.rowsTaken = over
	}
	return at
}

// boxAtBottom is a box bottom right, its last line at a row of the screen.
func (m *Model) boxAtBottom(box []string, serials []int, last int) noticeBox {
	wide := m.cells.Width(box[0])
	return noticeBox{lines: box, serials: serials, x: m.width - 2 - wide, y: last + 1 - len(box), width: wide}
}

// coversText says that something stands in the body where the box would.
func (m *Model) coversText(at noticeBox, content string) bool {
	lines := strings.Split(content, "\n")
	for i := max(0, at.y-1); i < min(len(lines), m.bodyHeight(), at.y-1+len(at.lines)); i++ {
		if strings.TrimSpace(m.widthMethod().TruncateLeft(ansi.Strip(lines[i]), at.x, "")) != "" {
			return true
		}
	}
	return false
}

// topFrame draws the top view, and says where the notices stand in it.
func (m *Model) topFrame() (tui.Frame, noticeBox) {
	frame := m.drawView(m.screen(m.width, m.bodyHeight()))
	at := m.placeNotices(frame)
	if at.rowsTaken > 0 {
		room := m.bodyHeight() - at.rowsTaken
		frame = m.drawView(m.screen(m.width, room))
		frame.Content = strings.Join(m.fitLines(frame.Content, m.width, room), "\n")
	}
	return frame, at
}

// drawNotices puts the notices where they stand. A click on one is done with it; what it
// covers is not clicked.
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

// drawNoticesHint says where a notice was a moment ago how it is read again: in the rule, or
// where there is none and nothing stands there.
func (m *Model) drawNoticesHint(lines []string) []clickTarget {
	key := m.conf.Keys.Label(actNotices)
	if !m.toasts.ShowsHint() || key == "" || m.overlay() != nil {
		return nil
	}
	box := []string{" " + m.styles.Key.Render(key) + m.styles.Dim.Render(" notices") + " "}
	at := m.boxAtBottom(box, nil, m.bodyHeight())
	if m.height >= minRuleHeight {
		at.y++
	} else if m.coversText(at, strings.Join(lines[1:at.y+1], "\n")) {
		return nil
	}
	m.drawOnto(lines, box, at.x, at.y, m.width)
	return []clickTarget{{at.x, at.y, at.width, m.showNotices}}
}
