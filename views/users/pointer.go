package users

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// wheelStep is how many rows a notch of the wheel scrolls.
const wheelStep = 3

// hitArea is what a click on one line of the screen hits. Drawing collects them.
type hitArea struct {
	y, width int
	isBox    bool
	row      int    // of the list, unless isBox
	id       string // of the user drawn there, "" if the row was not loaded
}

// wheel scrolls the list.
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

// click selects a row, opens the selected one, or opens the box.
func (v *View) click(at tea.Mouse) tea.Cmd {
	i := slices.IndexFunc(v.hits, func(h hitArea) bool { return h.y == at.Y && at.X < h.width })
	if i < 0 || at.Button != tea.MouseLeft {
		return nil
	}
	if v.hits[i].isBox {
		v.openBox()
		return nil
	}
	list, row := v.feed.listing(), v.hits[i].row
	if now, found := v.findRow(v.hits[i].id); found {
		row = now // rows may have been inserted since it was drawn
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
