package palette

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/actionlist"
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

const (
	maxWidth  = 72  // how wide the list grows
	wideWidth = 110 // the same, if the items say what they do
	// minClause is the least room in which a clause is drawn.
	minClause = 40
	// dangerWord marks an action that cannot be taken back; after it is a column for keys.
	dangerWord = "no way back"
	keyColumn  = 4
	// maxTypedRows is how high the list grows in a menu that interprets what is typed.
	maxTypedRows = 16
)

// View draws the menu: its context, the filter, the list and a count.
func (m *Model) View(s tui.Screen) tui.Panel {
	width, r := min(s.Width, m.maxWidth()), text.CellWidth(s.Cells)
	p := tui.Panel{
		Title: m.menu.Title,
		Hints: []tui.Hint{{Key: m.keys.Label(actChoose), Label: "choose"}, {Key: m.keys.Label(actClose), Label: "close"}, {Key: m.keys.Label(actUp) + " " + m.keys.Label(actDown), Label: "move"}},
	}
	var lines []string
	add := func(l string) { lines = append(lines, r.Pad(l, width)) }
	for _, c := range m.menu.Context {
		if s.Height >= 12 {
			add(s.Styles.Dim.Render(r.Cut(c, width)))
		}
	}
	lead := s.Styles.Key.Render("›") + " "
	if s.Styles.Plain {
		lead = "Find: "
	}
	box, cursor := m.list.FilterView(width-r.Width(lead), r, s.Styles)
	cursor.X, cursor.Y = cursor.X+r.Width(lead), len(lines)
	add(lead + box)
	add(s.Styles.Line.Render(strings.Repeat("─", width)))
	// The list is as high as what it holds, and keeps that height while the filter shortens
	// it, so that nothing jumps. Blank lines between sections push nothing out of sight.
	most := max(1, s.Height-len(lines)-1)
	if m.menu.Interpret != nil { // most of it is typed, not read
		most = min(most, maxTypedRows)
	}
	all := m.list.Unfiltered()
	airy := len(all.Lines(m.menu.Sections, true)) <= most
	room := min(max(1, len(all.Lines(m.menu.Sections, airy))), most)
	list := m.list.Lines(m.menu.Sections, airy)
	from := m.list.FirstVisible(list, room)
	for i := from; i < from+room; i++ {
		switch {
		case i < len(list) && list[i].Row != actionlist.NoRow:
			p.HitAreas = append(p.HitAreas, tui.HitArea{Y: len(lines), Width: width, ID: list[i].Row + 1})
			add(m.itemLine(list[i].Row, width, r, s.Styles))
		case i < len(list):
			add(s.Styles.Faint.Render(r.Cut(heading(list[i].Heading), width)))
		case i == 0:
			add(s.Styles.Dim.Render("  No matches"))
		default:
			add("")
		}
	}
	foot := m.footerLine(width, r, s.Styles)
	if more := scroll.More(from > 0, from+room < len(list)); more != "" {
		foot += s.Styles.Dim.Render("   " + more)
	}
	const gap = "   "
	if below := fitClause(m.clauseBelow(s.Styles.Plain, width, r), width-r.Width(foot)-len(gap), r); below != "" {
		foot += s.Styles.Dim.Render(gap + below)
	}
	add(foot)
	p.Content, p.Cursor = strings.Join(lines[:min(len(lines), max(1, s.Height))], "\n"), cursor
	return p
}

// heading returns a group's name as a heading: the subject's name keeps its case.
func heading(group string) string {
	kind, subject, has := strings.Cut(group, tui.GroupSubjectSep)
	if has {
		subject = tui.GroupSubjectSep + subject
	}
	return strings.ToUpper(kind) + subject
}

// maxWidth is how wide the menu grows.
func (m *Model) maxWidth() int {
	if slices.ContainsFunc(m.menu.Items, func(a tui.Action) bool { return a.Does != "" }) {
		return wideWidth
	}
	return maxWidth
}

// titleColumn is how wide the titles are, so that what the actions do begins in one
// column.
func (m *Model) titleColumn(r text.CellWidth) int {
	const most = 34
	w := 0
	for _, a := range m.menu.Items {
		w = max(w, r.Width(a.Title))
	}
	return min(w, most)
}

