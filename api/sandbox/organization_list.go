package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

var organizationOrders = map[string]bool{"created_at": true, "name": true, "members_count": true}

// organizationFilter is the query of a list of organizations.
type organizationFilter struct {
	query        string // an id, or a part of a name or a slug
	ids, userIDs []string
	order        string
	desc         bool
}

func (v values) organizations() (f organizationFilter, refused *apiError) {
	f.query = strings.TrimSpace(v.first("query"))
	if f.ids, refused = v.signed("organization_id"); refused != nil {
		return f, refused
	}
	if f.userIDs, refused = v.signed("user_id"); refused != nil {
		return f, refused
	}
	for _, name := range []string{"include_members_count", "include_missing_member_with_elevated_permissions"} {
		if _, refused = v.flag(name); refused != nil {
			return f, refused
		}
	}
	f.order, f.desc, refused = v.orderAmong(organizationOrders)
	return f, refused
}

// listOrganizations filters and sorts in memory, since there are few organizations.
func listOrganizations(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	filter, refused := params.organizations()
	if refused != nil {
		return nil, refused
	}
	page := wirePage[wireOrganization]{Data: []wireOrganization{}}
	err := c.readOrganizations(func(tx *store.Tx, v viewer) error {
		all, err := tx.Organizations()
		if err != nil {
			return err
		}
		keeps, err := filter.matcher(tx)
		if err != nil {
			return err
		}
		var found []wireOrganization
		for _, o := range all {
			if !keeps(o) {
				continue
			}
			shown, err := v.organization(tx, o)
			if err != nil {
				return err
			}
			found = append(found, shown)
		}
		sortOrganizations(found, filter.order, filter.desc)
		page.Data, page.Total = append(page.Data, pageOf(found, limit, offset)...), len(found)
		return nil
	})
	return page, err
}

// matcher returns a function that reports whether an organization matches.
func (f organizationFilter) matcher(tx *store.Tx) (func(*store.Organization) bool, error) {
	with, without := splitSigned(f.userIDs)
	ofWith, err := organizationsOf(tx, with)
	if err != nil {
		return nil, err
	}
	ofWithout, err := organizationsOf(tx, without)
	if err != nil {
		return nil, err
	}
	ids, notIDs := splitSigned(f.ids)
	like := strings.ToLower(f.query)
	return func(o *store.Organization) bool {
		switch {
		case len(ids) > 0 && !slices.Contains(ids, o.ID), slices.Contains(notIDs, o.ID),
			len(with) > 0 && !ofWith[o.ID], ofWithout[o.ID]:
			return false
		}
		return like == "" || o.ID == f.query || strings.Contains(strings.ToLower(o.Name), like) || strings.Contains(strings.ToLower(o.Slug), like)
	}, nil
}

// splitSigned separates the values that include from those that exclude.
func splitSigned(values []string) (include, exclude []string) {
	for _, value := range values {
		if id, excluded := strings.CutPrefix(value, "-"); excluded {
			exclude = append(exclude, id)
		} else {
			include = append(include, strings.TrimPrefix(value, "+"))
		}
	}
	return include, exclude
}

// organizationsOf returns the ids of the organizations that any of the users is a member
// of.
func organizationsOf(tx *store.Tx, userIDs []string) (map[string]bool, error) {
	ids := map[string]bool{}
	for _, userID := range userIDs {
		all, _, err := tx.Memberships(userID, 0, 0)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			ids[m.OrganizationID] = true
		}
	}
	return ids, nil
}

func sortOrganizations(all []wireOrganization, field string, desc bool) {
	slices.SortFunc(all, func(a, b wireOrganization) int {
		by := cmp.Compare(a.CreatedAt, b.CreatedAt)
		switch field {
		case "name":
			by = cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name))
		case "members_count":
			by = cmp.Compare(a.Members, b.Members)
		}
		if by = cmp.Or(by, strings.Compare(a.ID, b.ID)); desc {
			return -by
		}
		return by
	})
}

// organizationOf loads the organization in the path, by its id or its slug.
func (c *call) organizationOf(tx *store.Tx) (*store.Organization, error) {
	named := c.path["organization_id"]
	all, err := tx.Organizations()
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(o *store.Organization) bool { return o.ID == named || o.Slug == named }); i >= 0 {
		return all[i], nil
	}
	return nil, fail(404, "resource_not_found", "not found", "Given organization not found.")
}

func getOrganization(c *call) (any, error) {
	var out wireOrganization
	err := c.readOrganizations(func(tx *store.Tx, v viewer) error {
		o, err := c.organizationOf(tx)
		if err != nil {
			return err
		}
		out, err = v.organization(tx, o)
		return err
	})
	return out, err
}
