package user

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
)

// position is where the operator is in a tab: the scroll offset, and the row under
// the cursor by key and, should that row go, by number.
type position struct {
	offset int
	row    int
	key    rowKey
	line   int // the line of that row when offset was noted
}

// viewport is the layout of the last drawing of a tab, which moving and clicking
// refer to.
type viewport struct {
	top    int // the body's first line on the screen
	lines  int // how many the tab has
	height int // how many of them show
	offset int // the first of them that does
	areas  []rowArea
	tails  []listEnd
	row    int // the spot under the cursor, -1 for none
}

// findRow returns the index of the cursor's row, of the row in its place if it is
// gone, -1 for none.
func (p position) findRow(spots []rowArea) int {
	for i, s := range spots {
		if s.rowKey == p.key {
			return i
		}
	}
	return min(p.row, len(spots)-1)
}

// viewport restores the position in new content: what came in above the cursor moves
// nothing.
func (p position) viewport(lines, rows int, spots []rowArea) viewport {
	e := viewport{lines: lines, height: rows, offset: p.offset, areas: spots, row: p.findRow(spots)}
	if e.row >= 0 && spots[e.row].rowKey == p.key {
		e.offset += spots[e.row].start - p.line
	}
	e.offset = max(0, min(e.offset, e.maxOffset()))
	return e
}

// lastLine is the end of the visible lines; a heading whose content has no room is
// left out.
func (e viewport) lastLine(heads []int) int {
	end := min(e.offset+e.height, e.lines)
	if end < e.lines && end > e.offset && slices.Contains(heads, end-1) {
		return end - 1
	}
	return end
}

// maxOffset is how far the tab scrolls.
func (e viewport) maxOffset() int { return max(0, e.lines-e.height) }

// position is the part of a viewport to remember.
func (e viewport) position() position {
	p := position{offset: e.offset}
	if e.hasRow() {
		p.row, p.key, p.line = e.row, e.areas[e.row].rowKey, e.areas[e.row].start
	}
	return p
}

// hasRow says that the cursor is on a row.
func (e viewport) hasRow() bool { return e.row >= 0 && e.row < len(e.areas) }

// step moves to the next row or the one before, and past the first and the last
// it scrolls; so it does in a tab without rows.
func (e viewport) step(by int) viewport {
	if !e.hasRow() {
		return e.scroll(by)
	}
	here, to := e.areas[e.row], e.row+by
	away := by > 0 && here.start >= e.offset+e.height || by < 0 && here.end <= e.offset
	if away || to < 0 || to >= len(e.areas) {
		return e.scroll(by)
	}
	return e.toRow(to)
}

// toRow puts the cursor on a row and the row into sight, with its heading where it
// is the first.
func (e viewport) toRow(row int) viewport {
	e.row = row
	s := e.areas[row]
	from, end := s.start-1, s.end+1
	if row == 0 {
		from = 0
	}
	if row == len(e.areas)-1 {
		end = s.end
	}
	e.offset = max(min(e.offset, from), end-e.height)
	e.offset = max(0, min(e.offset, s.start, e.maxOffset()))
	return e
}

// scroll moves what shows, never past the ends.
func (e viewport) scroll(by int) viewport {
	e.offset = max(0, min(e.offset+by, e.maxOffset()))
	return e
}

// scrollWithRow is scroll with a cursor that stays in sight.
func (e viewport) scrollWithRow(by int) viewport {
	e = e.scroll(by)
	for e.hasRow() && e.row+1 < len(e.areas) && e.areas[e.row].end <= e.offset {
		e.row++
	}
	for e.hasRow() && e.row > 0 && e.areas[e.row].start >= e.offset+e.height {
		e.row--
	}
	return e
}

// page is carry; where nothing is left to scroll the cursor goes to the edge.
func (e viewport) page(by int) viewport {
	to := e.scrollWithRow(by)
	if to.offset == e.offset {
		return e.edge(by > 0)
	}
	return to
}

// edge is the beginning, or the end.
func (e viewport) edge(end bool) viewport {
	e.offset, e.row = 0, min(0, len(e.areas)-1)
	if end {
		e.offset, e.row = e.maxOffset(), len(e.areas)-1
	}
	return e.scrollWithRow(0)
}

