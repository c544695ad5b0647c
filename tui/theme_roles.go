package tui

import (
	"image/color"
	"math"
	"slices"
)

// role is a role of a Theme by its name in the configuration.
type role struct {
	name  string
	color *color.Color
	// on are the roles that text of this role is drawn on, nil for the background.
	on []*color.Color
	// isText is false for roles in which no text is drawn.
	isText bool
}

// roles returns the roles of t except Tiles.
func (t *Theme) roles() []role {
	return []role{
		{"text", &t.Text, nil, true}, {"dim", &t.Dim, nil, true}, {"faint", &t.Faint, nil, true}, {"line", &t.Line, nil, false},
		{"accent", &t.Accent, nil, true}, {"on-accent", &t.OnAccent, []*color.Color{&t.Accent}, true},
		{"ok", &t.OK, nil, true}, {"warn", &t.Warn, nil, true}, {"bad", &t.Bad, nil, true}, {"info", &t.Info, nil, true},
		{"demo", &t.Demo, nil, false}, {"development", &t.Development, nil, false},
		{"on-badge", &t.OnBadge, []*color.Color{&t.Demo, &t.Development}, true},
		{"production", &t.Production, nil, false}, {"on-production", &t.OnProduction, []*color.Color{&t.Production}, true},
		{"on-tile", &t.OnTile, t.tileColors(), true}, {"backdrop", &t.Backdrop, nil, false},
	}
}

func (t *Theme) tileColors() []*color.Color {
	colors := []*color.Color{}
	for i := range t.Tiles {
		colors = append(colors, &t.Tiles[i])
	}
	return colors
}

const tilesRole = "tiles"

// RoleNames returns the names of all roles.
func RoleNames() []string {
	names := []string{tilesRole}
	for _, r := range (&Theme{}).roles() {
		names = append(names, r.name)
	}
	return names
}

// SetRole sets the colour of a role by its name; only tiles take more than one.
func (t *Theme) SetRole(name string, colors ...color.Color) {
	if name == tilesRole {
		t.Tiles = slices.Clone(colors)
		return
	}
	for _, r := range t.roles() {
		if r.name == name && len(colors) > 0 {
			*r.color = colors[0]
		}
	}
}

// WeakRole is a role of text that is hard to read.
type WeakRole struct {
	Name     string
	Contrast float64
}

// WeakRoles returns the roles of text whose contrast with the background, or with the
// role that they are drawn on, is less than least.
func (t *Theme) WeakRoles(background color.Color, least float64) []WeakRole {
	var out []WeakRole
	for _, r := range t.roles() {
		if !r.isText || *r.color == nil {
			continue
		}
		behind := r.on
		if behind == nil {
			behind = []*color.Color{&background}
		}
		worst := math.Inf(1)
		for _, b := range behind {
			if *b != nil {
				worst = min(worst, Contrast(*r.color, *b))
			}
		}
		if worst < least {
			out = append(out, WeakRole{r.name, worst})
		}
	}
	return out
}

// Contrast returns the contrast ratio of WCAG 2, 1 to 21.
func Contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	light := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f > 0.04045 {
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return f / 12.92
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*light(r) + 0.7152*light(g) + 0.0722*light(b)
}
