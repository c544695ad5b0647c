package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// ParseKey returns the key press named by a keystroke or its label: "j", "G", "?",
// "enter", "ctrl+d", "ctrl-d", "↑". It returns false if there is no such key.
func ParseKey(name string) (tea.KeyPressMsg, bool) {
	var k tea.Key
	rest := name
	for {
		at := strings.IndexAny(rest, "+-")
		if at <= 0 || at == len(rest)-1 {
			break
		}
		mod := modifier(rest[:at])
		if mod == 0 {
			break
		}
		k.Mod |= mod
		rest = rest[at+1:]
	}
	if code := code(rest); code != 0 {
		k.Code = code
		if code == tea.KeySpace && k.Mod == 0 {
			k.Text = " "
		}
		return tea.KeyPressMsg(k), true
	}
	r := []rune(rest)
	if len(r) != 1 {
		return tea.KeyPressMsg{}, false
	}
	k.Code = r[0]
	if k.Mod&^tea.ModShift == 0 {
		k.Text = rest
		if low := unicode.ToLower(r[0]); low != r[0] {
			k.Code, k.ShiftedCode, k.Mod = low, r[0], k.Mod|tea.ModShift
		}
	}
	return tea.KeyPressMsg(k), true
}

func modifier(name string) tea.KeyMod {
	switch name {
	case "ctrl":
		return tea.ModCtrl
	case "alt":
		return tea.ModAlt
	case "shift":
		return tea.ModShift
	}
	return 0
}

// code returns the code of a named key, 0 if there is none.
func code(name string) rune {
	return map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"↑": tea.KeyUp, "↓": tea.KeyDown, "←": tea.KeyLeft, "→": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}[name]
}
