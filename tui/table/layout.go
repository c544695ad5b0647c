// Package table draws a window of a long list as aligned columns: which columns fit,
// which rows show, where the cursor is. Everything in it is a value or a pure function.
// It does not know what the rows mean, and it handles no keys or messages.
package table

// Order is the sort order of a column.
type Order int

const (
	Unordered Order = iota
	Ascending
	Descending
)

// Column is one column of a table.
type Column struct {
	Head string // at most Min cells, with its arrow
	// Rank decides which column is dropped: if they do not fit side by side, the one
	// with the highest rank goes first, and of equal ranks the rightmost.
	Rank int
	// Min and Max are widths without the gap after the column; Max 0 is no limit.
	Min, Max int
	// Share is the column's share of the width left once every column has its Min; 0
	// keeps it at Min.
	Share int
	// Order draws an arrow after the head.
	Order Order
}

// Slot is the place of a column.
type Slot struct {
	Column int // index into the columns given
	X      int // its first cell, relative to the row's
	Width  int
}

// Fit places the columns that fit into width cells from x on, with gap cells between
// them. At least one column is placed, however narrow it gets.
func Fit(columns []Column, x, width, gap int) []Slot {
	slots := make([]Slot, 0, len(columns))
	for i, c := range columns {
		slots = append(slots, Slot{Column: i, Width: c.Min})
	}
	room := width - x
	for len(slots) > 1 && totalWidth(slots, gap) > room {
		slots = dropColumn(slots, columns)
	}
	distribute(slots, columns, room-totalWidth(slots, gap))
	for i := range slots {
		slots[i].X = x
		slots[i].Width = max(0, min(slots[i].Width, width-x))
		x += slots[i].Width + gap
	}
	return slots
}

func totalWidth(slots []Slot, gap int) int {
	sum := gap * (len(slots) - 1)
	for _, s := range slots {
		sum += s.Width
	}
	return sum
}

// dropColumn removes the slot whose column goes first.
func dropColumn(slots []Slot, columns []Column) []Slot {
	out := 0
	for i, s := range slots {
		if columns[s.Column].Rank >= columns[slots[out].Column].Rank {
			out = i
		}
	}
	return append(slots[:out], slots[out+1:]...)
}

// distribute gives the spare cells to the columns by their shares, in rounds, because a
// column that reaches its Max leaves the rest to the others. Remaining cells go to the
// leftmost columns.
func distribute(slots []Slot, columns []Column, spare int) {
	for spare > 0 {
		shares := 0
		for _, s := range slots {
			if canGrow(s, columns[s.Column]) {
				shares += columns[s.Column].Share
			}
		}
		if shares == 0 {
			return
		}
		round := spare
		for i := range slots {
			c := columns[slots[i].Column]
			if !canGrow(slots[i], c) || spare == 0 {
				continue
			}
			more := min(max(1, round*c.Share/shares), spare)
			if c.Max > 0 {
				more = min(more, c.Max-slots[i].Width)
			}
			slots[i].Width += more
			spare -= more
		}
	}
}

func canGrow(s Slot, c Column) bool { return c.Share > 0 && (c.Max == 0 || s.Width < c.Max) }
