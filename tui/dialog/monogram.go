package dialog

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// monogramWidth is the width of a monogram with the blanks behind it.
const monogramWidth = 4 + 2

// monogram draws the tile in front of a name, in brackets where there are no colours for
// it. It is equally wide in every theme.
func (p renderer) monogram(m tui.Monogram) string {
	if m.Initials == "" || p.s.Plain {
		return ""
	}
	letters := p.r.Pad(m.Initials, 2)
	brackets := p.s.Dim.Render("["+letters+"]") + "  "
	if len(p.s.Tiles) == 0 {
		return brackets
	}
	which := int(m.Ground % uint32(len(p.s.Tiles)))
	if _, isBasic := p.s.Theme.Tiles[which].(ansi.BasicColor); m.FewColors && !isBasic {
		return brackets
	}
	return p.s.Tiles[which].Render(" "+letters+" ") + "  "
}

// withMonogram returns the lines of the parts with the monogram in front, if that takes no
// line more.
func (p *page) withMonogram(lines, parts []string, width int) []string {
	if len(parts) == 0 {
		return lines
	}
	parts = slices.Clone(parts)
	parts[0] = p.monogram(p.m.prompt.Monogram) + parts[0]
	if marked := p.flow(parts, width, false); len(marked) == len(lines) {
		return marked
	}
	return lines
}
