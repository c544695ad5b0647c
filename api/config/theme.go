package config

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"frontdesk/api/clean"
)

// Theme configures how the console looks. A role that is not set keeps the colour of the
// theme.
type Theme struct {
	Name  string `toml:"name" doc:"the theme; auto chooses dark or light by the terminal's background" enum:"auto dark light high-contrast high-contrast-light none"`
	Plain bool   `toml:"plain" doc:"whether the screen is lines of words, for screen readers"`

	Text         Colour   `toml:"text" doc:"the colour of text"`
	Dim          Colour   `toml:"dim" doc:"the colour of less important text"`
	Faint        Colour   `toml:"faint" doc:"the colour of the least important text"`
	Line         Colour   `toml:"line" doc:"the colour of lines"`
	Accent       Colour   `toml:"accent" doc:"the colour of keys, the cursor and the chosen button"`
	OnAccent     Colour   `toml:"on-accent" doc:"the colour of text on accent"`
	OK           Colour   `toml:"ok" doc:"the colour of what is fine"`
	Warn         Colour   `toml:"warn" doc:"the colour of warnings"`
	Bad          Colour   `toml:"bad" doc:"the colour of what is wrong or cannot be undone"`
	Info         Colour   `toml:"info" doc:"the colour of information"`
	Demo         Colour   `toml:"demo" doc:"the colour of the word DEMO"`
	Development  Colour   `toml:"development" doc:"the colour of the word DEVELOPMENT"`
	OnBadge      Colour   `toml:"on-badge" doc:"the colour of text on demo and development"`
	Production   Colour   `toml:"production" doc:"the colour of the header and the frame in production"`
	OnProduction Colour   `toml:"on-production" doc:"the colour of text on production"`
	Tiles        []Colour `toml:"tiles" doc:"the colours of the tiles with a person's initials"`
	OnTile       Colour   `toml:"on-tile" doc:"the colour of text on tiles"`
	Backdrop     Colour   `toml:"backdrop" doc:"the colour of the screen behind a dialog"`
}

// Colour is "#rrggbb" or the number of one of the terminal's 256 colours; "" is not set.
type Colour string

// UnmarshalText implements [encoding.TextUnmarshaler]. TOML calls it for numbers too.
func (c *Colour) UnmarshalText(text []byte) error {
	*c = Colour(text)
	return nil
}

// colourValues describes the values of a colour.
const colourValues = `a colour such as "#e3b261" or a number from 0 to 255`

const colourPattern = "^(#[0-9A-Fa-f]{6}|[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])$"

func (c Colour) isValid() bool {
	return regexp.MustCompile(colourPattern).MatchString(string(c))
}

// Number returns the number in the terminal's table of colours; ok is false if the colour
// is not given as a number.
func (c Colour) Number() (n int, ok bool) {
	n, err := strconv.Atoi(string(c))
	return n, err == nil
}

// RoleColours are the colours that are set for a role: one, except for tiles.
type RoleColours struct {
	Role    string
	Colours []Colour
}

// Colours returns the roles that are set and their colours, in the order of Roles.
func (t Theme) Colours() []RoleColours {
	var out []RoleColours
	v := reflect.ValueOf(t)
	for i := range v.NumField() {
		role := RoleColours{Role: v.Type().Field(i).Tag.Get("toml")}
		switch value := v.Field(i).Interface().(type) {
		case Colour:
			if value != "" {
				role.Colours = []Colour{value}
			}
		case []Colour:
			role.Colours = value
		}
		if len(role.Colours) > 0 {
			out = append(out, role)
		}
	}
	return out
}

// Roles returns the names of all roles.
func Roles() []string {
	return slices.DeleteFunc(settingsOf(reflect.TypeFor[Theme]()), func(name string) bool { return name == "name" || name == "plain" })
}

func (c *Config) checkTheme() error {
	if names := themeNames(); c.Theme.Name != "" && !slices.Contains(names, c.Theme.Name) {
		return c.ErrorAt("theme.name", "there is no theme “"+clean.NewText(c.Theme.Name).Display()+"”: use "+strings.Join(names, ", "))
	}
	given := map[string][]Colour{}
	for _, r := range c.Theme.Colours() {
		given[r.Role] = r.Colours
	}
	for _, role := range Roles() {
		at := "theme." + role
		if c.LineOf(at) > 0 && len(given[role]) == 0 {
			given[role] = []Colour{""}
		}
		for _, colour := range given[role] {
			if !colour.isValid() {
				return c.ErrorAt(at, at+" must be "+colourValues+", not “"+clean.NewText(string(colour)).Display()+"”")
			}
		}
	}
	return nil
}

// themeNames returns the names of the themes.
func themeNames() []string {
	f, _ := reflect.TypeFor[Theme]().FieldByName("Name")
	return strings.Fields(f.Tag.Get("enum"))
}
