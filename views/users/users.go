// Package users is the list of users, the first screen: a box to search in, the
// rows below it, and a preview of the user under the cursor.
//
// What may live here: which rows are asked for and when, the keys of the list, and
// how it is drawn. What may not: the arithmetic of paging (pages), matching what
// was typed (localsearch), the text in the box (searchbox), marks and ranges
// (selection), what can be done with a user (views/action), how a user is described
// (views/userfmt, views/user), columns and scrolling (tui/table).
//
// feed*.go own the rows: they ask the server, follow what changes there, and find
// matches among loaded rows before the server answers. search.go, edit.go,
// complete.go, paste.go, suggest.go, filter.go and saved_searches.go connect the box
// to them. keys.go, marks*.go, bulk.go, range.go, jump.go and pointer.go are the
// operator's actions, misfire_guard.go keeps those from the wrong user. layout.go,
// paint*.go, box.go, chips.go, header_state.go, status.go and *words.go draw.
package users

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/savedsearch"
	"frontdesk/views/user"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/searchbox"
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
)

// View is the list. It is a pointer that mutates itself in Update.
type View struct {
	env  *action.Env
	card *user.Card // the preview
	feed *feed

	box   *searchbox.Box
	saved []savedsearch.Search

	marks *selection.Selection
	bulk  bulkStatus

	cursorShiftedAt time.Time // when another user came under the cursor by themselves
	quitWarnedAt    time.Time // when it was asked to leave while users are marked, or acted on
	quitWarning     string    // of what was said then, the toast's id

	previewMode previewMode
	previewed   *localsearch.Row
	// lastLayout and hits are what the operator saw last: a page down and a click mean
	// that. Only View sets them.
	lastLayout geometry
	hits       []hitArea
}

// previewMode is what the operator wants of the preview.
type previewMode int

const (
	previewAuto previewMode = iota // shown where there is room
	previewOff
)

// New is the list of the instance's users.
func New(env *action.Env) tui.View {
	v := &View{env: env, card: user.NewCard(env), box: searchbox.New(), marks: &selection.Selection{}, saved: savedsearch.BuiltIn()}
	v.box.HidesOrganizations = env.Mask.On
	v.feed = newFeed(env, v.box, v.marks)
	v.feed.onNewer = v.bulk.update
	return v
}

// Title is the screen's name.
func (v *View) Title() string { return "Users" }

// Init asks for the first rows and, beside them, for the total.
func (v *View) Init() tea.Cmd {
	return tea.Batch(v.feed.load(listQuery{order: v.feed.order}, "Reading users", 0), v.readSavedSearches())
}

// Typing says that letters go into the search box.
func (v *View) Typing() bool { return v.box.IsOpen() }

// WantsTick says whether the clock changes what is seen: a lock that counts
// down, or rows whose age is said.
func (v *View) WantsTick() bool {
	if !v.feed.retry.at.IsZero() || v.notice().text != "" || v.feed.isScanning() || len(v.feed.requests) > 0 || v.lastLayout.card > 0 && v.card.WantsTick() {
		return true
	}
	list, now := v.feed.listing(), v.env.Now()
	first, end := list.win.Rows(list.len(), v.lastLayout.rows)
	for i := first; i < end; i++ {
		if r := list.at(i); r != nil && r.User.Locked {
			if left, _ := r.User.LockRemaining(now); left > 0 {
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
	before, first := v.cursorUserID(), v.feed.shown == nil
	cmd := v.sync(v.handleMsg(msg))
	if !first {
		v.noteCursorShift(before)
	}
	return tea.Batch(cmd, v.card.Update(msg))
}

func (v *View) handleMsg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rowsMsg:
		return tea.Batch(v.feed.takeRows(msg), v.feed.runDueCount())
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
	case rangeMsg:
		return v.takeRange(msg)
	}
	return nil
}

// sync brings the window, the rows asked for and the preview in line with what
// has changed; every change ends here.
func (v *View) sync(cmd tea.Cmd) tea.Cmd {
	if len(v.feed.requests) == 0 {
		v.feed.serverWait = 0
	}
	cmd = tea.Batch(cmd, v.feed.fetchMissing(), v.syncPreview())
	v.feed.planRetry()
	return cmd
}

// syncPreview shows the person under the cursor in the preview. It does so too where
// the window is too narrow for one, which may change at any time; the picture is
// then there for the detail.
func (v *View) syncPreview() tea.Cmd {
	r := v.feed.currentRow()
	if v.previewMode == previewOff || r == v.previewed {
		return nil
	}
	v.previewed = r
	if r == nil || r.HasNoID() { // of an entry that is nobody nothing is so
		return v.card.Show(nil)
	}
	return v.card.Show(r.User)
}
