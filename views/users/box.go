package users

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui/table"
)

// drawBox draws the search row: the box on the left, state and order of the list on
// the right. It returns the terminal's cursor while the box is open.
func (p *painter) drawBox() *tea.Cursor {
	if p.box < 0 {
		return nil
	}
	v, styles := p.view, p.s.Styles
	right, at, room := p.drawHeaderState()
	room -= 2 + boxX
	slash := p.dim
	if v.box.IsOpen() {
		slash = table.NewStyleSeq(styles.AccentBold)
	}
	line := "  " + slash.Render("/") + " "
	var cursor *tea.Cursor
	typed := v.box.Text()
	switch {
	case typed == "" && v.box.IsOpen():
		line += p.faint.Render(p.boxExample(room))
		cursor = tea.NewCursor(boxX, p.box)
	case typed == "":
		line += p.faint.Render(p.searchHint(room))
	case v.box.IsOpen():
		parts, at := v.box.Visible(room, p.ruler)
		line += p.renderTyped(parts)
		cursor = tea.NewCursor(boxX+at, p.box)
	default:
		line += p.chips(typed, room)
	}
	if cursor != nil {
		cursor.X, cursor.Shape = min(cursor.X, p.width-1), tea.CursorBar
	}
	if right != "" {
		line += strings.Repeat(" ", max(1, at-p.ruler.Width(line))) + right
	}
	p.set(p.box, line)
	if p.rows > 0 {
		v.hits = append(v.hits, hitArea{y: p.box, width: p.width, isBox: true})
	}
	return cursor
}

// boxExample returns what can be typed, with tokens where there is room.
func (p *painter) boxExample(room int) string {
	const plain = "name, e-mail, phone, id"
	if full := plain + ", is:locked, created:today …"; p.ruler.Width(full) <= room {
		return full
	}
	return p.ruler.Cut(plain, room)
}

// searchHint says how to search, in the words that fit, with the key that is bound.
func (p *painter) searchHint(room int) string {
	short := "find anyone"
	if label := p.s.Keys.Label("list.search"); label != "" {
		short = "type " + label + " to find anyone"
	}
	if full := short + ": name, e-mail, phone, id"; p.ruler.Width(full) <= room {
		return full
	}
	return p.ruler.Cut(short, room)
}
