package instances

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action"
)

const (
	actReset   = "app.reset-demo"
	resetKey   = "demo.reset"
	resetTitle = "Reset the demo"
)

// resetActions returns the action that resets the demo, or none on another instance.
func (s *Switcher) resetActions(env *action.Env, held *openSession) []tui.Action {
	if env.Instance.Kind != profile.Demo || s.conf.ResetDemo == nil {
		return nil
	}
	a := tui.Action{
		ID: actReset, Title: resetTitle + "…", Alias: "reset-demo", Group: tui.GroupEverywhere,
		Help: "Restores the demo data to its first day. Asks first.",
		Do:   func() tea.Cmd { return s.requestReset(env, held) },
	}
	if env.Instance.ReadOnly {
		a.Off = "this instance is read-only"
	}
	return []tui.Action{a}
}

// requestReset resets the demo after asking.
func (s *Switcher) requestReset(env *action.Env, held *openSession) tea.Cmd {
	return func() tea.Msg {
		return tui.LeaveMsg{
			Title: resetTitle, Verb: "Reset",
			Effects: []string{
				"all people are restored as on the first day, with times relative to now",
				"what was changed, created or deleted here is lost",
				"the journal keeps what was done",
			},
			Leave: func(work []string) tea.Cmd { return tui.Run(s.resetTask(env, held, work)) },
		}
	}
}

// resetTask returns the task that resets the demo and reopens it.
func (s *Switcher) resetTask(env *action.Env, held *openSession, work []string) tui.Task {
	in := env.Instance
	return tui.Task{
		Key: resetKey, Title: "Resetting the demo", Deadline: openDeadline,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			err := s.conf.ResetDemo(ctx)
			opened := openedMsg{}
			if err == nil {
				opened, err = s.openSession(ctx, in)
			}
			if ctx.Err() != nil {
				if err == nil {
					s.release(opened.held)
				}
				return nil
			}
			opened.err = err
			return opened
		},
		Then: func(msg tea.Msg) tea.Cmd {
			opened := msg.(openedMsg)
			if opened.err != nil {
				return tui.Notify(tui.Toast{ID: resetKey, Tone: tui.ToneBad, Text: "The demo cannot be reset: " + clean.Sentence(opened.err.Error())})
			}
			next := s.replacement(env, held, work, opened)
			next.Title, next.Verb, next.Notice = resetTitle, "Reset", "The demo is as on its first day"
			return func() tea.Msg { return next }
		},
	}
}
