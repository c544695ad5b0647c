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
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

const (
	actHelp  = "app.help"
	maxQuery = 40 // bytes of the filter
)

// defaultGroup is the section of actions that name none.
const defaultGroup = "Here"

// Model is the open help page.
type Model struct {
	screen string
	items  []tui.Action
	keys   *tui.KeyMap
	query  string
	top    scroll.Position
	width  int // cells inside the frame, as last told
	height int // rows inside the frame, as last told
	done   bool
}

// New opens the help of a screen over its actions and the global ones.
func New(screen string, items []tui.Action, keys *tui.KeyMap) *Model {
	return &Model{screen: screen, items: items, keys: keys}
}

// Done reports whether the page wants to go away.
func (m *Model) Done() bool { return m.done }

// Typing reports whether letters go on with a filter.
func (m *Model) Typing() bool { return m.query != "" }

// WantsTick returns false: nothing here changes with the clock.
func (m *Model) WantsTick() bool { return false }

// Update takes keys and the wheel; letters filter.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		m.handleKey(tea.Key(msg))
	case tea.MouseWheelMsg:
		m.top.Wheel(msg.Button)
	}
	m.top.Clamp(m.rowCount(), m.height-headRows)
	return nil
}

// handleKey filters by letters and scrolls by the other keys. The key that opens help
// closes it too.
func (m *Model) handleKey(k tea.Key) {
	switch key := k.Keystroke(); {
	case key == "esc" && m.query != "", key == "ctrl+u" && m.query != "":
		m.setFilter("")
	case m.keys.Match(k, actHelp), scroll.Closes(k, m.keys) && (k.Text == "" || m.query == ""):
		m.done = true
	case key == "backspace":
		if r := []rune(m.query); len(r) > 0 {
			m.setFilter(string(r[:len(r)-1]))
		}
	case k.Text == "":
		m.top.Key(k, m.keys, m.height-headRows)
	case len(m.query) < maxQuery && !strings.ContainsFunc(k.Text, func(r rune) bool { return !unicode.IsGraphic(r) }):
		m.setFilter(m.query + k.Text)
	}
}

// rowCount returns how many rows the page has.
func (m *Model) rowCount() int {
	return len(m.rows(min(m.width, maxWidth), text.Runes, tui.NewStyles(tui.Theme{})))
}

func (m *Model) setFilter(query string) { m.query, m.top = strings.TrimLeft(query, " "), 0 }

// section is the actions of one group, in the order they came.
type section struct {
	name  string
	items []tui.Action
}

// sections returns the actions that the filter lets through, by group.
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

// keyLabels returns an action's keys, at most three.
func (m *Model) keyLabels(a tui.Action) string {
	var out []string
	for _, k := range m.keys.Keys(a.ID) {
		if len(out) < 3 {
			out = append(out, tui.KeyLabel(k))
		}
	}
	return strings.Join(out, " ")
}
