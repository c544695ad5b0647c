package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// notices are the notices as they are laid over the screen: a box bottom right, and
// where it stands.
type notices struct {
	box        []string
	serials    []int // of each line
	x, y, wide int
	pushed     int // rows that the view gives up for them
}

// place is where the notices stand. No text is covered: they stand where nothing is,
// above the rule; else in the rule, if one line of the screen is enough. Only for what
// is longer the view makes room, with its last rows.
func (m *Model) place(frame tui.Frame) notices {
	height := min(toastRows, m.bodyHeight()-2)
	box, serials := m.toasts.View(m.screen(m.width-2, height))
	if len(box) == 0 {
		return notices{}
	}
	at := m.bottom(box, serials, m.bodyHeight())
	if !m.covers(at, frame.Content) {
		return at
	}
	last := m.bodyHeight()
	if m.height >= ruleHeight {
		last++
	}
	if line, serial := m.toasts.Line(m.screen(m.width-2, 1)); line != "" && m.height >= ruleHeight {
		return m.bottom([]string{line}, []int{serial}, last)
	}
	at = m.bottom(box, serials, last)
	over := m.bodyHeight() + 1 - at.y
	if m.bodyHeight()-over >= leastRows && m.covers(at, frame.Content) {
		at.pushed = over
	}
	return at
}

// bottom is a box bottom right, its last line at a row of the screen.
func (m *Model) bottom(box []string, serials []int, last int) notices {
	wide := m.cells.Width(box[0])
	return notices{box: box, serials: serials, x: m.width - 2 - wide, y: last + 1 - len(box), wide: wide}
}

// covers says that something stands in the body where the box would.
func (m *Model) covers(at notices, content string) bool {
	lines := strings.Split(content, "\n")
	for i := max(0, at.y-1); i < min(len(lines), m.bodyHeight(), at.y-1+len(at.box)); i++ {
		if strings.TrimSpace(m.method().TruncateLeft(ansi.Strip(lines[i]), at.x, "")) != "" {
			return true
		}
	}
	return false
}

// topFrame draws the top view, and says where the notices stand in it.
func (m *Model) topFrame() (tui.Frame, notices) {
	frame := m.drawView(m.screen(m.width, m.bodyHeight()))
	at := m.place(frame)
	if at.pushed > 0 {
		room := m.bodyHeight() - at.pushed
		frame = m.drawView(m.screen(m.width, room))
		frame.Content = strings.Join(m.block(frame.Content, m.width, room), "\n")
	}
	return frame, at
}

// layNotices puts the notices where they stand. A click on one is done with it; what it
// covers is not clicked.
func (m *Model) layNotices(lines []string, at notices) []target {
	if len(at.box) == 0 {
		return m.layTrace(lines)
	}
	m.lay(lines, at.box, at.x, at.y, m.width)
	out := make([]target, len(at.box))
	for i, serial := range at.serials {
		out[i] = target{at.x, at.y + i, at.wide, func() tea.Cmd { m.toasts.Remove(serial); return nil }}
	}
	return out
}

// layTrace says where a notice was a moment ago how it is read again: in the rule, or
// where there is none and nothing stands there.
func (m *Model) layTrace(lines []string) []target {
	key := m.conf.Keys.Label(actNotices)
	if !m.toasts.ShowsHint() || key == "" || m.overlay() != nil {
		return nil
	}
	box := []string{" " + m.styles.Key.Render(key) + m.styles.Dim.Render(" notices") + " "}
	at := m.bottom(box, nil, m.bodyHeight())
	if m.height >= ruleHeight {
		at.y++
	} else if m.covers(at, strings.Join(lines[1:at.y+1], "\n")) {
		return nil
	}
	m.lay(lines, box, at.x, at.y, m.width)
	return []target{{at.x, at.y, at.wide, m.showNotices}}
}
