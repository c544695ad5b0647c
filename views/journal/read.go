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
	// firstScan is the number of records that the first read examines. Each later read
	// examines scanGrowth times as many, because it has to skip all newer records again;
	// that is simpler than keeping files open.
	firstScan, scanGrowth = 2_000, 4
	// pageRows is the maximum number of entries from the first read. Later reads double
	// the number of rows.
	pageRows = 200
	// maxRows is the maximum number of rows. The filter finds older entries.
	maxRows = 20_000
	// maxNewer is the maximum number of new records to merge. If there are more, the list is
	// read again.
	maxNewer = 2_000
	// readDeadline limits a read and a verification.
	readDeadline = 2 * time.Minute
	// typingPause is how long the filter waits for another key.
	typingPause = 60 * time.Millisecond
)

const (
	readKey   = "journal.read"
	followKey = "journal.follow"
	verifyKey = "journal.verify"
)

// pageMsg delivers older entries.
type pageMsg struct {
	list           *list
	serial         int
	rows           []journal.Entry
	newest, oldest uint64
	isComplete     bool
	err            error
}

// restart starts a new query. The rows stay until its result arrives.
func (l *list) restart() tea.Cmd {
	l.read.serial++
	l.read.scan, l.read.oldest, l.read.isComplete, l.toEnd = firstScan, 0, false, false
	return tea.Batch(l.readOlder(0, pageRows), action.ProbeJournal(l.env))
}

// readOlder reads entries before a record, or the newest ones if before is 0.
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
				return nil // reported by the TaskMsg
			}
			return msg
		}})
}

// examine searches up to scan entries before a record for up to want matches.
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

// newestOf returns the Seq of the last record of an entry.
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

// isFull reports whether the list has reached maxRows.
func (l *list) isFull() bool { return len(l.rows) >= maxRows }

// readAhead reads older entries when the cursor approaches the last row.
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

// newerMsg delivers records added since the last read.
type newerMsg struct {
	list   *list
	serial int
	rows   []journal.Entry
	// endings are outcomes of older intents, by the ID of the intent.
	endings   map[string]*journal.Record
	newest    uint64
	isAnother bool // the journal was replaced, or too many records were added
	err       error
}

// follow reads records added since the last read.
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

// collect reads backward to the latest known record.
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

// takeTask handles a read that ended without a result, by timeout or cancellation.
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
	return l.follow() // the task may have written a record
}

// refresh reads and verifies the journal again.
func (l *list) refresh() tea.Cmd {
	l.verified = false
	return l.restart()
}
