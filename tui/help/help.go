// Package help is the page that says every key of a screen, what it does, and
// why it does nothing now where it does not.
//
// What may live here: grouping, filtering and drawing actions. What may not:
// doing them (tui/palette), and words about any one screen.
package help

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// defaultGroup is the section of actions that name none.
const defaultGroup = "Here"

// Model is the open help page.
type Model struct {
	screen string
	items  []tui.Action
	keys   *tui.KeyMap
	query  string
	top    int // first row shown
	width  int // cells inside the frame, as last told
	height int // rows inside the frame, as last told
	done   bool
}

// New opens the help of a screen over its actions and the global ones.
func New(screen string, items []tui.Action, keys *tui.KeyMap) *Model {
	return &Model{screen: screen, items: items, keys: keys}
}

// Done says that the page wants to go away.
func (m *Model) Done() bool { return m.done }

// Typing says that letters go on with a filter.
func (m *Model) Typing() bool { return m.query != "" }

// WantsTick is false: nothing here changes with the clock.
func (m *Model) WantsTick() bool { return false }

// Update takes keys and the wheel; letters filter.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		m.handleKey(tea.Key(msg))
	case tea.MouseWheelMsg:
		m.wheel(msg.Button)
	}
	m.top = max(0, min(m.top, m.maxTop()))
	return nil
}

func (m *Model) handleKey(k tea.Key) {
	page := max(1, m.height-4)
	switch key := k.Keystroke(); {
	case key == "esc" && m.query != "":
		m.setFilter("")
	case key == "esc", key == "enter", k.Text == "?", k.Text == "q" && m.query == "":
		m.done = true
	case key == "up":
		m.top--
	case key == "down":
		m.top++
	case key == "pgup", key == "ctrl+b", key == "ctrl+u" && m.query == "":
		m.top -= page
	case key == "pgdown", key == "ctrl+f", key == "ctrl+d":
		m.top += page
	case key == "home":
		m.top = 0
	case key == "end":
		m.top = 1 << 20
	case key == "ctrl+u":
		m.setFilter("")
	case key == "backspace":
		if r := []rune(m.query); len(r) > 0 {
			m.setFilter(string(r[:len(r)-1]))
		}
	case k.Text != "" && len(m.query) < 40 && !strings.ContainsFunc(k.Text, func(r rune) bool { return !unicode.IsGraphic(r) }):
		m.setFilter(m.query + k.Text)
	}
}

func (m *Model) wheel(b tea.MouseButton) {
	const notch = 3
	switch b {
	case tea.MouseWheelUp:
		m.top -= notch
	case tea.MouseWheelDown:
		m.top += notch
	}
}

// maxTop is the furthest that the page scrolls.
func (m *Model) maxTop() int {
	return len(m.rows(min(m.width, maxWidth), text.Runes, tui.NewStyles(tui.Theme{}))) - max(1, m.height-headRows)
}

func (m *Model) setFilter(query string) { m.query, m.top = strings.TrimLeft(query, " "), 0 }

// section is the actions of one group, in the order they came.
type section struct {
	name  string
	items []tui.Action
}

// sections are the actions that the filter lets through, by group.
func (m *Model) sections() []section {
	var out []section
	at := map[string]int{}
	for _, a := range m.items {
		if !m.matchesFilter(a) {
			continue
		}
		name := a.Group
		if name == "" {
			name = defaultGroup
		}
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, section{name: name})
		}
		out[i].items = append(out[i].items, a)
	}
	return out
}

func (m *Model) matchesFilter(a tui.Action) bool {
	query := strings.ToLower(strings.TrimSpace(m.query))
	for _, field := range []string{a.Title, a.Help, a.Group, a.Off, m.keyLabels(a)} {
		if strings.Contains(strings.ToLower(field), query) {
			return true
		}
	}
	return false
}

// keyLabels are an action's keys, at most three.
func (m *Model) keyLabels(a tui.Action) string {
	var out []string
	for _, k := range m.keys.Keys(a.ID) {
		if len(out) < 3 {
			out = append(out, tui.KeyLabel(k))
		}
	}
	return strings.Join(out, " ")
}
