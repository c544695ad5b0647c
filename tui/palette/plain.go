package palette

import (
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

// itemInWords draws one item as a line of words, for screen readers.
func (m *Model) itemInWords(a tui.Action, isChosen bool, width int, r text.CellWidth) string {
	mark := "  "
	if isChosen {
		mark = tui.CursorMark + " "
	}
	says := []string{a.Title}
	add := func(word string) {
		if word != "" {
			says = append(says, word)
		}
	}
	add(a.Tag)
	switch {
	case a.Off != "":
		add("not now: " + a.Off)
	default:
		if key := m.keys.Label(a.ID); key != "" && a.Note == "" {
			add("key " + key)
		}
		add(a.Note)
		if a.Danger {
			add(dangerWord)
		}
		add(fitClause(a.Does, width-r.Width(mark+strings.Join(says, ", "))-2, r))
	}
	return r.Cut(mark+strings.Join(says, ", "), width)
}
