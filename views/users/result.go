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
	ask    ask
	pages  *pages.Pages
	win    table.Window
	state  state
	err    error     // why rows could not be had, while state is failed
	read   time.Time // when the newest rows of it were read
	// follow is who the cursor stays with while the rows around come in.
	follow string
	// anew says that the same failed before, of which err tells until this answers.
	anew bool
	// stays says that the same was shown before: the cursor stays where it is.
	stays bool
	// ranked says that all of it is here and the best match is on top.
	ranked bool
	// toEnd puts the cursor on the last row once it is known which that is.
	toEnd bool
	// uncounted says that its total could not be had.
	uncounted bool
	// newest is when the newest of its people joined, came who was seen to arrive
	// and arrived how many did.
	newest  time.Time
	came    map[string]bool
	arrived int
	// apart is how many of those have no row here: only reading again gives them one.
	apart int
	// made are people who were created here since it was read and have no place in it.
	made []*localsearch.Row
	// offers are what may be meant where nobody was found.
	offers []offer
	// strays are who changed since it was read and is not looked for any more. They
	// keep their rows, so that nothing moves under the operator's hands.
	strays map[string]bool
	// scan is how far the search through everybody has come, nil where the server
	// finds by itself.
	scan *scan
	// idle is how many answers in a row brought nobody new, or somebody twice, though
	// they had people; counted is how many there are by the server's count, 0 where
	// that is not known.
	idle, counted int
	// land opens the person if exactly one is found: they were pasted.
	land bool
	// anyCountry says that they were named by a number without its country code, which
	// may be several people's.
	anyCountry bool
}

// take puts rows in their place. The cursor stays on its person, and where it is
// on the screen, when others came in or went above; when the person went, it is
// on who follows.
func (r *result) take(ask pages.Ask, rows []*localsearch.Row, height int) {
	r.hear(rows)
	who, place := r.pages.At(r.win.Cursor), r.pages.Place(r.win.Cursor)
	r.pages.Take(ask, rows)
	if who == nil {
		return
	}
	at, here := r.pages.Find(who.ID)
	if !here {
		at = r.pages.Now(place)
	}
	if at != r.win.Cursor {
		r.win = r.win.Follow(at, r.pages.Len(), height)
	}
}

// follows keeps a row where it is on the screen. At the top of the list it makes
// room for who came above: they are who one looks for there.
func follows(win table.Window, row, rows, height int) table.Window {
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
	at      func(int) *localsearch.Row
	rows    int
	win     table.Window
	needle  localsearch.Needle
	near    bool // light scattered letters
	stale   bool // not what was asked for, only what was there before
	cursor  bool // the cursor is on one of the rows
	settled bool // the rows are those of shown, and what was asked for
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
	stageUnasked // a token is wrong, and nothing was asked
)

func (v *View) stage() stage {
	w, s := v.want, v.shown
	switch {
	case v.unasked != nil:
		return stageUnasked
	case s != nil && (w == s || w.ask.same(s.ask)):
		return shownStage(s)
	case v.local != nil && len(v.local.rows) > 0:
		return stageLocal
	case w.fails():
		return stageFailed
	case w.state == stopped:
		return stageStopped
	case s != nil && s.pages.Len() > 0:
		return stageStale
	case w.ask.needle.Empty():
		return stageFirst
	}
	return stageWaiting
}

// peopled says that there are people to see, or may be in a moment.
func (v *View) peopled() bool {
	switch v.stage() {
	case stageEmpty, stageFailed, stageStopped:
		return false
	case stageUnasked:
		return v.unfinished() // nothing moves while one types a token
	}
	return true
}

func shownStage(s *result) stage {
	switch {
	case s.pages.Len() > 0:
		return stageRows
	case s.scan != nil && s.state != ready:
		return [...]stage{running: stageWaiting, failed: stageFailed, stopped: stageStopped}[s.state]
	case s.ask.needle.Empty():
		return stageEmpty
	}
	return stageNone
}

func (v *View) listing() listing {
	switch v.stage() {
	case stageRows:
		return listing{at: v.shown.pages.At, rows: v.shown.pages.Len(), win: v.shown.win, needle: v.shown.ask.needle, cursor: true, settled: true}
	case stageStale:
		return listing{at: v.shown.pages.At, rows: v.shown.pages.Len(), win: v.shown.win, needle: v.shown.ask.needle, stale: true}
	case stageLocal:
		rows := v.local.rows
		at := func(i int) *localsearch.Row {
			if i < 0 || i >= len(rows) {
				return nil
			}
			return rows[i]
		}
		return listing{at: at, rows: len(rows), win: v.local.win, needle: v.want.ask.needle, near: v.local.near, cursor: true}
	}
	return listing{at: func(int) *localsearch.Row { return nil }}
}

// current is the row under the cursor, nil where there is none or it is not here.
func (v *View) current() *localsearch.Row {
	list := v.listing()
	if !list.cursor {
		return nil
	}
	return list.at(list.win.Cursor)
}

// patch puts the newer state of a person into every result, and keeps it for
// pages that were asked for before and have yet to come.
func (v *View) patch(r *localsearch.Row) {
	const most = 200
	if len(v.fresh) >= most {
		clear(v.fresh)
	}
	v.fresh[r.ID] = r
	v.marks.learn(r)
	for _, held := range v.results() {
		if at, here := held.pages.Find(r.ID); here {
			held.changes(held.pages.At(at), r)
			held.pages.Replace(r)
		}
	}
	if v.local == nil {
		return
	}
	for i, old := range v.local.rows {
		if old.ID == r.ID {
			v.local.rows[i] = r
		}
	}
}

// freshen puts what is known better into rows that were asked for at a time.
func (v *View) freshen(rows []*localsearch.Row, asked time.Time) {
	for i, r := range rows {
		if newer := v.fresh[r.ID]; newer != nil && asked.Before(newer.User.ReadAt) {
			rows[i] = newer
		}
		v.marks.learn(rows[i])
	}
}

// forget takes a person out of every result.
func (v *View) forget(id string) {
	for _, held := range v.results() {
		row, here := held.pages.Find(id)
		held.pages.Remove(id)
		if here && row < held.win.Cursor {
			held.win.Cursor--
			held.win.Top--
		}
	}
	v.everybody.add(-1)
	if v.local == nil {
		return
	}
	kept := v.local.rows[:0]
	for _, r := range v.local.rows {
		if r.ID != id {
			kept = append(kept, r)
		}
	}
	v.local.rows = kept
}

// results are want, shown and base, each once.
func (v *View) results() []*result {
	var out []*result
	for _, r := range []*result{v.want, v.shown, v.base} {
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
