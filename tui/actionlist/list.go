// Package actionlist implements a list of actions with a filter and a cursor, shared by the
// palette, the action menu and the help page.
//
// What may live here: filtering and ranking actions, and moving the cursor. What may not:
// drawing the rows and running the chosen action, which is up to those three.
package actionlist

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/textbox"
)

// Config describes a list. Only Items is required.
type Config struct {
	Items []tui.Action
	// Interpret returns what the typed text itself can mean; see tui.Menu.
	Interpret func(text string) []tui.Meaning
	// MoreText returns texts of an action that are searched in addition to its title and
	// Keywords.
	MoreText func(tui.Action) []string
	// IgnoredPrefix holds characters that are ignored at the start of the filter: the key
	// that opened the list, pressed once more.
	IgnoredPrefix string
	Placeholder   string
}

// Row is an action that passes the filter, or a meaning of the typed text.
type Row struct {
	tui.Action
	Matched []int // bytes of the title that matched
}

// Model is a list with its filter and cursor.
type Model struct {
	// Note says why the last key had no effect, "" if it had one.
	Note string

	conf   Config
	filter textbox.Model
	rows   []Row
	found  int // rows that are Items
	cursor int
}

// maxFilterRunes limits the filter.
const maxFilterRunes = 200

// New returns a list with the cursor on the first action that can be done now.
func New(c Config) *Model {
	m := &Model{conf: c, filter: textbox.Model{Limit: maxFilterRunes, Placeholder: c.Placeholder}}
	m.applyFilter()
	m.cursor = max(0, slices.IndexFunc(m.rows, func(r Row) bool { return r.Off == "" }))
	return m
}

// Rows returns what passes the filter, best match first. It must not be changed.
func (m *Model) Rows() []Row { return m.rows }

// Cursor returns the index of the row with the cursor.
func (m *Model) Cursor() int { return m.cursor }

// Count returns how many of the actions pass the filter, and how many there are.
func (m *Model) Count() (found, all int) { return m.found, len(m.conf.Items) }

// Query returns the filter without what is ignored in it.
func (m *Model) Query() string {
	return strings.TrimSpace(strings.TrimLeft(m.filter.Value(), m.conf.IgnoredPrefix+" "))
}

// Update edits the filter by a key or a paste.
func (m *Model) Update(msg tea.Msg) {
	m.Note = ""
	if paste, is := msg.(tea.PasteMsg); is {
		msg = tea.PasteMsg{Content: strings.Trim(paste.Content, "\r\n")}
	}
	before := m.filter.Value()
	m.filter.Update(msg)
	if m.filter.Dropped() > 0 {
		m.Note = "invisible characters were left out"
	}
	if m.filter.Value() != before {
		m.applyFilter()
		m.cursor = 0
	}
}

// Clear empties the filter.
func (m *Model) Clear() {
	m.Note, m.cursor = "", 0
	m.filter.Reset()
	m.applyFilter()
}

// Unfiltered returns a copy of the list without a filter.
func (m *Model) Unfiltered() *Model {
	all := *m
	all.Clear()
	return &all
}

// FilterView draws the filter in width cells.
func (m *Model) FilterView(width int, r text.CellWidth, s *tui.Styles) (string, *tea.Cursor) {
	return m.filter.View(width, r, s)
}

// Move moves the cursor by a number of rows, wrapping at both ends.
func (m *Model) Move(by int) {
	m.Note = ""
	if n := len(m.rows); n > 0 {
		m.cursor = ((m.cursor+by)%n + n) % n
	}
}

// Select puts the cursor on a row, or on the nearest one there is.
func (m *Model) Select(row int) {
	m.Note = ""
	m.cursor = max(0, min(row, len(m.rows)-1))
}

// Wheel moves the cursor by one step of the mouse wheel, not beyond an end.
func (m *Model) Wheel(b tea.MouseButton) {
	const step = 3
	switch b {
	case tea.MouseWheelUp:
		m.Select(m.cursor - step)
	case tea.MouseWheelDown:
		m.Select(m.cursor + step)
	}
}

// Click puts the cursor on a row and reports whether it was there already.
func (m *Model) Click(row int) (again bool) {
	m.Note = ""
	again = row == m.cursor
	if row >= 0 && row < len(m.rows) {
		m.cursor = row
	}
	return again
}

// Choose returns the action under the cursor. If there is none, or it cannot be done
// now, ok is false and Note has the reason.
func (m *Model) Choose() (chosen tui.Action, ok bool) {
	m.Note = ""
	if m.cursor >= len(m.rows) {
		return tui.Action{}, false
	}
	a := m.rows[m.cursor].Action
	if a.Off != "" {
		m.Note = a.Title + ": " + a.Off
		return tui.Action{}, false
	}
	return a, true
}

// applyFilter keeps the order of the items until something is typed; then the best
// match is first. Meanings that are certain are above the items, others below.
func (m *Model) applyFilter() {
	m.rows, m.found = nil, len(m.conf.Items)
	query := m.Query()
	if query == "" {
		for _, a := range m.conf.Items {
			m.rows = append(m.rows, Row{Action: a})
		}
		return
	}
	ranked := rank(query, m.conf.Items, m.conf.MoreText)
	m.found = len(ranked)
	var certain, others []Row
	if m.conf.Interpret != nil {
		for _, meaning := range m.conf.Interpret(query) {
			if meaning.Certain {
				certain = append(certain, Row{Action: meaning.Action})
			} else {
				others = append(others, Row{Action: meaning.Action})
			}
		}
	}
	m.rows = slices.Concat(certain, ranked, others)
}
