package action

import (
	"context"

	"frontdesk/api/desk"
	"frontdesk/tui"
	"frontdesk/views/person"
)

// named is it with who has what is taken, behind the server's words at the field.
// It reads: for Tasks only. Whom it does not find it does not name.
func (a asked) named(ctx context.Context, env *Env, out desk.Outcome) asked {
	a.owners = map[string]*tui.Link{}
	for field, query := range a.op.Taken(out.Err, a.request()) {
		query.Limit = 1
		found, err := env.Client.ListUsers(ctx, query)
		if err != nil || len(found) == 0 || a.wrong[field] == "" {
			continue
		}
		owner := &found[0]
		a.wrong[field] = sentence(a.wrong[field]) + " " + person.Called(owner) + " has it."
		if env.Open != nil {
			a.owners[field] = &tui.Link{Name: person.Name(owner), Open: func() tui.View { return env.Open(env, owner) }}
		}
	}
	return a
}
