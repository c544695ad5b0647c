package help

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

const (
	twoColumnWidth = 84 // width from which there are two columns
	maxWidth       = 108
	columnGap      = 4 // cells between two columns
	keyColumn      = 14
	indent         = 2 // of a description below its title
	headRows       = 2 // the filter and the blank line below it
)

// View draws the filter and below it the sections or, while a filter is typed, the
// actions that match.
func (m *Model) View(s tui.Screen) tui.Panel {
	p := newPainter(m, min(s.Width, maxWidth), text.CellWidth(s.Cells), s.Styles)
	out := tui.Panel{Title: "Help · " + m.page.Screen, Hints: scroll.Hints(m.keys)}
	rows, top := p.rows(), m.top
	room := max(1, s.Height-headRows)
	if m.Typing() {
		out.Hints[0].Label, out.Hints[1].Label = "clear", "move"
		out.Hints = append([]tui.Hint{{Key: m.keys.Label(actChoose), Label: "run"}}, out.Hints...)
		top = scroll.Position(p.cursorRow - room/2)
	}
	top.Clamp(len(rows), room)
	shown, above, below := top.Visible(rows, room)
	head, cursor := p.filterLine(scroll.More(above, below))
	lines := []string{head, ""}
	for i, row := range shown {
		if n, is := p.actionAt[int(top)+i]; is {
			out.HitAreas = append(out.HitAreas, tui.HitArea{Y: len(lines), Width: p.width, ID: n + 1})
		}
		lines = append(lines, p.r.Pad(row, p.width))
	}
	// The page keeps its height while the filter shortens it.
	for range min(room, p.fullHeight()) - len(shown) {
		lines = append(lines, "")
	}
	out.Content, out.Cursor = strings.Join(lines[:min(len(lines), max(1, s.Height))], "\n"), cursor
	return out
}

// painter draws one page.
type painter struct {
	m         *Model
	width     int
	r         text.CellWidth
	s         *tui.Styles
	actionAt  map[int]int // drawn row to row of the list, while a filter is typed
	cursorRow int
}

func newPainter(m *Model, width int, r text.CellWidth, s *tui.Styles) *painter {
	return &painter{m: m, width: width, r: r, s: s, actionAt: map[int]int{}}
}

// fullHeight returns how many rows the page has without a filter.
func (p *painter) fullHeight() int {
	all := *p.m
	all.list = p.m.list.Unfiltered()
	return len(newPainter(&all, p.width, p.r, p.s).rows())
}

func (p *painter) filterLine(more string) (string, *tea.Cursor) {
	right := p.s.Dim.Render(more)
	if p.m.list.Note != "" {
		right = p.s.Warn.Render("! " + p.r.Cut(p.m.list.Note, p.width/2))
	}
	box, cursor := p.m.list.FilterView(max(1, p.width-p.r.Width(right)-3), p.r, p.s)
	cursor.X += 2
	left := p.s.Key.Render("›") + " " + box
	return p.r.Cut(left+strings.Repeat(" ", max(0, p.width-p.r.Width(left)-p.r.Width(right)))+right, p.width), cursor
}

func (p *painter) rows() []string {
	var out []string
	if p.m.Typing() {
		out = p.foundRows()
	} else {
		out = p.sectionRows()
	}
	if terms := p.glossaryRows(); len(terms) > 0 {
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, terms...)
	}
	if len(out) == 0 {
		return []string{p.s.Dim.Render("No matches")}
	}
	return out
}

// foundRows draws the actions that match the filter, with their descriptions.
func (p *painter) foundRows() []string {
	var out []string
	for i, row := range p.m.list.Rows() {
		gutter := "  "
		if i == p.m.list.Cursor() {
			gutter, p.cursorRow = p.s.AccentBold.Render("▌")+" ", len(out)
		}
		for _, l := range p.actionRows(row.Action, row.Matched, p.width-2, true) {
			p.actionAt[len(out)] = i
			out = append(out, gutter+l)
			gutter = "  "
		}
	}
	return out
}

