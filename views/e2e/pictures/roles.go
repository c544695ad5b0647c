package main

import (
	"fmt"
	"image/color"
	"os"
	"regexp"
	"slices"
	"strconv"
)

// roles are the colours of a theme in which text may be weak. A theme without colours
// has faint text instead.
type roles struct {
	faint, backdrop       color.RGBA
	hasFaint, hasBackdrop bool
}

var roleColor = regexp.MustCompile(`\b(Faint|Backdrop): (?:hex\("#([0-9a-f]{6})"\)|lipgloss\.(\w+))`)

// readRoles reads the roles of the theme that a function of theme.go returns.
func readRoles(path, function string) (roles, error) {
	var r roles
	text, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	body := regexp.MustCompile(`(?ms)^func ` + function + `\(\).*?^}`).Find(text)
	if body == nil {
		return r, fmt.Errorf("%s has no function %s", path, function)
	}
	for _, found := range roleColor.FindAllSubmatch(body, -1) {
		shown, err := namedColor(string(found[2]), string(found[3]))
		if err != nil {
			return r, fmt.Errorf("%s, %s: %w", path, function, err)
		}
		if string(found[1]) == "Faint" {
			r.faint, r.hasFaint = shown, true
		} else {
			r.backdrop, r.hasBackdrop = shown, true
		}
	}
	return r, nil
}

// basicColors are lipgloss's names of the sixteen colours.
var basicColors = []string{"Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White",
	"BrightBlack", "BrightRed", "BrightGreen", "BrightYellow", "BrightBlue", "BrightMagenta", "BrightCyan", "BrightWhite"}

// namedColor returns a colour by its hex digits, or by its name if there are none.
func namedColor(digits, name string) (color.RGBA, error) {
	if digits == "" {
		n := slices.Index(basicColors, name)
		if n < 0 {
			return color.RGBA{}, fmt.Errorf("%q is none of the sixteen colours", name)
		}
		return xterm[n], nil
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}, err
}

// isFaint reports whether a cell's text may be overlooked.
func (l look) isFaint(c cell) bool {
	return c.faint || l.roles.hasFaint && rgb(c.fg, l.text) == l.roles.faint
}

// isBackdrop reports whether a cell is behind a question.
func (l look) isBackdrop(c cell) bool {
	return c.faint || l.roles.hasBackdrop && rgb(c.fg, l.text) == l.roles.backdrop
}
