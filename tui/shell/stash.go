package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
)

// visit is what lay over the screen at a depth of the stack when another screen
// was wished for meanwhile. It is there again once the stack is as deep again.
type visit struct {
	depth   int
	waiting []overlay
}

// visit shows a view and lets what lies over the screen wait.
func (m *Model) visit(v tui.View) tea.Cmd {
	if v == nil || m.leaving {
		return nil
	}
	m.visits = append(m.visits, visit{len(m.stack), m.overlays})
	m.overlays = nil
	return m.push(v)
}

// resumeVisited brings back what waited for the screen that is on top now, below
// what has come up since. Keys that were under way confirm nothing in it.
func (m *Model) resumeVisited() tea.Cmd {
	var cmds []tea.Cmd
	for n := len(m.visits); n > 0 && m.visits[n-1].depth >= len(m.stack); n-- {
		back := m.visits[n-1].waiting
		m.visits = m.visits[:n-1]
		for _, o := range back {
			cmds = append(cmds, o.Update(m.inside()))
		}
		m.overlays = slices.Concat(back, m.overlays)
	}
	if d := m.Dialog(); d != nil {
		d.RestartGrace()
	}
	return tea.Batch(cmds...)
}

// questions are the open ones, those that wait included.
func (m *Model) questions() []*dialog.Model {
	all := m.overlays
	for _, v := range m.visits {
		all = slices.Concat(v.waiting, all)
	}
	var out []*dialog.Model
	for _, o := range all {
		if d, ok := o.(*dialog.Model); ok {
			out = append(out, d)
		}
	}
	return out
}
