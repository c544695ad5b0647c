package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Theme is a table of colours by role; nil means the terminal's own colour.
type Theme struct {
	Name string
	// Text, Dim and Faint are the three weights of text; Line is for rules.
	Text, Dim, Faint, Line color.Color
	// Accent is the one accent colour; OnAccent is for text on it.
	Accent, OnAccent color.Color
	// OK, Warn, Bad and Info always accompany a word.
	OK, Warn, Bad, Info color.Color
	// Demo and Development colour the instance badge; OnBadge is for text on it.
	Demo, Development, OnBadge color.Color
	// Production fills the header; OnProduction is for text on it.
	Production, OnProduction color.Color
	// Tiles are the backgrounds of the tiles that stand for people; OnTile is for text on
	// them. Without them a tile is a box.
	Tiles  []color.Color
	OnTile color.Color
	// Backdrop is the colour of everything behind a dialog.
	Backdrop color.Color
}

// Themes are the tables of one theme: for a dark and a light background, and the same for
// terminals with sixteen colours. A table for sixteen colours without a name is not used.
type Themes struct{ Dark, Light, Dark16, Light16 Theme }

// For returns the table for a terminal.
func (t Themes) For(profile colorprofile.Profile, isLight bool) Theme {
	full, sixteen := t.Dark, t.Dark16
	if isLight {
		full, sixteen = t.Light, t.Light16
	}
	switch {
	case profile == colorprofile.ASCII:
		return Theme{Name: "none"} // the renderer drops colours, and weight replaces them
	case profile == colorprofile.ANSI && sixteen.Name != "":
		return sixteen
	}
	return full
}

// CursorMark marks the cursor's row, before its text.
const CursorMark = "▌"

// Styles are a Theme's roles ready to render. They are values: copy and extend them.
type Styles struct {
	Theme Theme
	// Plain asks for lines of words, for screen readers: no boxes, columns or pictures,
	// and words for what is chosen. The cursor's row begins with CursorMark, where the
	// shell puts the terminal's cursor.
	Plain                        bool
	Text, Dim, Faint, Line, Bold lipgloss.Style
	Accent, AccentBold           lipgloss.Style
	OK, Warn, Bad, Info          lipgloss.Style
	Key                          lipgloss.Style // a key in a hint
	Heading                      lipgloss.Style // column and section heads
	Match                        lipgloss.Style // the part of a row that matched
	Button                       lipgloss.Style // a button without focus
	ButtonFocus, ButtonBadFocus  lipgloss.Style
	BadgeDemo, BadgeDevelopment  lipgloss.Style
	HeaderProduction, Backdrop   lipgloss.Style
	Production                   lipgloss.Style // its frame
	Tiles                        []lipgloss.Style
}

// NewStyles builds the styles of a theme.
func NewStyles(t Theme) *Styles {
	fg := func(c color.Color) lipgloss.Style {
		s := lipgloss.NewStyle()
		if c != nil {
			s = s.Foreground(c)
		}
		return s
	}
	fill := func(c, on color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle().Reverse(true)
		}
		return fg(on).Background(c)
	}
	faint, backdrop := fg(t.Faint), fg(t.Backdrop)
	if t.Backdrop == nil { // without colours, weight tells the background apart
		faint, backdrop = faint.Faint(true), backdrop.Faint(true)
	}
	tiles := make([]lipgloss.Style, len(t.Tiles))
	for i, c := range t.Tiles {
		tiles[i] = fill(c, t.OnTile).Bold(true)
	}
	button := fg(t.Text)
	if isReadableBackground(t.Line) {
		button = button.Background(t.Line)
	}
	return &Styles{
		Theme: t, Tiles: tiles,
		Text: fg(t.Text), Dim: fg(t.Dim), Faint: faint, Line: fg(t.Line), Bold: fg(t.Text).Bold(true),
		Accent: fg(t.Accent), AccentBold: fg(t.Accent).Bold(true),
		OK: fg(t.OK), Warn: fg(t.Warn), Bad: fg(t.Bad), Info: fg(t.Info),
		Key: fg(t.Accent).Bold(true), Heading: fg(t.Dim),
		Match:  fg(t.Accent).Bold(true).Underline(true),
		Button: button, ButtonFocus: fill(t.Accent, t.OnAccent).Bold(true),
		ButtonBadFocus: fill(t.Production, t.OnProduction).Bold(true),
		BadgeDemo:      fill(t.Demo, t.OnBadge).Bold(true), BadgeDevelopment: fill(t.Development, t.OnBadge).Bold(true),
		HeaderProduction: fill(t.Production, t.OnProduction), Production: fg(t.Production), Backdrop: backdrop,
	}
}

// HasButtonBackground reports whether Button has a background of its own.
func (s *Styles) HasButtonBackground() bool { return isReadableBackground(s.Theme.Line) }

// isReadableBackground reports whether text can be read on the colour of rules. On one of
// the sixteen colours it cannot.
func isReadableBackground(line color.Color) bool {
	_, isBasic := line.(ansi.BasicColor)
	return line != nil && !isBasic
}

// CursorColor returns the colour of the terminal's cursor, nil for its own. It is sent as
// an RGB value, and the sixteen colours have none: the terminal chooses theirs.
func (s *Styles) CursorColor() color.Color {
	if _, isBasic := s.Theme.Accent.(ansi.BasicColor); isBasic {
		return nil
	}
	return s.Theme.Accent
}

// HasGreys reports whether Faint looks different from Text: by its colour or, in a theme
// without colours, by its weight.
func (s *Styles) HasGreys() bool { return s.Theme.Faint != s.Theme.Text || s.Theme.Backdrop == nil }

// Tone returns the style of a meaning.
func (s *Styles) Tone(t Tone) lipgloss.Style {
	switch t {
	case ToneOK:
		return s.OK
	case ToneWarn:
		return s.Warn
	case ToneBad:
		return s.Bad
	case ToneInfo:
		return s.Info
	case ToneAccent:
		return s.Accent
	default:
		return s.Text
	}
}
