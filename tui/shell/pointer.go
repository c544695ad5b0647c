package shell

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// target is cells of one row of the screen, and what a click there does.
type target struct {
	x, y, width int
	do          func() tea.Cmd
}

// scene is a drawn screen: its lines, the cursor, and where a click does
// something; later targets lie on top. What is clicked is what was drawn.
type scene struct {
	lines   []string
	cursor  *tea.Cursor
	targets []target
}

func (s *scene) at(x, y int) (target, bool) {
	for i := len(s.targets) - 1; i >= 0; i-- {
		if t := s.targets[i]; y == t.y && x >= t.x && x < t.x+t.width {
			return t, true
		}
	}
	return target{}, false
}

// pointer takes the mouse. What lies on top takes it alone: a click beside it
// does nothing, the wheel is its own.
func (m *Model) pointer(msg tea.MouseMsg) tea.Cmd {
	if !m.mouse || m.leaving || m.tooSmall() {
		return nil
	}
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseClickMsg:
		return m.click(at)
	case tea.MouseWheelMsg:
		if o := m.overlay(); o != nil {
			return m.tell(o, tea.MouseWheelMsg(at))
		}
	}
	return m.body(msg, at)
}

// click does what stands there.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	shown := m.draw()
	if t, ok := shown.at(at.X, at.Y); ok {
		if at.Button != tea.MouseLeft {
			return nil
		}
		return t.do()
	}
	return m.body(tea.MouseClickMsg(at), at)
}

// body gives the mouse to the top view, in the body's own coordinates.
func (m *Model) body(msg tea.MouseMsg, at tea.Mouse) tea.Cmd {
	at.Y--
	if m.overlay() != nil || at.Y < 0 || at.Y >= m.bodyHeight() {
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

// tell gives an overlay a message that is not a key.
func (m *Model) tell(o overlay, msg tea.Msg) tea.Cmd {
	cmd := o.Update(msg)
	m.sweep()
	return cmd
}

// spotted are a view's spots as targets, its body beginning below the header.
func (m *Model) spotted(spots []tui.HitArea) []target {
	var out []target
	for _, s := range spots {
		if s.Y < m.bodyHeight() {
			out = append(out, target{s.X, s.Y + 1, s.Width, func() tea.Cmd { return m.performID(s.Action) }})
		}
	}
	return out
}

// performID does what the key of an action that is offered here does.
func (m *Model) performID(id string) tea.Cmd {
	for _, a := range m.everything() {
		if a.ID == id {
			return m.perform(a)
		}
	}
	return nil
}

// marked are a panel's spots as targets, its content beginning at x, y.
func (m *Model) marked(o overlay, p tui.Panel, x, y int) []target {
	var out []target
	for _, s := range p.HitAreas {
		out = append(out, target{x + s.X, y + s.Y, s.Width, func() tea.Cmd { return m.tell(o, tui.ClickMsg{ID: s.ID}) }})
	}
	return out
}

// pressed are the targets of a hint in the footer: a key each where it names
// several ("↑ ↓"), the word belonging to the last.
func (m *Model) pressed(h tui.Hint, x, width int) []target {
	y, o := m.height-1, m.overlay()
	if h.ID != 0 && o != nil {
		return []target{{x, y, width, func() tea.Cmd { return m.tell(o, tui.ClickMsg{ID: h.ID}) }}}
	}
	var out []target
	names := strings.Fields(h.Key)
	for i, name := range names {
		key, ok := tui.ParseKey(name)
		if !ok || m.answers(tea.Key(key)) {
			return nil
		}
		w := m.cells.Width(name)
		if i == len(names)-1 {
			w = width
		}
		out = append(out, target{x, y, w, func() tea.Cmd { return m.key(key) }})
		x, width = x+w+1, width-w-1
	}
	return out
}

// answers says that a key might answer the open question. No click presses one.
func (m *Model) answers(k tea.Key) bool {
	_, asks := m.overlay().(*dialog.Model)
	return asks && strings.ContainsFunc(k.Text, func(r rune) bool { return !unicode.IsSpace(r) })
}
