package dialog

import (
	"slices"

	"frontdesk/tui"
)

// tileWidth is the width of a tile with the blanks behind it.
const tileWidth = 4 + 2

// tile draws the tile in front of a name, in brackets in a theme without colours for it.
// It is equally wide in every theme.
func (p renderer) tile(t tui.Tile) string {
	if t.Initials == "" || p.s.Plain {
		return ""
	}
	letters := p.r.Pad(t.Initials, 2)
	if len(p.s.Tiles) == 0 {
		return p.s.Dim.Render("["+letters+"]") + "  "
	}
	return p.s.Tiles[t.Color%uint32(len(p.s.Tiles))].Render(" "+letters+" ") + "  "
}

// withTile returns the lines of the parts with the tile in front, if that takes no more
// lines.
func (p *page) withTile(lines, parts []string, width int) []string {
	if len(parts) == 0 {
		return lines
	}
	parts = slices.Clone(parts)
	parts[0] = p.tile(p.m.prompt.Tile) + parts[0]
	if marked := p.flow(parts, width, false); len(marked) == len(lines) {
		return marked
	}
	return lines
}
