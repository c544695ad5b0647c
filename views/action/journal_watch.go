package action

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// journalRetry is the time between two attempts to write a failed journal.
const journalRetry = 10 * time.Second

// JournalWatch says on every screen that the journal cannot be written, and finds out
// when it can be again. It belongs to the first screen of an instance.
type JournalWatch struct {
	env       *Env
	isFailing bool // retrying until it can be written
}

// NewJournalWatch returns a JournalWatch for the session's journal.
func NewJournalWatch(env *Env) *JournalWatch { return &JournalWatch{env: env} }

// journalRetryMsg triggers the next attempt.
type journalRetryMsg struct{ watch *JournalWatch }

// Update schedules retries after the journal failed, and reports when it can be written
// again.
func (w *JournalWatch) Update(msg tea.Msg) tea.Cmd {
	err := w.env.JournalErr()
	due, isDue := msg.(journalRetryMsg)
	switch {
	case w.isFailing && err == nil:
		w.isFailing = false
		return tui.Notify(tui.Toast{ID: "journal.watch", Tone: tui.ToneOK, Text: "The journal can be written again: changes are on"})
	case err != nil && !w.isFailing:
		w.isFailing = true
		return w.retryLater()
	case w.isFailing && isDue && due.watch == w:
		return tea.Batch(ProbeJournal(w.env), w.retryLater())
	}
	return nil
}

func (w *JournalWatch) retryLater() tea.Cmd { return tui.Later(journalRetry, journalRetryMsg{w}) }

// ProbeJournal starts an attempt to write a failed journal. Session.JournalErr has the
// result.
func ProbeJournal(env *Env) tea.Cmd {
	if env.JournalErr() == nil {
		return nil
	}
	return tui.Run(tui.Task{Key: "journal.probe", Replace: true, Run: func(context.Context, func(tui.Progress)) tea.Msg {
		_ = env.Journal.Probe() // the error is kept in Err
		return nil
	}})
}

// Banner returns the banner shown while the journal cannot be written.
func (w *JournalWatch) Banner() tui.Banner {
	err := w.env.JournalErr()
	if err == nil {
		return tui.Banner{}
	}
	return tui.Banner{Tone: tui.ToneBad, Action: "app.journal", Does: "tries again",
		Text: "Changes are off, reading goes on: the journal cannot be written (" + w.env.Journal.ShortReason(err) + ")."}
}
