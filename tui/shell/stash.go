package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// stash holds the overlays of a screen from which another screen was opened. They come
// back once the stack is as deep again.
type stash struct {
	depth   int
	waiting []overlay
}

// stashAndPush shows a view and sets the open overlays aside.
func (m *Model) stashAndPush(v tui.View) tea.Cmd {
	if v == nil || m.leaving {
		return nil
	}
	m.stashes = append(m.stashes, stash{len(m.stack), m.overlays})
	m.overlays = nil
	return m.push(v)
}

// restoreStash brings back the overlays of the screen that is now on top, below what
// has opened since. Keys on their way confirm nothing in them.
func (m *Model) restoreStash() tea.Cmd {
	var cmds []tea.Cmd
	for n := len(m.stashes); n > 0 && m.stashes[n-1].depth >= len(m.stack); n-- {
		back := m.stashes[n-1].waiting
		m.stashes = m.stashes[:n-1]
		for _, o := range back {
			cmds = append(cmds, o.Update(m.innerSize()))
		}
		m.overlays = slices.Concat(back, m.overlays)
	}
	if d := m.Dialog(); d != nil {
		d.RestartGrace()
	}
	return tea.Batch(cmds...)
}

// questions returns the open questions, including stashed ones but not one that is sending.
func (m *Model) questions() []*dialog.Model {
	all := m.overlays
	for _, v := range m.stashes {
		all = slices.Concat(v.waiting, all)
	}
	var out []*dialog.Model
	for _, o := range all {
		if isAsking(o) {
			out = append(out, o.(*dialog.Model))
		}
	}
	return out
}
