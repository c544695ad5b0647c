package main

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
)

// Every colour of the product, by role. No other file names a colour. The
// backgrounds are the terminal's own; contrast is reckoned against #0d1117 and
// #ffffff: text and dim at 4.5 and more, faint at 3 and more.

func hex(s string) color.Color { return lipgloss.Color(s) }

// themeDark is brass and ink.
func themeDark() tui.Theme {
	return tui.Theme{
		Name: "dark",
		Text: hex("#dfe3ea"), Dim: hex("#8f99a6"), Faint: hex("#6b7480"), Line: hex("#3a414b"),
		Accent: hex("#e3b261"), OnAccent: hex("#14161a"),
		OK: hex("#7ed9a0"), Warn: hex("#f0b94a"), Bad: hex("#ff7b72"), Info: hex("#7cb7ff"),
		Demo: hex("#2dd4bf"), Development: hex("#e3b261"), OnBadge: hex("#0d1117"),
		Production: hex("#ff5c57"), OnProduction: hex("#140808"),
		Backdrop: hex("#4a515b"),
	}
}

func themeLight() tui.Theme {
	return tui.Theme{
		Name: "light",
		Text: hex("#1c2127"), Dim: hex("#57606a"), Faint: hex("#7d8590"), Line: hex("#cdd3da"),
		Accent: hex("#8a5a00"), OnAccent: hex("#ffffff"),
		OK: hex("#1a7f37"), Warn: hex("#8f5f00"), Bad: hex("#c4281c"), Info: hex("#0550ae"),
		Demo: hex("#0f766e"), Development: hex("#8a5a00"), OnBadge: hex("#ffffff"),
		Production: hex("#c4281c"), OnProduction: hex("#ffffff"),
		Backdrop: hex("#a8b0b9"),
	}
}

// themeHighContrast keeps to the brightest of the terminal's sixteen colours.
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

// themeNone has no colour at all: weight, underline and words carry everything.
func themeNone() tui.Theme { return tui.Theme{Name: "none"} }
