package search

import (
	"context"
	"slices"
	"strings"

	"frontdesk/api"
)

// parseOrganization parses an org: token. The server filters by ids; a name or slug stays
// unresolved until ResolveOrganizations has looked it up.
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

// UnresolvedOrganizations returns the names in org: tokens whose ids must be looked up
// before the search can be sent.
func (s Search) UnresolvedOrganizations() []string {
	var out []string
	for _, t := range s.Tokens {
		if t.orgName != "" && t.Problem == "" {
			out = append(out, t.orgName)
		}
	}
	return out
}

// maxOrganizations is how many organizations are requested for a part of a name.
const maxOrganizations = 20

// ResolveOrganizations looks up organizations by name with GET /organizations, which
// matches a part of the name or slug. A name that matches none, or several of which none
// has exactly that name, makes its token invalid and lists what there is. err is the
// server's error.
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

// resolveOrganization chooses from the organizations that a name may mean. It returns the
// filter, or nil if the token is invalid.
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
	t.Problem = "org: several have this name: " + strings.Join(names, ", ") + more
	t.Suggestion = "org:" + quoteValue(names[0])
	if t.Exclude {
		t.Suggestion = "-" + t.Suggestion
	}
	return nil
}
