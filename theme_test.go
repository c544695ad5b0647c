package main

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// The sixteen colours as xterm has them, and a light and a dark ground.
var sixteen = map[color.Color]color.Color{
	lipgloss.Black: color.Black, lipgloss.BrightBlack: hex("#7f7f7f"), lipgloss.BrightRed: hex("#ff0000"), lipgloss.BrightGreen: hex("#00ff00"),
	lipgloss.BrightYellow: hex("#ffff00"), lipgloss.BrightCyan: hex("#00ffff"),
}

// contrast is the ratio of WCAG 2, 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	if known, is := sixteen[c]; is {
		c = known
	}
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		if f := float64(v) / 0xffff; f > 0.04045 {
			return math.Pow((f+0.055)/1.055, 2.4)
		} else {
			return f / 12.92
		}
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestContrast_IsWhatWCAGSays(t *testing.T) {
	require.InDelta(t, 21, contrast(color.White, color.Black), 0.01)
	require.InDelta(t, 4.54, contrast(hex("#767676"), color.White), 0.01)
	require.InDelta(t, 1.07, contrast(hex("#ffff00"), color.White), 0.01)
}

func TestThemes_HaveContrast(t *testing.T) {
	dark, light := hex("#0d1117"), color.Color(color.White)
	for _, c := range []struct {
		name   string
		theme  tui.Theme
		ground color.Color
		// least is for what is read, faint for what is only seen, on for what is written on a fill.
		least, faint, on float64
	}{
		{"dark", themeDark(), dark, 4.5, 3, 4.5},
		{"light", themeLight(), light, 4.5, 3, 4.5},
		{"high contrast, dark", themeHighContrast(), color.Black, 5, 5, 5}, // pure red is 5.3 on black
		{"high contrast, light", themeHighContrastLight(), light, 7, 7, 7},
	} {
		th := c.theme
		for role, colour := range map[string]color.Color{
			"text": th.Text, "dim": th.Dim, "accent": th.Accent, "ok": th.OK, "warn": th.Warn, "bad": th.Bad, "info": th.Info,
			"demo": th.Demo, "development": th.Development, "production": th.Production,
		} {
			if colour != nil { // else it is the terminal's own
				require.GreaterOrEqual(t, contrast(colour, c.ground), c.least, "%s: %s", c.name, role)
			}
		}
		if th.Faint != nil {
			require.GreaterOrEqual(t, contrast(th.Faint, c.ground), c.faint, "%s: faint", c.name)
		}
		require.GreaterOrEqual(t, contrast(th.Backdrop, c.ground), 2.0, "%s: backdrop", c.name)
		for role, pair := range map[string][2]color.Color{
			"accent": {th.OnAccent, th.Accent}, "demo": {th.OnBadge, th.Demo}, "development": {th.OnBadge, th.Development},
			"production": {th.OnProduction, th.Production},
		} {
			require.GreaterOrEqual(t, contrast(pair[0], pair[1]), c.on, "%s: on %s", c.name, role)
		}
	}
	require.GreaterOrEqual(t, contrast(themeHighContrastLight().Backdrop, light), 7.0)
}

// A terminal of 256 colours rounds: no meaning may fade by it, nor become another.
func TestThemes_HighContrastOfALightGroundSurvives256Colours(t *testing.T) {
	th := themeHighContrastLight()
	seen := map[color.Color]string{}
	for role, c := range map[string]color.Color{"ok": th.OK, "warn": th.Warn, "bad": th.Bad, "info": th.Info, "demo": th.Demo} {
		rounded := colorprofile.ANSI256.Convert(c)
		require.GreaterOrEqual(t, contrast(rounded, color.White), 5.5, role)
		require.Empty(t, seen[rounded], role)
		seen[rounded] = role
	}
}

func TestThemes_TakeTheGroundIntoAccount(t *testing.T) {
	dark, light, err := themes("high-contrast", "")
	require.NoError(t, err)
	require.NotEqual(t, dark, light)
	require.NotEqual(t, dark.Name, light.Name, "by its name it is told whether to ask the terminal for its ground")
	none, _, err := themes("high-contrast", "1")
	require.NoError(t, err)
	require.Equal(t, themeNone(), none, "NO_COLOR wins")
	_, _, err = themes("bright", "")
	require.ErrorContains(t, err, "there is no theme")
}
