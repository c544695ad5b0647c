package textbox

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	ellipsis   = "…" // where the text goes on
	secretMark = "•" // a character of a secret
	// minMarkedWidth is how wide a box is that says where the text goes on.
	minMarkedWidth = 6
)

// layout is a text in cells.
type layout struct {
	value  string
	ruler  text.CellWidth
	secret bool
	ends   []int    // where each cluster ends, in bytes
	cells  []int    // the cells before each cluster, and at last those of all
	shown  []string // how each cluster is drawn
}

// currentLayout is the text as it stands, laid out once.
func (m *Model) currentLayout() *layout {
	l := &m.drawn.layout
	if l.cells != nil && l.value == m.value && l.ruler == m.drawn.ruler && l.secret == m.Secret {
		return l
	}
	// New slices: who copied the box goes on with the old ones.
	*l = layout{value: m.value, ruler: m.drawn.ruler, secret: m.Secret}
	l.cells = append(l.cells, 0)
	end, cells := 0, 0
	for cluster, shown := range text.DrawableClusters(m.value) {
		if m.Secret {
			shown = secretMark
		}
		end += len(cluster)
		cells += l.ruler.Width(shown)
		l.ends, l.cells, l.shown = append(l.ends, end), append(l.cells, cells), append(l.shown, shown)
	}
	return l
}

// clusterEndingAt is the first cluster that ends at or behind a byte.
func clusterEndingAt(ends []int, at int) int {
	i, _ := slices.BinarySearch(ends, at)
	return i
}

// index is how many clusters end at or before a byte.
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

// scroll keeps the cursor in sight after a key, as far as it is known how wide the
// box is drawn.
func (m *Model) scroll() {
	l := m.currentLayout()
	if m.drawn.width > 0 {
		m.scrollFrom = l.start(l.firstVisible(m.scrollFrom, m.at, m.drawn.width))
	}
	m.scrollFrom = max(0, min(m.scrollFrom, m.at))
}

// firstVisible is the first cluster in sight: the one from which the text was in sight
// before, unless the cursor would then be out of sight, or the character on either
// side of it, or room would be left over. Where it must go on, some more comes
// into sight than is needed.
func (l *layout) firstVisible(from, at, width int) int {
	n, k, f := len(l.shown), l.index(at), l.index(from)
	slack := min(8, width/4)
	switch {
	case l.cells[n] < width: // all of it and the cursor behind it have room
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
	for f < k && l.cellsNeeded(f, k, width) > width { // the box is too narrow for what stands beside it
		f++
	}
	if f == 1 && l.cells[1] == 1 && width >= minMarkedWidth {
		return 0 // a mark would take its one cell
	}
	return f
}

// clusterBefore is the cluster that begins at least so many cells before another.
func (l *layout) clusterBefore(k, cells int) int {
	f := max(0, k-1)
	for f > 0 && l.cells[k]-l.cells[f] < cells {
		f--
	}
	return f
}

// cellsNeeded is how many cells are needed to show the text from f to the cluster at k, or
// to the cursor behind the last, marks included.
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

// Part is a cluster in sight: its bytes in the value, and how it is drawn. The
// marks at the ends have no bytes.
type Part struct {
	From, To int
	Shown    string
}

// VisibleParts is what is in sight in so many cells, and the cell that the cursor is
// before. What is in sight stays where it is as long as the cursor is in it.
func (m *Model) VisibleParts(width int, r text.CellWidth) (parts []Part, cursor int) {
	width = max(1, width)
	m.drawn.width, m.drawn.ruler = width, r
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
		// One that is wider than the box has a mark in its place.
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

// View draws the box in at most so many cells, in its colours, and the cursor in it.
func (m *Model) View(width int, r text.CellWidth, s *tui.Styles) (string, *tea.Cursor) {
	width = max(1, width)
	parts, at := m.VisibleParts(width, r)
	c := tea.NewCursor(at, 0)
	c.Color, c.Blink, c.Shape = s.Theme.Accent, false, tea.CursorBar
	if m.value == "" {
		hint := r.Cut(m.Placeholder, width-1)
		if hint == "" {
			return "", c
		}
		return s.Faint.Render(hint), c
	}
	var out strings.Builder
	for _, part := range parts { // marks in the same colour: a change of it costs more than they tell
		out.WriteString(part.Shown)
	}
	return s.Text.Render(out.String()), c
}
