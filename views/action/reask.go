package action

import (
	"context"
	"errors"
	"maps"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
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
		a.formErrors = []string{wording.NothingDone(out.Err)}
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

// findOwners finds who has what is taken, by field. It reads: for Tasks only. Whom it
// does not find it leaves out.
func findOwners(ctx context.Context, env *Env, a attempt, out desk.Outcome) map[string]*api.User {
	have := map[string]*api.User{}
	for field, query := range a.op.FindTaken(out.Err, a.request()) {
		query.Limit = 1
		if found, err := env.Client.ListUsers(ctx, query); err == nil && len(found) > 0 {
			have[field] = &found[0]
		}
	}
	return have
}

// withOwners is it with who has what is taken, behind the server's words at the field.
func (a attempt) withOwners(env *Env, owners map[string]*api.User) attempt {
	a.takenBy = map[string]*tui.Link{}
	for field, owner := range owners {
		if a.fieldErrors[field] == "" {
			continue
		}
		a.fieldErrors[field] = wording.Sentence(a.fieldErrors[field]) + " " + userfmt.NameAndAddress(env.Shown(owner)) + " has it."
		if env.NewUserView != nil {
			a.takenBy[field] = &tui.Link{Name: userfmt.Name(env.Shown(owner)), Open: func() tui.View { return env.NewUserView(env, owner) }}
		}
	}
	return a
}
