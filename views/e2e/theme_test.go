package e2e_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdesk/tui"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"
)

// sixteen has the sixteen colours of xterm.
var sixteen = map[string]string{
	"Black": "#000000", "Red": "#cd0000", "Green": "#00cd00", "Yellow": "#cdcd00",
	"Blue": "#0000ee", "Magenta": "#cd00cd", "Cyan": "#00cdcd", "White": "#e5e5e5",
	"BrightBlack": "#7f7f7f", "BrightRed": "#ff0000", "BrightGreen": "#00ff00", "BrightYellow": "#ffff00",
	"BrightBlue": "#5c5cff", "BrightMagenta": "#ff00ff", "BrightCyan": "#00ffff", "BrightWhite": "#ffffff",
}

// palette is a theme's colours by role; a role without one has the terminal's own
// colour.
type palette struct {
	roles map[string]color.Color
	tiles []color.Color
	basic bool // all of them are of the sixteen
}

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
		if !ok || !strings.HasPrefix(f.Name.Name, "theme") || f.Name.Name == "themes" {
			continue
		}
		theme := palette{roles: map[string]color.Color{}, basic: true}
		ast.Inspect(f, func(n ast.Node) bool {
			entry, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			role := entry.Key.(*ast.Ident).Name
			colours, basic := readColours(t, entry.Value)
			theme.basic = theme.basic && basic
			switch {
			case role == "Tiles":
				theme.tiles = colours
			case len(colours) == 1:
				theme.roles[role] = colours[0]
			}
			return false
		})
		themes[f.Name.Name] = theme
	}
	return themes
}

// readColours reads hex("#e4e4e4"), indexed("24", "60"), lipgloss.Red or a list of those;
// basic reports whether all are of the sixteen.
func readColours(t *testing.T, value ast.Expr) (colours []color.Color, basic bool) {
	t.Helper()
	switch v := value.(type) {
	case *ast.CallExpr:
		for _, arg := range v.Args {
			text, err := strconv.Unquote(arg.(*ast.BasicLit).Value)
			require.NoError(t, err)
			colours = append(colours, lipgloss.Color(text))
		}
		return colours, false
	case *ast.SelectorExpr:
		require.Contains(t, sixteen, v.Sel.Name)
		return []color.Color{lipgloss.Color(sixteen[v.Sel.Name])}, true
	case *ast.CompositeLit:
		for _, e := range v.Elts {
			one, _ := readColours(t, e)
			colours = append(colours, one...)
		}
	}
	return colours, true
}

// linear returns the amounts of light of a colour, 0 to 1.
func linear(c color.Color) (r, g, b float64) {
	light := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f > 0.04045 {
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return f / 12.92
	}
	x, y, z, _ := c.RGBA()
	return light(x), light(y), light(z)
}

func TestContrast_ComputesWCAGRatios(t *testing.T) {
	require.InDelta(t, 21, tui.Contrast(color.White, color.Black), 0.01)
	require.InDelta(t, 4.54, tui.Contrast(lipgloss.Color("#767676"), color.White), 0.01)
	require.InDelta(t, 1.07, tui.Contrast(lipgloss.Color("#ffff00"), color.White), 0.01)
}

// fills are the roles that are filled, and the roles of the text on them.
var fills = map[string]string{"Accent": "OnAccent", "Demo": "OnBadge", "Development": "OnBadge", "Production": "OnProduction"}

