package tui

import tea "charm.land/bubbletea/v2"

// Panel is what is drawn over a screen: a question, a menu, the help. The shell frames
// it and dims the screen behind it.
type Panel struct {
	Title string // in the frame's upper edge; cleaned text
	Tone  Tone   // the frame's colour; ToneNone is a quiet line
	// Content is at most as many lines, and as wide, as the Screen passed to View.
	Content string
	// Cursor is relative to the content; nil hides it.
	Cursor *tea.Cursor
	// Bar puts the content across the bottom, without a frame and without dimming the
	// screen.
	Bar bool
	// HitAreas can be clicked; later ones are on top.
	HitAreas []HitArea
	// Hints are the keys that work now, most important first. A Bar has none.
	Hints []Hint
}

// Hint is a key and what it does, as shown in the footer. Clicking it presses the key
// or, if ID is set, sends the Panel a ClickMsg with that ID.
type Hint struct {
	Key, Label string
	ID         int
}
