package main

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/api/config"
	"frontdesk/tui"
)

// This file has every colour of the product, by role; no other file names a colour. The
// background is the terminal's own. The contrast of text with #0d1117 and #ffffff is at
// least 4.5, in the high-contrast themes 7. The colours are in the table of 256 colours or
// close to it: a terminal without true colour rounds a tinted grey to lilac, and a warning
// to the colour of danger. Terminals with sixteen colours, which would round the accent to
// red, have tables of their own.

func hex(s string) color.Color { return lipgloss.Color(s) }

// indexed returns colours of the 256-colour table. They are sent in half the bytes, and
// the tile changes with every step through the list.
func indexed(numbers ...string) []color.Color {
	all := make([]color.Color, len(numbers))
	for i, n := range numbers {
		all[i] = lipgloss.Color(n)
	}
	return all
}

// themeDark returns the default on a dark background.
func themeDark() tui.Theme {
	return tui.Theme{
		Name: "dark",
		Text: hex("#e4e4e4"), Dim: hex("#9e9e9e"), Faint: hex("#808080"), Line: hex("#3a3a3a"),
		Accent: hex("#e3b261"), OnAccent: hex("#14161a"),
		OK: hex("#87d787"), Warn: hex("#ffd75f"), Bad: hex("#ff6b66"), Info: hex("#87afff"),
		Demo: hex("#2dd4af"), Development: hex("#e3b261"), OnBadge: hex("#0d1117"),
		Production: hex("#ff5c57"), OnProduction: hex("#140808"),
		Tiles: indexed("24", "60", "95", "96", "58", "23", "94", "61"), OnTile: hex("#ffffff"),
		Backdrop: hex("#4e4e4e"),
	}
}

func themeLight() tui.Theme {
	return tui.Theme{
		Name: "light",
		Text: hex("#1c1c1c"), Dim: hex("#585858"), Faint: hex("#6c6c6c"), Line: hex("#d0d0d0"),
		Accent: hex("#8a5a00"), OnAccent: hex("#ffffff"),
		OK: hex("#087f5b"), Warn: hex("#af5f00"), Bad: hex("#cb1b10"), Info: hex("#005faf"),
		Demo: hex("#00726f"), Development: hex("#8a5a00"), OnBadge: hex("#ffffff"),
		Production: hex("#cb1b10"), OnProduction: hex("#ffffff"),
		Tiles: indexed("152", "189", "182", "150", "180", "153", "223", "188"), OnTile: hex("#1c1c1c"),
		Backdrop: hex("#a8a8a8"),
	}
}

// themeHighContrast is for a dark background.
func themeHighContrast() tui.Theme {
	return tui.Theme{
		Name: "high-contrast",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: hex("#ffff5f"), OnAccent: hex("#000000"),
		OK: hex("#87ff87"), Warn: hex("#ffff5f"), Bad: hex("#ff8787"), Info: hex("#87ffff"),
		Demo: hex("#87ffff"), Development: hex("#ffff5f"), OnBadge: hex("#000000"),
		Production: hex("#ff7575"), OnProduction: hex("#000000"),
		Backdrop: hex("#8a8a8a"),
	}
}

// themeHighContrastLight is for a light background.
func themeHighContrastLight() tui.Theme {
	return tui.Theme{
		Name: "high-contrast-light",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: hex("#774f00"), OnAccent: hex("#ffffff"),
		OK: hex("#005f00"), Warn: hex("#774f00"), Bad: hex("#af0000"), Info: hex("#0000af"),
		Demo: hex("#005f5f"), Development: hex("#774f00"), OnBadge: hex("#ffffff"),
		Production: hex("#af0000"), OnProduction: hex("#ffffff"),
		Backdrop: hex("#585858"),
	}
}

// themeDark16 is for sixteen colours on a dark background, where text in blue, red or
// magenta cannot be read.
func themeDark16() tui.Theme {
	return tui.Theme{
		Name: "dark-16",
		Text: lipgloss.BrightWhite, Dim: lipgloss.White, Faint: lipgloss.White, Line: lipgloss.BrightBlack,
		Accent: lipgloss.Yellow, OnAccent: lipgloss.Black,
		OK: lipgloss.Green, Warn: lipgloss.BrightYellow, Bad: lipgloss.BrightRed, Info: lipgloss.Cyan,
		Demo: lipgloss.Cyan, Development: lipgloss.Yellow, OnBadge: lipgloss.Black,
		Production: lipgloss.Red, OnProduction: lipgloss.BrightWhite,
		Tiles: []color.Color{lipgloss.Blue, lipgloss.Magenta}, OnTile: lipgloss.BrightWhite,
		Backdrop: lipgloss.BrightBlack,
	}
}

// themeLight16 is for sixteen colours on a light background, where only text in black,
// red, blue or magenta can be read. OK has no colour.
func themeLight16() tui.Theme {
	return tui.Theme{
		Name: "light-16",
		Text: lipgloss.Black, Dim: lipgloss.Black, Faint: lipgloss.Black, Line: lipgloss.BrightBlack,
		Accent: lipgloss.Blue, OnAccent: lipgloss.BrightWhite,
		OK: lipgloss.Black, Warn: lipgloss.Magenta, Bad: lipgloss.Red, Info: lipgloss.Blue,
		Demo: lipgloss.Blue, Development: lipgloss.Magenta, OnBadge: lipgloss.BrightWhite,
		Production: lipgloss.Red, OnProduction: lipgloss.BrightWhite,
		Tiles: []color.Color{lipgloss.Cyan, lipgloss.Green, lipgloss.Yellow, lipgloss.White}, OnTile: lipgloss.Black,
		Backdrop: lipgloss.BrightBlack,
	}
}

