// Package scroll moves a window over the rows of a text that does not fit its panel:
// help, notices. It handles the keys and the wheel and decides which rows show, not
// what they say. For lists with a cursor see table.Window.
package scroll

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// The actions' ids in the key map.
const (
	actUp       = "page.up"
	actDown     = "page.down"
	actPageUp   = "page.pageup"
	actPageDown = "page.pagedown"
	actTop      = "page.top"
	actBottom   = "page.bottom"
	actClose    = "page.close"
)

const (
	wheelRows = 3
	overlap   = 2 // rows of one page that the next one repeats
	bottom    = 1 << 20
)

// Position is the first row that shows. The zero value is the top.
type Position int

// Key scrolls by a key of the scope "page"; height is how many rows show. It reports
// whether the key scrolls. Follow it with Clamp.
func (p *Position) Key(k tea.Key, keys *tui.KeyMap, height int) bool {
	page := Position(max(1, height-overlap))
	switch {
	case keys.Match(k, actUp):
		*p--
	case keys.Match(k, actDown):
		*p++
	case keys.Match(k, actPageUp):
		*p -= page
	case keys.Match(k, actPageDown):
		*p += page
	case keys.Match(k, actTop):
		*p = 0
	case keys.Match(k, actBottom):
		*p = bottom
	default:
		return false
	}
	return true
}

// Closes reports whether the key closes the page.
func Closes(k tea.Key, keys *tui.KeyMap) bool { return keys.Match(k, actClose) }

// Wheel scrolls by one step of the mouse wheel. Follow it with Clamp.
func (p *Position) Wheel(b tea.MouseButton) {
	switch b {
	case tea.MouseWheelUp:
		*p -= wheelRows
	case tea.MouseWheelDown:
		*p += wheelRows
	}
}

// Clamp keeps the position within the number of rows.
func (p *Position) Clamp(rows, height int) {
	*p = max(0, min(*p, Position(rows-max(1, height))))
}

// Visible returns the rows that show in height rows, and whether there are more above
// and below.
func (p Position) Visible(rows []string, height int) (shown []string, above, below bool) {
	height = max(1, height)
	p.Clamp(len(rows), height)
	end := min(len(rows), int(p)+height)
	return rows[p:end], p > 0, end < len(rows)
}

// Hints returns the keys of a page, for the footer.
func Hints(keys *tui.KeyMap) []tui.Hint {
	hints := []tui.Hint{{Key: keys.Label(actClose), Label: "close"}, {Key: keys.Label(actUp) + " " + keys.Label(actDown), Label: "scroll"}}
	return hints
}

// More returns on which sides there are more rows: "↑ ↓ more", "" if all of them show.
func More(above, below bool) string {
	switch {
	case above && below:
		return "↑ ↓ more"
	case above:
		return "↑ more"
	case below:
		return "↓ more"
	}
	return ""
}
