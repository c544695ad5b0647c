package users

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// wheelStep is how many rows one notch of the wheel scrolls.
const wheelStep = 3

// hitArea is what a click on one line of the screen means. Drawing collects them.
type hitArea struct {
	y, width int
	isBox    bool
	row      int    // of the list, where it is not the box
	id       string // of the user who was drawn there, "" while the row is not loaded
}

// wheel scrolls what shows.
func (v *View) wheel(at tea.Mouse) tea.Cmd {
	by := wheelStep
	switch at.Button {
	case tea.MouseWheelUp:
		by = -wheelStep
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if win := v.feed.beginMove(by); win != nil {
		*win = win.Scroll(by, v.feed.listing().len(), v.feed.visibleRows())
	}
	return nil
}

// click selects a row, opens the one that is selected, and opens the box.
func (v *View) click(at tea.Mouse) tea.Cmd {
	i := slices.IndexFunc(v.hits, func(h hitArea) bool { return h.y == at.Y && at.X < h.width })
	if i < 0 || at.Button != tea.MouseLeft {
		return nil
	}
	if v.hits[i].isBox {
		v.box.Open()
		return nil
	}
	list, row := v.feed.listing(), v.hits[i].row
	if now, found := v.findRow(v.hits[i].id); found {
		row = now // rows may have come in since
	}
	switch {
	case !list.hasCursor || row >= list.len():
		return nil
	case row == list.win.Cursor && v.isCursorJustShifted():
		return v.notifyMisfire("Open")
	case row == list.win.Cursor:
		return v.openUser(v.currentUser())
	}
	if win := v.feed.beginMove(0); win != nil {
		*win = win.Select(row, list.len(), v.feed.visibleRows())
	}
	return nil
}