// sectionRows draws the sections in one column with descriptions, or in two columns
// without if there is room.
func (p *painter) sectionRows() []string {
	sections := p.m.sections()
	main := p.m.mainSection()
	if p.width < twoColumnWidth || p.s.Plain {
		if len(main.items) > 0 {
			sections = append([]section{main}, sections...)
		}
		return p.columnRows(sections, p.width, true)
	}
	cut := splitSections(sections)
	half := (p.width - columnGap) / 2
	out := p.sideBySide(p.columnRows(sections[:cut], half, false), p.columnRows(sections[cut:], half, false))
	if len(main.items) == 0 {
		return out
	}
	cut = (len(main.items) + 1) / 2
	left := p.columnRows([]section{{main.name, main.items[:cut]}}, half, false)
	right := p.columnRows([]section{{"", main.items[cut:]}}, half, false)
	return append(append(p.sideBySide(left, right), ""), out...)
}

func (p *painter) sideBySide(left, right []string) []string {
	half := (p.width - columnGap) / 2
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i] = left[i]
		}
		if i < len(right) {
			out[i] = p.r.Pad(out[i], half+columnGap) + right[i]
		}
	}
	return out
}

func (p *painter) columnRows(sections []section, width int, described bool) []string {
	var out []string
	for i, sec := range sections {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, p.s.AccentBold.Render(p.r.Cut(sec.name, width)))
		for _, a := range sec.items {
			out = append(out, p.actionRows(a, nil, width, described)...)
		}
	}
	return out
}

// actionRows draws the keys, the title, and the description or the reason why it cannot
// be done now, in as many lines as that takes.
func (p *painter) actionRows(a tui.Action, matched []int, width int, described bool) []string {
	key, title, word := p.s.Key, p.s.Text, ""
	if a.Danger {
		title = p.s.Bad
	}
	if described {
		word = a.Help
	}
	if a.Off != "" {
		key, title, word = p.s.Faint, p.s.Faint, a.Off
	}
	if p.s.Plain {
		return p.actionInWords(a.Title, word, p.m.keyLabels(a), width)
	}
	label := p.r.Cut(p.m.keyLabels(a), keyColumn-1)
	out := key.Render(label) + strings.Repeat(" ", keyColumn-p.r.Width(label)) +
		p.r.Highlight(a.Title, matched, p.r.Width(a.Title), title, p.s.Match)
	return p.describe(out, word, width)
}

// actionInWords says the keys, the title, and the description or the reason.
func (p *painter) actionInWords(title, word, keys string, width int) []string {
	says := title
	if keys != "" {
		says = keys + ": " + says
	}
	if word != "" {
		says += ". " + word
	}
	return p.r.Wrap(says, width)
}

// glossaryRows draws the glossary's entries under their heading.
func (p *painter) glossaryRows() []string {
	terms := p.m.terms()
	if len(terms) == 0 {
		return nil
	}
	column := 0
	for _, t := range terms {
		column = max(column, p.r.Width(t.Word)+2)
	}
	out := []string{p.s.AccentBold.Render("Glossary")}
	for _, t := range terms {
		word := p.r.Pad(t.Word, column)
		for _, l := range p.r.Wrap(t.Meaning, max(1, p.width-column)) {
			out = append(out, p.s.Bold.Render(word)+p.s.Dim.Render(l))
			word = strings.Repeat(" ", column)
		}
	}
	return out
}

// describe adds a description to a drawn title: beside it, or below where there is no
// room.
func (p *painter) describe(title, word string, width int) []string {
	if word == "" {
		return []string{p.r.Cut(title, width)}
	}
	at := descriptionColumn(p.r.Width(title), p.r.Width(word), width)
	if at == 0 {
		lines := []string{p.r.Cut(title, width)}
		for _, l := range p.r.Wrap(word, width-keyColumn-indent) {
			lines = append(lines, strings.Repeat(" ", keyColumn+indent)+p.s.Faint.Render(l))
		}
		return lines
	}
	var lines []string
	for _, l := range p.r.Wrap(word, width-at) {
		lines = append(lines, title+strings.Repeat(" ", max(0, at-p.r.Width(title)))+p.s.Faint.Render(l))
		title = ""
	}
	return lines
}

// descriptionColumn returns the column of a description beside a title of the given
// width: a fixed one, or in a narrow window one where it fits on a line. 0 is below the
// title.
func descriptionColumn(title, word, width int) int {
	const column, least = keyColumn + 24, 20
	switch own := max(column, title+2); {
	case width-own >= least:
		return own
	case title+2+word <= width:
		return max(min(column, width-word), title+2)
	}
	return 0
}
