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
)

const (
	// journalDeadline bounds the look-up of writes whose outcome is missing.
	journalDeadline = 2 * time.Minute
	// maxResolvedToasts is how many of them are told one by one.
	maxResolvedToasts = 3
)

// journalStartedMsg reports what StartJournal found.
type journalStartedMsg struct {
	resolved []recorder.Resolved
	err      error
}

// StartJournal returns the task that prepares the journal of an instance that was just
// opened: it says why nothing can be recorded, and what became of writes of a program
// that ended too early. Without a journal it is nil.
func StartJournal(env *Env) tea.Cmd {
	if env.Journal == nil {
		return nil
	}
	return tui.Run(tui.Task{Key: "journal.start", Replace: true, Deadline: journalDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			resolved, err := env.StartJournal(ctx)
			if len(resolved) == 0 && env.JournalErr() == nil {
				return nil // a look-up that failed comes again at the next start
			}
			return journalStartedMsg{resolved, err}
		},
		Then: func(msg tea.Msg) tea.Cmd { return tellJournalStarted(env, msg.(journalStartedMsg)) },
	})
}

func tellJournalStarted(env *Env, msg journalStartedMsg) tea.Cmd {
	var cmds []tea.Cmd
	if err := env.JournalErr(); err != nil {
		cmds = append(cmds, tui.Notify(tui.Toast{ID: "journal.broken", Tone: tui.ToneBad, Text: "Nothing can be changed, because the journal cannot be written: " + clean.Sentence(err.Error()),
			Next: "Reading goes on."}))
	}
	for i, r := range msg.resolved {
		if i == maxResolvedToasts {
			cmds = append(cmds, tui.Notify(tui.Toast{ID: "journal.resolved", Tone: tui.ToneInfo, Sticky: true,
				Text: fmt.Sprintf("%d more changes were cut off; the journal says how they ended.", len(msg.resolved)-i)}))
			break
		}
		cmds = append(cmds, tui.Notify(resolvedToast(env, r)))
	}
	return tea.Batch(cmds...)
}

// resolvedToast tells how a write ended whose program did not live to say so.
func resolvedToast(env *Env, r recorder.Resolved) tui.Toast {
	who := ""
	if len(r.Targets) > 0 {
		t := r.Targets[0]
		_, name, _ := env.Mask.Named(t.ID, t.Name, t.Address)
		who = ", " + clean.NewText(name).Display()
		if n := len(r.Targets) - 1; n > 0 {
			who += fmt.Sprintf(" and %d more", n)
		}
	}
	t := tui.Toast{ID: "journal.resolved " + r.ID, Tone: tui.ToneInfo, Sticky: true, Text: "The program ended before “" + r.Title + who + "” did. It was done."}
	switch {
	case r.Outcome.State == desk.Done:
	case r.Outcome.State == desk.Refused:
		t.Text = "The program ended before “" + r.Title + who + "” did. It was not done."
	default:
		t.Tone, t.Text = tui.ToneWarn, "The program ended before “"+r.Title+who+"” did. It is not known whether it was done."
		t.Next = "Look at the user before you do it again."
	}
	return t
}
