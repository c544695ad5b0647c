package table

// Window is the part of a list that is on the screen. The zero value is the top. Its
// methods return the next window; rows is the length of the list, height the number of
// rows that show.
type Window struct {
	Cursor int // the row the cursor is on
	Top    int // the first row that shows
}

// margin is how many rows stay visible beyond the cursor when it moves.
const margin = 2

// Keep clamps the cursor to the list and scrolls only as far as needed to show it.
func (w Window) Keep(rows, height int) Window { return w.keep(rows, height, 0) }

func (w Window) keep(rows, height, m int) Window {
	height = max(height, 1)
	m = min(m, (height-1)/2)
	w.Cursor = max(0, min(w.Cursor, rows-1))
	w.Top = min(w.Top, w.Cursor-m)
	w.Top = max(w.Top, w.Cursor+m-height+1)
	return w.clampTop(rows, height)
}

// Move moves the cursor by a number of rows, keeping a few rows visible beyond it.
func (w Window) Move(by, rows, height int) Window { return w.Go(w.Cursor+by, rows, height) }

// Go puts the cursor on a row, as Move does.
func (w Window) Go(row, rows, height int) Window {
	w.Cursor = row
	return w.keep(rows, height, margin)
}

// Select puts the cursor on a visible row without scrolling, so that what is under the
// mouse pointer stays there.
func (w Window) Select(row, rows, height int) Window {
	w.Cursor = row
	return w.Keep(rows, height)
}

// Page moves window and cursor together, so that the cursor stays where it is on the
// screen; at the ends only the cursor moves.
func (w Window) Page(by, rows, height int) Window {
	w.Top += by
	w.Cursor += by
	return w.clampTop(rows, height).Keep(rows, height)
}

// Scroll moves the window and leaves the cursor on its row while that is visible; then
// it takes the cursor along.
func (w Window) Scroll(by, rows, height int) Window {
	w.Top += by
	w = w.clampTop(rows, height)
	w.Cursor = max(w.Top, min(w.Cursor, w.Top+height-1))
	return w.Keep(rows, height)
}

// Follow keeps the cursor's row at the same place on the screen when rows were inserted
// or removed above it: the cursor goes to row, and the top moves by as much.
func (w Window) Follow(row, rows, height int) Window {
	w.Top += row - w.Cursor
	w.Cursor = row
	return w.clampTop(rows, height).Keep(rows, height)
}

// Rows returns the first visible row and the one after the last.
func (w Window) Rows(rows, height int) (first, end int) {
	return w.Top, max(w.Top, min(rows, w.Top+height))
}

func (w Window) clampTop(rows, height int) Window {
	w.Top = max(0, min(w.Top, rows-max(height, 1)))
	return w
}
