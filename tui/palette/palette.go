// Package palette shows a tui.Menu: a list of actions to choose from by typing. The
// action menu and the palette are both one. What the actions are, and running them, is
// the caller's.
package palette

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/actionlist"
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

// Model is an open menu.
type Model struct {
	menu tui.Menu
	keys *tui.KeyMap
	run  func(tui.Action) tea.Cmd
	list *actionlist.Model
	done bool
}

// New opens a menu; run is called with the action that is chosen.
func New(menu tui.Menu, keys *tui.KeyMap, run func(tui.Action) tea.Cmd) *Model {
	c := actionlist.Config{Items: menu.Items, Interpret: menu.Interpret, IgnoredPrefix: ":", Placeholder: "type to find"}
	if menu.Interpret != nil {
		c.Placeholder = "type an action or a person's name"
	}
	return &Model{menu: menu, keys: keys, run: run, list: actionlist.New(c)}
}

// Done reports whether the menu is to be closed.
func (m *Model) Done() bool { return m.done }

// WantsTick is false: nothing here changes with the clock.
func (m *Model) WantsTick() bool { return false }

// Update handles keys, pastes and the mouse. The first click on a row selects it, the
// second chooses it.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.list.Update(msg)
	case tea.KeyPressMsg:
		return m.handleKey(msg)
	case tui.ClickMsg:
		if m.list.Click(msg.ID - 1) {
			return m.choose()
		}
	case tea.MouseWheelMsg:
		m.list.Wheel(msg.Button)
	}
	return nil
}

func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	const page = 8
	switch k := tea.Key(msg); {
	case m.keys.Match(k, actClose):
		m.done = true
	case m.keys.Match(k, actChoose):
		return m.choose()
	case m.keys.Match(k, actUp):
		m.list.Move(-1)
	case m.keys.Match(k, actDown):
		m.list.Move(1)
	case m.keys.Match(k, actPageUp):
		m.list.Select(m.list.Cursor() - page)
	case m.keys.Match(k, actPageDown):
		m.list.Select(m.list.Cursor() + page)
	default:
		m.list.Update(msg)
	}
	return nil
}

func (m *Model) choose() tea.Cmd {
	a, ok := m.list.Choose()
	if !ok {
		return nil
	}
	m.done = true
	return m.run(a)
}
