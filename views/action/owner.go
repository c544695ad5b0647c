package action

import (
	"context"

	"frontdesk/api/desk"
	"frontdesk/views/person"
)

// named is it with who has what is taken, behind the server's words at the field.
// It reads: for Tasks only. Whom it does not find it does not name.
func (a asked) named(ctx context.Context, env *Env, out desk.Outcome) asked {
	for field, query := range a.op.Taken(out.Err, a.request()) {
		query.Limit = 1
		found, err := env.Client.ListUsers(ctx, query)
		if err != nil || len(found) == 0 || a.wrong[field] == "" {
			continue
		}
		a.wrong[field] = sentence(a.wrong[field]) + " " + person.Called(&found[0]) + " has it."
	}
	return a
}
