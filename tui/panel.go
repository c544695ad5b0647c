package tui

import tea "charm.land/bubbletea/v2"

// Panel is what lies over a screen: a question, a menu, the help. The shell
// frames it and fades what is behind.
type Panel struct {
	Title string // in the frame's upper edge; cleaned text
	Tone  Tone   // the frame's colour; ToneNone is a quiet line
	// Content is lines, none wider and not more than the Screen that View was given.
	Content string
	// Cursor is relative to the content; nil hides it.
	Cursor *tea.Cursor
	// Bar lays the content across the bottom, unframed, below a screen that stays lit.
	Bar bool
	// HitAreas are where a click means something to the panel; later ones lie on top.
	HitAreas []HitArea
	// Hints are the keys that work now, the most important first; a Bar has none.
	Hints []Hint
}

// Hint is one key and what it does, as the footer shows it. A click on it presses
// the key, or, with an ID, clicks the Panel's HitArea of that ID.
type Hint struct {
	Key, Label string
	ID         int
}
