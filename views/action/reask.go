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

// canReask reports whether a refused form is shown again as it was filled in: the
// operator typed something, and the operation is still available.
func (a attempt) canReask(env *Env, out desk.Outcome) bool {
	typed := false
	for _, f := range a.op.Fields {
		_, filled := initialValue(a, f)
		_, isPreset := a.preset[f.Name]
		typed = typed || filled && !isPreset
	}
	if !typed {
		return false
	}
	if a.op.Scope == ops.ScopeDirectory {
		return true
	}
	return out.User != nil && env.Catalogue.Unavailable(a.op, out.User, clean.Text{}, env.Now()) == ""
}

// withRefusal returns a with the server's errors, those for a field at the field
// and the others at the top, and with the user as they are now.
func (a attempt) withRefusal(out desk.Outcome) attempt {
	if out.User != nil {
		a.user = out.User
	}
	a.was, a.is, a.note = "", "", ""
	refusal := a.op.ReadRefusal(out.Err)
	a.fieldErrors, a.formErrors = refusal.Fields, nil
	switch {
	case len(refusal.General) > 0:
		a.formErrors = []string{"Nothing was done: " + strings.Join(refusal.General, "; ")}
	case len(refusal.Fields) > 0:
		a.formErrors = []string{"Nothing was done. The server's reasons are at the fields."}
	default:
		a.formErrors = []string{wording.NothingDone(out.Err)}
	}
	return a
}

// withNo returns a for another try after the answer no, such as a wrong code: the
// field is empty and shows the answer.
func (a attempt) withNo(res ops.Result) attempt {
	a.answers = maps.Clone(a.answers)
	delete(a.answers, res.RetryField)
	a.was, a.is, a.note, a.formErrors = "", "", "", nil
	a.fieldErrors = map[string]string{res.RetryField: res.Summary}
	return a
}

// refusedEditMsg tells the metadata screen that its change was not made and what
// the server said about each field.
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

// findOwners looks up the users who have the values that are taken, by field, and
// leaves out those it cannot find. Only tasks may call it.
func findOwners(ctx context.Context, env *Env, a attempt, out desk.Outcome) map[string]*api.User {
	owners := map[string]*api.User{}
	for field, query := range a.op.FindTaken(out.Err, a.request()) {
		query.Limit = 1
		if found, err := env.Client.ListUsers(ctx, query); err == nil && len(found) > 0 {
			owners[field] = &found[0]
		}
	}
	return owners
}

// withOwners returns a with the owners of taken values named and linked in the
// errors at the fields.
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
