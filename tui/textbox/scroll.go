package textbox

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	ellipsis   = "…" // drawn where the text continues
	secretMark = "•" // drawn for a character of a secret
	// minMarkedWidth is the width from which a box marks where the text continues.
	minMarkedWidth = 6
)

// layout is a text measured in cells.
type layout struct {
	value     string
	cellWidth text.CellWidth
	secret    bool
	ends      []int    // end of each cluster, in bytes
	cells     []int    // cells before each cluster, then the total
	shown     []string // how each cluster is drawn
}

// currentLayout returns the layout of the current text, computed once.
func (m *Model) currentLayout() *layout {
	l := &m.drawn.layout
	if l.cells != nil && l.value == m.value && l.cellWidth == m.drawn.cellWidth && l.secret == m.Secret {
		return l
	}
	// New slices: a copy of the box keeps using the old ones.
	*l = layout{value: m.value, cellWidth: m.drawn.cellWidth, secret: m.Secret}
	l.cells = append(l.cells, 0)
	end, cells := 0, 0
	for cluster, shown := range text.DrawableClusters(m.value) {
		if m.Secret {
			shown = secretMark
		}
		end += len(cluster)
		cells += l.cellWidth.Width(shown)
		l.ends, l.cells, l.shown = append(l.ends, end), append(l.cells, cells), append(l.shown, shown)
	}
	return l
}

// clusterEndingAt returns the first cluster that ends at or after a byte.
func clusterEndingAt(ends []int, at int) int {
	i, _ := slices.BinarySearch(ends, at)
	return i
}

// index returns how many clusters end at or before a byte.
func (l *layout) index(at int) int {
	if at <= 0 {
		return 0
	}
	return clusterEndingAt(l.ends, at+1)
}

func (l *layout) start(i int) int {
	if i == 0 {
		return 0
	}
	return l.ends[i-1]
}

// scroll keeps the cursor visible after a key, using the width in which the box was
// last drawn.
func (m *Model) scroll() {
	l := m.currentLayout()
	if m.drawn.width > 0 {
		m.scrollFrom = l.start(l.firstVisible(m.scrollFrom, m.at, m.drawn.width))
	}
	m.scrollFrom = max(0, min(m.scrollFrom, m.at))
}

// firstVisible returns the first visible cluster. It stays where it was unless the
// cursor, or the character on either side of it, would be out of view or room would be
// left over. If it has to move, it reveals some more than is needed.
func (l *layout) firstVisible(from, at, width int) int {
	n, k, f := len(l.shown), l.index(at), l.index(from)
	slack := min(8, width/4)
	switch {
	case l.cells[n] < width: // everything fits, with the cursor behind it
		return 0
	case f > 0 && f >= k:
		f = l.clusterBefore(k, slack)
	case l.cellsNeeded(f, k, width) > width:
		for f < k-1 && l.cellsNeeded(f, k, width)+slack > width && l.cellsNeeded(f, n, width) > width {
			f++
		}
	}
	for f > 0 && l.cellsNeeded(f-1, n, width) <= width {
		f--
	}
	for f < k && l.cellsNeeded(f, k, width) > width { // the box is too narrow for the neighbours
		f++
	}
	if f == 1 && l.cells[1] == 1 && width >= minMarkedWidth {
		return 0 // a mark would take its only cell
	}
	return f
}

// clusterBefore returns the cluster that begins at least that many cells before another.
func (l *layout) clusterBefore(k, cells int) int {
	f := max(0, k-1)
	for f > 0 && l.cells[k]-l.cells[f] < cells {
		f--
	}
	return f
}

// cellsNeeded returns how many cells show the text from cluster f to cluster k, or to
// the cursor after the last one, marks included.
func (l *layout) cellsNeeded(f, k, width int) int {
	n := l.cells[k] - l.cells[f]
	if f > 0 && width >= minMarkedWidth {
		n++
	}
	if k == len(l.shown) {
		return n + 1
	}
	n += l.cells[k+1] - l.cells[k]
	if k+1 < len(l.shown) && width >= minMarkedWidth {
		n++
	}
	return n
}

// Part is a visible cluster: its bytes in the value, and how it is drawn. The marks at
// the ends have no bytes.
type Part struct {
	From, To int
	Shown    string
}

// VisibleParts returns what is visible in width cells, and the cell of the cursor. The
// visible part does not move while the cursor is in it.
func (m *Model) VisibleParts(width int, r text.CellWidth) (parts []Part, cursor int) {
	width = max(1, width)
	m.drawn.width, m.drawn.cellWidth = width, r
	l := m.currentLayout()
	n, k := len(l.shown), l.index(m.at)
	f := l.firstVisible(m.scrollFrom, m.at, width)
	used := 0
	add := func(from, to int, shown string, cells int) {
		parts = append(parts, Part{from, to, shown})
		used += cells
	}
	if f > 0 && width >= minMarkedWidth {
		add(l.start(f), l.start(f), ellipsis, 1)
	}
	for i := f; i < n; i++ {
		if i == k {
			cursor = used
		}
		cells := l.cells[i+1] - l.cells[i]
		behind := 0
		if i+1 < n && width >= minMarkedWidth {
			behind = 1
		}
		// A cluster wider than the box is replaced by a mark.
		if shown := l.shown[i]; used+cells+behind <= width {
			add(l.start(i), l.ends[i], shown, cells)
			continue
		}
		if used < width {
			add(l.ends[n-1], l.ends[n-1], ellipsis, 1)
		}
		break
	}
	if k == n {
		cursor = used
	}
	return parts, min(cursor, width-1)
}

// View draws the box in at most width cells, and returns the cursor in it.
func (m *Model) View(width int, r text.CellWidth, s *tui.Styles) (string, *tea.Cursor) {
	width = max(1, width)
	parts, at := m.VisibleParts(width, r)
	c := tea.NewCursor(at, 0)
	c.Color, c.Blink, c.Shape = s.CursorColor(), false, tea.CursorBar
	if m.value == "" {
		hint := r.Cut(m.Placeholder, width-1)
		if hint == "" {
			return "", c
		}
		return s.Faint.Render(hint), c
	}
	var out strings.Builder
	for _, part := range parts { // marks in the same colour: changing it costs more bytes than it is worth
		out.WriteString(part.Shown)
	}
	return s.Text.Render(out.String()), c
}
