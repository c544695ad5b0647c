package tuitest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// modes follows a program's output and knows which terminal modes it has left different
// from how it found them.
type modes struct {
	parser  *ansi.Parser
	private map[int]bool // DEC private modes as last set; absent means untouched
	kitty   [2]int       // depth of the kitty keyboard stacks: main screen, alternate screen
	others  map[string]bool
	title   string
}

// defaultOn are the modes that are on by default and must not be left off.
var defaultOn = map[int]bool{7: true, 25: true}

var modeNames = map[int]string{
	1: "application cursor keys", 7: "no autowrap", 25: "cursor hidden", 47: "alternate screen", 66: "application keypad",
	1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus reports", 1006: "mouse (SGR)", 1015: "mouse (urxvt)", 1016: "mouse (pixels)",
	1047: "alternate screen", 1049: "alternate screen", 2004: "bracketed paste", 2026: "synchronized output", 2027: "grapheme clusters",
	2031: "colour scheme reports", 2048: "size reports",
}

func newModes() *modes {
	m := &modes{parser: ansi.NewParser(), private: map[int]bool{}, others: map[string]bool{}}
	m.parser.SetHandler(ansi.Handler{HandleCsi: m.csi, HandleOsc: m.osc, HandleEsc: m.esc})
	return m
}

func (m *modes) write(p []byte) {
	for _, b := range p {
		m.parser.Advance(b)
	}
}

func (m *modes) csi(cmd ansi.Cmd, params ansi.Params) {
	first, _, _ := params.Param(0, 0)
	switch fin, prefix := cmd.Final(), cmd.Prefix(); {
	case prefix == '?' && (fin == 'h' || fin == 'l'):
		for i := range params {
			n, _, _ := params.Param(i, 0)
			m.private[n] = fin == 'h'
		}
	case prefix == '>' && fin == 'u':
		m.kitty[m.screen()]++
	case prefix == '<' && fin == 'u':
		m.kitty[m.screen()] -= max(1, first)
	case prefix == '>' && fin == 'm' && first == 4:
		level, _, ok := params.Param(1, 0)
		m.others["modifyOtherKeys"] = ok && level > 0
	case prefix == 0 && cmd.Intermediate() == ' ' && fin == 'q':
		m.others["cursor shape"] = first > 1
	}
}

func (m *modes) osc(cmd int, data []byte) {
	switch cmd {
	case 0, 2:
		_, m.title, _ = strings.Cut(string(data), ";")
	case 10, 11, 12:
		if !strings.HasSuffix(string(data), "?") {
			m.others[fmt.Sprintf("colour %d", cmd)] = true
		}
	case 110, 111, 112:
		m.others[fmt.Sprintf("colour %d", cmd-100)] = false
	}
}

func (m *modes) esc(cmd ansi.Cmd) {
	switch cmd.Final() {
	case '=':
		m.others["keypad"] = true
	case '>':
		m.others["keypad"] = false
	}
}

// screen returns 1 while the alternate screen is shown: each screen has its kitty
// stack.
func (m *modes) screen() int {
	if m.private[1049] || m.private[1047] || m.private[47] {
		return 1
	}
	return 0
}

// left describes what differs from the start, sorted.
func (m *modes) left() []string {
	var out []string
	for n, on := range m.private {
		if on == defaultOn[n] {
			continue
		}
		name := modeNames[n]
		if name == "" {
			name = "mode"
		}
		out = append(out, fmt.Sprintf("%s (%d)", name, n))
	}
	for i, name := range [2]string{"main", "alternate"} {
		if m.kitty[i] != 0 {
			out = append(out, fmt.Sprintf("kitty keys on the %s screen (%+d)", name, m.kitty[i]))
		}
	}
	for name, on := range m.others {
		if on {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
