package shell

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// clickTarget is a run of cells in one row of the screen, and what a click there does.
type clickTarget struct {
	x, y, width int
	do          func() tea.Cmd
}

// scene is a drawn screen: its lines, the cursor and the click targets, later ones on
// top. Clicks are resolved against what was drawn.
type scene struct {
	lines   []string
	cursor  *tea.Cursor
	targets []clickTarget
}

func (s *scene) targetAt(x, y int) (clickTarget, bool) {
	for i := len(s.targets) - 1; i >= 0; i-- {
		if t := s.targets[i]; y == t.y && x >= t.x && x < t.x+t.width {
			return t, true
		}
	}
	return clickTarget{}, false
}

// handleMouse handles the mouse. An overlay takes it alone: a click beside it does
// nothing, and the wheel scrolls it.
func (m *Model) handleMouse(msg tea.MouseMsg) tea.Cmd {
	if !m.mouse || m.leaving || m.tooSmall() {
		return nil
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseClickMsg:
		return m.click(at)
	case tea.MouseWheelMsg:
		if o := m.overlay(); o != nil {
			return m.sendToOverlay(o, tea.MouseWheelMsg(at))
		}
	}
	return m.sendMouseToView(msg, at)
}

// click does what the target under the pointer does.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	shown := m.draw()
	if t, ok := shown.targetAt(at.X, at.Y); ok {
		if at.Button != tea.MouseLeft {
			return nil
		}
		return t.do()
	}
	return m.sendMouseToView(tea.MouseClickMsg(at), at)
}

// sendMouseToView passes the mouse to the top view, in coordinates of the body.
func (m *Model) sendMouseToView(msg tea.MouseMsg, at tea.Mouse) tea.Cmd {
	above := len(m.banner())
	at.Y -= 1 + above
	if m.overlay() != nil || at.Y < 0 || at.Y >= m.bodyHeight()-above {
		return nil
	}
	switch msg.(type) {
	case tea.MouseClickMsg:
		return m.top().Update(tea.MouseClickMsg(at))
	case tea.MouseWheelMsg:
		return m.top().Update(tea.MouseWheelMsg(at))
	case tea.MouseReleaseMsg:
		return m.top().Update(tea.MouseReleaseMsg(at))
	case tea.MouseMotionMsg:
		return m.top().Update(tea.MouseMotionMsg(at))
	}
	return nil
}

// sendToOverlay passes an overlay a message that is not a key.
func (m *Model) sendToOverlay(o overlay, msg tea.Msg) tea.Cmd {
	cmd := o.Update(msg)
	m.removeDone()
	return cmd
}

// viewTargets converts a view's hit areas to targets; the body begins below the header.
func (m *Model) viewTargets(areas []tui.HitArea) []clickTarget {
	var out []clickTarget
	for _, s := range areas {
		if s.Y < m.bodyHeight() {
			out = append(out, clickTarget{s.X, s.Y + 1, s.Width, func() tea.Cmd { return m.performID(s.Action) }})
		}
	}
	return out
}

// performID does what the key of an action offered here does.
func (m *Model) performID(id string) tea.Cmd {
	for _, a := range m.allActions() {
		if a.ID == id {
			return m.perform(a)
		}
	}
	return nil
}

// panelTargets converts a panel's hit areas to targets; its content begins at x, y.
func (m *Model) panelTargets(o overlay, p tui.Panel, x, y int) []clickTarget {
	var out []clickTarget
	for _, s := range p.HitAreas {
		out = append(out, clickTarget{x + s.X, y + s.Y, s.Width, func() tea.Cmd { return m.sendToOverlay(o, tui.ClickMsg{ID: s.ID}) }})
	}
	return out
}

// hintTargets returns the targets of a hint in the footer: one for each key if it names
// several ("↑ ↓"), with the label belonging to the last.
func (m *Model) hintTargets(h tui.Hint, x, width int) []clickTarget {
	y, o := m.height-1, m.overlay()
	if h.ID != 0 && o != nil {
		return []clickTarget{{x, y, width, func() tea.Cmd { return m.sendToOverlay(o, tui.ClickMsg{ID: h.ID}) }}}
	}
	var out []clickTarget
	names := strings.Fields(h.Key)
	for i, name := range names {
		key, ok := tui.ParseKey(name)
		if !ok || m.answersQuestion(tea.Key(key)) {
			return nil
		}
		w := m.cells.Width(name)
		if i == len(names)-1 {
			w = width
		}
		out = append(out, clickTarget{x, y, w, func() tea.Cmd { return m.handleKey(key) }})
		x, width = x+w+1, width-w-1
	}
	return out
}

// answersQuestion reports whether a key might answer the open question. A click never
// presses such a key.
func (m *Model) answersQuestion(k tea.Key) bool {
	_, asks := m.overlay().(*dialog.Model)
	return asks && strings.ContainsFunc(k.Text, func(r rune) bool { return !unicode.IsSpace(r) })
}
