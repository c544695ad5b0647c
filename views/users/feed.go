package users

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
	"frontdesk/views/users/searchbox"
	"frontdesk/views/users/selection"
)

// feed owns the rows of the list: which are requested and when, and the results.
//
// It is not a package of its own because the texts of the list (status.go, words.go,
// header_state.go) read the state of a result in a hundred places.
type feed struct {
	env   *action.Env
	box   *searchbox.Box
	marks *selection.Selection
	// openUser opens a user's screen.
	openUser func(*api.User) tea.Cmd
	// onNewer is called with every newer state of a user.
	onNewer func(*localsearch.Row)

	order order
	// want is the result requested last, shown the last one answered, and base the
	// last one answered without a search. They are the same while nothing is loading
	// and nothing is searched for. shown and base may be nil.
	want, shown, base *result
	// local holds matches among the loaded rows, while want is loading or failed.
	local *localResult

	height      int  // rows on the screen; 0 before the first frame
	direction   int  // of the last move: -1 up, 1 down
	cursorMoved bool // the operator moved the cursor in this search

	serial   int                         // last number given to a result or request
	requests map[string]request          // for rows, by task key
	latency  time.Duration               // average time of an answer, 0 if not known
	pageFill *pages.PageFill             // shared by all results
	changed  map[string]*localsearch.Row // users who changed while the list was open, by id

	total      userTotal      // of the instance
	counts     map[string]int // counts in progress: serial of the result by task key
	isCountDue bool           // count all users when the first rows are shown

	scanTurns  search.Limiter // limits the rate of scans
	serverWait time.Duration  // how long the server asked to wait

	follow       followState
	retry        retry
	newestAtOpen time.Time // when the newest user was created, as the list was opened
}

func newFeed(env *action.Env, box *searchbox.Box, marks *selection.Selection) *feed {
	fill := &pages.PageFill{}
	return &feed{
		env: env, box: box, marks: marks, order: orders()[0], want: newResult(0, listQuery{order: orders()[0]}, fill), direction: 1,
		requests: map[string]request{}, pageFill: fill, changed: map[string]*localsearch.Row{}, counts: map[string]int{},
		scanTurns: search.Limiter{Rate: scanPace(env)},
	}
}

// visibleRows is the number of rows on the screen; pageSize before the first frame.
func (f *feed) visibleRows() int {
	if f.height == 0 {
		return pageSize
	}
	return f.height
}

// activeWindow returns the window of the rows on the screen, nil if there are none to
// move in.
func (f *feed) activeWindow() *table.Window {
	switch f.stage() {
	case stageRows:
		return &f.shown.win
	case stageLocal:
		return &f.local.win
	}
	return nil
}

// beginMove prepares a move by the operator and returns the window to move. From here
// on the cursor is the operator's, and reading that was stopped resumes.
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