// clauseRoom returns how much room the row's right side leaves for what the action does,
// 0 if that is too little.
func (m *Model) clauseRoom(width, right int, r text.CellWidth) int {
	if room := width - 2 - m.titleColumn(r) - 2 - right - 3; room >= minClause {
		return room
	}
	return 0
}

// fitClause returns as much of a clause as fits: without what follows a semicolon or a
// comma, or else up to a word.
func fitClause(clause string, width int, r text.CellWidth) string {
	if r.Width(clause) <= width {
		return clause
	}
	for _, end := range []string{"; ", ", "} {
		for short := clause; ; {
			at := strings.LastIndex(short, end)
			if at < 0 {
				break
			}
			if short = short[:at]; r.Width(short) <= width {
				return short
			}
		}
	}
	short := r.Cut(clause, width)
	if at := strings.LastIndexByte(short, ' '); at > 0 {
		return short[:at] + "…"
	}
	return short
}

// clauseBelow is what the action under the cursor does, where rows have no room for it.
func (m *Model) clauseBelow(isPlain bool, width int, r text.CellWidth) string {
	rows, at := m.list.Rows(), m.list.Cursor()
	if isPlain || m.list.Note != "" || at >= len(rows) || rows[at].Does == "" || m.clauseRoom(width, r.Width(dangerWord)+keyColumn, r) > 0 {
		return ""
	}
	return rows[at].Does
}

// footerLine says why the last key did nothing, else how many items there are.
func (m *Model) footerLine(width int, r text.CellWidth, s *tui.Styles) string {
	if m.list.Note != "" {
		return s.Warn.Render(r.Cut("! "+m.list.Note, width))
	}
	switch found, all := m.list.Count(); {
	case found == 0 && len(m.list.Rows()) > 0:
		return s.Faint.Render(fmt.Sprintf("  none of %d actions match", all))
	case found < all:
		return s.Faint.Render(fmt.Sprintf("  %d of %d choices", found, all))
	case all == 1:
		return s.Faint.Render("  1 choice")
	default:
		return s.Faint.Render(fmt.Sprintf("  %d choices", all))
	}
}

// itemLine draws one item: the gutter, the title with its match highlighted, and on the
// right the key, or why it cannot be done now.
func (m *Model) itemLine(i, width int, r text.CellWidth, s *tui.Styles) string {
	a := m.list.Rows()[i]
	if s.Plain {
		return m.itemInWords(a.Action, i == m.list.Cursor(), width, r)
	}
	gutter, style := "  ", s.Text
	switch {
	case a.Off != "":
		style = s.Faint
	case a.Danger:
		style = s.Bad
	}
	if i == m.list.Cursor() {
		gutter, style = s.AccentBold.Render("▌")+" ", style.Bold(true)
	}
	says, lit := a.Title, a.Matched
	if a.Off != "" && !s.HasGreys() { // it must not look as if it could be done
		says, lit = "("+says+")", shift(lit, 1)
	}
	title := r.Highlight(says, lit, width-4, style, s.Match)
	if a.Tag != "" {
		title += "  " + s.Tone(a.TagTone).Bold(true).Render(a.Tag)
	}
	room := max(0, width-r.Width(title)-6)
	right := s.Key.Render(m.keys.Label(a.ID))
	if a.Note != "" {
		right = s.Dim.Render(r.Cut(a.Note, room))
	}
	switch {
	case a.Off != "":
		right = s.Faint.Render(r.Cut(a.Off, room))
	case a.Danger && r.Width(dangerWord)+keyColumn <= room: // a word, for those who do not see red
		right = s.Bad.Render(dangerWord) + strings.Repeat(" ", max(1, keyColumn-r.Width(right))) + right
	case a.Danger:
		right = s.Bad.Render("! ") + right
	}
	left := r.Cut(gutter+title, max(0, width-r.Width(right)-2))
	at := 2 + m.titleColumn(r) + 2
	if more := m.clauseRoom(width, r.Width(right), r); a.Does != "" && a.Off == "" && more > 0 && r.Width(left) < at {
		left += strings.Repeat(" ", at-r.Width(left)) + s.Dim.Render(fitClause(a.Does, more, r))
	}
	return left + strings.Repeat(" ", max(1, width-1-r.Width(left)-r.Width(right))) + right
}

// shift returns the offsets plus by.
func shift(offsets []int, by int) []int {
	out := make([]int, len(offsets))
	for i, at := range offsets {
		out[i] = at + by
	}
	return out
}
