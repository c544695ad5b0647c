package user

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
)

// place is where the operator is in a tab: how far it is scrolled, and the row
// that the cursor is on, by its key and by its number, should that row go.
type place struct {
	offset int
	row    int
	key    rowKey
	at     int // the line of that row when offset was noted
}

// extent is what the last drawing of a tab found out; moving and clicking mean that.
type extent struct {
	top    int // the body's first line on the screen
	lines  int // how many the tab has
	rows   int // how many of them show
	offset int // the first of them that does
	spots  []spot
	tails  []tail
	row    int // the spot under the cursor, -1 for none
}

// find is which of the spots the cursor is on, -1 where there are none. Of a row
// that is gone the one that took its place.
func (p place) find(spots []spot) int {
	for i, s := range spots {
		if s.rowKey == p.key {
			return i
		}
	}
	return min(p.row, len(spots)-1)
}

// look finds what shows: what came in above the cursor's row moves nothing.
func (p place) look(lines, rows int, spots []spot) extent {
	e := extent{lines: lines, rows: rows, offset: p.offset, spots: spots, row: p.find(spots)}
	if e.row >= 0 && spots[e.row].rowKey == p.key {
		e.offset += spots[e.row].at - p.at
	}
	e.offset = max(0, min(e.offset, e.last()))
	return e
}

// end is behind the last line that shows: a head stays away where nothing of what it
// is the head of has room.
func (e extent) end(heads []int) int {
	end := min(e.offset+e.rows, e.lines)
	if end < e.lines && end > e.offset && slices.Contains(heads, end-1) {
		return end - 1
	}
	return end
}

// last is how far one can scroll.
func (e extent) last() int { return max(0, e.lines-e.rows) }

// place is what there is to remember of an extent.
func (e extent) place() place {
	p := place{offset: e.offset}
	if e.has() {
		p.row, p.key, p.at = e.row, e.spots[e.row].rowKey, e.spots[e.row].at
	}
	return p
}

// has says that the cursor is on a row.
func (e extent) has() bool { return e.row >= 0 && e.row < len(e.spots) }

// step moves to the next row or the one before, and past the first and the last
// it scrolls; so it does in a tab without rows.
func (e extent) step(by int) extent {
	if !e.has() {
		return e.scroll(by)
	}
	here, to := e.spots[e.row], e.row+by
	away := by > 0 && here.at >= e.offset+e.rows || by < 0 && here.end <= e.offset
	if away || to < 0 || to >= len(e.spots) {
		return e.scroll(by)
	}
	return e.to(to)
}

// to puts the cursor on a row and the row into sight, with its heading where it
// is the first.
func (e extent) to(row int) extent {
	e.row = row
	s := e.spots[row]
	from, end := s.at-1, s.end+1
	if row == 0 {
		from = 0
	}
	if row == len(e.spots)-1 {
		end = s.end
	}
	e.offset = max(min(e.offset, from), end-e.rows)
	e.offset = max(0, min(e.offset, s.at, e.last()))
	return e
}

// scroll moves what shows, never past the ends.
func (e extent) scroll(by int) extent {
	e.offset = max(0, min(e.offset+by, e.last()))
	return e
}

// carry is scroll with a cursor that stays in sight.
func (e extent) carry(by int) extent {
	e = e.scroll(by)
	for e.has() && e.row+1 < len(e.spots) && e.spots[e.row].end <= e.offset {
		e.row++
	}
	for e.has() && e.row > 0 && e.spots[e.row].at >= e.offset+e.rows {
		e.row--
	}
	return e
}

// page is carry; where nothing is left to scroll the cursor goes to the edge.
func (e extent) page(by int) extent {
	to := e.carry(by)
	if to.offset == e.offset {
		return e.edge(by > 0)
	}
	return to
}

// edge is the beginning, or the end.
func (e extent) edge(end bool) extent {
	e.offset, e.row = 0, min(0, len(e.spots)-1)
	if end {
		e.offset, e.row = e.last(), len(e.spots)-1
	}
	return e.carry(0)
}

