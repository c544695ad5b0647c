// Package users is the list of users, the first screen: a search box, the rows below
// it, and a preview of the user under the cursor.
//
// What may live here: which rows are requested and when, the keys of the list, and how
// it is drawn. What may not: the arithmetic of paging (pages), matching what was typed
// (localsearch), the text in the box (searchbox), marks and ranges (selection), what
// can be done with a user (views/action), how a user is described (views/userfmt,
// views/user), columns and scrolling (tui/table).
//
// feed*.go own the rows: they ask the server, follow what changes there, and find
// matches among loaded rows before the server answers. search.go, edit.go,
// complete.go, paste.go, suggest.go, filter.go and saved_searches.go connect the box
// to them. keys.go, marks*.go, bulk.go, range.go, jump.go and pointer.go are the
// operator's actions; misfire_guard.go keeps those from the wrong user. layout.go,
// paint*.go, box.go, chips.go, header_state.go, status.go and *words.go draw.
package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/verdict"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/views/action"
	"frontdesk/views/savedsearch"
	"frontdesk/views/user"
	"frontdesk/views/userfmt"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/searchbox"
	"frontdesk/views/users/selection"
)

const (
	// pageSize is how many users one request asks for; it fills most screens.
	pageSize = 50
	// maxPagesHeld bounds the memory of one result: 1,500 users of a few KB each.
	maxPagesHeld = 30
	// pagesAhead is how many pages are read in advance in the direction of travel.
	pagesAhead = 2
	// maxParallel is how many pages are requested at a time.
	maxParallel = 2
)

// View is the list. Update changes it in place.
type View struct {
	env  *action.Env
	card *user.Card // the preview
	feed *feed

	box *searchbox.Box
	// leftForSearch are the screens from which the box was opened; the rest is
	// what the list showed then.
	leftForSearch []tui.View
	resultBefore  *result
	windowBefore  table.Window
	textBefore    string
	saved         []savedsearch.Search

	marks *selection.Selection
	bulk  bulkStatus

	journal        *action.JournalWatch
	journalStarted bool // what is due at the start was begun

	isAgeTimerOn    bool
	cursorShiftedAt time.Time // when the list last moved another user under the cursor
	quitWarnedAt    time.Time // when the quit key was last pressed
	quitWarning     string    // the id of the toast that it showed

	// burst is the rush of sign-ups that burstFor's user is part of.
	burst    verdict.Burst
	burstFor burstKey

	isExporting bool
	previewMode previewMode
	previewed   *localsearch.Row
	// previewWanted is the user whom the preview shows or will show when the cursor
	// rests, previewMovedAt when it became that one.
	previewWanted  string
	previewMovedAt time.Time
	// keys, lastLayout and hits are those of the last frame, to which page keys and clicks
	// refer. Only View sets them.
	keys       *tui.KeyMap
	lastLayout geometry
	hits       []hitArea
}

// previewMode is whether the operator closed the preview.
type previewMode int

const (
	previewAuto previewMode = iota // shown if there is room
	previewOff
)

// New returns the list of the instance's users.
func New(env *action.Env) tui.View {
	v := &View{env: env, card: user.NewCard(env), box: searchbox.New(), marks: &selection.Selection{}, saved: savedsearch.BuiltIn(), journal: action.NewJournalWatch(env)}
	v.box.HidesOrganizations = env.Mask.On
	v.feed = newFeed(env, v.box, v.marks)
	v.feed.openUser, v.feed.onNewer = v.openUser, v.bulk.update
	return v
}

// Title returns the screen's name.
func (v *View) Title() string { return "Users" }

// Init requests the first rows and the total.
func (v *View) Init() tea.Cmd {
	return tea.Batch(v.feed.load(listQuery{order: v.feed.order}, "Reading users", 0), v.readSavedSearches())
}

// Typing reports whether keys go into the search box.
func (v *View) Typing() bool { return v.box.IsOpen() }

