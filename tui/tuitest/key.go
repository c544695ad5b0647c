package tuitest

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// Key returns the press of a keystroke: "j", "G", "?", "enter", "ctrl+d", "shift+tab".
// It panics on an unknown name.
func Key(name string) tea.KeyPressMsg {
	k, ok := tui.ParseKey(name)
	if !ok {
		panic(fmt.Sprintf("tuitest: no key is called %q", name))
	}
	return k
}
