package journal

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/journal"
	"frontdesk/tui"
)

// verifiedMsg is the result of verify.
type verifiedMsg struct {
	list   *list
	report journal.Report
	err    error
}

// verify verifies the journal, after the first entries have been read.
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

// damaged is the kind of the row for a damaged record.
const damaged journal.Kind = "damaged"

// placeProblem inserts the row for the damaged record once its position is loaded.
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
