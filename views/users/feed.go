package users

import (
	"cmp"
	"time"

	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
	"frontdesk/views/users/searchbox"
	"frontdesk/views/users/selection"
)

// feed owns the rows of the list: which are asked for and when, and what came of
// it.
//
// It is a type of this package and not a package of its own because what the list
// says (status.go, words.go, header_state.go) reads the state of a result in a
// hundred places.
type feed struct {
	env   *action.Env
	box   *searchbox.Box
	marks *selection.Selection
	// onNewer hears of every newer state of a user.
	onNewer func(*localsearch.Row)

	order order
	// want is what was asked for last, shown the last that answered, base the
	// last that answered without a search. They are the same while nothing is on
	// its way and nothing is searched. shown and base may be nil.
	want, shown, base *result
	// local are matches among what is loaded, while want is on its way or failed.
	local *localResult

	height      int  // rows on the screen; 0 before the first frame
	direction   int  // of travel: -1 up, 1 down
	cursorMoved bool // the operator moved the cursor in this search

	serial   int                         // of results and requests
	requests map[string]request          // for rows, by task key
	latency  time.Duration               // how long answers take on this link; 0 is not known
	pageFill *pages.PageFill             // how full the server's pages come
	changed  map[string]*localsearch.Row // users who changed while the list was open

	total      userTotal      // of the instance
	counts     map[string]int // what is being counted, by task key: serials of results
	isCountDue bool           // the total is to be counted, once the first users show

	scanTurns  search.Limiter  // when a scan may ask next
	serverWait time.Duration // how long the server asked to wait, while something does

	follow       followState
	retry        retry
	newestAtOpen time.Time // when the newest joined who were here when the list was opened
}

func newFeed(env *action.Env, box *searchbox.Box, marks *selection.Selection) *feed {
	fill := &pages.PageFill{}
	return &feed{
		env: env, box: box, marks: marks, order: orders()[0], want: newResult(0, listQuery{order: orders()[0]}, fill), direction: 1,
		requests: map[string]request{}, pageFill: fill, changed: map[string]*localsearch.Row{}, counts: map[string]int{},
		scanTurns: search.Limiter{Rate: scanPace(env)},
	}
}

// visibleRows is how many rows show; a screen's worth before the first frame.
func (f *feed) visibleRows() int {
	if f.height == 0 {
		return pageSize
	}
	return f.height
}

// activeWindow is the window that the operator moves now, nil when there are no rows
// to move in.
func (f *feed) activeWindow() *table.Window {
	switch f.stage() {
	case stageRows:
		return &f.shown.win
	case stageLocal:
		return &f.local.win
	}
	return nil
}

// beginMove notes that the operator moves, and which window that is: the cursor
// belongs to them from here on, and what was stopped may go on.
func (f *feed) beginMove(by int) *table.Window {
	win := f.activeWindow()
	if win == nil {
		return nil
	}
	if by != 0 {
		f.direction = cmp.Compare(by, 0)
	}
	f.cursorMoved, f.want.cursorID = !f.want.query.needle.Empty(), ""
	if f.shown != nil {
		f.shown.cursorID, f.shown.goesToEnd = "", false
		if f.shown.state == stopped && f.shown.scan == nil {
			f.shown.state = ready
			f.shown.pages.ClearFailed()
		}
	}
	return win
}