// status is where the cursor is in a list; else where in the tab the screen is,
// when not all of it shows.
func (e extent) status() string {
	if e.has() && e.spots[e.row].where != nil {
		return e.spots[e.row].where()
	}
	if e.lines <= e.rows {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", e.offset+1, min(e.offset+e.rows, e.lines), e.lines)
}

// move goes from what is on the screen to what is to be.
func (d *detail) move(to extent) tea.Cmd {
	d.shown = to
	d.places[d.at] = to.place()
	return d.onward()
}

// moves are the keys that move in a list.
func (d *detail) moves() []tui.Action {
	page := max(1, d.shown.rows-1)
	move := func(id, title string, to func(extent) extent) tui.Action {
		return tui.Action{ID: id, Title: title, Group: "Move", Do: func() tea.Cmd { return d.move(to(d.shown)) }}
	}
	turn := func(by int) func(extent) extent { return func(e extent) extent { return e.page(by) } }
	return []tui.Action{
		move("list.down", "Down", func(e extent) extent { return e.step(1) }),
		move("list.up", "Up", func(e extent) extent { return e.step(-1) }),
		move("list.pagedown", "Page down", turn(page)), move("list.pageup", "Page up", turn(-page)),
		move("list.halfdown", "Half a page down", turn(max(1, page/2))), move("list.halfup", "Half a page up", turn(-max(1, page/2))),
		move("list.bottom", "To the end", func(e extent) extent { return e.edge(true) }),
		move("list.top", "To the beginning", func(e extent) extent { return e.edge(false) }),
	}
}

// pointer takes the mouse: the wheel scrolls, a click selects a row, and on the
// one that is selected it opens what can be done there.
func (d *detail) pointer(msg tea.Msg) tea.Cmd {
	const notch = 3
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return d.move(d.shown.carry(-notch))
		case tea.MouseWheelDown:
			return d.move(d.shown.carry(notch))
		}
	case tea.MouseClickMsg:
		at := msg.Mouse()
		line := d.shown.offset + at.Y - d.shown.top
		if at.Button != tea.MouseLeft || at.Y < d.shown.top || at.Y >= d.shown.top+d.shown.rows {
			return nil
		}
		for i, s := range d.shown.spots {
			switch {
			case line < s.at || line >= s.end:
			case i == d.shown.row:
				return d.choose()
			default:
				to := d.shown
				to.row = i
				return d.move(to)
			}
		}
	}
	return nil
}

// row is the row under the cursor.
func (d *detail) row() (action.PartRow, bool) {
	if !d.shown.has() {
		return action.PartRow{}, false
	}
	return d.shown.spots[d.shown.row].row(), true
}

// atRow is the action on the row under the cursor.
func (d *detail) atRow(off string) tui.Action {
	a := tui.Action{ID: "user.row", Title: "Open a row", Group: action.UserGroupTitle(d.user), Help: "What can be done with the address, passkey, account or session under the cursor.", Off: off, Do: d.choose}
	row, ok := d.row()
	shows, _ := d.tabs[d.at].(interface{ Does() string })
	switch {
	case !ok && off == "" && shows != nil && shows.Does() != "":
		op, _ := d.env.Catalogue.Get(shows.Does())
		a.Title, a.FooterLabel, a.FooterRank, a.Help = op.Title, strings.ToLower(op.Title), 7, "Opens the editor; nothing is sent before it asks."
		a.Off, a.Do = action.Availability(d.env, op, d.user)
	case !ok && off == "":
		a.Off = "nothing on this tab opens"
	case ok:
		a.Title, a.FooterLabel, a.FooterRank = "Actions at the "+row.Part.String(), "row menu", 7
	}
	return a
}

func (d *detail) choose() tea.Cmd {
	row, ok := d.row()
	if !ok || d.off() != "" {
		return nil
	}
	return tui.OpenMenu(action.RowMenu(d.env, d.user, row))
}
