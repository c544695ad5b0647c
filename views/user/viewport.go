package user

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
)

// position is where the operator is in a tab: the scroll offset, and the row under the
// cursor by key and, in case that row is removed, by index.
type position struct {
	offset int
	row    int
	key    rowKey
	line   int // the line of that row at that offset
}

// viewport is the layout of a tab in the last frame, to which moving and clicking
// refer.
type viewport struct {
	top    int // the first line of the tab on the screen
	lines  int // of the whole tab
	height int // the visible lines
	offset int // the first visible line
	areas  []rowArea
	tails  []listEnd
	row    int // index in areas of the row under the cursor, -1 for none
}

// findRow returns the index of the cursor's row, or of the row now in its place; -1
// for none.
func (p position) findRow(spots []rowArea) int {
	for i, s := range spots {
		if s.rowKey == p.key {
			return i
		}
	}
	return min(p.row, len(spots)-1)
}

// viewport applies the position to new content, so that rows inserted above the cursor
// move nothing on the screen.
func (p position) viewport(lines, rows int, spots []rowArea) viewport {
	e := viewport{lines: lines, height: rows, offset: p.offset, areas: spots, row: p.findRow(spots)}
	if e.row >= 0 && spots[e.row].rowKey == p.key {
		e.offset += spots[e.row].start - p.line
	}
	e.offset = max(0, min(e.offset, e.maxOffset()))
	return e
}

// lastLine returns the end of the visible lines, without a heading whose content is
// below the screen.
func (e viewport) lastLine(heads []int) int {
	end := min(e.offset+e.height, e.lines)
	if end < e.lines && end > e.offset && slices.Contains(heads, end-1) {
		return end - 1
	}
	return end
}

// maxOffset returns how far the tab scrolls.
func (e viewport) maxOffset() int { return max(0, e.lines-e.height) }

// position returns what to remember of a viewport.
func (e viewport) position() position {
	p := position{offset: e.offset}
	if e.hasRow() {
		p.row, p.key, p.line = e.row, e.areas[e.row].rowKey, e.areas[e.row].start
	}
	return p
}

// hasRow reports whether the cursor is on a row.
func (e viewport) hasRow() bool { return e.row >= 0 && e.row < len(e.areas) }

// step moves the cursor by a row; past the first and the last row, and in a tab
// without rows, it scrolls.
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

// toRow moves the cursor to a row and scrolls it into view, the first one with its
// heading.
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

// scroll scrolls, not past the ends.
func (e viewport) scroll(by int) viewport {
	e.offset = max(0, min(e.offset+by, e.maxOffset()))
	return e
}

// scrollWithRow scrolls and keeps the cursor on the screen.
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

// page scrolls by a page; at the end the cursor goes to the last row.
func (e viewport) page(by int) viewport {
	to := e.scrollWithRow(by)
	if to.offset == e.offset {
		return e.edge(by > 0)
	}
	return to
}

// edge goes to the beginning, or the end.
func (e viewport) edge(end bool) viewport {
	e.offset, e.row = 0, min(0, len(e.areas)-1)
	if end {
		e.offset, e.row = e.maxOffset(), len(e.areas)-1
	}
	return e.scrollWithRow(0)
}

// status says which row of a list the cursor is on, else which lines of the tab are
// visible if not all are.
func (d *detail) status(e viewport) string {
	if e.hasRow() && e.areas[e.row].position != nil {
		return e.areas[e.row].position()
	}
	if e.lines <= e.height {
		return ""
	}
	return fmt.Sprintf("%s %d–%d of %d lines", d.tabs[d.tabIndex].Title(), e.offset+1, min(e.offset+e.height, e.lines), e.lines)
}

// setViewport moves to another place, and reads more where a list ends there.
func (d *detail) setViewport(to viewport) tea.Cmd {
	d.viewport = to
	d.positions[d.tabIndex] = to.position()
	return d.readAhead()
}

// moveActions are the keys that move in a tab.
func (d *detail) moveActions() []tui.Action {
	page := max(1, d.viewport.height-1)
	move := func(id, title string, to func(viewport) viewport) tui.Action {
		return tui.Action{ID: id, Title: title, Group: tui.GroupMove, Do: func() tea.Cmd { return d.setViewport(to(d.viewport)) }}
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

// mouse scrolls with the wheel, selects a row with a click, and opens the actions of
// the selected row with another.
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

// row returns the row under the cursor.
func (d *detail) row() (action.PartRow, bool) {
	if !d.viewport.hasRow() || d.viewport.areas[d.viewport.row].row == nil {
		return action.PartRow{}, false
	}
	return action.OriginalRow(d.env, d.user, d.viewport.areas[d.viewport.row].row()), true
}

// rowAction returns the action on the row under the cursor.
func (d *detail) rowAction(off string) tui.Action {
	a := tui.Action{ID: "user.row", Title: "Open a row", Group: action.UserGroupTitle(d.env, d.user), Help: "Shows what you can do with the address, passkey, account or session under the cursor.", Off: off, Do: d.openRowMenu}
	row, ok := d.row()
	shows, _ := d.tabs[d.tabIndex].(interface{ Operation() string })
	opens, title := d.opensRow()
	switch {
	case opens != nil:
		a.Title, a.FooterLabel, a.FooterRank, a.Help, a.Off, a.Do = title, strings.ToLower(title), 7, "All there is to know about the row under the cursor.", "", opens
	case !ok && off == "" && shows != nil && shows.Operation() != "":
		op, _ := d.env.Catalogue.Get(shows.Operation())
		a.Title, a.FooterLabel, a.FooterRank, a.Help = op.Title, strings.ToLower(op.Title), 7, "Opens the editor; you are asked before anything is sent."
		a.Off, a.Do = action.Availability(d.env, op, d.user)
	case !ok && off == "":
		a.Off = "nothing to open on this tab"
	case ok:
		a.Title, a.FooterLabel, a.FooterRank = "Actions for the "+row.Part.String(), "row menu", 7
	}
	return a
}

// valueActions are what the tab of the metadata has beside its row action.
func (d *detail) valueActions(off string) []tui.Action {
	if d.tabs[d.tabIndex].ID() != "metadata" {
		return nil
	}
	a := action.MetadataValueAction(d.env, d.user)
	a.ID, a.FooterRank = action.MetadataValueID, 8
	if op, ok := d.env.Catalogue.Get(action.MergeMetadata); ok && a.Off != "" { // none is stored: a new one is written
		a.Off, a.Do = action.Availability(d.env, op, d.user)
		a.Title, a.FooterRank = op.Title, 0
	}
	if off != "" {
		a.Off = off
	}
	return []tui.Action{a}
}

// opensRow returns what enter does on the row under the cursor, nil if it opens a menu.
func (d *detail) opensRow() (open func() tea.Cmd, title string) {
	if !d.viewport.hasRow() {
		return nil, ""
	}
	row := d.viewport.areas[d.viewport.row]
	return row.open, cmp.Or(row.openTitle, "Open the record")
}

func (d *detail) openRowMenu() tea.Cmd {
	if open, _ := d.opensRow(); open != nil {
		return open()
	}
	row, ok := d.row()
	if !ok || d.offReason() != "" {
		return nil
	}
	return tui.OpenMenu(action.RowMenu(d.env, d.user, row))
}