func TestThemes_HaveContrast(t *testing.T) {
	themes := readThemes(t)
	ink, white := lipgloss.Color("#0d1117"), color.Color(color.White)
	for name, c := range map[string]struct {
		background color.Color
		// text is the least contrast of words on the background and on fills, low that of
		// the roles in except.
		text, low float64
		except    []string
	}{
		"themeDark":                {ink, 4.5, 4.5, nil},
		"themeLight":               {white, 4.5, 4.5, nil},
		"themeHighContrast":        {ink, 7, 7, nil},
		"themeHighContrastLight":   {white, 7, 7, nil},
		"themeDark16":              {ink, 4.5, 3, []string{"Production"}}, // a frame; its words are on it
		"themeLight16":             {white, 4.5, 4.5, nil},
		"themeHighContrast16":      {color.Black, 7, 5, []string{"Bad", "Production"}},
		"themeHighContrastLight16": {white, 7, 5.5, []string{"Warn", "Bad", "Production"}},
	} {
		theme := themes[name]
		least := func(role string) float64 {
			if slices.Contains(c.except, role) {
				return c.low
			}
			return c.text
		}
		require.GreaterOrEqual(t, len(theme.roles), 12, "%s was read", name)
		for _, role := range []string{"Text", "Dim", "Faint", "Accent", "OK", "Warn", "Bad", "Info", "Demo", "Development", "Production"} {
			if got := theme.roles[role]; got != nil {
				require.GreaterOrEqual(t, tui.Contrast(got, c.background), least(role), "%s: %s", name, role)
			}
		}
		require.GreaterOrEqual(t, tui.Contrast(theme.roles["Backdrop"], c.background), 2.0, "%s: Backdrop", name)
		for fill, on := range fills {
			require.GreaterOrEqual(t, tui.Contrast(theme.roles[on], theme.roles[fill]), min(least(fill), c.text), "%s: %s on %s", name, on, fill)
		}
		for i, tile := range theme.tiles {
			require.GreaterOrEqual(t, tui.Contrast(theme.roles["OnTile"], tile), 4.5, "%s: tile %d", name, i)
		}
		require.Equal(t, strings.HasSuffix(name, "16"), theme.basic, "%s is of the sixteen colours", name)
	}
	require.GreaterOrEqual(t, tui.Contrast(themes["themeHighContrastLight"].roles["Backdrop"], white), 7.0)
	require.NotEmpty(t, themes["themeDark"].tiles)
	require.Empty(t, themes["themeNone"].roles, "no colour at all")
}

// A terminal of 256 colours rounds: no role may fade or become another.
func TestThemes_Survive256Colours(t *testing.T) {
	const close = 12 // as two colours that are told apart only side by side
	for name, theme := range readThemes(t) {
		if theme.basic {
			continue // they are not rounded
		}
		taken := map[color.Color]string{}
		for role, c := range theme.roles {
			rounded := colorprofile.ANSI256.Convert(c)
			require.Less(t, distance(c, rounded), float64(close), "%s: %s becomes %v", name, role, rounded)
		}
		for _, role := range []string{"OK", "Warn", "Bad", "Info"} {
			rounded := colorprofile.ANSI256.Convert(theme.roles[role])
			require.Empty(t, taken[rounded], "%s: %s", name, role)
			taken[rounded] = role
		}
		background := color.Color(lipgloss.Color("#0d1117"))
		if strings.Contains(name, "Light") {
			background = color.White
		}
		for _, role := range []string{"Text", "Dim", "Faint", "Accent", "OK", "Warn", "Bad", "Info"} {
			if c := theme.roles[role]; c != nil {
				require.GreaterOrEqual(t, tui.Contrast(colorprofile.ANSI256.Convert(c), background), 4.5, "%s: %s", name, role)
			}
		}
	}
}

// distance returns how far apart two colours look (CIE76).
func distance(a, b color.Color) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt(math.Pow(p[0]-q[0], 2) + math.Pow(p[1]-q[1], 2) + math.Pow(p[2]-q[2], 2))
}

// lab returns a colour in CIE L*a*b*.
func lab(c color.Color) [3]float64 {
	r, g, b := linear(c)
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x, y, z := f((0.4124*r+0.3576*g+0.1805*b)/0.9505), f(0.2126*r+0.7152*g+0.0722*b), f((0.0193*r+0.1192*g+0.9505*b)/1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}
