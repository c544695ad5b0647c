package tui

// Spot is cells of one row at which a click does something. Whatever that is, a
// key does it too.
type Spot struct {
	X, Y, Width int // relative to the Content
	// Action is what a click on a Frame's Spot does: an action that is offered there.
	Action string
	// Mark is what a Panel calls its Spot, from 1; it is told in a PointMsg.
	Mark int
}

// PointMsg tells the owner of a Panel that its Spot of that Mark was clicked.
type PointMsg struct{ Mark int }
