package textarea

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Update takes a key or a paste. Keys that mean nothing here do nothing.
func (m *Model) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.insert(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(msg.Content))
	case tea.KeyPressMsg:
		m.key(tea.Key(msg))
	}
}

func (m *Model) key(k tea.Key) {
	name := k.Keystroke()
	if m.edit(name) {
		return
	}
	bare := strings.Replace(name, "shift+", "", 1)
	switch to, moves := m.motion(bare); {
	case moves && bare != name:
		m.extend(to)
	case moves:
		m.move(to)
	case name == "ctrl+g":
		m.mark, m.selecting, m.cur = spot{}, true, m.end()
	case k.Text != "":
		m.insert(k.Text)
	}
}

// edit does what a key does to the text; false where it does nothing to it.
func (m *Model) edit(name string) bool {
	to := m.cur
	switch name {
	case "enter", "ctrl+m":
		m.insert("\n")
		return true
	case "backspace", "ctrl+h":
		to = m.prev(m.cur)
	case "delete", "ctrl+d":
		to = m.next(m.cur)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		to = m.prevWord(m.cur)
	case "alt+d", "alt+delete", "ctrl+delete":
		to = m.nextWord(m.cur)
	case "ctrl+u":
		to = spot{m.cur.line, 0}
		if m.cur.col == 0 {
			to = m.prev(m.cur)
		}
	default:
		return false
	}
	switch {
	case m.selecting:
		m.remove(m.selection())
	case to.before(m.cur):
		m.remove(to, m.cur)
	default:
		m.remove(m.cur, to)
	}
	return true
}

// motion is where a key moves to; false for a key that does not move. Up and down
// keep the column.
func (m *Model) motion(name string) (to spot, moves bool) {
	switch name {
	case "up", "ctrl+p":
		return m.rise(1), true
	case "down", "ctrl+n":
		return m.sink(1), true
	case "pgup":
		return m.rise(max(1, m.height)), true
	case "pgdown":
		return m.sink(max(1, m.height)), true
	}
	m.goal = -1
	switch name {
	case "left", "ctrl+b":
		return m.prev(m.cur), true
	case "right", "ctrl+f":
		return m.next(m.cur), true
	case "ctrl+left", "alt+left", "alt+b":
		return m.prevWord(m.cur), true
	case "ctrl+right", "alt+right", "alt+f":
		return m.nextWord(m.cur), true
	case "home", "ctrl+a":
		return spot{m.cur.line, 0}, true
	case "end", "ctrl+e":
		return spot{m.cur.line, len(m.lines[m.cur.line])}, true
	case "ctrl+home", "alt+<":
		return spot{}, true
	case "ctrl+end", "alt+>":
		return m.end(), true
	}
	return m.cur, false
}

func (m *Model) rise(rows int) spot { return m.along(rows, m.above) }
func (m *Model) sink(rows int) spot { return m.along(rows, m.below) }

// along goes so many rows, or as many as there are.
func (m *Model) along(rows int, step func(spot) (spot, bool)) spot {
	if m.goal < 0 {
		m.goal = m.column(m.cur)
	}
	head := m.head(m.cur)
	for range rows {
		to, ok := step(head)
		if !ok {
			break
		}
		head = to
	}
	return m.at(head, m.goal)
}

func (m *Model) move(to spot) { m.cur, m.selecting = to, false }

func (m *Model) extend(to spot) {
	if !m.selecting {
		m.mark, m.selecting = m.cur, true
	}
	m.cur = to
}
