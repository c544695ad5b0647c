package e2e_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"math"
	"path/filepath"
	"strconv"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"
)

// The sixteen colours of xterm.
var sixteen = map[string]string{
	"Black": "#000000", "BrightBlack": "#7f7f7f", "BrightRed": "#ff0000", "BrightGreen": "#00ff00",
	"BrightYellow": "#ffff00", "BrightCyan": "#00ffff",
}

// palette is a theme's colours by role; a role without one has the terminal's own
// colour.
type palette map[string]color.Color

// readThemes reads the tables of theme.go by the name of their function. They are in
// package main, which no test outside the top level can import, and the top level
// holds no test.
func readThemes(t *testing.T) map[string]palette {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", "theme.go"), nil, 0)
	require.NoError(t, err)
	themes := map[string]palette{}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			entry, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			role := entry.Key.(*ast.Ident).Name
			if themes[f.Name.Name] == nil {
				themes[f.Name.Name] = palette{}
			}
			switch v := entry.Value.(type) {
			case *ast.CallExpr: // hex("#e4e4e4")
				value, err := strconv.Unquote(v.Args[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				themes[f.Name.Name][role] = lipgloss.Color(value)
			case *ast.SelectorExpr: // lipgloss.BrightRed
				require.Contains(t, sixteen, v.Sel.Name, f.Name.Name)
				themes[f.Name.Name][role] = lipgloss.Color(sixteen[v.Sel.Name])
			}
			return false
		})
	}
	return themes
}

// contrast returns the contrast ratio of WCAG 2, 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f > 0.04045 {
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return f / 12.92
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestContrast_ComputesWCAGRatios(t *testing.T) {
	require.InDelta(t, 21, contrast(color.White, color.Black), 0.01)
	require.InDelta(t, 4.54, contrast(lipgloss.Color("#767676"), color.White), 0.01)
	require.InDelta(t, 1.07, contrast(lipgloss.Color("#ffff00"), color.White), 0.01)
}

func TestThemes_HaveContrast(t *testing.T) {
	themes := readThemes(t)
	ink, white := lipgloss.Color("#0d1117"), color.Color(color.White)
	for _, c := range []struct {
		theme  string
		ground color.Color
		// read is the least contrast of text, seen of marks, and on of text on a fill.
		read, seen, on float64
	}{
		{"themeDark", ink, 4.5, 3, 4.5},
		{"themeLight", white, 4.5, 3, 4.5},
		{"themeHighContrast", color.Black, 5, 5, 5}, // pure red is 5.3 on black
		{"themeHighContrastLight", white, 7, 7, 7},
	} {
		theme := themes[c.theme]
		require.GreaterOrEqual(t, len(theme), 12, "%s was read", c.theme)
		for _, role := range []string{"Text", "Dim", "Accent", "OK", "Warn", "Bad", "Info", "Demo", "Development", "Production"} {
			if theme[role] != nil {
				require.GreaterOrEqual(t, contrast(theme[role], c.ground), c.read, "%s: %s", c.theme, role)
			}
		}
		if theme["Faint"] != nil {
			require.GreaterOrEqual(t, contrast(theme["Faint"], c.ground), c.seen, "%s: Faint", c.theme)
		}
		require.GreaterOrEqual(t, contrast(theme["Backdrop"], c.ground), 2.0, "%s: Backdrop", c.theme)
		for fill, on := range map[string]string{"Accent": "OnAccent", "Demo": "OnBadge", "Development": "OnBadge", "Production": "OnProduction"} {
			require.GreaterOrEqual(t, contrast(theme[on], theme[fill]), c.on, "%s: %s on %s", c.theme, on, fill)
		}
	}
	require.GreaterOrEqual(t, contrast(themes["themeHighContrastLight"]["Backdrop"], white), 7.0)
	require.Empty(t, themes["themeNone"]["Text"], "no colour at all")
}

// A terminal of 256 colours rounds: no role may fade or become another.
func TestThemes_HighContrastOnLightSurvives256Colours(t *testing.T) {
	theme := readThemes(t)["themeHighContrastLight"]
	taken := map[color.Color]string{}
	for _, role := range []string{"OK", "Warn", "Bad", "Info", "Demo"} {
		rounded := colorprofile.ANSI256.Convert(theme[role])
		require.GreaterOrEqual(t, contrast(rounded, color.White), 5.5, role)
		require.Empty(t, taken[rounded], role)
		taken[rounded] = role
	}
}
