package users

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/search"
	"frontdesk/tui/table"
)

// key edits the box. In it, ctrl-n and ctrl-p move the list, as where a box
// completes.
func (v *View) key(msg tea.KeyPressMsg) tea.Cmd {
	if !v.typing {
		return nil
	}
	switch {
	case key.Matches(msg, v.box.KeyMap.NextSuggestion):
		return v.move(1)
	case key.Matches(msg, v.box.KeyMap.PrevSuggestion):
		return v.move(-1)
	}
	if msg.Text != "" {
		v.supplant()
	}
	v.picked = false
	return v.edit(msg)
}

// supplant takes the text away that is selected: what comes in its place is
// another search, and its cursor begins on top.
func (v *View) supplant() {
	if !v.picked {
		return
	}
	v.box.Reset()
	v.picked, v.moved = false, false
	if win := v.window(); win != nil && !v.want.ask.needle.Empty() {
		*win = table.Window{}
	}
}

func (v *View) edit(msg tea.Msg) tea.Cmd {
	before := v.box.Value()
	if paste, is := msg.(tea.PasteMsg); is { // before the box leaves out what it does not know
		msg = tea.PasteMsg{Content: search.Clean(paste.Content)}
	}
	v.box, _ = v.box.Update(msg)
	if v.box.Value() == before {
		return nil
	}
	if clean := search.Clean(v.box.Value()); clean != v.box.Value() {
		v.box.SetValue(clean)
	}
	return v.typed()
}

// openBox opens the box with what is in it selected, so that a new search is typed
// over the old one, and the old one edited by moving in it first.
func (v *View) openBox() {
	v.picked = !v.typing && v.box.Value() != ""
	v.typing = true
	v.box.Focus()
	v.box.CursorEnd()
}

// Search opens the box for who comes from another screen.
func (v *View) Search() tea.Cmd {
	v.openBox()
	return v.then(nil)
}

func (v *View) closeBox() {
	v.typing, v.picked = false, false
	v.box.Blur()
}
