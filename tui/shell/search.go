package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// searcherIndex returns the index of the View with the search box on the stack, -1 if
// there is none.
func (m *Model) searcherIndex() int {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if _, is := m.stack[i].(tui.Searcher); is {
			return i
		}
	}
	return -1
}

// searchActions returns the action that goes to the search box from a screen above it.
// The screen with the box has an action of its own.
func (m *Model) searchActions() []tui.Action {
	place := m.searcherIndex()
	if place < 0 || place == len(m.stack)-1 {
		return nil
	}
	return []tui.Action{m.searchAction(place)}
}

func (m *Model) searchAction(place int) tui.Action {
	a := tui.Action{ID: actSearch, Title: "Search", Group: groupEverywhere, Help: "Returns to " + m.stack[place].Title() + " and opens the search box.", Do: func() tea.Cmd { return m.openSearch(place) }}
	for _, v := range m.stack[place+1:] {
		if k, is := v.(tui.UnsavedWork); is && k.UnsavedWork() != "" {
			a.Off = k.UnsavedWork()
		}
	}
	if len(m.stashes) > 0 {
		a.Off = "a question is open; esc goes back to it"
	}
	return a
}

// searchActionsOver returns that action while an overlay that takes no letters is open.
func (m *Model) searchActionsOver(o overlay) []tui.Action {
	t, is := o.(interface{ Typing() bool })
	place := m.searcherIndex()
	if !is || t.Typing() || place < 0 || len(m.overlays) > 1 {
		return nil
	}
	return []tui.Action{m.searchAction(place)}
}

// openSearch leaves the screens above the View with the search box, and opens the box.
func (m *Model) openSearch(place int) tea.Cmd {
	m.overlays = nil
	left := slices.Clone(m.stack[place+1:])
	if len(left) > 0 {
		m.last = m.top()
		m.stack = m.stack[:place+1]
	}
	return m.top().(tui.Searcher).Search(left)
}
