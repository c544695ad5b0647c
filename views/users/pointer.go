package users

import tea "charm.land/bubbletea/v2"

// wheelStep is how many rows one notch of the wheel scrolls.
const wheelStep = 3

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
	if win := v.beginMove(by); win != nil {
		*win = win.Scroll(by, v.listing().len(), v.visibleRows())
	}
	return nil
}

// click selects a row, opens the one that is selected, and opens the box.
func (v *View) click(at tea.Mouse) tea.Cmd {
	g := v.lastLayout
	switch {
	case at.Button != tea.MouseLeft || g.rows == 0:
		return nil
	case at.Y == g.box:
		v.openBox()
		return nil
	case at.Y < g.top || at.Y >= g.top+g.rows || at.X >= g.list:
		return nil
	}
	list := v.listing()
	row := list.win.Top + at.Y - g.top
	switch {
	case !list.hasCursor || row >= list.len():
		return nil
	case row == list.win.Cursor && v.isCursorJustShifted():
		return v.notifyMisfire("Open")
	case row == list.win.Cursor:
		return v.openUser(v.currentUser())
	}
	if win := v.beginMove(0); win != nil {
		*win = win.Select(row, list.len(), v.visibleRows())
	}
	return nil
}
