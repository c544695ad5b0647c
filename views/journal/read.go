package journal

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/journal"
	"frontdesk/tui"
	"frontdesk/views/action"
)

const (
	// firstScan is how many records the first read looks at, which takes a moment. Each
	// later one looks at scanGrowth times as many, because it passes over all newer ones
	// again: finding where to go on costs less than keeping files open between keys.
	firstScan, scanGrowth = 2_000, 4
	// pageRows is how many entries the first read returns at most; later ones double
	// what is there.
	pageRows = 200
	// maxRows is how many entries are held. The filter finds the others.
	maxRows = 20_000
	// maxNewer is how many added records are merged; after more the list is read anew.
	maxNewer = 2_000
	// readDeadline bounds a read, and a check of the chain.
	readDeadline = 2 * time.Minute
	// typingPause is how long the filter waits for another letter.
	typingPause = 60 * time.Millisecond
)

const (
	readKey   = "journal.read"
	followKey = "journal.follow"
	verifyKey = "journal.verify"
)

// pageMsg carries entries older than those that are there.
type pageMsg struct {
	list           *list
	serial         int
	rows           []journal.Entry
	newest, oldest uint64
	isComplete     bool
	err            error
}

// restart reads for another query; the rows stay until the answer.
func (l *list) restart() tea.Cmd {
	l.read.serial++
	l.read.scan, l.read.oldest, l.read.isComplete, l.toEnd = firstScan, 0, false, false
	return tea.Batch(l.readOlder(0, pageRows), action.ProbeJournal(l.env))
}

// readOlder reads entries before a record, 0 for the newest.
func (l *list) readOlder(before uint64, want int) tea.Cmd {
	l.read.isReading = true
	msg, j, q, scan := pageMsg{list: l, serial: l.read.serial}, l.env.Journal, l.query, l.read.scan
	l.read.scan *= scanGrowth
	return tui.Run(tui.Task{Key: readKey, Title: "Reading the journal", Replace: true, Deadline: readDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			if before == 0 && q.text != "" && l.pause(ctx, typingPause) != nil {
				return nil
			}
			msg.examine(ctx, j, q, before, want, scan)
			if ctx.Err() != nil {
				return nil // the TaskMsg says why
			}
			return msg
		}})
}

// examine looks at up to scan entries before a record for up to want that match.
func (m *pageMsg) examine(ctx context.Context, j *journal.Journal, q query, before uint64, want, scan int) {
	examined := 0
	for e, err := range j.Entries(ctx, q.base()) {
		if err != nil {
			m.err = err
			return
		}
		m.newest = max(m.newest, newestOf(e))
		if before != 0 && e.Seq >= before || e.Kind == journal.Rotated {
			continue
		}
		m.oldest = e.Seq
		if q.matches(e) {
			m.rows = append(m.rows, e)
		}
		if examined++; len(m.rows) == want || examined == scan {
			return
		}
	}
	m.isComplete = true
}

// newestOf returns the last record of an entry.
func newestOf(e journal.Entry) uint64 {
	if e.Ending != nil {
		return max(e.Seq, e.Ending.Seq)
	}
	return e.Seq
}

func (l *list) takePage(msg pageMsg) tea.Cmd {
	if msg.list != l || msg.serial != l.read.serial {
		return nil
	}
	l.read.isReading, l.read.err = false, msg.err
	if msg.err != nil {
		return nil
	}
	isFirst := l.read.oldest == 0
	l.read.isRead, l.read.readAt, l.read.isComplete = true, l.env.Now(), msg.isComplete
	if isFirst {
		l.rows, l.read.newest = nil, msg.newest
	}
	if msg.oldest != 0 {
		l.read.oldest = msg.oldest
	}
	l.rows = append(slices.Clip(l.rows), msg.rows...)
	l.placeProblem()
	l.win = l.win.Keep(len(l.rows), l.height)
	if l.toEnd {
		l.win = l.win.Move(len(l.rows), len(l.rows), l.height)
		l.toEnd = !l.read.isComplete
	}
	return tea.Batch(l.readAhead(), l.verify())
}

// isFull reports whether no more entries are held.
func (l *list) isFull() bool { return len(l.rows) >= maxRows }

// readAhead reads on where the cursor comes near the end of what is there.
func (l *list) readAhead() tea.Cmd {
	r := &l.read
	if !r.isRead || r.isReading || r.isComplete || r.err != nil || l.isFull() {
		return nil
	}
	if missing := l.win.Top+3*l.height >= len(l.rows); !missing && !l.toEnd {
		return nil
	}
	return l.readOlder(r.oldest, min(max(pageRows, len(l.rows)), maxRows-len(l.rows)))
}

// newerMsg carries what was written since the list was read.
type newerMsg struct {
	list   *list
	serial int
	rows   []journal.Entry
	// endings are the outcomes of intents that are older, by the intents' ids.
	endings   map[string]*journal.Record
	newest    uint64
	isAnother bool // the journal is another one, or too much was added
	err       error
}

