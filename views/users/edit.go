package users

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/input"
	"frontdesk/tui"
	"frontdesk/tui/table"
)

// editKey handles a key in the box. As in other completing inputs, ctrl+n and ctrl+p
// move in the list.
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

// clearSelectedText deletes the text if it is selected. What replaces it is a new
// search, whose cursor starts at the top.
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

// In a terminal without bracketed paste, a pasted log line arrives as single keys. A
// text longer than any name is not searched for at every key; enter searches for the
// users named in it, as a paste does.

const (
	longInputHint   = "Too long to search for as it is; enter finds the users named in it."
	boxFullHint     = "The search box is full; the rest was left out. Enter finds the users named in it."
	nobodyNamedHint = "It contains no user id, e-mail address or phone number."
)

// boxEdited searches for the text, or rejects it if it has become too long.
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
		return v.feed.stopLoading() // the search for the beginning of the text is not needed
	}
	return nil
}

// keepLongInput closes the box on a long text and searches for the users named in it.
func (v *View) keepLongInput() tea.Cmd {
	text := v.box.Text()
	if found := input.FindPeople(text); found.Count() > 0 {
		return v.searchPeople(found)
	}
	v.box.RejectAll(nobodyNamedHint)
	return nil
}

// Search opens the box from the screens above, to which esc returns.
func (v *View) Search(left []tui.View) tea.Cmd {
	v.openBox()
	v.leftForSearch = left
	if v.resultBefore = v.feed.shown; v.resultBefore != nil {
		v.windowBefore = v.resultBefore.win
	}
	return v.sync(nil)
}

// openBox opens the box for another search.
func (v *View) openBox() {
	v.box.Open()
	v.leftForSearch, v.resultBefore, v.textBefore = nil, nil, v.box.Text()
}

// closeBox closes the box; esc does not return to another screen any more.
func (v *View) closeBox() {
	v.box.Close()
	v.leftForSearch, v.resultBefore = nil, nil
}

// returnFromSearch goes back to the screens that were left for the search, with the
// list as it was then.
func (v *View) returnFromSearch() tea.Cmd {
	var pushes []tea.Cmd
	for _, left := range v.leftForSearch {
		pushes = append(pushes, tui.Push(left))
	}
	before := v.resultBefore
	v.closeBox()
	var restore tea.Cmd
	switch {
	case v.box.Text() == v.textBefore:
	case before != nil && before.pages.IsComplete() && before.query.needle.Typed == strings.TrimSpace(v.textBefore):
		v.box.SetText(v.textBefore)
		v.box.Reject(nil)
		restore = v.feed.restore(before, v.windowBefore)
	default:
		restore = v.setBox(v.textBefore)
	}
	return tea.Batch(restore, tea.Sequence(pushes...))
}
