// Package users is the list of people, the first screen: one box to find
// anyone, one flowing list, the preview beside it.
//
// What may live here: which rows are asked for and when, and how the list looks.
// What may not: which rows are here (pages below), what matches what was typed
// (match below), what can be done with a person (views/action), how a person is
// described (views/person, views/user), the arithmetic of columns and viewports
// (tui/table).
//
// The parts: result.go, load.go, scan.go, count.go and follow.go ask the server,
// circle.go knows when to stop asking and retry.go when to ask again,
// place.go knows where who arrived belongs, local.go who is found before the server answers;
// search.go, edit.go, line.go, paste.go, complete.go, suggest.go, filter.go and queues.go
// are the box and what goes into it (its language is api/search); keys.go,
// jump.go and pointer.go are the operator's hands, slip.go what keeps them from
// the wrong person; marks*.go and range.go know who is marked; created.go and
// strays.go, who is new and who no longer matches; layout.go, paint*.go, box.go,
// chips.go, saying.go, status.go and *words.go draw.
package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/search"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/textbox"
	"frontdesk/views/action"
	"frontdesk/views/savedsearch"
	"frontdesk/views/user"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
	"frontdesk/views/users/selection"
)

const (
	// pageSize is how many users one request asks for; it fills most screens.
	pageSize = 50
	// maxPagesHeld bounds the memory of one result: 1,500 users of a few KB each.
	maxPagesHeld = 30
	// pagesAhead are loaded in the direction of travel before anybody gets there.
	pagesAhead = 2
	// maxParallel is how many pages are asked for at a time.
	maxParallel = 2
	// searchedLetters is how many characters in the box are searched for at each letter. What
	// is put there at once, many people's ids, may be longer and have boxMore typed
	// behind it. More is a line of a log (line.go), of which boxMost are taken.
	searchedLetters, extraLetters, maxLetters = 200, 60, 4000
)

// View is the list. It is a pointer that mutates itself in Update.
type View struct {
	env  *action.Env
	card *user.Card

	box           textbox.Model
	typing        bool
	isBoxSelected bool // all of the text in the box is selected: a letter or a paste replaces it
	order         order
	// searchLimit is how many characters in the box are searched for.
	searchLimit int

	// want is what was asked for last, shown the last that answered, base the
	// last that answered without a search. They are the same while nothing is on
	// its way and nothing is searched. shown and base may be nil.
	want, shown, base *result
	// local are matches among what is here, while want is on its way or failed.
	local      *localResult
	total      userTotal      // how many users there are
	counts     map[string]int // what is being counted, by task key: serials of results
	isCountDue bool           // everybody is to be counted, once the first of them show

	serial          int                         // of results and requests
	requests        map[string]request          // rows under way, by task key
	latency         time.Duration               // how long answers take on this link; 0 is not known
	pageFill        *pages.PageFill             // how full the server's pages come
	changed         map[string]*localsearch.Row // people who changed while the list was open
	cursorMoved     bool                        // the operator moved the cursor in this search
	cursorShiftedAt time.Time                   // when another person came under the cursor by themselves

	// invalid is what stands in the box and cannot be asked, nil where it can: a
	// token in it is wrong, or not finished.
	invalid       *search.Search
	scanTurns     search.Turns       // when a scan may ask next
	serverWait    time.Duration      // how long the server asked to wait, while something does
	orgs          []api.Organization // for completions
	orgsRequested bool               // they are asked for
	saved         []savedsearch.Search
	direction     int // direction of travel: -1 up, 1 down

	marks        selection.Selection
	bulk         bulkStatus
	follow       followState
	retry        retry
	quitWarnedAt time.Time // when it was asked to leave while people are marked, or acted on
	quitWarning  string    // of what was said then, the toast's id
	newestAtOpen time.Time // when the newest joined who were here when the list was opened

	previewMode previewMode
	previewed   *localsearch.Row
	// lastLayout is what the operator saw last: a page down and a click mean that. It
	// is the one thing that View notes.
	lastLayout geometry
}

// previewMode is what the operator wants of the preview.
type previewMode int

const (
	previewAuto previewMode = iota // shown where there is room
	previewOff
)

// New is the list of the instance's users.
func New(env *action.Env) tui.View {
	full := &pages.PageFill{}
	return &View{
		want: newResult(0, listQuery{order: orders()[0]}, full), pageFill: full, scanTurns: search.Turns{Pace: scanPace(env)}, saved: savedsearch.BuiltIn(),
		env: env, card: user.NewCard(env), box: textbox.Model{Limit: maxLetters, NoKillLine: true}, searchLimit: searchedLetters, order: orders()[0],
		counts: map[string]int{}, requests: map[string]request{}, changed: map[string]*localsearch.Row{}, direction: 1,
	}
}

// Title is the screen's name.
func (v *View) Title() string { return "Users" }

// Init asks for the first rows and, beside them, for the total.
func (v *View) Init() tea.Cmd {
	return tea.Batch(v.load(listQuery{order: v.order}, "Reading users", 0), v.readSavedSearches())
}

