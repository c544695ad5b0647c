package users

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/table"
)

// editKey edits the box. In it, ctrl-n and ctrl-p move the list, as where a box
// completes.
func (v *View) editKey(msg tea.KeyPressMsg) tea.Cmd {
	if !v.typing {
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
	v.isBoxSelected = false
	return v.editBox(msg)
}

// clearSelectedText takes the text away that is selected: what comes in its place is
// another search, and its cursor begins on top.
func (v *View) clearSelectedText() {
	if !v.isBoxSelected {
		return
	}
	v.box.Reset()
	v.isBoxSelected, v.cursorMoved = false, false
	if win := v.activeWindow(); win != nil && !v.want.query.needle.Empty() {
		*win = table.Window{}
	}
}

func (v *View) editBox(msg tea.Msg) tea.Cmd {
	before := v.box.Value()
	switch given := msg.(type) {
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: normalizeTyped(given.Content)}
	case tea.KeyPressMsg:
		given.Text = normalizeTyped(given.Text)
		msg = given
	}
	v.box.Update(msg)
	if v.box.Value() == before {
		return nil
	}
	return v.boxEdited()
}

// normalizeTyped writes the quotes of a word processor as the ones that the search
// knows, and the wide space as the one that parts its words.
func normalizeTyped(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u201c', '\u201d', '\u201e', '\u201f', '\uff02':
			return '"'
		case '\u3000':
			return ' '
		}
		return r
	}, text)
}

// openBox opens the box with what is in it selected, so that a new search is typed
// over the old one, and the old one edited by moving in it first.
func (v *View) openBox() {
	v.isBoxSelected = !v.typing && v.box.Value() != ""
	v.typing = true
	v.box.SetOffset(len(v.box.Value()))
}

// Search opens the box for who comes from another screen.
func (v *View) Search() tea.Cmd {
	v.openBox()
	return v.sync(nil)
}

func (v *View) closeBox() {
	v.typing, v.isBoxSelected = false, false
}
