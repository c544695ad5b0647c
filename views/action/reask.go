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

// canReask says that a form which was refused comes back as it was filled in,
// so that nothing must be typed twice: something was typed, and it still applies.
func (a attempt) canReask(env *Env, out desk.Outcome) bool {
	typed := false
	for _, f := range a.op.Fields {
		_, filled := initialValue(a, f)
		_, said := a.preset[f.Name]
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

// withRefusal is it with the server's words at the fields they are about, and on
// top what is about none. The user is who they are now.
func (a attempt) withRefusal(out desk.Outcome) attempt {
	if out.User != nil {
		a.user = out.User
	}
	a.was, a.is, a.note = "", "", ""
	said := a.op.ReadRefusal(out.Err)
	a.fieldErrors, a.formErrors = said.Fields, nil
	switch {
	case len(said.General) > 0:
		a.formErrors = []string{"Nothing was done: " + strings.Join(said.General, "; ")}
	case len(said.Fields) > 0:
		a.formErrors = []string{"Nothing was done. What the server said stands at the fields."}
	default:
		a.formErrors = []string{nothingDone(out.Err)}
	}
	return a
}

// withNo is it with what the answer says at the field, which is empty again
// for the next try.
func (a attempt) withNo(res ops.Result) attempt {
	a.answers = maps.Clone(a.answers)
	delete(a.answers, res.RetryField)
	a.was, a.is, a.note, a.formErrors = "", "", "", nil
	a.fieldErrors = map[string]string{res.RetryField: res.Summary}
	return a
}

// nothingDone is a failure in words, with what it means for the person and what
// can be done now.
func nothingDone(err error) string {
	if failed, answered := err.(*api.Error); answered { // a wrapped one has words of its own
		return strings.TrimSpace(failed.What() + " Nothing was done. " + failed.Next())
	}
	return sentence(plain(err)) + " Nothing was done."
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

// refusedEditMsg is the fact that a change of what is edited on a screen of its own
// was refused: the screen keeps it, with the server's words.
type refusedEditMsg struct {
	op     string
	user   clean.Text
	fields map[string]string
	reason string
}

func newRefusedEdit(a attempt, out desk.Outcome) refusedEditMsg {
	msg := refusedEditMsg{op: a.op.ID, reason: a.answers[fieldReason]}
	if a.user != nil {
		msg.user = a.user.ID
	}
	var refused *api.Error
	if errors.As(out.Err, &refused) {
		msg.fields = a.op.ReadRefusal(refused).Fields
	}
	return msg
}
