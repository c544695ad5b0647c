package action

import (
	tea "charm.land/bubbletea/v2"

	"frontdesk/api/clean"
	"frontdesk/tui"
)

// alternative is the gentler operation in place of one that cannot be undone.
func alternative(env *Env, a attempt) *tui.Alternative {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || !a.op.DeletesUser || a.user == nil || env.Catalogue.Unavailable(op, a.user, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return &tui.Alternative{Title: op.Title, Why: "keeps them out too, and can be undone", Do: func(given tui.Answers) tea.Cmd {
		return tui.Ask(newPrompt(env, attempt{op: op, user: a.user, answers: tui.Answers{fieldReason: given[fieldReason]}, typed: true}))
	}}
}

// substitute asks what works where the service does not do the operation any
// more, and says why; nil where there is no such thing.
func substitute(env *Env, a attempt) tea.Cmd {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || a.user == nil || env.Catalogue.Unavailable(op, a.user, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return tui.Ask(newPrompt(env, attempt{
		op: op, user: a.user, answers: tui.Answers{fieldReason: a.answers[fieldReason]}, typed: true,
		note: "This service no longer offers “" + a.op.Title + "”. This does the same, with a secret made here.",
	}))
}
