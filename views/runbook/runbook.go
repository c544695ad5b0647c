// Package runbook guides the operator through common kinds of calls step by step: an account
// that was taken over, a lost phone, somebody who wants to leave. A sequence is a table of
// steps. Each step is an operation of the catalogue with its own dialog, or something that
// the operator says or checks.
//
// What may live here: the steps of each sequence, their order, and the progress of a case.
// What may not: the dialogs and requests of a step (views/action, api/ops).
package runbook

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// Actions returns the actions that open the sequences for a user, those that the user's
// state suggests in the group of suggestions.
func Actions(env *action.Env, u *api.User) []tui.Action {
	var out []tui.Action
	var f facts
	if u != nil && !u.ID.Empty() {
		f = factsOf(env, u)
	}
	for _, q := range sequences() {
		a := tui.Action{ID: "runbook." + q.id, Title: q.title, Help: q.help, Does: q.does, Keywords: q.keywords, Group: action.GroupRunbooks}
		switch {
		case u == nil:
			a.Off = "nobody is selected"
		case u.ID.Empty():
			a.Off = "this entry could not be read: it has no id"
		default:
			if q.suggested != nil && q.suggested(f) {
				a.Group = action.GroupSuggested
			}
			if c := env.BegunCase(q.id, u.ID); c != nil && q.isOpen(c, f) {
				a.Group, a.Does = action.GroupBegun, "begun "+userfmt.TimeOfDay(c.Started, env.Now())+"; goes on where you left it"
			}
			a.Do = func() tea.Cmd { return tui.Push(New(env, q.id, u)) }
		}
		out = append(out, a)
	}
	return out
}

// isOpen reports whether the case waits for one of its steps.
func (q sequence) isOpen(c *action.Case, f facts) bool {
	return slices.ContainsFunc(c.Steps, func(s action.CaseStep) bool { return q.statusOf(s, f, false).kind.isPending() })
}

// find returns the sequence with the id.
func find(id string) sequence {
	for _, q := range sequences() {
		if q.id == id {
			return q
		}
	}
	panic("runbook: no sequence is called " + id)
}

// runbookOf returns the id of the sequence to which a case belongs, by the case's id.
func runbookOf(caseID string) string {
	id, _, _ := strings.Cut(caseID, "-")
	return id
}
