package tui

import tea "charm.land/bubbletea/v2"

// Guide accompanies the operator from screen to screen, in rows of its own above the
// footer that lie over nothing and that nothing lies over. It sees what is on the screen
// and takes no keys: what can be done with it is among the global actions.
type Guide interface {
	// Observe is called after every message, once the Views have received it, with what
	// is on the screen by then.
	Observe(msg tea.Msg, now Stage) tea.Cmd
	// Rows returns how many rows the guide takes of a screen of width × height cells, 0
	// for none. It must not change from step to step.
	Rows(width, height int) int
	// Note is a line of at most s.Width cells for the rule above the footer while the
	// guide takes no rows, "" for none.
	Note(s Screen) string
	// View draws the rows into s.Width × s.Height cells.
	View(s Screen, now Stage) string
}

// Stage is what is on the screen, for a Guide.
type Stage struct {
	Top View
	// Question is the question that has the keys, nil if there is none. IsCovered reports
	// that anything, a question or a menu, lies over Top.
	Question  *Prompt
	IsCovered bool
}

// IsTyping reports whether letters are text now, so that they are no keys.
func (s Stage) IsTyping() bool { return s.IsCovered || s.Top.Typing() }
