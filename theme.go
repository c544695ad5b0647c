package main

import (
	"fmt"
	"image/color"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
)

// This file has every colour of the product, by role; no other file names a colour. The
// backgrounds are the terminal's own; contrast is measured against #0d1117 and #ffffff:
// text and dim at 4.5 or more, faint at 3 or more. The greys and the meanings are on,
// or close to, the 256-colour table: a terminal without true colour rounds a tinted
// grey to lilac, and a warning to the colour of danger.

func hex(s string) color.Color { return lipgloss.Color(s) }

// indexed returns colours of the 256-colour table, which are written in half the bytes:
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
		Text: hex("#e4e4e4"), Dim: hex("#9e9e9e"), Faint: hex("#767676"), Line: hex("#3a3a3a"),
		Accent: hex("#e3b261"), OnAccent: hex("#14161a"),
		OK: hex("#87d787"), Warn: hex("#ffd75f"), Bad: hex("#ff6f6a"), Info: hex("#87afff"),
		Demo: hex("#2dd4bf"), Development: hex("#e3b261"), OnBadge: hex("#0d1117"),
		Production: hex("#ff5c57"), OnProduction: hex("#140808"),
		Tiles: indexed("24", "60", "95", "96", "58", "23", "94", "61"), OnTile: hex("#ffffff"),
		Backdrop: hex("#4e4e4e"),
	}
}

func themeLight() tui.Theme {
	return tui.Theme{
		Name: "light",
		Text: hex("#1c1c1c"), Dim: hex("#585858"), Faint: hex("#808080"), Line: hex("#d0d0d0"),
		Accent: hex("#8a5a00"), OnAccent: hex("#ffffff"),
		OK: hex("#007a3d"), Warn: hex("#af5f00"), Bad: hex("#c4281c"), Info: hex("#005faf"),
		Demo: hex("#0f766e"), Development: hex("#8a5a00"), OnBadge: hex("#ffffff"),
		Production: hex("#c4281c"), OnProduction: hex("#ffffff"),
		Tiles: indexed("152", "189", "182", "150", "180", "153", "223", "188"), OnTile: hex("#1c1c1c"),
		Backdrop: hex("#a8a8a8"),
	}
}

// themeHighContrast uses the brightest of the terminal's sixteen colours, for a dark
// background.
func themeHighContrast() tui.Theme {
	return tui.Theme{
		Name: "high-contrast",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: lipgloss.BrightYellow, OnAccent: lipgloss.Black,
		OK: lipgloss.BrightGreen, Warn: lipgloss.BrightYellow, Bad: lipgloss.BrightRed, Info: lipgloss.BrightCyan,
		Demo: lipgloss.BrightCyan, Development: lipgloss.BrightYellow, OnBadge: lipgloss.Black,
		Production: lipgloss.BrightRed, OnProduction: lipgloss.Black,
		Backdrop: lipgloss.BrightBlack,
	}
}

// themeHighContrastLight returns the same for a light background, on which the bright
// colours are hardly visible: every role at 7 or more against white.
func themeHighContrastLight() tui.Theme {
	return tui.Theme{
		Name: "high-contrast-light",
		Text: nil, Dim: nil, Faint: nil, Line: nil,
		Accent: hex("#6b4500"), OnAccent: hex("#ffffff"),
		OK: hex("#005f00"), Warn: hex("#6b4500"), Bad: hex("#af0000"), Info: hex("#0000af"),
		Demo: hex("#005f5f"), Development: hex("#6b4500"), OnBadge: hex("#ffffff"),
		Production: hex("#af0000"), OnProduction: hex("#ffffff"),
		Backdrop: hex("#585858"),
	}
}

// themeNone has no colours: weight, underline and words carry all meaning.
func themeNone() tui.Theme { return tui.Theme{Name: "none"} }

// themes returns the tables for a dark and a light terminal.
func themes(name, noColor string) (dark, light tui.Theme, err error) {
	if noColor != "" {
		name = "none"
	}
	switch name {
	case "auto":
		return themeDark(), themeLight(), nil
	case "dark":
		return themeDark(), themeDark(), nil
	case "light":
		return themeLight(), themeLight(), nil
	case "high-contrast":
		return themeHighContrast(), themeHighContrastLight(), nil
	case "high-contrast-light": // for terminals that do not report their background, such as tmux
		return themeHighContrastLight(), themeHighContrastLight(), nil
	case "none":
		return themeNone(), themeNone(), nil
	}
	return dark, light, fmt.Errorf("there is no theme %q: use auto, dark, light, high-contrast, high-contrast-light or none", name)
}