// themeHighContrast16 uses the brightest of sixteen colours on a dark background. Bright
// red has a contrast of 5; they have no better red.
func themeHighContrast16() tui.Theme {
	return tui.Theme{
		Name: "high-contrast-16",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: lipgloss.BrightYellow, OnAccent: lipgloss.Black,
		OK: lipgloss.BrightGreen, Warn: lipgloss.BrightYellow, Bad: lipgloss.BrightRed, Info: lipgloss.BrightCyan,
		Demo: lipgloss.BrightCyan, Development: lipgloss.BrightYellow, OnBadge: lipgloss.Black,
		Production: lipgloss.BrightRed, OnProduction: lipgloss.Black,
		Backdrop: lipgloss.BrightBlack,
	}
}

// themeHighContrastLight16 is for sixteen colours on a light background. Red has the
// lowest contrast, 6.
func themeHighContrastLight16() tui.Theme {
	return tui.Theme{
		Name: "high-contrast-light-16",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: lipgloss.Blue, OnAccent: lipgloss.BrightWhite,
		OK: lipgloss.Black, Warn: lipgloss.Red, Bad: lipgloss.Red, Info: lipgloss.Blue,
		Demo: lipgloss.Blue, Development: lipgloss.Black, OnBadge: lipgloss.BrightWhite,
		Production: lipgloss.Red, OnProduction: lipgloss.BrightWhite,
		Backdrop: lipgloss.BrightBlack,
	}
}

// themeNone has no colours: weight, underline and words carry all meaning.
func themeNone() tui.Theme { return tui.Theme{Name: "none"} }

// themes returns the tables of the theme to use: flag is --theme, own the configured
// theme, whose colours apply to no other theme.
func themes(flag string, own config.Theme, noColor string) (tui.Themes, error) {
	name := cmp.Or(flag, own.Name, "auto")
	if noColor != "" {
		return sameThemes(themeNone(), themeNone()), nil
	}
	t, err := builtInThemes(name)
	if err != nil || name != cmp.Or(own.Name, "auto") {
		return t, err
	}
	for _, role := range own.Colours() {
		isBasic := true
		colours := make([]color.Color, len(role.Colours))
		for i, c := range role.Colours {
			n, isNumber := c.Number()
			colours[i], isBasic = lipgloss.Color(string(c)), isBasic && isNumber && n < 16
		}
		t.Dark.SetRole(role.Role, colours...)
		t.Light.SetRole(role.Role, colours...)
		if isBasic { // a terminal with sixteen colours would round any other
			t.Dark16.SetRole(role.Role, colours...)
			t.Light16.SetRole(role.Role, colours...)
		}
	}
	return t, nil
}

func builtInThemes(name string) (tui.Themes, error) {
	switch name {
	case "auto":
		return tui.Themes{Dark: themeDark(), Light: themeLight(), Dark16: themeDark16(), Light16: themeLight16()}, nil
	case "dark":
		return sameThemes(themeDark(), themeDark16()), nil
	case "light":
		return sameThemes(themeLight(), themeLight16()), nil
	case "high-contrast":
		return tui.Themes{
			Dark: themeHighContrast(), Light: themeHighContrastLight(),
			Dark16: themeHighContrast16(), Light16: themeHighContrastLight16(),
		}, nil
	case "high-contrast-light": // for terminals that do not report their background, such as tmux
		return sameThemes(themeHighContrastLight(), themeHighContrastLight16()), nil
	case "none":
		return sameThemes(themeNone(), themeNone()), nil
	}
	return tui.Themes{}, fmt.Errorf("there is no theme %q: use auto, dark, light, high-contrast, high-contrast-light or none", name)
}

// sameThemes returns a theme that does not depend on the terminal's background.
func sameThemes(full, sixteen tui.Theme) tui.Themes {
	return tui.Themes{Dark: full, Light: full, Dark16: sixteen, Light16: sixteen}
}

// isPlain reports whether the screen is lines of words. The flag wins over the
// environment, which wins over the configuration.
func isPlain(flag bool, env string, own config.Theme) (bool, error) {
	if env == "" || flag {
		return flag || own.Plain, nil
	}
	on, err := strconv.ParseBool(env)
	if err != nil {
		return false, fmt.Errorf("FRONTDESK_PLAIN must be 1 or 0, not %q", env)
	}
	return on, nil
}

// weakColours names the configured colours that make text hard to read: those with a
// contrast below least that the theme itself does not have.
func weakColours(own config.Theme, least float64) []string {
	t, err := themes("", own, "")
	if err != nil {
		return nil
	}
	known, err := themes("", config.Theme{Name: own.Name}, "")
	if err != nil {
		return nil
	}
	var out []string
	for _, pair := range [][2]tui.Theme{{t.Dark, known.Dark}, {t.Light, known.Light}} {
		background := hex("#0d1117")
		if strings.Contains(pair[0].Name, "light") {
			background = hex("#ffffff")
		}
		fine := pair[1].WeakRoles(background, least)
		for _, weak := range pair[0].WeakRoles(background, least) {
			line := fmt.Sprintf("%s in the %s theme (contrast %.1f)", weak.Name, pair[0].Name, weak.Contrast)
			if !slices.Contains(fine, weak) && !slices.Contains(out, line) {
				out = append(out, line)
			}
		}
	}
	return out
}
