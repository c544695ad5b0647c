package table

// Window is which rows of a list are on the screen. The zero value is the top.
// Its methods return the window that follows; rows is the length of the list,
// height the number of rows that show.
type Window struct {
	Cursor int // the row the cursor is on
	Top    int // the first row that shows
}

// margin is how many rows stay in sight beyond the cursor when it moves.
const margin = 2

// Keep brings the window back into a list: the cursor onto a row, and the top to
// where the cursor is in sight, moved no further than it takes.
func (w Window) Keep(rows, height int) Window { return w.keep(rows, height, 0) }

func (w Window) keep(rows, height, m int) Window {
	height = max(height, 1)
	m = min(m, (height-1)/2)
	w.Cursor = max(0, min(w.Cursor, rows-1))
	w.Top = min(w.Top, w.Cursor-m)
	w.Top = max(w.Top, w.Cursor+m-height+1)
	return w.clampTop(rows, height)
}

// Move moves the cursor by rows, and sees to it that a few rows stay in sight
// beyond it.
func (w Window) Move(by, rows, height int) Window { return w.Go(w.Cursor+by, rows, height) }

// Go puts the cursor on a row, as Move does.
func (w Window) Go(row, rows, height int) Window {
	w.Cursor = row
	return w.keep(rows, height, margin)
}

// Select puts the cursor on a row that is in sight, and moves nothing else: what
// is under the pointer stays there.
func (w Window) Select(row, rows, height int) Window {
	w.Cursor = row
	return w.Keep(rows, height)
}

// Page moves what shows and the cursor alike, so that the cursor stays where it
// is on the screen; at the ends only the cursor still moves.
func (w Window) Page(by, rows, height int) Window {
	w.Top += by
	w.Cursor += by
	return w.clampTop(rows, height).Keep(rows, height)
}

// Scroll moves what shows and leaves the cursor on its row as long as that is in
// sight; after that it carries the cursor along.
func (w Window) Scroll(by, rows, height int) Window {
	w.Top += by
	w = w.clampTop(rows, height)
	w.Cursor = max(w.Top, min(w.Cursor, w.Top+height-1))
	return w.Keep(rows, height)
}

// Follow keeps the cursor's row where it is on the screen when rows were put in
// or taken out above it: the cursor goes to row, the top by as much.
func (w Window) Follow(row, rows, height int) Window {
	w.Top += row - w.Cursor
	w.Cursor = row
	return w.clampTop(rows, height).Keep(rows, height)
}

// Rows are the first row that shows and the one after the last.
func (w Window) Rows(rows, height int) (first, end int) {
	return w.Top, max(w.Top, min(rows, w.Top+height))
}

func (w Window) clampTop(rows, height int) Window {
	w.Top = max(0, min(w.Top, rows-max(height, 1)))
	return w
}
