package action

import (
	"context"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// owners finds who has what is taken, by field. It reads: for Tasks only. Whom it
// does not find it leaves out.
func owners(ctx context.Context, env *Env, a asked, out desk.Outcome) map[string]*api.User {
	have := map[string]*api.User{}
	for field, query := range a.op.FindTaken(out.Err, a.request()) {
		query.Limit = 1
		if found, err := env.Client.ListUsers(ctx, query); err == nil && len(found) > 0 {
			have[field] = &found[0]
		}
	}
	return have
}

// named is it with who has what is taken, behind the server's words at the field.
func (a asked) named(env *Env, owners map[string]*api.User) asked {
	a.owners = map[string]*tui.Link{}
	for field, owner := range owners {
		if a.wrong[field] == "" {
			continue
		}
		a.wrong[field] = sentence(a.wrong[field]) + " " + userfmt.Called(owner) + " has it."
		if env.NewUserView != nil {
			a.owners[field] = &tui.Link{Name: userfmt.Name(owner), Open: func() tui.View { return env.NewUserView(env, owner) }}
		}
	}
	return a
}
