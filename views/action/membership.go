package action

import (
	"context"

	"frontdesk/api"
	"frontdesk/views/action/wording"
	"frontdesk/views/mask"
)

// membership is what is known of a user's organizations: the first of them and how
// many there are.
type membership struct {
	of    []api.OrganizationMembership
	total int
	known bool
}

// knownMembership returns the memberships in the user or in the cache, without
// reading anything.
func knownMembership(env *Env, u *api.User) membership {
	if len(u.OrganizationMemberships) > 0 {
		return membership{u.OrganizationMemberships, len(u.OrganizationMemberships), true}
	}
	if list := env.UserCache().MembershipsOf(u.ID); list != nil {
		return membership{list.Rows, max(list.Total, len(list.Rows)), true}
	}
	return membership{}
}

// readMembership reads the memberships. If that fails, for example because
// organizations are off, nothing is known.
func readMembership(ctx context.Context, client *api.Client, u *api.User) membership {
	page, err := client.Memberships(ctx, u.ID, wording.MaxOrganizations, 0)
	if err != nil {
		return membership{}
	}
	return membership{page.Rows, max(page.Total, len(page.Rows)), true}
}

// shown is it as the screens may show it.
func (m membership) shown(env *Env) membership {
	m.of = mask.Copy(env.Mask, m.of)
	return m
}

// names returns the names of the first organizations and how many more there are.
func (m membership) names() []string { return wording.Organizations(m.of, m.total) }
