package tui

// HitArea is a run of cells in one row that can be clicked. Everything a click does, a
// key does too.
type HitArea struct {
	X, Y, Width int // relative to the Content
	// Action is the id of the action that a click in a Frame performs; it must be one
	// that is offered there.
	Action string
	// ID is a Panel's own number for the area, from 1; ClickMsg carries it.
	ID int
}

// ClickMsg tells the owner of a Panel that the HitArea with this ID was clicked.
type ClickMsg struct{ ID int }
