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
)

const (
	// pageSize is how many users one request asks for; it fills most screens.
	pageSize = 50
	// pagesHeld bounds the memory of one result: 1,500 users of a few KB each.
	pagesHeld = 30
	// pagesAhead are loaded in the direction of travel before anybody gets there.
	pagesAhead = 2
	// atOnce is how many pages are asked for at a time.
	atOnce = 2
	// boxLimit is how many characters in the box are searched for at each letter. What
	// is put there at once, many people's ids, may be longer and have boxMore typed
	// behind it. More is a line of a log (line.go), of which boxMost are taken.
	boxLimit, boxMore, boxMost = 200, 60, 4000
)

// View is the list. It is a pointer that mutates itself in Update.
type View struct {
	env  *action.Env
	card *user.Card

	box    textbox.Model
	typing bool
	picked bool // all of the text in the box is selected: a letter or a paste replaces it
	order  order
	// longest is how many characters in the box are searched for.
	longest int

	// want is what was asked for last, shown the last that answered, base the
	// last that answered without a search. They are the same while nothing is on
	// its way and nothing is searched. shown and base may be nil.
	want, shown, base *result
	// local are matches among what is here, while want is on its way or failed.
	local     *local
	everybody tally          // how many users there are
	counts    map[string]int // what is being counted, by task key: serials of results
	due       bool           // everybody is to be counted, once the first of them show

	serial  int                         // of results and requests
	flights map[string]flight           // rows under way, by task key
	pace    time.Duration               // how long answers take on this link; 0 is not known
	full    *pages.PageFill             // how full the server's pages come
	fresh   map[string]*localsearch.Row // people who changed while the list was open
	moved   bool                        // the operator moved the cursor in this search
	slipped time.Time                   // when another person came under the cursor by themselves

	// unasked is what stands in the box and cannot be asked, nil where it can: a
	// token in it is wrong, or not finished.
	unasked *search.Search
	turns   search.Limiter     // when a scan may ask next
	held    time.Duration      // how long the server asked to wait, while something does
	orgs    []api.Organization // for completions
	orgsAsk bool               // they are asked for
	queues  []savedsearch.Queue
	dir     int // direction of travel: -1 up, 1 down

	marks  marks
	follow follow
	retry  retry
	quit   time.Time // when it was asked to leave while people are marked, or acted on
	warned string    // of what was said then, the toast's id
	opened time.Time // when the newest joined who were here when the list was opened

	preview previewWish
	carded  *localsearch.Row
	// drawn is what the operator saw last: a page down and a click mean that. It
	// is the one thing that View notes.
	drawn geometry
}

// previewWish is what the operator wants of the preview.
type previewWish int

const (
	previewAuto previewWish = iota // shown where there is room
	previewOff
)

// New is the list of the instance's users.
func New(env *action.Env) tui.View {
	full := &pages.PageFill{}
	return &View{
		want: newResult(0, ask{order: orders()[0]}, full), full: full, turns: search.Limiter{Rate: courtesy(env)}, queues: savedsearch.Supplied(),
		env: env, card: user.NewCard(env), box: textbox.Model{Limit: boxMost, KeepsTail: true}, longest: boxLimit, order: orders()[0],
		counts: map[string]int{}, flights: map[string]flight{}, fresh: map[string]*localsearch.Row{}, dir: 1,
	}
}

// Title is the screen's name.
func (v *View) Title() string { return "Users" }

// Init asks for the first rows and, beside them, for the total.
func (v *View) Init() tea.Cmd {
	return tea.Batch(v.start(ask{order: v.order}, "Reading users", 0), v.readQueues())
}

// Typing says that letters go into the search box.
func (v *View) Typing() bool { return v.typing }

