package users

import (
	"time"

	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// result is the answer to one query, as far as it is loaded.
type result struct {
	serial int
	query  listQuery
	pages  *pages.Pages
	win    table.Window
	state  state
	err    error     // why rows could not be read, if state is failed
	readAt time.Time // when the newest rows were read
	// cursorID is the user with whom the cursor stays while rows come in.
	cursorID string
	// isRetry says that the query failed before; err says how until this answers.
	isRetry bool
	// keepsCursor says that the same rows were shown before: the cursor stays.
	keepsCursor bool
	// isRanked says that all rows are loaded and sorted by the best match.
	isRanked bool
	// goesToEnd moves the cursor to the last row once the total is known.
	goesToEnd bool
	// countFailed says that the total could not be counted.
	countFailed bool
	// newest is when the newest user was created; arrivedIDs and arrivedCount are the
	// users who arrived while following.
	newest       time.Time
	arrivedIDs   map[string]bool
	arrivedCount int
	// arrivedUnplaced counts arrivals without a row: they get one when the list is
	// read again.
	arrivedUnplaced int
	// created are the users created here since the result was read.
	created []*localsearch.Row
	// suggestions are offered if no user was found.
	suggestions []suggestion
	// staleMatches are users who changed since the result was read and do not match
	// any more. They keep their rows, so that nothing moves unexpectedly.
	staleMatches map[string]bool
	// scan is the state of a search by scanning, nil if the server can filter it.
	scan *scan
	// idleAnswers counts the answers in a row that brought no new user, or one twice;
	// countedTotal is the server's count, 0 if not known.
	idleAnswers, countedTotal int
	// opensSingle opens the user if exactly one is found: they were pasted.
	opensSingle bool
	// lacksCountryCode says that the pasted phone number had no country code, so
	// several users may have it.
	lacksCountryCode bool
}

// takeRows stores rows. The cursor stays with its user and, where possible, on its
// line of the screen; if the user is gone it goes to the next one.
func (r *result) takeRows(ask pages.Request, rows []*localsearch.Row, height int) {
	r.noteProgress(rows)
	who, place := r.pages.At(r.win.Cursor), r.pages.PlaceOf(r.win.Cursor)
	r.pages.Take(ask, rows)
	if who == nil {
		return
	}
	at, here := r.pages.Find(who.ID)
	if !here {
		at = r.pages.PositionOf(place)
	}
	if at != r.win.Cursor {
		r.win = r.win.Follow(at, r.pages.Len(), height)
	}
}

// followRow keeps a row on its line of the screen. At the top of the list, rows
// inserted above come into view instead.
func followRow(win table.Window, row, rows, height int) table.Window {
	if win.Top == 0 && row < height {
		return table.Window{Cursor: row}
	}
	return win.Follow(row, rows, height)
}

// state is the progress of a result.
type state int

const (
	running state = iota
	ready
	failed
	stopped // by the operator
)

// listing is what the list shows.
type listing struct {
	at        func(int) *localsearch.Row
	rows      int
	win       table.Window
	needle    localsearch.Needle
	isFuzzy   bool // highlight scattered letters
	isStale   bool // from before the query in progress
	hasCursor bool // the cursor is on a row
	isCurrent bool // the rows are those of shown, for the current query
}

func (l listing) len() int { return l.rows }

// stage is which of the list's screens is shown.
type stage int

const (
	stageFirst   stage = iota // nothing has been read yet
	stageRows                 // the rows of shown
	stageLocal                // the rows of local
	stageStale                // older rows, while a search is running
	stageWaiting              // a search is running, and there are no older rows
	stageNone                 // no match
	stageEmpty                // there are no users
	stageFailed
	stageStopped
	stageInvalid // a token is wrong, nothing was requested
)

func (f *feed) stage() stage {
	w, s := f.want, f.shown
	switch {
	case f.box.Rejected() != nil:
		return stageInvalid
	case s != nil && (w == s || w.query.equal(s.query)):
		return shownStage(s)
	case f.local != nil && len(f.local.rows) > 0:
		return stageLocal
	case w.hasFailed():
		return stageFailed
	case w.state == stopped:
		return stageStopped
	case s != nil && s.pages.Len() > 0:
		return stageStale
	case w.query.needle.Empty():
		return stageFirst
	}
	return stageWaiting
}

// mayShowUsers reports whether there are users to show, or may be soon.
func (f *feed) mayShowUsers() bool {
	switch f.stage() {
	case stageEmpty, stageFailed, stageStopped:
		return false
	case stageInvalid:
		return f.box.IsUnfinished() // keep the layout while a token is typed
	}
	return true
}

func shownStage(s *result) stage {
	switch {
	case s.pages.Len() > 0:
		return stageRows
	case s.scan != nil && s.state != ready:
		return [...]stage{running: stageWaiting, failed: stageFailed, stopped: stageStopped}[s.state]
	case s.query.needle.Empty():
		return stageEmpty
	}
	return stageNone
}

func (f *feed) listing() listing {
	switch f.stage() {
	case stageRows:
		return listing{at: f.shown.pages.At, rows: f.shown.pages.Len(), win: f.shown.win, needle: f.shown.query.needle, hasCursor: true, isCurrent: true}
	case stageStale:
		return listing{at: f.shown.pages.At, rows: f.shown.pages.Len(), win: f.shown.win, needle: f.shown.query.needle, isStale: true}
	case stageLocal:
		rows := f.local.rows
		at := func(i int) *localsearch.Row {
			if i < 0 || i >= len(rows) {
				return nil
			}
			return rows[i]
		}
		return listing{at: at, rows: len(rows), win: f.local.win, needle: f.want.query.needle, isFuzzy: f.local.isFuzzy, hasCursor: true}
	}
	return listing{at: func(int) *localsearch.Row { return nil }}
}

// currentRow returns the row under the cursor, nil if there is none or it is not
// loaded.
func (f *feed) currentRow() *localsearch.Row {
	list := f.listing()
	if !list.hasCursor {
		return nil
	}
	return list.at(list.win.Cursor)
}

// replaceUser stores the newer state of a user in every result, and keeps it for
// answers to requests sent earlier.
func (f *feed) replaceUser(r *localsearch.Row) {
	const most = 200
	if len(f.changed) >= most {
		clear(f.changed)
	}
	f.changed[r.ID] = r
	f.marks.Update(r)
	f.onNewer(r)
	for _, held := range f.results() {
		if at, here := held.pages.Find(r.ID); here {
			held.noteChange(held.pages.At(at), r)
			held.pages.Replace(r)
		}
	}
	if f.local == nil {
		return
	}
	for i, old := range f.local.rows {
		if old.ID == r.ID {
			f.local.rows[i] = r
		}
	}
}

// applyNewer replaces rows that were requested before a newer state was known.
func (f *feed) applyNewer(rows []*localsearch.Row, asked time.Time) {
	for i, r := range rows {
		if newer := f.changed[r.ID]; newer != nil && asked.Before(newer.User.ReadAt) {
			rows[i] = newer
		}
		f.marks.Update(rows[i])
		f.onNewer(rows[i])
	}
}

// removeUser removes a user from every result.
func (f *feed) removeUser(id string) {
	for _, held := range f.results() {
		row, here := held.pages.Find(id)
		held.pages.Remove(id)
		if here && row < held.win.Cursor {
			held.win.Cursor--
			held.win.Top--
		}
	}
	f.total.add(-1)
	if f.local == nil {
		return
	}
	kept := f.local.rows[:0]
	for _, r := range f.local.rows {
		if r.ID != id {
			kept = append(kept, r)
		}
	}
	f.local.rows = kept
}

// results returns want, shown and base, each once.
func (f *feed) results() []*result {
	var out []*result
	for _, r := range []*result{f.want, f.shown, f.base} {
		known := r == nil
		for _, have := range out {
			known = known || have == r
		}
		if !known {
			out = append(out, r)
		}
	}
	return out
}
