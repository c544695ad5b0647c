package search

import (
	"context"
	"slices"
	"strings"

	"frontdesk/api"
)

// parseOrganization is a token for the members of one. The server's filter takes ids;
// a name or slug stays open until Resolve has looked it up.
func (p *parser) parseOrganization(t *Token) {
	if strings.HasPrefix(t.Value, "org_") {
		t.parseExact(&p.s.Query.OrganizationID, "organization", "organizations", ID, nil)
		t.Highlights, t.matches = nil, nil
		return
	}
	t.orgName, t.Meaning = t.Value, "in “"+t.Value+"”"
	if t.Exclude {
		t.Meaning = "not " + t.Meaning
	}
}

// UnresolvedOrganizations returns the names in org: tokens whose ids have to be looked up
// before the search can be asked.
func (s Search) UnresolvedOrganizations() []string {
	var out []string
	for _, t := range s.Tokens {
		if t.orgName != "" && t.Problem == "" {
			out = append(out, t.orgName)
		}
	}
	return out
}

// maxOrganizations is how many organizations are asked for by a part of a name.
const maxOrganizations = 20

// ResolveOrganizations looks up the names of organizations: by GET /organizations, which
// matches a part of name or slug. A name that means none, or several of which
// none is called just that, makes its token wrong, with what there is. err is
// that of the server.
func (s Search) ResolveOrganizations(ctx context.Context, c *api.Client) (Search, error) {
	s.Tokens = slices.Clone(s.Tokens)
	s.Query.OrganizationID = slices.Clone(s.Query.OrganizationID)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.orgName == "" {
			continue
		}
		found, err := c.Organizations(ctx, t.orgName, maxOrganizations, 0)
		if err != nil {
			return s, err
		}
		s.Query.OrganizationID = append(s.Query.OrganizationID, t.resolveOrganization(found.Rows)...)
	}
	return s, nil
}

// resolveOrganization takes the organizations that a name may mean; the result is the
// filter, nil where the token is wrong.
func (t *Token) resolveOrganization(found []api.Organization) []string {
	called := func(o api.Organization) bool {
		return strings.EqualFold(o.Slug.Raw(), t.orgName) || Fold(o.Name.Raw()).Text == Fold(t.orgName).Text
	}
	if at := slices.IndexFunc(found, called); at >= 0 {
		found = found[at : at+1]
	}
	switch len(found) {
	case 0:
		t.Problem = "No organization is called “" + t.orgName + "”."
		return nil
	case 1:
		minus := ""
		t.Meaning = "in " + found[0].Name.Display()
		if t.Exclude {
			minus, t.Meaning = "-", "not "+t.Meaning
		}
		t.orgName = ""
		return []string{minus + found[0].ID.Raw()}
	}
	const named = 3
	var names []string
	for _, o := range found[:min(named, len(found))] {
		names = append(names, o.Slug.Display())
	}
	more := ""
	if len(found) > named {
		more = " …"
	}
	t.Problem = "org: several are called so: " + strings.Join(names, ", ") + more
	t.Suggestion = "org:" + quoteValue(names[0])
	if t.Exclude {
		t.Suggestion = "-" + t.Suggestion
	}
	return nil
}
