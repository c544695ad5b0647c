package main

import (
	"fmt"
	"image/color"
	"os"
	"regexp"
	"strconv"

	"github.com/charmbracelet/colorprofile"
)

// roles are the colours of a theme in which text may be weak. A theme without colours
// has faint text instead.
type roles struct {
	faint, backdrop       color.RGBA
	hasFaint, hasBackdrop bool
}

var (
	roleColor   = regexp.MustCompile(`\b(Faint|Backdrop): hex\("#([0-9a-f]{6})"\)`)
	brightBlack = regexp.MustCompile(`\bBackdrop: lipgloss\.BrightBlack`)
)

// readRoles reads the roles of the theme that a function of theme.go returns.
func readRoles(path, function string, profile colorprofile.Profile) (roles, error) {
	var r roles
	text, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	body := regexp.MustCompile(`(?ms)^func ` + function + `\(\).*?^}`).Find(text)
	if body == nil {
		return r, fmt.Errorf("%s has no function %s", path, function)
	}
	if brightBlack.Match(body) {
		r.backdrop, r.hasBackdrop = xterm[8], true
	}
	for _, found := range roleColor.FindAllSubmatch(body, -1) {
		v, err := strconv.ParseUint(string(found[2]), 16, 32)
		if err != nil {
			return r, err
		}
		shown := rgb(profile.Convert(color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}), color.RGBA{})
		if string(found[1]) == "Faint" {
			r.faint, r.hasFaint = shown, true
		} else {
			r.backdrop, r.hasBackdrop = shown, true
		}
	}
	return r, nil
}

// isFaint reports whether a cell's text may be overlooked.
func (l look) isFaint(c cell) bool {
	return c.faint || l.roles.hasFaint && rgb(c.fg, l.text) == l.roles.faint
}

// isBackdrop reports whether a cell is behind a question.
func (l look) isBackdrop(c cell) bool {
	return c.faint || l.roles.hasBackdrop && rgb(c.fg, l.text) == l.roles.backdrop
}
