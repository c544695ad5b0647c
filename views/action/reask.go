package action

import (
	"errors"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
)

// worthAsking says that a form which was refused comes back as it was filled in,
// so that nothing must be typed twice: something was typed, and it still applies.
func (a asked) worthAsking(env *Env, out desk.Outcome) bool {
	typed := false
	for _, f := range a.op.Fields {
		_, filled := offered(a, f)
		_, said := a.given[f.Name]
		typed = typed || filled && !said
	}
	if !typed {
		return false
	}
	if a.op.Scope == ops.ScopeDirectory {
		return true
	}
	return out.User != nil && env.Catalogue.Unavailable(a.op, out.User, clean.Text{}, env.Now()) == ""
}

// refusedBy is it with the server's words at the fields they are about, and on
// top what is about none. The user is who they are now.
func (a asked) refusedBy(out desk.Outcome) asked {
	if out.User != nil {
		a.seen = out.User
	}
	a.was, a.is, a.note = "", "", ""
	said := a.op.ReadRefusal(out.Err)
	a.wrong, a.refused = said.Fields, nil
	switch {
	case len(said.General) > 0:
		a.refused = []string{"Nothing was done: " + strings.Join(said.General, "; ")}
	case len(said.Fields) > 0:
		a.refused = []string{"Nothing was done. What the server said stands at the fields."}
	default:
		a.refused = []string{nothingDone(out.Err)}
	}
	return a
}

// answeredNo is it with what the answer says at the field, which is empty again
// for the next try.
func (a asked) answeredNo(res ops.Result) asked {
	a.answers = maps.Clone(a.answers)
	delete(a.answers, res.RetryField)
	a.was, a.is, a.note, a.refused = "", "", "", nil
	a.wrong = map[string]string{res.RetryField: res.Summary}
	return a
}

// nothingDone is a failure in words, with what it means for the person and what
// can be done now.
func nothingDone(err error) string {
	if failed, answered := err.(*api.Error); answered { // a wrapped one has words of its own
		return strings.TrimSpace(failed.Summary() + " Nothing was done. " + failed.Advice())
	}
	return sentence(plain(err)) + " Nothing was done."
}

// substitute asks what works where the service does not do the operation any
// more, and says why; nil where there is no such thing.
func substitute(env *Env, a asked) tea.Cmd {
	op, known := env.Catalogue.Get(a.op.Alternative)
	if !known || a.seen == nil || env.Catalogue.Unavailable(op, a.seen, clean.Text{}, env.Now()) != "" {
		return nil
	}
	return tui.Ask(question(env, asked{
		op: op, seen: a.seen, answers: tui.Answers{fieldReason: a.answers[fieldReason]}, typed: true,
		note: "This service no longer offers “" + a.op.Title + "”. This does the same, with a secret made here.",
	}))
}

// unsavedMsg is the fact that a change of what is edited on a screen of its own
// was refused: the screen keeps it, with the server's words.
type unsavedMsg struct {
	op     string
	user   clean.Text
	fields map[string]string
	reason string
}

func unsaved(a asked, out desk.Outcome) unsavedMsg {
	msg := unsavedMsg{op: a.op.ID, reason: a.answers[fieldReason]}
	if a.seen != nil {
		msg.user = a.seen.ID
	}
	var refused *api.Error
	if errors.As(out.Err, &refused) {
		msg.fields = a.op.ReadRefusal(refused).Fields
	}
	return msg
}
