package users

import (
	"frontdesk/api"
	"frontdesk/tui/table"
)

// column identifies a column of the list.
type column int

const (
	colName column = iota
	colMail
	colPhone
	colStatus
	colFactors
	colActive
	colJoined
)

const (
	// previewMinWidth is the width from which the preview fits beside a list that
	// shows nearly all names and addresses whole.
	previewMinWidth = 118
	// tightMinHeight is the height below which there is no line above the box.
	tightMinHeight = 12
	// minCard and maxCard are the width of the preview with its margins.
	minCard, maxCard = 27, 50
	// cardBelowHeight is the least height of the preview below a list of at most
	// maxAboveCard rows.
	cardBelowHeight, maxAboveCard = 8, 3

	// wholeName and wholeMail are the widths at which nearly all names and addresses
	// are whole; at mostName and mostMail nine of ten are. They do not depend on the
	// rows that happen to be loaded, so that no column moves while they are scrolled.
	wholeName, wholeMail   = 21, 33
	mostName, mostMail     = 18, 30
	narrowName, narrowMail = 16, 20
	// A list narrower than closeMinWidth cuts addresses to make room for the time;
	// below oneTimeMinWidth there is none.
	closeMinWidth, oneTimeMinWidth = 71, 66
	// From these widths of the list on there is a column for factors, for both times,
	// and for phone numbers.
	factorsMinWidth, joinedMinWidth, phoneMinWidth = 90, 102, 120
	// wholeMinWidth is the width at which a list with one time has all it needs.
	wholeMinWidth = factorsMinWidth + 5

	// Below tinyWidth only names are sure to fit, and lines are cut.
	tinyWidth = 40

	gutter = 3 // cells before the first column
	markX  = 1
	boxX   = 4 // where the text in the box begins
)

// columns returns the columns from left to right. The ranks say which give way in a
// narrow window: name and status stay, the rest is dropped at its least width, the
// last two before others shrink.
func columns(o order, width int) []table.Column {
	out := []table.Column{
		colName:    {Head: "NAME", Rank: 0, Min: narrowName, Max: 34, Share: 3},
		colMail:    {Head: "EMAIL", Rank: 2, Min: narrowMail, Max: 44, Share: 4},
		colPhone:   {Head: "PHONE", Rank: 6, Min: 17},
		colStatus:  {Head: "STATUS", Rank: 1, Min: 17, Max: 19, Share: 1},
		colFactors: {Head: "FACTORS", Rank: 5, Min: 7},
		colActive:  {Head: "ACTIVE", Rank: 3, Min: 11},
		colJoined:  {Head: "JOINED", Rank: 4, Min: 9},
	}
	drop := func(c column) { out[c].Min, out[c].Rank = width, len(out) }
	if width < joinedMinWidth { // one time only: the one it is sorted by
		if o.column == colJoined {
			drop(colActive)
		} else {
			drop(colJoined)
		}
	}
	if width < phoneMinWidth {
		drop(colPhone)
	}
	if width < factorsMinWidth {
		drop(colFactors)
	}
	switch {
	case width >= factorsMinWidth:
		room := width - 1 - gutter - othersWidth(out, width)
		if out[colName].Min = mostName; room >= wholeName+mostMail {
			out[colName].Min = wholeName
		}
		out[colMail].Min = max(narrowMail, min(wholeMail, room-out[colName].Min))
	case width >= oneTimeMinWidth && width < closeMinWidth: // names and addresses give way to the time
		out[colName].Min, out[colMail].Min = 15, 16
	}
	if o.by == api.OrderLastSignInAt {
		out[colActive].Head = "SIGNED IN"
	}
	switch {
	case o.isRanked:
	case o.rising:
		out[o.column].Order = table.Ascending
	default:
		out[o.column].Order = table.Descending
	}
	return out
}

// othersWidth returns the cells that all columns but name and address take, with the
// gaps between all of them.
func othersWidth(all []table.Column, width int) int {
	sum := 1
	for c, one := range all {
		if c := column(c); c != colName && c != colMail && one.Min < width {
			sum += one.Min + 1
		}
	}
	return sum
}

// geometry is the layout of a body of width × height cells. A line that does not exist
// is -1.
type geometry struct {
	width, height int
	list          int // width of the list
	card          int // width of the preview behind its line, 0 for none
	below         int // the line above a preview below the list, -1 for none
	notice        int // the line above the box, for errors and news
	box           int
	rule          int
	heads         int
	top, rows     int // the first row, and how many fit
	columns       []table.Column
	slots         []table.Slot
	isPlain       bool // rows are lines of words
}

func layout(width, height int, preview bool, found int, o order) geometry {
	g := geometry{width: width, height: height, list: width, notice: -1, box: -1, rule: -1, heads: -1, below: -1}
	if preview && width >= previewMinWidth {
		// A third of the width, but only of what the list does not need.
		g.card = max(minCard, min(width/3-1, maxCard, width-1-wholeMinWidth))
		g.list = width - g.card - 1
	}
	y := 0
	next := func() int { y++; return y - 1 }
	if height >= tightMinHeight {
		g.notice = next()
	}
	if height >= 2 {
		g.box = next()
	}
	if height >= tightMinHeight {
		g.rule = next()
	}
	if height >= 4 {
		g.heads = next()
	}
	g.top, g.rows = y, max(0, height-y)
	if preview && g.card == 0 && found > 0 && found <= maxAboveCard && width >= tinyWidth && g.rows > found+1+cardBelowHeight {
		g.below = y + found + 1
	}
	g.columns = columns(o, g.list)
	g.slots = table.Fit(g.columns, gutter, g.list-1, 1) // one blank cell at the right
	return g
}

// plainSlots are the columns of a list whose rows are lines of words, in the order in which
// they are said.
func plainSlots(width int) []table.Slot {
	room := width - gutter
	return []table.Slot{{Column: int(colName), X: gutter, Width: room}, {Column: int(colStatus), X: gutter, Width: room}, {Column: int(colMail), X: gutter, Width: room}}
}

// hasColumn reports whether a column is shown.
func (g geometry) hasColumn(c column) bool { return g.columnX(c) >= 0 }

// columnX returns the cell at which a column begins, -1 if it is not shown.
func (g geometry) columnX(c column) int {
	for _, s := range g.slots {
		if s.Column == int(c) {
			return s.X
		}
	}
	return -1
}