// NextTick returns how long the clock leaves what is shown as it is: a second while
// something is awaited, else until the next lock that counts down has changed. The age
// of rows has a timer of its own.
func (v *View) NextTick() time.Duration {
	if !v.feed.retry.at.IsZero() || v.notice().text != "" || v.feed.isScanning() || len(v.feed.requests) > 0 {
		return time.Second
	}
	var next time.Duration
	if v.lastLayout.card > 0 || v.lastLayout.below >= 0 {
		next = v.card.NextTick()
	}
	list, now := v.feed.listing(), v.env.Now()
	first, end := list.win.Rows(list.len(), v.lastLayout.rows)
	for i := first; i < end; i++ {
		if r := list.at(i); r != nil && r.User.Locked {
			if change := userfmt.LockChange(r.User, now); change > 0 && (next == 0 || change < next) {
				next = change
			}
		}
	}
	return next
}

// Update handles facts, and keys that are no action's.
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
	before, first := v.cursorUserID(), v.feed.shown == nil
	cmd := v.sync(v.handleMsg(msg))
	if !first {
		v.noteCursorShift(before)
	}
	return tea.Batch(cmd, v.card.Update(msg), v.journal.Update(msg))
}

// Banner implements [tui.Announcer].
func (v *View) Banner() tui.Banner { return v.journal.Banner() }

// startJournal does what is due at the start, once the list has appeared.
func (v *View) startJournal(msg rowsMsg) tea.Cmd {
	if v.journalStarted || msg.err != nil {
		return nil
	}
	v.journalStarted = true
	return action.StartJournal(v.env)
}

func (v *View) handleMsg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rowsMsg:
		return tea.Batch(v.feed.takeRows(msg), v.feed.runDueCount(), v.startJournal(msg))
	case countDueMsg:
		return v.feed.runDueCount()
	case countMsg:
		return v.feed.takeCount(msg)
	case countLateMsg:
		return v.feed.probeCount(msg)
	case arrivalsDueMsg:
		return v.feed.fetchArrivals(msg)
	case arrivalsMsg:
		return v.feed.takeArrivals(msg)
	case rereadDueMsg:
		return v.feed.rereadVisible(msg)
	case rereadMsg:
		return v.feed.takeReread(msg)
	case scanMsg:
		return v.feed.takeScanPage(msg)
	case suggestedMsg:
		v.feed.takeSuggestions(msg)
	case resolvedMsg:
		return v.feed.takeOrganizations(msg)
	case organizationsMsg:
		v.box.SetOrganizations(msg.found)
	case restedMsg:
		return v.showRested()
	case savedSearchesMsg:
		return v.takeSavedSearches(msg)
	case tui.TickMsg:
		v.feed.serverWait = v.feed.remainingWait()
		if msg.Top {
			return v.feed.runRetry(msg.Now)
		}
	case tui.TaskMsg:
		v.bulk.noteTask(v.env.Catalogue, msg)
		v.feed.taskEnded(msg)
		return v.noteExportTask(msg)
	case exportedMsg:
		return v.takeExport(msg)
	case action.UserChangedMsg:
		if msg.User != nil {
			v.feed.replaceUser(localsearch.NewRow(msg.User))
		}
	case action.UserCreatedMsg:
		v.feed.userCreated(msg.User)
	case action.UserGoneMsg:
		v.marks.Remove(msg.ID.Raw())
		v.feed.removeUser(msg.ID.Raw())
	case action.BulkDoneMsg:
		v.takeBulkOutcome(msg.Result)
	case ageDueMsg:
		v.isAgeTimerOn = false
	case rangeMsg:
		return v.takeRange(msg)
	}
	return nil
}

// sync brings window, requests and preview in line with a change; every change ends
// here.
func (v *View) sync(cmd tea.Cmd) tea.Cmd {
	if len(v.feed.requests) == 0 {
		v.feed.serverWait = 0
	}
	cmd = tea.Batch(cmd, v.feed.fetchMissing(), v.syncPreview(), v.startAgeTimer())
	v.syncBurst()
	v.feed.planRetry()
	return cmd
}