// WantsTick says whether the clock changes what is seen: a lock that counts
// down, or rows whose age is said.
func (v *View) WantsTick() bool {
	if !v.retry.at.IsZero() || v.notice().text != "" || v.scanning() || len(v.flights) > 0 || v.drawn.card > 0 && v.card.WantsTick() {
		return true
	}
	list, now := v.listing(), v.env.Now()
	first, end := list.win.Rows(list.len(), v.drawn.rows)
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
		return v.then(v.key(msg))
	case tea.PasteMsg:
		return v.then(v.paste(msg))
	case tea.MouseClickMsg:
		return v.then(v.click(msg.Mouse()))
	case tea.MouseWheelMsg:
		return v.then(v.wheel(msg.Mouse()))
	}
	before, first := v.under(), v.shown == nil
	cmd := v.then(v.fact(msg))
	if !first {
		v.slid(before)
	}
	return tea.Batch(cmd, v.card.Update(msg))
}

func (v *View) fact(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rowsMsg:
		return tea.Batch(v.arrived(msg), v.countNow())
	case countDueMsg:
		return v.countNow()
	case countMsg:
		return v.counted(msg)
	case countLateMsg:
		return v.late(msg)
	case followMsg:
		return v.look(msg)
	case arrivalsMsg:
		return v.arrivals(msg)
	case followRowsMsg:
		return v.lookAtRows(msg)
	case followedMsg:
		return v.followed(msg)
	case scanMsg:
		return v.scanned(msg)
	case suggestedMsg:
		v.suggested(msg)
	case resolvedMsg:
		return v.resolved(msg)
	case organizationsMsg:
		v.orgs = append(v.orgs, msg.found...)
	case queuesMsg:
		return v.queuesRead(msg)
	case tui.TickMsg:
		v.held = v.holding()
		if msg.Top {
			return v.tryAgain(msg.Now)
		}
	case tui.TaskMsg:
		v.marks.works(v.env.Catalogue, msg)
		v.ended(msg)
	case action.UserChangedMsg:
		if msg.User != nil {
			v.patch(localsearch.NewRow(msg.User))
		}
	case action.UserCreatedMsg:
		v.created(msg.User)
	case action.UserGoneMsg:
		v.marks.remove(msg.ID.Raw())
		v.forget(msg.ID.Raw())
	case action.BulkDoneMsg:
		v.marks.ended(msg.Result)
	case rangeMsg:
		return v.rangeCame(msg)
	}
	return nil
}

// then brings the window, the rows asked for and the preview in line with what
// has changed; every change ends here.
func (v *View) then(cmd tea.Cmd) tea.Cmd {
	if len(v.flights) == 0 {
		v.held = 0
	}
	cmd = tea.Batch(cmd, v.fill(), v.turnCard())
	v.plan()
	return cmd
}

// turnCard shows the person under the cursor in the preview. It does so too where
// the window is too narrow for one, which may change at any time; the picture is
// then there for the detail.
func (v *View) turnCard() tea.Cmd {
	r := v.current()
	if v.preview == previewOff || r == v.carded {
		return nil
	}
	v.carded = r
	if r == nil || r.Unread() { // of an entry that is nobody nothing is so
		return v.card.Show(nil)
	}
	return v.card.Show(r.User)
}

// pause is how long to wait for the next letter before the server is asked. An
// answer that is here before anybody types one costs nothing to ask for; beyond
// that it is about as long as an answer takes, so that a slow link is not asked for
// what is out of date before it arrives.
func (v *View) pause() time.Duration {
	const burst, between, usual, most = 2 * time.Millisecond, 60 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond
	switch {
	case v.pace == 0:
		return usual
	case v.pace <= between:
		return burst // a paste, or a key held down, is one search all the same
	}
	return min(v.pace, most)
}

// height is how many rows show; a screen's worth before the first frame.
func (v *View) height() int {
	if v.drawn.rows == 0 {
		return pageSize
	}
	return v.drawn.rows
}

// window is the window that the operator moves now, nil when there are no rows
// to move in.
func (v *View) window() *table.Window {
	switch v.stage() {
	case stageRows:
		return &v.shown.win
	case stageLocal:
		return &v.local.win
	}
	return nil
}
