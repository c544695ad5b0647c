package help

import (
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/scroll"
	"frontdesk/tui/text"
)

const (
	twoColumnWidth = 84 // cells inside the frame from which two columns stand
	maxWidth       = 108
	gutter         = 4 // cells between two columns
	keyColumn      = 14
	indent         = 2 // of what stands below its title
	headRows       = 2 // the filter and the air below it
)

// View draws the page: the filter, the sections, how to move.
func (m *Model) View(s tui.Screen) tui.Panel {
	width := min(s.Width, maxWidth)
	r := text.CellWidth(s.Cells)
	rows := m.rows(width, r, s.Styles)
	room := max(1, s.Height-headRows)
	shown, above, below := m.top.Visible(rows, room)
	lines := []string{m.filterLine(width, scroll.More(above, below), r, s.Styles), ""}
	for _, row := range shown {
		lines = append(lines, r.Pad(row, width))
	}
	// The page keeps its height while the filter shortens it.
	for range min(room, m.fullHeight(width, r, s.Styles)) - len(shown) {
		lines = append(lines, "")
	}
	return tui.Panel{
		Title: "Help · " + m.screen, Content: strings.Join(lines[:min(len(lines), max(1, s.Height))], "\n"),
		Hints: scroll.Hints(m.keys),
	}
}

// fullHeight returns how many rows the page has without a filter.
func (m *Model) fullHeight(width int, r text.CellWidth, s *tui.Styles) int {
	all := *m
	all.query = ""
	return len(all.rows(width, r, s))
}

func (m *Model) filterLine(width int, more string, r text.CellWidth, s *tui.Styles) string {
	left := s.Faint.Render("type to find")
	if m.query != "" {
		left = s.Key.Render("›") + " " + s.Text.Render(m.query) + s.Accent.Render("▏")
	}
	right := s.Dim.Render(more)
	left = r.Cut(left, max(0, width-r.Width(right)-1))
	return r.Cut(left+strings.Repeat(" ", max(0, width-r.Width(left)-r.Width(right)))+right, width)
}

// rows returns the sections in one column with what each action means, or in two
// without where there is room and nothing is looked for.
func (m *Model) rows(width int, r text.CellWidth, s *tui.Styles) []string {
	sections := m.sections()
	if len(sections) == 0 {
		return []string{s.Dim.Render("No matches")}
	}
	if width < twoColumnWidth || m.query != "" {
		return m.columnRows(sections, width, true, r, s)
	}
	half := (width - gutter) / 2
	cut := splitSections(sections)
	left, right := m.columnRows(sections[:cut], half, false, r, s), m.columnRows(sections[cut:], half, false, r, s)
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i] = left[i]
		}
		if i < len(right) {
			out[i] = r.Pad(out[i], half+gutter) + right[i]
		}
	}
	return out
}

// splitSections returns where the second column begins, so that the longer is shortest.
func splitSections(sections []section) int {
	height := func(part []section) (n int) {
		for _, s := range part {
			n += len(s.items) + 2
		}
		return n
	}
	best, at := height(sections), len(sections)
	for i := 1; i < len(sections); i++ {
		if h := max(height(sections[:i]), height(sections[i:])); h < best {
			best, at = h, i
		}
	}
	return at
}

func (m *Model) columnRows(sections []section, width int, wordy bool, r text.CellWidth, s *tui.Styles) []string {
	var out []string
	for i, sec := range sections {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, s.AccentBold.Render(r.Cut(sec.name, width)))
		for _, a := range sec.items {
			out = append(out, m.actionRows(a, width, wordy, r, s)...)
		}
	}
	return out
}

// actionRows returns the keys, the title, and what it means or why it cannot be done now, in
// as many lines as that takes.
func (m *Model) actionRows(a tui.Action, width int, wordy bool, r text.CellWidth, s *tui.Styles) []string {
	key, title, word := s.Key, s.Text, ""
	if a.Danger {
		title = s.Bad
	}
	if wordy {
		word = a.Help
	}
	if a.Off != "" {
		key, title, word = s.Faint, s.Faint, a.Off
	}
	label := r.Cut(m.keyLabels(a), keyColumn-1)
	out := key.Render(label) + strings.Repeat(" ", keyColumn-r.Width(label)) + title.Render(a.Title)
	if word == "" {
		return []string{r.Cut(out, width)}
	}
	at := descriptionColumn(r.Width(out), r.Width(word), width)
	if at == 0 {
		lines := []string{r.Cut(out, width)}
		for _, l := range r.Wrap(word, width-keyColumn-indent) {
			lines = append(lines, strings.Repeat(" ", keyColumn+indent)+s.Faint.Render(l))
		}
		return lines
	}
	var lines []string
	for _, l := range r.Wrap(word, width-at) {
		lines = append(lines, out+strings.Repeat(" ", max(0, at-r.Width(out)))+s.Faint.Render(l))
		out = ""
	}
	return lines
}

// descriptionColumn returns where a word stands beside so many cells of a title: in a column of its
// own; in a narrow window where it can be read in one line; 0 is below the title.
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