// follow reads what was written since.
func (l *list) follow() tea.Cmd {
	if !l.read.isRead || l.read.isFollowing || l.read.isReading {
		return nil
	}
	l.read.isFollowing = true
	msg, j, q := newerMsg{list: l, serial: l.read.serial, newest: l.read.newest}, l.env.Journal, l.query
	return tui.Run(tui.Task{Key: followKey, Replace: true, Deadline: readDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			msg.collect(ctx, j, q)
			if ctx.Err() != nil {
				return nil
			}
			return msg
		}})
}

// collect reads back to the newest record that is known.
func (m *newerMsg) collect(ctx context.Context, j *journal.Journal, q query) {
	known, n := m.newest, 0
	m.endings = map[string]*journal.Record{}
	m.isAnother = known > 0 // until a record says otherwise
	for r, err := range j.Records(ctx) {
		if err != nil {
			m.err, m.isAnother = err, false
			return
		}
		if r.Seq <= known {
			m.isAnother = n == 0 && r.Seq < known
			return
		}
		m.newest = max(m.newest, r.Seq)
		if n++; n > maxNewer {
			return
		}
		switch {
		case r.Kind == journal.Rotated:
		case r.Kind != journal.Outcome:
			if e := (journal.Entry{Record: r, Ending: m.endings[r.ID]}); q.matches(e) {
				m.rows = append(m.rows, e)
			}
			delete(m.endings, r.ID)
		case m.endings[r.Intent] == nil:
			m.endings[r.Intent] = &r
		}
	}
	if known == 0 {
		m.isAnother = false
	}
}

func (l *list) takeNewer(msg newerMsg) tea.Cmd {
	if msg.list != l {
		return nil
	}
	l.read.isFollowing = false
	if msg.serial != l.read.serial {
		return nil
	}
	if l.read.err = msg.err; msg.err != nil {
		return nil
	}
	if msg.isAnother {
		return l.restart()
	}
	l.read.newest, l.read.readAt = msg.newest, l.env.Now()
	for i := range l.rows {
		if ending := msg.endings[l.rows[i].ID]; ending != nil && l.rows[i].Kind == journal.Intent {
			l.rows[i].Ending = ending
		}
	}
	if n := len(msg.rows); n > 0 {
		isAtTop := l.win.Cursor == 0 && l.win.Top == 0
		l.rows = append(msg.rows, l.rows...)
		if !isAtTop {
			l.win = l.win.Follow(l.win.Cursor+n, len(l.rows), l.height)
		}
	}
	return nil
}

// takeTask notes that a read ended without an answer: a deadline, or cancelled.
func (l *list) takeTask(msg tui.TaskMsg) tea.Cmd {
	switch {
	case msg.Running:
		return nil
	case msg.Key == readKey:
		if l.read.isReading = false; msg.Err != nil && !l.read.isRead {
			l.read.err = msg.Err
		}
		return nil
	case msg.Key == followKey:
		l.read.isFollowing = false
		return nil
	case msg.Key == verifyKey:
		return nil
	}
	return l.follow() // what ended may have been written down
}

// refresh reads and checks everything again.
func (l *list) refresh() tea.Cmd {
	l.verified = false
	return l.restart()
}

// verifiedMsg is the result of checking the chain.
type verifiedMsg struct {
	list   *list
	report journal.Report
	err    error
}

// verify checks the chain once, after the first entries were read.
func (l *list) verify() tea.Cmd {
	if l.verified {
		return nil
	}
	l.verified = true
	msg, j := verifiedMsg{list: l}, l.env.Journal
	return tui.Run(tui.Task{Key: verifyKey, Replace: true, Deadline: readDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			msg.report, msg.err = j.Verify(ctx)
			return msg
		}})
}

func (l *list) takeVerified(msg verifiedMsg) {
	if msg.list != l || msg.err != nil {
		return
	}
	l.problem = msg.report.Problem
	l.placeProblem()
}

// damaged is the kind of the row that stands for a record that is not as it was written.
const damaged journal.Kind = "damaged"

// placeProblem puts the damaged record where it belongs, once its place is loaded.
func (l *list) placeProblem() {
	at := l.win.Cursor
	for i, e := range l.rows {
		if e.Kind == damaged {
			l.rows = slices.Delete(l.rows, i, i+1)
			if at > i {
				l.win = l.win.Follow(at-1, len(l.rows), l.height)
			}
			break
		}
	}
	if l.problem == nil || !l.query.isEmpty() {
		return
	}
	i, _ := slices.BinarySearchFunc(l.rows, l.problem.Seq, func(e journal.Entry, seq uint64) int {
		if e.Seq > seq {
			return -1
		}
		return 1
	})
	if i == len(l.rows) && !l.read.isComplete {
		return
	}
	row := journal.Entry{Record: journal.Record{Kind: damaged, Seq: l.problem.Seq, Message: l.problem.String()}}
	at = l.win.Cursor
	l.rows = slices.Insert(l.rows, i, row)
	if at >= i && at > 0 {
		l.win = l.win.Follow(at+1, len(l.rows), l.height)
	}
}
