package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

func (m *Model) toastHeight() int { return min(toastRows, m.bodyHeight()-2) }

// corner is where a box stands bottom right, above the rule.
func (m *Model) corner(box []string) (x, y, wide int) {
	wide = m.cells.Width(box[0])
	return m.width - 2 - wide, 1 + m.bodyHeight() - len(box), wide
}

// topFrame draws the top view. Where the notices would cover what it says, it gets so many
// rows less: what was read a moment ago stays where it is, and only the last rows
// make room.
func (m *Model) topFrame(notices []string) tui.Frame {
	height := m.bodyHeight()
	frame := m.top().View(m.screen(m.width, height))
	if len(notices) == 0 || height-len(notices) < leastRows || !m.covers(notices, frame.Content) {
		return frame
	}
	frame = m.top().View(m.screen(m.width, height-len(notices)))
	frame.Content = strings.Join(m.block(frame.Content, m.width, height-len(notices)), "\n")
	return frame
}

// covers says that something stands where the box would.
func (m *Model) covers(box []string, content string) bool {
	x, y, _ := m.corner(box)
	lines := strings.Split(content, "\n")
	for i := y - 1; i < len(lines); i++ {
		if line := ansi.Strip(lines[i]); strings.TrimSpace(m.method().TruncateLeft(line, x, "")) != "" {
			return true
		}
	}
	return false
}

// layToasts puts the notices bottom right, above the rule. A click on one is done
// with it; what it covers is not clicked.
func (m *Model) layToasts(lines, box []string, serials []int) []target {
	if len(box) == 0 {
		return m.layTrace(lines)
	}
	x, y, wide := m.corner(box)
	m.lay(lines, box, x, y, m.width)
	out := make([]target, 0, len(serials))
	for i, serial := range serials {
		out = append(out, target{x, y + i, wide, func() tea.Cmd { m.toasts.Drop(serial); return nil }})
	}
	return out
}

// layTrace says where a notice was a moment ago how it is read again: in the rule, or
// where there is none and nothing stands there.
func (m *Model) layTrace(lines []string) []target {
	key := m.conf.Keys.Label(actNotices)
	if !m.toasts.Traced() || key == "" || m.overlay() != nil {
		return nil
	}
	say := " " + m.styles.Key.Render(key) + m.styles.Dim.Render(" notices") + " "
	x, y, wide := m.corner([]string{say})
	if m.height >= ruleHeight {
		y++
	} else if m.covers([]string{say}, strings.Join(lines[1:y+1], "\n")) {
		return nil
	}
	m.lay(lines, []string{say}, x, y, m.width)
	return []target{{x, y, wide, m.showNotices}}
}