// Typing says that letters go into the search box.
func (v *View) Typing() bool { return v.typing }

// WantsTick says whether the clock changes what is seen: a lock that counts
// down, or rows whose age is said.
func (v *View) WantsTick() bool {
	if !v.retry.at.IsZero() || v.notice().text != "" || v.isScanning() || len(v.requests) > 0 || v.lastLayout.card > 0 && v.card.WantsTick() {
		return true
	}
	list, now := v.listing(), v.env.Now()
	first, end := list.win.Rows(list.len(), v.lastLayout.rows)
	for i := first; i < end; i++ {
		if r := list.at(i); r != nil && r.User.Locked {
			if left, _ := r.User.LockLeft(now); left > 0 {
				return true
			}
		}
	}
	return false
}

// Update takes facts and the keys that no action claimed.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return v.sync(v.editKey(msg))
	case tea.PasteMsg:
		return v.sync(v.paste(msg))
	case tea.MouseClickMsg:
		return v.sync(v.click(msg.Mouse()))
	case tea.MouseWheelMsg:
		return v.sync(v.wheel(msg.Mouse()))
	}
	before, first := v.cursorUserID(), v.shown == nil
	cmd := v.sync(v.handleMsg(msg))
	if !first {
		v.noteCursorShift(before)
	}
	return tea.Batch(cmd, v.card.Update(msg))
}

func (v *View) handleMsg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rowsMsg:
		return tea.Batch(v.takeRows(msg), v.runDueCount())
	case countDueMsg:
		return v.runDueCount()
	case countMsg:
		return v.takeCount(msg)
	case countLateMsg:
		return v.probeCount(msg)
	case arrivalsDueMsg:
		return v.fetchArrivals(msg)
	case arrivalsMsg:
		return v.takeArrivals(msg)
	case rereadDueMsg:
		return v.rereadVisible(msg)
	case rereadMsg:
		return v.takeReread(msg)
	case scanMsg:
		return v.takeScanPage(msg)
	case suggestedMsg:
		v.takeSuggestions(msg)
	case resolvedMsg:
		return v.takeOrganizations(msg)
	case organizationsMsg:
		v.orgs = append(v.orgs, msg.found...)
	case savedSearchesMsg:
		return v.takeSavedSearches(msg)
	case tui.TickMsg:
		v.serverWait = v.remainingWait()
		if msg.Top {
			return v.runRetry(msg.Now)
		}
	case tui.TaskMsg:
		v.bulk.noteTask(v.env.Catalogue, msg)
		v.taskEnded(msg)
	case action.UserChangedMsg:
		if msg.User != nil {
			v.replaceUser(localsearch.NewRow(msg.User))
		}
	case action.UserCreatedMsg:
		v.userCreated(msg.User)
	case action.UserGoneMsg:
		v.marks.Remove(msg.ID.Raw())
		v.removeUser(msg.ID.Raw())
	case action.BulkDoneMsg:
		v.takeBulkOutcome(msg.Result)
	case rangeMsg:
		return v.takeRange(msg)
	}
	return nil
}

// sync brings the window, the rows asked for and the preview in line with what
// has changed; every change ends here.
func (v *View) sync(cmd tea.Cmd) tea.Cmd {
	if len(v.requests) == 0 {
		v.serverWait = 0
	}
	cmd = tea.Batch(cmd, v.fetchMissing(), v.syncPreview())
	v.planRetry()
	return cmd
}

// syncPreview shows the person under the cursor in the preview. It does so too where
// the window is too narrow for one, which may change at any time; the picture is
// then there for the detail.
func (v *View) syncPreview() tea.Cmd {
	r := v.currentRow()
	if v.previewMode == previewOff || r == v.previewed {
		return nil
	}
	v.previewed = r
	if r == nil || r.HasNoID() { // of an entry that is nobody nothing is so
		return v.card.Show(nil)
	}
	return v.card.Show(r.User)
}

// searchDelay is how long to wait for the next letter before the server is asked. An
// answer that is here before anybody types one costs nothing to ask for; beyond
// that it is about as long as an answer takes, so that a slow link is not asked for
// what is out of date before it arrives.
func (v *View) searchDelay() time.Duration {
	const burst, between, usual, most = 2 * time.Millisecond, 60 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond
	switch {
	case v.latency == 0:
		return usual
	case v.latency <= between:
		return burst // a paste, or a key held down, is one search all the same
	}
	return min(v.latency, most)
}

// visibleRows is how many rows show; a screen's worth before the first frame.
func (v *View) visibleRows() int {
	if v.lastLayout.rows == 0 {
		return pageSize
	}
	return v.lastLayout.rows
}

// activeWindow is the window that the operator moves now, nil when there are no rows
// to move in.
func (v *View) activeWindow() *table.Window {
	switch v.stage() {
	case stageRows:
		return &v.shown.win
	case stageLocal:
		return &v.local.win
	}
	return nil
}
