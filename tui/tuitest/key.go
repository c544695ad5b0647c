package tuitest

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// Key is the press that a keystroke names: "j", "G", "?", "enter", "ctrl+d",
// "shift+tab". It panics on a name nobody knows.
func Key(name string) tea.KeyPressMsg {
	k, ok := tui.ParseKey(name)
	if !ok {
		panic(fmt.Sprintf("tuitest: no key is called %q", name))
	}
	return k
}
