package shell

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// searcher is the place on the stack of the View with the search box, -1 for none.
func (m *Model) searcher() int {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if _, is := m.stack[i].(tui.Searcher); is {
			return i
		}
	}
	return -1
}

// search is the action that goes to the search box from a screen above it; the screen
// that has the box has an action of its own.
func (m *Model) search() []tui.Action {
	place := m.searcher()
	if place < 0 || place == len(m.stack)-1 {
		return nil
	}
	return []tui.Action{m.searchAt(place)}
}

func (m *Model) searchAt(place int) tui.Action {
	a := tui.Action{ID: actSearch, Title: "Search", Group: everywhere, Help: "Back to " + m.stack[place].Title() + ", with the search box open.", Do: func() tea.Cmd { return m.goSearch(place) }}
	for _, v := range m.stack[place+1:] {
		if k, is := v.(tui.UnsavedWork); is && k.UnsavedWork() != "" {
			a.Off = k.UnsavedWork()
		}
	}
	if len(m.visits) > 0 {
		a.Off = "a question waits; esc goes back to it"
	}
	return a
}

// searchOver is the same over what lies on the screen, where that takes no letters.
func (m *Model) searchOver(o overlay) []tui.Action {
	t, is := o.(interface{ Typing() bool })
	place := m.searcher()
	if !is || t.Typing() || place < 0 || len(m.overlays) > 1 {
		return nil
	}
	return []tui.Action{m.searchAt(place)}
}

// goSearch leaves what is above the View with the search box, and opens it.
func (m *Model) goSearch(place int) tea.Cmd {
	m.overlays = nil
	if place < len(m.stack)-1 {
		m.last = m.top()
		m.stack = m.stack[:place+1]
	}
	return m.top().(tui.Searcher).Search()
}
