// Package textarea is a box of many lines to write in. Bubbles' own draws every
// line twice for each key; this one looks at no more lines than it shows, so a key
// costs the same in ten lines and in ten thousand.
//
// What may live here: the text, the cursor and the selection, the keys that move
// and edit, drawing. What may not: what the text means, cleaning it (the box
// draws what it holds: who fills it sees to that), a clipboard.
package textarea

import (
	"slices"
	"strings"

	"frontdesk/tui/text"
)

// spot is a place in the text: a line, and the bytes before it in that line. It
// is never inside a grapheme cluster.
type spot struct{ line, col int }

func (p spot) before(q spot) bool { return p.line < q.line || p.line == q.line && p.col < q.col }

// Model is one box. The zero value is not ready: New.
type Model struct {
	lines []string
	cur   spot
	// mark is where a selection began; it goes from there to the cursor.
	mark      spot
	selecting bool
	// goal is the column of cells that moving up and down keeps, -1 for none.
	goal int
	top  spot // where the first row that shows begins

	width, height int // cells of a row, and rows, as last drawn; 0 for never
	cells         text.Ruler

	value string // the lines together, unless stale
	stale bool
}

// New is an empty box.
func New() *Model { return &Model{lines: []string{""}, goal: -1} }

// Value is the text; "\n" stands between its lines.
func (m *Model) Value() string {
	if m.stale {
		m.value, m.stale = strings.Join(m.lines, "\n"), false
	}
	return m.value
}

// SetValue puts another text in, with the cursor at its beginning.
func (m *Model) SetValue(value string) {
	*m = Model{lines: strings.Split(value, "\n"), goal: -1, width: m.width, height: m.height, cells: m.cells, value: value}
}

func (m *Model) end() spot {
	last := len(m.lines) - 1
	return spot{last, len(m.lines[last])}
}

// selection is from where to where text is selected; both the same for none.
func (m *Model) selection() (from, to spot) {
	switch {
	case !m.selecting:
		return m.cur, m.cur
	case m.mark.before(m.cur):
		return m.mark, m.cur
	}
	return m.cur, m.mark
}

// remove takes a part of the text out and leaves the cursor there.
func (m *Model) remove(from, to spot) {
	m.cur, m.selecting, m.goal = from, false, -1
	if from == to {
		return
	}
	m.lines[from.line] = m.lines[from.line][:from.col] + m.lines[to.line][to.col:]
	m.lines = slices.Delete(m.lines, from.line+1, to.line+1)
	m.stale = true
}

// insert puts text in place of what is selected.
func (m *Model) insert(in string) {
	m.remove(m.selection())
	if in == "" {
		return
	}
	line, at := m.lines[m.cur.line], m.cur
	fresh := strings.Split(line[:at.col]+in, "\n")
	last := len(fresh) - 1
	m.cur = spot{at.line + last, len(fresh[last])}
	fresh[last] += line[at.col:]
	m.lines = slices.Replace(m.lines, at.line, at.line+1, fresh...)
	m.stale = true
}
