package users

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/input"
	"frontdesk/tui/table"
)

// editKey edits the box. In it, ctrl-n and ctrl-p move the list, as where a box
// completes.
func (v *View) editKey(msg tea.KeyPressMsg) tea.Cmd {
	if !v.box.IsOpen() {
		return nil
	}
	const locks = tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	bare := tea.Key(msg)
	bare.Mod &^= locks
	switch bare.Keystroke() {
	case "down", "ctrl+n":
		return v.moveCursor(1)
	case "up", "ctrl+p":
		return v.moveCursor(-1)
	}
	if msg.Text != "" {
		v.clearSelectedText()
	}
	v.box.Deselect()
	return v.editBox(msg)
}

// clearSelectedText deletes the text if it is selected: what comes in its place is
// another search, and its cursor begins on top.
func (v *View) clearSelectedText() {
	if !v.box.DeleteSelected() {
		return
	}
	v.feed.cursorMoved = false
	if win := v.feed.activeWindow(); win != nil && !v.feed.want.query.needle.Empty() {
		*win = table.Window{}
	}
}

func (v *View) editBox(msg tea.Msg) tea.Cmd {
	if !v.box.Edit(msg) {
		return nil
	}
	return v.boxEdited()
}

// Where a terminal does not say that a text was pasted, a line of a log comes as
// letters. Beyond what anybody would be called it is not asked letter by letter;
// enter looks for who is named in it, as a paste does.

const (
	longInputHint   = "Too long to be searched for as it stands; enter looks for who is named in it."
	boxFullHint     = "The box is full: what came after this is not in it. Enter looks for who is named in what is."
	nobodyNamedHint = "No user id, e-mail address or phone number stands in it."
)

// boxEdited looks for what was typed, or holds the line that it has become.
func (v *View) boxEdited() tea.Cmd {
	why := longInputHint
	switch {
	case !v.box.IsLong():
		return v.searchFor(v.box.Text())
	case v.box.IsFull():
		why = boxFullHint
	}
	v.box.RejectAll(why)
	if v.feed.want.state == running && !v.feed.want.query.needle.Empty() {
		return v.feed.stopLoading() // nobody waits for what begins with it
	}
	return nil
}

// keepLongInput leaves the box with a line in it.
func (v *View) keepLongInput() tea.Cmd {
	text := v.box.Text()
	if found := input.FindPeople(text); found.Count() > 0 {
		return v.searchPeople(found)
	}
	v.box.RejectAll(nobodyNamedHint)
	return nil
}

// Search opens the box for who comes from another screen.
func (v *View) Search() tea.Cmd {
	v.box.Open()
	return v.sync(nil)
}
