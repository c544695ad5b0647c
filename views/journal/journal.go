// Package journal shows the journal: what was done and by whom, newest first, and each
// record in full.
//
// What may live here: the list and its filter, one record, and how both are worded.
// What may not: what is recorded (api/journal and what is below it), and undoing it
// (views/action).
//
// read.go reads in tasks, query.go is the language of the filter, words.go puts records
// into words, record*.go show one, and the others draw the list and hold its keys.
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

// The actions' ids in the key map.
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

// Action opens the journal from every screen.
func Action(env *action.Env) tui.Action {
	a := tui.Action{ID: actJournal, Title: title, Alias: "journal", Keywords: []string{"audit", "trail", "history", "who did"}, Group: tui.GroupEverywhere,
		Help: "What was done, by whom and why, newest first."}
	if env.Journal == nil {
		a.Off = "the journal is switched off in the configuration"
		return a
	}
	a.Do = func() tea.Cmd { return tui.Push(newList(env)) }
	return a
}

// IsScreen reports whether a View is the journal or a record of it.
func IsScreen(v tui.View) bool {
	switch v.(type) {
	case *list, *record:
		return true
	}
	return false
}

// list is the screen of all records. An entry of it is an intent with its outcome.
type list struct {
	env   *action.Env
	words Words

	box    textbox.Model
	typing bool
	query  query // of the box, as far as it can be understood

	rows []journal.Entry // newest first
	read progress
	// problem is the first record that is not as it was written, nil for none; it has a
	// row of its own where its place is loaded.
	problem  *journal.Problem
	verified bool

	win    table.Window
	height int // rows drawn last
	// toEnd is set while the operator waits for the oldest record to be read.
	toEnd bool
}

// progress is how far the journal was read for the present query.
type progress struct {
	serial      int    // of the query, so that answers to an earlier one are dropped
	newest      uint64 // the last record read, for following
	oldest      uint64 // where reading older ones goes on
	scan        int    // how many records the next read looks at
	isReading   bool
	isFollowing bool
	isComplete  bool // the first record of all was read
	isRead      bool // something was read at all
	err         error
	readAt      time.Time
}

func newList(env *action.Env) *list {
	return &list{env: env, words: Words{Env: env}, height: 1,
		box: textbox.Model{Limit: 200, NoKillLine: true, Placeholder: "name, reason, ticket, by:jo, op:ban, user:maya, since:1h"}}
}

// Title returns the screen's name.
func (l *list) Title() string { return title }

// Init reads the newest records, or what was added since.
func (l *list) Init() tea.Cmd {
	if l.read.isRead {
		return l.follow()
	}
	return l.restart()
}

// ReadOnly lets the palette leave this screen for another.
func (l *list) ReadOnly() {}

// Typing reports whether letters go into the filter.
func (l *list) Typing() bool { return l.typing }

// WantsTick is true because others may write into the journal at any time.
func (l *list) WantsTick() bool { return true }

// Update handles keys of the filter, the mouse, and facts.
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

// edit changes the filter and reads anew for it.
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

// filter reads for what is typed. While that cannot be understood, the list stays.
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

// current returns the entry under the cursor, nil for none.
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

// goToEnd goes to the oldest entry, and on with it while older ones are read.
func (l *list) goToEnd() tea.Cmd {
	l.toEnd = !l.read.isComplete
	l.win = l.win.Move(len(l.rows), len(l.rows), l.height)
	return l.readAhead()
}

// click selects a row, and opens the selected one.
func (l *list) click(at tea.Mouse) tea.Cmd {
	row := l.win.Top + at.Y - headRows
	if at.Button != tea.MouseLeft || at.Y < headRows || row >= len(l.rows) || at.Y >= headRows+l.height {
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

// pause waits before work that the next key may make pointless.
func (l *list) pause(ctx context.Context, d time.Duration) error { return l.env.Pause(ctx, d) }
