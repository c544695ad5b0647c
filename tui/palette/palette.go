// Package palette is a list of actions to choose from by typing: the action
// menu and the go-to list are both one.
//
// What may live here: filtering, choosing and drawing a tui.Menu. What may not:
// what the actions are, and doing them (the caller's run).
package palette

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/textbox"
)

// The actions' ids in the key map.
const (
	actChoose   = "menu.choose"
	actClose    = "menu.close"
	actUp       = "menu.up"
	actDown     = "menu.down"
	actPageUp   = "menu.pageup"
	actPageDown = "menu.pagedown"
)

// Model is one open menu.
type Model struct {
	menu     tui.Menu
	keys     *tui.KeyMap
	run      func(tui.Action) tea.Cmd
	filter   textbox.Model
	rows     []match
	meanings []tui.Meaning // what the text itself means
	cursor   int
	note     string
	done     bool
}

// match is an item that the filter lets through and the bytes that matched; or,
// with an item below zero, one of the meanings of the text: -1 is the first.
type match struct {
	item    int
	matched []int
}

func (m *Model) action(r match) tui.Action {
	if r.item < 0 {
		return m.meanings[-1-r.item].Action
	}
	return m.menu.Items[r.item]
}

// New opens a menu; run does what is chosen, after the menu is gone.
func New(menu tui.Menu, keys *tui.KeyMap, run func(tui.Action) tea.Cmd) *Model {
	f := textbox.Model{Limit: 200, Placeholder: "type to find"}
	if menu.Interpret != nil {
		f.Placeholder = "type an action or a name"
	}
	m := &Model{menu: menu, keys: keys, run: run, filter: f}
	m.applyFilter()
	m.cursor = m.firstEnabled()
	return m
}

// Done reports whether the menu wants to go away.
func (m *Model) Done() bool { return m.done }

// WantsTick returns false: nothing here changes with the clock.
func (m *Model) WantsTick() bool { return false }

// Update takes keys, pastes and the mouse.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.note = ""
		m.updateFilter(tea.PasteMsg{Content: strings.Trim(msg.Content, "\r\n")})
	case tea.KeyPressMsg:
		return m.handleKey(tea.Key(msg), msg)
	case tui.ClickMsg:
		return m.click(msg.ID - 1)
	case tea.MouseWheelMsg:
		m.wheel(msg.Button)
	}
	return nil
}

// click marks a row, and chooses the one that is marked.
func (m *Model) click(row int) tea.Cmd {
	m.note = ""
	if row == m.cursor {
		return m.choose()
	}
	if row >= 0 && row < len(m.rows) {
		m.cursor = row
	}
	return nil
}

// wheel moves the mark, never past an end.
func (m *Model) wheel(b tea.MouseButton) {
	const notch = 3
	switch b {
	case tea.MouseWheelUp:
		m.cursor = max(0, m.cursor-notch)
	case tea.MouseWheelDown:
		m.cursor = max(0, min(len(m.rows)-1, m.cursor+notch))
	}
}

func (m *Model) handleKey(k tea.Key, msg tea.KeyPressMsg) tea.Cmd {
	const page = 8
	m.note = ""
	switch {
	case m.keys.Match(k, actClose):
		m.done = true
	case m.keys.Match(k, actChoose):
		return m.choose()
	case m.keys.Match(k, actUp):
		m.cursor--
	case m.keys.Match(k, actDown):
		m.cursor++
	case m.keys.Match(k, actPageUp):
		m.cursor = max(0, m.cursor-page)
	case m.keys.Match(k, actPageDown):
		m.cursor = min(len(m.rows)-1, m.cursor+page)
	default:
		m.updateFilter(msg)
	}
	m.wrapCursor()
	return nil
}

// wrapCursor goes round at both ends.
func (m *Model) wrapCursor() {
	switch n := len(m.rows); {
	case n == 0:
		m.cursor = 0
	case m.cursor < 0:
		m.cursor = n - 1
	case m.cursor >= n:
		m.cursor = 0
	}
}

func (m *Model) choose() tea.Cmd {
	if m.cursor >= len(m.rows) {
		return nil
	}
	a := m.action(m.rows[m.cursor])
	if a.Off != "" {
		m.note = a.Title + ": " + a.Off
		return nil
	}
	m.done = true
	return m.run(a)
}

func (m *Model) updateFilter(msg tea.Msg) {
	before := m.filter.Value()
	m.filter.Update(msg)
	if m.filter.Dropped() > 0 {
		m.note = "invisible characters were left out"
	}
	if m.filter.Value() != before {
		m.applyFilter()
		m.cursor = 0
	}
}

// applyFilter keeps the menu's own order until something is typed, then the best first.
// A colon in front is the key that opened the list, pressed once more.
func (m *Model) applyFilter() {
	m.rows, m.meanings = nil, nil
	query := strings.TrimSpace(strings.TrimLeft(m.filter.Value(), ": "))
	if query == "" {
		for i := range m.menu.Items {
			m.rows = append(m.rows, match{item: i})
		}
		return
	}
	if m.menu.Interpret != nil {
		m.meanings = m.menu.Interpret(query)
	}
	var sure, besides []match
	for i, means := range m.meanings {
		if means.Certain {
			sure = append(sure, match{item: -1 - i})
		} else {
			besides = append(besides, match{item: -1 - i})
		}
	}
	m.rows = slices.Concat(sure, rank(query, m.menu.Items), besides)
}

// firstEnabled returns the first item that can be done now.
func (m *Model) firstEnabled() int {
	for i, r := range m.rows {
		if m.action(r).Off == "" {
			return i
		}
	}
	return 0
}
