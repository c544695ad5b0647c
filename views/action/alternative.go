package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/tui"
)

// alternative offers a reversible operation in place of one that deletes the user.
func alternative(env *Env, a attempt) *tui.Alternative {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || !a.op.DeletesUser || a.user == nil || env.Catalogue.Unavailable(op, a.user, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return &tui.Alternative{Title: op.Title, Why: "keeps them out too, and can be undone", Do: func(given tui.Answers) tea.Cmd {
		return tui.Ask(newPrompt(env, attempt{op: op, user: a.user, answers: tui.Answers{fieldReason: given[fieldReason], fieldTicket: given[fieldTicket]}, typed: true, inCase: a.inCase}))
	}}
}

// substitute asks about the operation that replaces one that the service no longer
// offers; nil if there is none.
func substitute(env *Env, a attempt) tea.Cmd {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || a.user == nil || env.Catalogue.Unavailable(op, a.user, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return tui.Ask(newPrompt(env, attempt{
		op: op, user: a.user, answers: tui.Answers{fieldReason: a.answers[fieldReason], fieldTicket: a.answers[fieldTicket]}, typed: true, inCase: a.inCase,
		note: "Clerk no longer offers “" + a.op.Title + "” here. This does the same with a secret created on this machine.",
	}))
}
