package users

import (
	"frontdesk/api"
	"frontdesk/tui/table"
)

// column names a column of the list.
type column int

const (
	colName column = iota
	colMail
	colPhone
	colStatus
	colActive
	colJoined
)

const (
	// previewMinWidth is the width from which the preview has room beside a list in
	// which names and addresses are whole for nearly everybody.
	previewMinWidth = 118
	// Below airyFrom rows of body the heads stand close above the rows; below
	// tightFrom the blank row on top is given up too.
	airyMinHeight  = 26
	tightMinHeight = 12
	// minCard and mostCard are the preview's cells with the air at its sides.
	minCard, maxCard = 36, 50

	// wholeName and wholeMail are the cells in which nineteen names and addresses
	// of twenty are whole, from timedFrom cells of list on; beside the preview,
	// where a time has to be seen too, it may be six of seven.
	wholeName, wholeMail = 18, 33
	mostName, mostMail   = 16, 30
	timeMinWidth         = 86
	// A list that is narrower, without the preview, cuts addresses for the time,
	// below closeFrom more than usual, and below oneTimeFrom has none.
	closeMinWidth, oneTimeMinWidth = 71, 66
	// From these widths of the list on two more columns show.
	joinedMinWidth, phoneMinWidth = 102, 120

	// Below tiny cells of width nothing but names is certain to have room.
	tinyWidth = 40

	gutter = 3 // cells before the first column; the mark stands in the middle
	markX  = 1
	boxX   = 4 // where what is typed begins
)

// columns are the list's columns from left to right. The ranks say who gives
// way in a narrow window: a name and a status are a list, the rest is help.
// They are dropped at their least widths, the last two before the others suffer.
func columns(o order, width int, beside bool) []table.Column {
	out := []table.Column{
		colName:   {Head: "NAME", Rank: 0, Min: 16, Max: 34, Share: 3},
		colMail:   {Head: "EMAIL", Rank: 2, Min: 20, Max: 44, Share: 4},
		colPhone:  {Head: "PHONE", Rank: 5, Min: 17},
		colStatus: {Head: "STATUS", Rank: 1, Min: 17, Max: 19, Share: 1},
		colActive: {Head: "ACTIVE", Rank: 3, Min: 11},
		colJoined: {Head: "JOINED", Rank: 4, Min: 11},
	}
	switch {
	case width >= timeMinWidth:
		out[colName].Min, out[colMail].Min = wholeName, wholeMail
	case beside:
		out[colName].Min, out[colMail].Min = mostName, mostMail
	case width >= oneTimeMinWidth && width < closeMinWidth: // names and addresses give the time its room
		out[colName].Min, out[colMail].Min = 15, 16
	}
	if width < joinedMinWidth { // one time only, and that is the one it is sorted by
		if o.column == colJoined {
			out[colActive].Min = width
			out[colActive].Rank, out[colJoined].Rank = out[colJoined].Rank, out[colActive].Rank
		} else {
			out[colJoined].Min = width
		}
	}
	if width < phoneMinWidth {
		out[colPhone].Min = width
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

// geometry is where everything stands in a body of width × height cells. Rows
// that do not exist are -1.
type geometry struct {
	width, height int
	list          int // cells of the list; the rest is the preview
	card          int // cells of the preview behind its line, 0 for none
	notice        int // the row above the box, blank unless something is wrong
	box           int
	rule          int
	heads         int
	top, rows     int // the first row of the list, and how many fit
	columns       []table.Column
	slots         []table.Slot
}

func layout(width, height int, preview bool, o order) geometry {
	g := geometry{width: width, height: height, list: width, notice: -1, box: -1, rule: -1, heads: -1}
	if preview && width >= previewMinWidth {
		// It takes its third only of what the list does not need.
		g.card = max(minCard, min(width/3-1, maxCard, width-1-timeMinWidth))
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
	if height >= airyMinHeight {
		next()
	}
	g.top, g.rows = y, max(0, height-y)
	g.columns = columns(o, g.list, g.card > 0)
	g.slots = table.Fit(g.columns, gutter, g.list-1, 1) // a cell of air at the right
	return g
}

// hasColumn says whether a column shows.
func (g geometry) hasColumn(c column) bool { return g.columnX(c) >= 0 }

// columnX is the cell a column begins at, -1 where it does not show.
func (g geometry) columnX(c column) int {
	for _, s := range g.slots {
		if s.Column == int(c) {
			return s.X
		}
	}
	return -1
}
