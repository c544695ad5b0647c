// Package journal implements the journal screens: the list of changes, newest first, and the
// screen of a single record.
//
// What may live here: the list and its filter, the record screen, and their wording. What
// may not: what is recorded (api/journal and its subpackages), and undoing it
// (views/action).
//
// read.go and verify.go read the journal in tasks, query.go parses the filter, words.go describes
// records, record*.go implements the record screen, and the other files draw the list and
// handle its keys.
package journal

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/tui/table"
	"frontdesk/tui/textbox"
	"frontdesk/views/action"
)

// Action ids, as used in the key map.
const (
	actJournal = "app.journal"
	actOpen    = "journal.open"
	actPerson  = "journal.person"
	actCopy    = "journal.copy"
	actFilter  = "journal.filter"
	actClear   = "journal.clear"
	actRefresh = "journal.refresh"
)

const (
	title = "Journal"
	group = "Journal"
)

// Action returns the action that opens the journal, available on every screen.
func Action(env *action.Env) tui.Action {
	a := tui.Action{ID: actJournal, Title: title, Alias: "journal", Keywords: []string{"audit", "trail", "history", "who did"}, Group: tui.GroupEverywhere,
		Help: "Shows who changed what and why, newest first."}
	if env.Journal == nil {
		a.Off = "the journal is switched off in the configuration"
		return a
	}
	a.Do = func() tea.Cmd { return tui.Push(newList(env)) }
	return a
}

// IsScreen reports whether a View is the journal or one of its records.
func IsScreen(v tui.View) bool {
	switch v.(type) {
	case *list, *record:
		return true
	}
	return false
}

// list is the list screen. Each row is an intent with its outcome.
type list struct {
	env   *action.Env
	words Words

	box    textbox.Model
	typing bool
	query  query // last valid query of the filter

	rows []journal.Entry // newest first
	read progress
	// problem is the first damaged record, or nil. It has a row of its own once its
	// position is loaded.
	problem  *journal.Problem
	verified bool

	win table.Window
	// headRows and height are how many lines were drawn last above the rows, and how many
	// rows.
	headRows, height int
	// toEnd reports whether the operator is waiting for the oldest record to load.
	toEnd bool
}

// progress describes how far the journal has been read for the current query.
type progress struct {
	serial      int    // number of the query; results of earlier queries are dropped
	newest      uint64 // latest record read, where follow continues
	oldest      uint64 // where readOlder continues
	scan        int    // number of records the next read examines
	isReading   bool
	isFollowing bool
	isComplete  bool // the very first record has been read
	isRead      bool // at least one read has finished
	err         error
	readAt      time.Time
}

func newList(env *action.Env) *list {
	return &list{env: env, words: Words{Env: env}, height: 1,
		box: textbox.Model{Limit: 200, NoKillLine: true, Placeholder: "name, reason, ticket, by:jo, op:ban, user:maya, since:1h"}}
}

func (l *list) Title() string { return title }

// Init reads the newest records, or the records added since the last visit.
func (l *list) Init() tea.Cmd {
	if l.read.isRead {
		return l.follow()
	}
	return l.restart()
}

// ReadOnly lets the palette leave this screen for another.
func (l *list) ReadOnly() {}

// Typing reports whether the filter has the keyboard focus.
func (l *list) Typing() bool { return l.typing }

// NextTick returns a second, because other processes may write to the journal at any
// time.
func (l *list) NextTick() time.Duration { return time.Second }

// Update handles keys of the filter, the mouse, and results of tasks.
func (l *list) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return l.edit(msg)
	case tea.PasteMsg:
		return l.edit(msg)
	case tea.MouseWheelMsg:
		by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button]
		l.win = l.win.Scroll(by, len(l.rows), l.height)
		return l.readAhead()
	case tea.MouseClickMsg:
		return l.click(msg.Mouse())
	case pageMsg:
		return l.takePage(msg)
	case newerMsg:
		return l.takeNewer(msg)
	case verifiedMsg:
		l.takeVerified(msg)
	case tui.TaskMsg:
		return l.takeTask(msg)
	case tui.TickMsg:
		if msg.Top {
			return l.follow()
		}
	case action.UserChangedMsg, action.UserWrittenMsg, action.UserGoneMsg, action.BulkDoneMsg:
		return l.follow()
	}
	return nil
}

// edit changes the filter and starts a new query.
func (l *list) edit(msg tea.Msg) tea.Cmd {
	if !l.typing {
		return nil
	}
	if key, is := msg.(tea.KeyPressMsg); is {
		switch key.Keystroke() {
		case "down":
			return l.move(1)
		case "up":
			return l.move(-1)
		}
	}
	before := l.box.Value()
	if l.box.Update(msg); l.box.Value() == before {
		return nil
	}
	return l.filter()
}

// filter starts the query for the typed text. If it is invalid, the list stays unchanged.
func (l *list) filter() tea.Cmd {
	q := parseQuery(l.box.Value(), l.env.Now())
	if q.problem == "" && q.text == l.query.text && l.query.problem == "" {
		l.query = q
		return nil
	}
	l.query.problem = q.problem
	if q.problem != "" {
		return nil
	}
	l.query = q
	l.win = table.Window{}
	return l.restart()
}

// current returns the entry under the cursor, or nil.
func (l *list) current() *journal.Entry {
	if l.win.Cursor < 0 || l.win.Cursor >= len(l.rows) {
		return nil
	}
	return &l.rows[l.win.Cursor]
}

func (l *list) move(by int) tea.Cmd {
	l.toEnd = false
	l.win = l.win.Move(by, len(l.rows), l.height)
	return l.readAhead()
}

func (l *list) page(by int) tea.Cmd {
	l.toEnd = false
	l.win = l.win.Page(by, len(l.rows), l.height)
	return l.readAhead()
}

// goToEnd moves to the oldest entry, and follows it while older ones load.
func (l *list) goToEnd() tea.Cmd {
	l.toEnd = !l.read.isComplete
	l.win = l.win.Move(len(l.rows), len(l.rows), l.height)
	return l.readAhead()
}

// click selects a row, or opens it if it is already selected.
func (l *list) click(at tea.Mouse) tea.Cmd {
	row := l.win.Top + at.Y - l.headRows
	if at.Button != tea.MouseLeft || at.Y < l.headRows || row >= len(l.rows) || at.Y >= l.headRows+l.height {
		return nil
	}
	if row == l.win.Cursor {
		return l.open()
	}
	l.win = l.win.Select(row, len(l.rows), l.height)
	return nil
}

// open shows the record under the cursor.
func (l *list) open() tea.Cmd {
	e := l.current()
	if e == nil {
		return nil
	}
	return tui.Push(NewRecord(l.env, *e))
}

// pause waits before starting work that the next key may make obsolete.
func (l *list) pause(ctx context.Context, d time.Duration) error { return l.env.Pause(ctx, d) }
