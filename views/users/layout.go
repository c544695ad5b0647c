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
	colActive
	colJoined
)

const (
	// previewMinWidth is the width from which the preview fits beside a list that
	// shows nearly all names and addresses whole.
	previewMinWidth = 118
	// Below airyMinHeight there is no blank line above the column heads; below
	// tightMinHeight none at the top either.
	airyMinHeight  = 26
	tightMinHeight = 12
	// minCard and maxCard are the width of the preview with its margins.
	minCard, maxCard = 36, 50

	// wholeName and wholeMail are the widths at which nineteen of twenty names and
	// addresses are whole, from timedMinWidth on; beside the preview, which leaves
	// less room for a time, six of seven.
	wholeName, wholeMail = 18, 33
	mostName, mostMail   = 16, 30
	timeMinWidth         = 86
	// A narrower list, without the preview, cuts addresses to make room for the time,
	// below closeMinWidth more than usual; below oneTimeMinWidth there is no time.
	closeMinWidth, oneTimeMinWidth = 71, 66
	// From these widths of the list on there are two more columns.
	joinedMinWidth, phoneMinWidth = 102, 120

	// Below tinyWidth only names are sure to fit, and lines are cut.
	tinyWidth = 40

	gutter = 3 // cells before the first column
	markX  = 1
	boxX   = 4 // where the text in the box begins
)

// columns returns the columns from left to right. The ranks say which give way in a
// narrow window: name and status stay, the rest is dropped at its least width, the
// last two before others shrink.
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
	case width >= oneTimeMinWidth && width < closeMinWidth: // names and addresses give way to the time
		out[colName].Min, out[colMail].Min = 15, 16
	}
	if width < joinedMinWidth { // one time only: the one it is sorted by
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

// geometry is the layout of a body of width × height cells. A line that does not exist
// is -1.
type geometry struct {
	width, height int
	list          int // width of the list
	card          int // width of the preview behind its line, 0 for none
	notice        int // the line above the box, for errors and news
	box           int
	rule          int
	heads         int
	top, rows     int // the first row, and how many fit
	columns       []table.Column
	slots         []table.Slot
}

func layout(width, height int, preview bool, o order) geometry {
	g := geometry{width: width, height: height, list: width, notice: -1, box: -1, rule: -1, heads: -1}
	if preview && width >= previewMinWidth {
		// A third of the width, but only of what the list does not need.
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
	g.slots = table.Fit(g.columns, gutter, g.list-1, 1) // one blank cell at the right
	return g
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
