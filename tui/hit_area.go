package tui

// HitArea is cells of one row at which a click does something. Whatever that is, a
// key does it too.
type HitArea struct {
	X, Y, Width int // relative to the Content
	// Action is what a click on a Frame's HitArea does: an action that is offered there.
	Action string
	// ID is a Panel's own number for the area, from 1; a ClickMsg carries it.
	ID int
}

// ClickMsg tells the owner of a Panel that its HitArea of that Mark was clicked.
type ClickMsg struct{ ID int }
