package action

import (
	"context"
	"fmt"

	"frontdesk/api"
)

// membership is which organizations somebody is in, as far as it is known: the
// beginning of the list, and how long that is.
type membership struct {
	of    []api.OrganizationMembership
	total int
	known bool
}

// orgsNamed is how many organizations are named; the line has more to say.
const orgsNamed = 2

// memberOf is what the user carries, else what was read when somebody looked.
func memberOf(env *Env, u *api.User) membership {
	if len(u.OrganizationMemberships) > 0 {
		return membership{u.OrganizationMemberships, len(u.OrganizationMemberships), true}
	}
	if list := env.UserCache().MembershipsOf(u.ID); list != nil {
		return membership{list.Rows, max(list.Total, len(list.Rows)), true}
	}
	return membership{}
}

// readMembership asks the server. Where organizations are off, or it does not
// answer, nothing is known.
func readMembership(ctx context.Context, env *Env, u *api.User) membership {
	page, err := env.Client.Memberships(ctx, u.ID, orgsNamed, 0)
	if err != nil {
		return membership{}
	}
	return membership{page.Rows, max(page.Total, len(page.Rows)), true}
}

// words are the names, and how many more there are.
func (m membership) words() []string {
	var out []string
	for i, in := range m.of {
		if i == orgsNamed {
			break
		}
		name := in.Organization.Name
		if name.Empty() {
			name = in.Organization.Slug
		}
		if name.Empty() {
			name = in.Organization.ID
		}
		out = append(out, name.Display())
	}
	if more := m.total - len(out); more > 0 && len(out) > 0 {
		out[len(out)-1] += fmt.Sprintf(" and %d more", more)
	}
	return out
}
