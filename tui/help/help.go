// Package help is the page with all keys of a screen: what each does, and why it does
// nothing now if that is so. Typing turns it into a list from which an action can be
// run. Words about a particular screen come from its actions.
package help

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/actionlist"
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

// The actions' ids in the key map.
const (
	actHelp   = "app.help"
	actChoose = "menu.choose"
)

// Page is what the help shows.
type Page struct {
	Screen   string // the screen's title
	Items    []tui.Action
	Glossary []tui.Term
}

// Model is the open help page.
type Model struct {
	page          Page
	keys          *tui.KeyMap
	run           func(tui.Action) tea.Cmd
	list          *actionlist.Model
	top           scroll.Position // used while nothing is typed
	width, height int             // inside of the frame
	done          bool
}

// New opens the help; run is called with the action that is chosen.
func New(page Page, keys *tui.KeyMap, run func(tui.Action) tea.Cmd) *Model {
	m := &Model{page: page, keys: keys, run: run}
	m.list = actionlist.New(actionlist.Config{
		Items: page.Items, Placeholder: "type to find",
		MoreText: func(a tui.Action) []string { return []string{a.Help, a.Group, a.Off, m.keyLabels(a)} },
	})
	return m
}

// Done reports whether the page is to be closed.
func (m *Model) Done() bool { return m.done }

// Typing reports whether a filter is being typed.
func (m *Model) Typing() bool { return m.list.Query() != "" }

// WantsTick is false: nothing here changes with the clock.
func (m *Model) WantsTick() bool { return false }

// Update handles keys, pastes, the mouse and the size.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.PasteMsg:
		m.list.Update(msg)
	case tea.KeyPressMsg:
		cmd = m.handleKey(msg)
	case tui.ClickMsg:
		if m.list.Click(msg.ID - 1) {
			cmd = m.choose()
		}
	case tea.MouseWheelMsg:
		if m.Typing() {
			m.list.Wheel(msg.Button)
		} else {
			m.top.Wheel(msg.Button)
		}
	}
	m.top.Clamp(m.rowCount(), m.height-headRows)
	return cmd
}

// handleKey gives letters to the filter. Other keys scroll or, while a filter is typed,
// move the cursor.
func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	k, typing := tea.Key(msg), m.Typing()
	switch key := k.Keystroke(); {
	case m.keys.Match(k, actHelp):
		m.done = true
	case typing && (key == "esc" || key == "ctrl+u"):
		m.list.Clear()
		m.top = 0
	case typing && m.keys.Match(k, actChoose):
		return m.choose()
	case scroll.Closes(k, m.keys) && (k.Text == "" || !typing):
		m.done = true
	case k.Text == "" && m.scroll(k, typing):
	default:
		m.list.Update(msg)
		m.top = 0
	}
	return nil
}

// scroll moves the page or the cursor and reports whether the key does that.
func (m *Model) scroll(k tea.Key, typing bool) bool {
	room := m.height - headRows
	if !typing {
		return m.top.Key(k, m.keys, room)
	}
	at := scroll.Position(m.list.Cursor())
	if !at.Key(k, m.keys, room) {
		return false
	}
	m.list.Select(int(at))
	return true
}

func (m *Model) choose() tea.Cmd {
	a, ok := m.list.Choose()
	if !ok {
		return nil
	}
	m.done = true
	return m.run(a)
}

// rowCount returns how many rows the page has.
func (m *Model) rowCount() int {
	p := newPainter(m, min(m.width, maxWidth), text.Runes, tui.NewStyles(tui.Theme{}))
	return len(p.rows())
}

// keyLabels returns the labels of an action's keys, at most three.
func (m *Model) keyLabels(a tui.Action) string {
	var out []string
	for _, k := range m.keys.Keys(a.ID) {
		if len(out) < 3 {
			out = append(out, tui.KeyLabel(k))
		}
	}
	return strings.Join(out, " ")
}
