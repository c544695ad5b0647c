package action

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal/recorder"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

const (
	// journalDeadline limits the look-up of missing outcomes.
	journalDeadline = 2 * time.Minute
	// maxResolvedToasts is the maximum number of outcomes reported one by one.
	maxResolvedToasts = 3
)

// journalStartedMsg is the result of StartJournal.
type journalStartedMsg struct {
	resolved []recorder.Resolved
	err      error
	undo     *undoRead
}

// StartJournal returns the task that prepares the journal of a newly opened instance. The
// task reports if the journal cannot be written, and the outcome of changes that were
// interrupted when the program ended. Without a journal StartJournal returns nil.
func StartJournal(env *Env) tea.Cmd {
	if env.Journal == nil {
		return nil
	}
	return tui.Run(tui.Task{Key: "journal.start", Replace: true, Deadline: journalDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			resolved, err := env.StartJournal(ctx) // a failed look-up is repeated at the next start
			return journalStartedMsg{resolved, err, env.readUndo(ctx)}
		},
		Then: func(msg tea.Msg) tea.Cmd { return tellJournalStarted(env, msg.(journalStartedMsg)) },
	})
}

func tellJournalStarted(env *Env, msg journalStartedMsg) tea.Cmd {
	env.remembered().history.adopt(msg.undo, nil)
	var cmds []tea.Cmd
	for i, r := range msg.resolved {
		if i == maxResolvedToasts {
			cmds = append(cmds, tui.Notify(tui.Toast{ID: "journal.resolved", Tone: tui.ToneInfo, Sticky: true,
				Text: fmt.Sprintf("%d more changes were not confirmed", len(msg.resolved)-i), Next: "The journal (A) says what became of them."}))
			break
		}
		cmds = append(cmds, tui.Notify(resolvedToast(env, r, env.Now())))
	}
	return tea.Batch(cmds...)
}

// resolvedToast reports the outcome of an interrupted change.
func resolvedToast(env *Env, r recorder.Resolved, now time.Time) tui.Toast {
	what := r.Title
	if len(r.Targets) > 0 {
		t := r.Targets[0]
		_, name, _ := env.Mask.Named(t.ID, t.Name, t.Address)
		what += ", " + clean.NewText(name).Display()
		if n := len(r.Targets) - 1; n > 0 {
			what += fmt.Sprintf(" and %d more", n)
		}
	}
	t := tui.Toast{ID: "journal.resolved " + r.ID, Tone: tui.ToneInfo, Sticky: true}
	became := "it was done"
	switch r.Outcome.State {
	case desk.Done:
	case desk.Refused:
		became = "it was not done"
	default:
		became = "it cannot be determined whether it was done"
		t.Tone, t.Next = tui.ToneWarn, "Look at the user before you do it again; the journal (A) has the record."
	}
	t.Text = "1 change from " + userfmt.TimeOfDay(r.Time, now) + " was not confirmed: " + what + ": " + became
	return t
}
