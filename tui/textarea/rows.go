package textarea

import "strings"

// A line that is wider than the box takes several rows: it is broken behind a
// space, or where there is none between clusters. The last cell of a row is the
// cursor's, when it stands at the end.

// starts is where each of a line's rows begins, in bytes.
func (m *Model) starts(line string) []int {
	out := []int{0}
	room := m.width - 1
	if m.width == 0 || m.cells.Width(line) <= room {
		return out
	}
	used, space, sinceSpace := 0, 0, 0 // space is behind the last one in the row
	for at := 0; at < len(line); {
		cluster, wide := m.cells.First(line[at:])
		if from := out[len(out)-1]; used+wide > room && at > from {
			if space > from {
				out, used = append(out, space), sinceSpace
			} else {
				out, used = append(out, at), 0
			}
			sinceSpace = used
		}
		at += len(cluster)
		used += wide
		sinceSpace += wide
		if cluster == " " {
			space, sinceSpace = at, 0
		}
	}
	return out
}

// row is which of its line's rows a place is in, and where that begins and ends.
func (m *Model) row(p spot) (i, from, to, all int) {
	line := m.lines[p.line]
	starts := m.starts(line)
	i = len(starts) - 1
	for i > 0 && starts[i] > p.col {
		i--
	}
	to = len(line)
	if i+1 < len(starts) {
		to = starts[i+1]
	}
	return i, starts[i], to, len(starts)
}

// head is the beginning of the row that a place is in.
func (m *Model) head(p spot) spot {
	_, from, _, _ := m.row(p)
	return spot{p.line, from}
}

// below and above are the beginning of the next row and of the one before; ok is
// false where there is none.
func (m *Model) below(p spot) (next spot, ok bool) {
	i, _, to, all := m.row(p)
	switch {
	case i+1 < all:
		return spot{p.line, to}, true
	case p.line+1 < len(m.lines):
		return spot{p.line + 1, 0}, true
	}
	return p, false
}

func (m *Model) above(p spot) (last spot, ok bool) {
	_, from, _, _ := m.row(p)
	switch {
	case from > 0:
		return m.head(spot{p.line, from - 1}), true
	case p.line > 0:
		return m.head(spot{p.line - 1, len(m.lines[p.line-1])}), true
	}
	return p, false
}

// column is how many cells stand before a place in its row.
func (m *Model) column(p spot) int {
	_, from, _, _ := m.row(p)
	return m.cells.Width(m.lines[p.line][from:p.col])
}

// at is the place in the row beginning at head that is nearest to a column.
func (m *Model) at(head spot, column int) spot {
	i, from, to, all := m.row(head)
	line := m.lines[head.line]
	for col, used := from, 0; ; {
		if col >= to || used >= column {
			return spot{head.line, col}
		}
		cluster, wide := m.cells.First(line[col:])
		if i+1 < all && col+len(cluster) >= to { // behind it the next row begins
			return spot{head.line, col}
		}
		col += len(cluster)
		used += wide
	}
}

// next and prev are one cluster on and back, over the ends of lines.
func (m *Model) next(p spot) spot {
	line := m.lines[p.line]
	if p.col < len(line) {
		cluster, _ := m.cells.First(line[p.col:])
		return spot{p.line, p.col + len(cluster)}
	}
	if p.line+1 < len(m.lines) {
		return spot{p.line + 1, 0}
	}
	return p
}

func (m *Model) prev(p spot) spot {
	if p.col == 0 {
		if p.line == 0 {
			return p
		}
		return spot{p.line - 1, len(m.lines[p.line-1])}
	}
	line, last := m.lines[p.line], 0
	for at := 0; at < p.col; {
		last = at
		cluster, _ := m.cells.First(line[at:])
		at += len(cluster)
	}
	return spot{p.line, last}
}

// word is whether the cluster behind a place belongs to a word.
func (m *Model) word(p spot) bool {
	line := m.lines[p.line]
	return p.col < len(line) && !strings.ContainsRune(" \t\"'`,.:;(){}[]<>/\\|=+-*&%#@!?", rune(line[p.col]))
}

// nextWord is behind the next word, prevWord before the one that is passed.
func (m *Model) nextWord(p spot) spot {
	for p != m.end() && !m.word(p) {
		p = m.next(p)
	}
	for m.word(p) {
		p = m.next(p)
	}
	return p
}

func (m *Model) prevWord(p spot) spot {
	for p != (spot{}) && !m.word(m.prev(p)) {
		p = m.prev(p)
	}
	for p.col > 0 && m.word(m.prev(p)) {
		p = m.prev(p)
	}
	return p
}