// status is where the cursor is in a list; else where in the tab the screen is,
// when not all of it shows.
func (e viewport) status() string {
	if e.hasRow() && e.areas[e.row].position != nil {
		return e.areas[e.row].position()
	}
	if e.lines <= e.height {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", e.offset+1, min(e.offset+e.height, e.lines), e.lines)
}

// setViewport goes from what is on the screen to what is to be.
func (d *detail) setViewport(to viewport) tea.Cmd {
	d.viewport = to
	d.positions[d.tabIndex] = to.position()
	return d.readAhead()
}

// moveActions are the keys that move in a list.
func (d *detail) moveActions() []tui.Action {
	page := max(1, d.viewport.height-1)
	move := func(id, title string, to func(viewport) viewport) tui.Action {
		return tui.Action{ID: id, Title: title, Group: "Move", Do: func() tea.Cmd { return d.setViewport(to(d.viewport)) }}
	}
	turn := func(by int) func(viewport) viewport { return func(e viewport) viewport { return e.page(by) } }
	return []tui.Action{
		move("list.down", "Down", func(e viewport) viewport { return e.step(1) }),
		move("list.up", "Up", func(e viewport) viewport { return e.step(-1) }),
		move("list.pagedown", "Page down", turn(page)), move("list.pageup", "Page up", turn(-page)),
		move("list.halfdown", "Half a page down", turn(max(1, page/2))), move("list.halfup", "Half a page up", turn(-max(1, page/2))),
		move("list.bottom", "To the end", func(e viewport) viewport { return e.edge(true) }),
		move("list.top", "To the beginning", func(e viewport) viewport { return e.edge(false) }),
	}
}

// mouse takes the mouse: the wheel scrolls, a click selects a row, and on the
// one that is selected it opens what can be done there.
func (d *detail) mouse(msg tea.Msg) tea.Cmd {
	const notch = 3
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return d.setViewport(d.viewport.scrollWithRow(-notch))
		case tea.MouseWheelDown:
			return d.setViewport(d.viewport.scrollWithRow(notch))
		}
	case tea.MouseClickMsg:
		at := msg.Mouse()
		line := d.viewport.offset + at.Y - d.viewport.top
		if at.Button != tea.MouseLeft || at.Y < d.viewport.top || at.Y >= d.viewport.top+d.viewport.height {
			return nil
		}
		for i, s := range d.viewport.areas {
			switch {
			case line < s.start || line >= s.end:
			case i == d.viewport.row:
				return d.openRowMenu()
			default:
				to := d.viewport
				to.row = i
				return d.setViewport(to)
			}
		}
	}
	return nil
}

// row is the row under the cursor.
func (d *detail) row() (action.PartRow, bool) {
	if !d.viewport.hasRow() {
		return action.PartRow{}, false
	}
	return action.OriginalRow(d.env, d.user, d.viewport.areas[d.viewport.row].row()), true
}

// rowAction is the action on the row under the cursor.
func (d *detail) rowAction(off string) tui.Action {
	a := tui.Action{ID: "user.row", Title: "Open a row", Group: action.UserGroupTitle(d.env, d.user), Help: "What can be done with the address, passkey, account or session under the cursor.", Off: off, Do: d.openRowMenu}
	row, ok := d.row()
	shows, _ := d.tabs[d.tabIndex].(interface{ Does() string })
	switch {
	case !ok && off == "" && shows != nil && shows.Does() != "":
		op, _ := d.env.Catalogue.Get(shows.Does())
		a.Title, a.FooterLabel, a.FooterRank, a.Help = op.Title, strings.ToLower(op.Title), 7, "Opens the editor; you are asked before anything is sent."
		a.Off, a.Do = action.Availability(d.env, op, d.user)
	case !ok && off == "":
		a.Off = "nothing to open on this tab"
	case ok:
		a.Title, a.FooterLabel, a.FooterRank = "Actions at the "+row.Part.String(), "row menu", 7
	}
	return a
}

func (d *detail) openRowMenu() tea.Cmd {
	row, ok := d.row()
	if !ok || d.offReason() != "" {
		return nil
	}
	return tui.OpenMenu(action.RowMenu(d.env, d.user, row))
}
