package action

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// UndoRecord undoes the change of a record, in the same way as [UndoAction].
func UndoRecord(env *Env, record string) tea.Cmd {
	return tui.Run(tui.Task{Key: readUndoKey, Title: "Reading the journal", Replace: true,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			undo, err := env.FindUndo(ctx, record)
			if ctx.Err() != nil {
				return nil
			}
			return undoRead{undo, err}
		},
		Then: func(msg tea.Msg) tea.Cmd {
			a, read := tui.Action{Title: "Undo"}, msg.(undoRead)
			switch err := env.JournalErr(); {
			case err != nil:
				a.Off = unwritable(err)
			case read.err != nil:
				a.Off = clean.Sentence(read.err.Error())
			default:
				newUndoStep(read.undo, nil).fillAction(env, nil, &a)
			}
			if a.Off != "" {
				return tui.Notify(tui.Toast{ID: "app.undo", Tone: tui.ToneWarn, Text: a.Title + ": " + a.Off})
			}
			return a.Do()
		},
	})
}

// unwritable returns the reason for refusing an undo while the journal cannot be written.
func unwritable(err error) string {
	return "nothing can be changed, because the journal cannot be written: " + clean.Sentence(err.Error())
}

// isStub reports whether only the id and the name of a user are known.
func isStub(u *api.User) bool { return u.ReadAt.IsZero() && len(u.Body) == 0 }

// needsRead reports whether the question is about a user who was not read yet.
func (s *undoStep) needsRead(env *Env) bool {
	return slices.ContainsFunc(s.users, func(u *api.User) bool { return isStub(env.UserCache().Newest(u)) })
}

// called returns the name of the user in the journal.
func (s *undoStep) called(env *Env) string {
	if n := len(s.users); n != 1 {
		return userfmt.Count(n, "user")
	}
	t := s.journal.Targets[0]
	_, name, address := env.Mask.Named(t.ID, t.Name, t.Address)
	return wording.Dotted(clean.NewText(name).Display(), clean.NewText(address).Display())
}

// readUndoKey is the key of the task that reads the users of an undo.
const readUndoKey = "undo.read"

// usersReadMsg delivers the users of an undo as they are now, without those who no longer
// exist.
type usersReadMsg struct {
	users []*api.User
	err   error
}

// readTask reads the users and then asks.
func (s *undoStep) readTask(env *Env, newer []keptWrite) tui.Task {
	return tui.Task{
		Key: readUndoKey, Title: "Reading " + s.called(env), Replace: true,
		Run: func(ctx context.Context, _ func(tui.Progress)) tea.Msg {
			users, err := readUsers(ctx, env, s.users)
			if ctx.Err() != nil {
				return nil
			}
			return usersReadMsg{users, err}
		},
		Then: func(msg tea.Msg) tea.Cmd { return s.askAbout(env, newer, msg.(usersReadMsg)) },
	}
}

// askAbout opens the dialog for the users that were read.
func (s *undoStep) askAbout(env *Env, newer []keptWrite, read usersReadMsg) tea.Cmd {
	a := tui.Action{Title: undoPrefix + s.inverse.Title + ", " + s.called(env)}
	step := *s
	step.users = read.users
	switch {
	case read.err != nil:
		a.Off = "the user could not be read: " + wording.Error(read.err)
	case len(read.users) == 0 && len(s.users) == 1:
		a.Off = "this user no longer exists"
	default:
		for _, u := range read.users {
			env.UserCache().Update(u)
		}
		step.fillAction(env, newer, &a)
	}
	if a.Off != "" {
		return tui.Notify(tui.Toast{ID: "app.undo", Tone: tui.ToneWarn, Text: a.Title + ": " + a.Off})
	}
	return a.Do()
}

// readUsers reads users by id and leaves out those who no longer exist.
func readUsers(ctx context.Context, env *Env, stubs []*api.User) ([]*api.User, error) {
	const page = 100
	var all []*api.User
	for some := range slices.Chunk(stubs, page) {
		q := api.Query{Limit: len(some)}
		for _, u := range some {
			q.UserID = append(q.UserID, u.ID.Raw())
		}
		found, err := env.Client.ListUsers(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, stub := range some { // in the order of the journal
			if at := slices.IndexFunc(found, func(u api.User) bool { return u.ID == stub.ID }); at >= 0 {
				all = append(all, &found[at])
			}
		}
	}
	return all, nil
}
