package main

import (
	"fmt"
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// look is a theme as a terminal shows it.
type look struct {
	Name string
	args []string // of the program
	env  []string
	// The terminal's own colours.
	text, background color.RGBA
	function         string // of theme.go that returns the theme
	roles            roles
	plain            bool // lines of words
}

var (
	ink   = color.RGBA{0x0d, 0x11, 0x17, 0xff}
	paper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	black = color.RGBA{0, 0, 0, 0xff}
	light = color.RGBA{0xe4, 0xe4, 0xe4, 0xff}
	night = color.RGBA{0x1c, 0x1c, 0x1c, 0xff}
)

// looks returns every theme that the matrix shows, with the colours that the theme file
// has for them.
func looks(themeFile string) ([]look, error) {
	truecolor, sixteen := []string{"TERM=xterm-256color", "COLORTERM=truecolor"}, []string{"TERM=xterm-16color"}
	all := []look{
		{Name: "dark", text: light, background: ink, function: "themeDark", env: truecolor},
		{Name: "light", text: night, background: paper, function: "themeLight", env: truecolor},
		{Name: "high-contrast", text: light, background: black, function: "themeHighContrast", env: truecolor},
		{Name: "high-contrast-light", text: night, background: paper, function: "themeHighContrastLight", env: truecolor},
		{Name: "none", text: light, background: ink, function: "themeNone", env: truecolor},
		{Name: "sixteen", text: xterm[7], background: black, function: "themeDark16", env: sixteen, args: []string{"--theme", "dark"}},
		{Name: "sixteen-light", text: black, background: paper, function: "themeLight16", env: sixteen, args: []string{"--theme", "light"}},
		{Name: "plain", text: light, background: ink, function: "themeDark", env: truecolor, args: []string{"--theme", "dark", "--plain"}, plain: true},
	}
	for i := range all {
		l := &all[i]
		if l.args == nil {
			l.args = []string{"--theme", l.Name}
		}
		var err error
		if l.roles, err = readRoles(themeFile, l.function); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// xterm are the sixteen colours of xterm as it comes.
var xterm = [16]color.RGBA{
	{0x00, 0x00, 0x00, 0xff}, {0xcd, 0x00, 0x00, 0xff}, {0x00, 0xcd, 0x00, 0xff}, {0xcd, 0xcd, 0x00, 0xff},
	{0x00, 0x00, 0xee, 0xff}, {0xcd, 0x00, 0xcd, 0xff}, {0x00, 0xcd, 0xcd, 0xff}, {0xe5, 0xe5, 0xe5, 0xff},
	{0x7f, 0x7f, 0x7f, 0xff}, {0xff, 0x00, 0x00, 0xff}, {0x00, 0xff, 0x00, 0xff}, {0xff, 0xff, 0x00, 0xff},
	{0x5c, 0x5c, 0xff, 0xff}, {0xff, 0x00, 0xff, 0xff}, {0x00, 0xff, 0xff, 0xff}, {0xff, 0xff, 0xff, 0xff},
}

// rgb returns a colour of the program as the terminal shows it, own for its own.
func rgb(c color.Color, own color.RGBA) color.RGBA {
	switch c := c.(type) {
	case nil:
		return own
	case ansi.BasicColor:
		return xterm[c&15]
	case ansi.IndexedColor:
		if c < 16 {
			return xterm[c]
		}
	}
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}
}

// colors returns the colours of a cell's text and background. Reverse swaps them; faint
// text has three fifths of its strength, as most terminals draw it.
func (l look) colors(c cell) (text, background color.RGBA) {
	text, background = rgb(c.fg, l.text), rgb(c.bg, l.background)
	if c.reverse {
		text, background = background, text
	}
	if c.faint {
		text = mix(text, background, 0.6)
	}
	return text, background
}

// mix returns a with the given share, and b with the rest.
func mix(a, b color.RGBA, share float64) color.RGBA {
	one := func(x, y uint8) uint8 { return uint8(float64(x)*share + float64(y)*(1-share) + 0.5) }
	return color.RGBA{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B), 0xff}
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
