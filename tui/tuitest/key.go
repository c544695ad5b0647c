package tuitest

import (
	"fmt"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// Key is the press that a keystroke names: "j", "G", "?", "enter", "ctrl+d",
// "shift+tab". It panics on a name nobody knows.
func Key(name string) tea.KeyPressMsg {
	var k tea.Key
	rest := name
	for {
		head, tail, found := strings.Cut(rest, "+")
		mod, known := modifiers[head]
		if !found || !known || tail == "" {
			break
		}
		k.Mod |= mod
		rest = tail
	}
	if code, ok := named[rest]; ok {
		k.Code = code
		if code == tea.KeySpace && k.Mod == 0 {
			k.Text = " "
		}
		return tea.KeyPressMsg(k)
	}
	r := []rune(rest)
	if len(r) != 1 {
		panic(fmt.Sprintf("tuitest: no key is called %q", name))
	}
	k.Code = r[0]
	if k.Mod&^tea.ModShift == 0 {
		k.Text = rest
		if low := unicode.ToLower(r[0]); low != r[0] {
			k.Code, k.ShiftedCode, k.Mod = low, r[0], k.Mod|tea.ModShift
		}
	}
	return tea.KeyPressMsg(k)
}

var modifiers = map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
}
