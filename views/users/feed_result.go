package users

import (
	"time"

	"frontdesk/tui/table"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// result is one answer to what the operator asked to see, as far as it is here.
type result struct {
	serial int
	query  listQuery
	pages  *pages.Pages
	win    table.Window
	state  state
	err    error     // why rows could not be had, while state is failed
	readAt time.Time // when the newest rows of it were read
	// cursorID is who the cursor stays with while the rows around come in.
	cursorID string
	// isRetry says that the same failed before, of which err tells until this answers.
	isRetry bool
	// keepsCursor says that the same was shown before: the cursor stays where it is.
	keepsCursor bool
	// isRanked says that all of it is here and the best match is on top.
	isRanked bool
	// goesToEnd puts the cursor on the last row once it is known which that is.
	goesToEnd bool
	// countFailed says that its total could not be had.
	countFailed bool
	// newest is when the newest of its people joined, came who was seen to arrive
	// and arrived how many did.
	newest       time.Time
	arrivedIDs   map[string]bool
	arrivedCount int
	// arrivedUnplaced is how many of those have no row here: only reading again gives them one.
	arrivedUnplaced int
	// created are people who were created here since it was read and have no place in it.
	created []*localsearch.Row
	// suggestions are what may be meant where nobody was found.
	suggestions []suggestion
	// staleMatches are who changed since it was read and is not looked for any more. They
	// keep their rows, so that nothing moves under the operator's hands.
	staleMatches map[string]bool
	// scan is how far the search through everybody has come, nil where the server
	// finds by itself.
	scan *scan
	// idleAnswers is how many answers in a row brought nobody new, or somebody twice, though
	// they had people; counted is how many there are by the server's count, 0 where
	// that is not known.
	idleAnswers, countedTotal int
	// opensSingle opens the person if exactly one is found: they were pasted.
	opensSingle bool
	// lacksCountryCode says that they were named by a number without its country code, which
	// may be several people's.
	lacksCountryCode bool
}

// takeRows puts rows in their place. The cursor stays on its person, and where it is
// on the screen, when others came in or went above; when the person went, it is
// on who follows.
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

// followRow keeps a row where it is on the screen. At the top of the list it makes
// room for who came above: they are who one looks for there.
func followRow(win table.Window, row, rows, height int) table.Window {
	if win.Top == 0 && row < height {
		return table.Window{Cursor: row}
	}
	return win.Follow(row, rows, height)
}

// state is how far a result has come.
type state int

const (
	running state = iota
	ready
	failed
	stopped // by the operator
)

// listing is what the list shows now.
type listing struct {
	at        func(int) *localsearch.Row
	rows      int
	win       table.Window
	needle    localsearch.Needle
	isFuzzy   bool // light scattered letters
	isStale   bool // not what was asked for, only what was there before
	hasCursor bool // the cursor is on one of the rows
	isCurrent bool // the rows are those of shown, and what was asked for
}

func (l listing) len() int { return l.rows }

// stage is which of the list's screens shows. Each looks different.
type stage int

const (
	stageFirst   stage = iota // nothing came yet
	stageRows                 // shown
	stageLocal                // local
	stageStale                // what was shown before, while the search goes on
	stageWaiting              // a search goes on, and there is nothing to show meanwhile
	stageNone                 // nobody matches
	stageEmpty                // there are no users
	stageFailed
	stageStopped
	stageInvalid // a token is wrong, and nothing was asked
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

// mayShowUsers says that there are people to see, or may be in a moment.
func (f *feed) mayShowUsers() bool {
	switch f.stage() {
	case stageEmpty, stageFailed, stageStopped:
		return false
	case stageInvalid:
		return f.box.IsUnfinished() // nothing moves while one types a token
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

// currentRow is the row under the cursor, nil where there is none or it is not here.
func (f *feed) currentRow() *localsearch.Row {
	list := f.listing()
	if !list.hasCursor {
		return nil
	}
	return list.at(list.win.Cursor)
}

// replaceUser puts the newer state of a person into every result, and keeps it for
// pages that were asked for before and have yet to come.
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

// applyNewer puts what is known better into rows that were asked for at a time.
func (f *feed) applyNewer(rows []*localsearch.Row, asked time.Time) {
	for i, r := range rows {
		if newer := f.changed[r.ID]; newer != nil && asked.Before(newer.User.ReadAt) {
			rows[i] = newer
		}
		f.marks.Update(rows[i])
		f.onNewer(rows[i])
	}
}

// removeUser takes a person out of every result.
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

// results are want, shown and base, each once.
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
