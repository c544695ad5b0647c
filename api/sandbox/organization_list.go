package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

// listOrganizations are few: they are filtered and ordered here.
func listOrganizations(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	like, order := strings.ToLower(params.first("query")), params.first("order_by")
	page := wirePage[wireOrganization]{Data: []wireOrganization{}}
	err := c.inOrganizations(func(tx *store.Tx, v viewer) error {
		all, err := tx.Organizations()
		if err != nil {
			return err
		}
		var found []wireOrganization
		for _, o := range all {
			if !strings.Contains(strings.ToLower(o.Name), like) && !strings.Contains(o.Slug, like) && o.ID != params.first("query") {
				continue
			}
			shown, err := v.organization(tx, o)
			if err != nil {
				return err
			}
			found = append(found, shown)
		}
		sortOrganizations(found, order)
		page.Data, page.Total = append(page.Data, cut(found, limit, offset)...), len(found)
		return nil
	})
	return page, err
}

// sortOrganizations is newest first unless order says otherwise.
func sortOrganizations(all []wireOrganization, order string) {
	field := strings.TrimLeft(order, "+- ")
	slices.SortFunc(all, func(a, b wireOrganization) int {
		by := cmp.Compare(a.CreatedAt, b.CreatedAt)
		switch field {
		case "name":
			by = strings.Compare(a.Name, b.Name)
		case "members_count":
			by = cmp.Compare(a.Members, b.Members)
		}
		if by = cmp.Or(by, strings.Compare(a.ID, b.ID)); order == "" || strings.HasPrefix(order, "-") {
			return -by
		}
		return by
	})
}

// organizationOf loads the organization of the path, by its id or its slug.
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
	err := c.inOrganizations(func(tx *store.Tx, v viewer) error {
		o, err := c.organizationOf(tx)
		if err != nil {
			return err
		}
		out, err = v.organization(tx, o)
		return err
	})
	return out, err
}

// listMembers are the memberships of an organization, newest first.
func listMembers(c *call) (any, error) {
	_, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	page := wirePage[wireMembership]{Data: []wireMembership{}}
	err := c.inOrganizations(func(tx *store.Tx, v viewer) error {
		o, err := c.organizationOf(tx)
		if err != nil {
			return err
		}
		list, total, err := tx.Members(o.ID, limit, offset)
		if err != nil {
			return err
		}
		page.Total = total
		for _, m := range list {
			u, err := tx.User(m.UserID)
			if err != nil {
				return err
			}
			shown, err := v.membership(tx, m, u)
			if err != nil {
				return err
			}
			page.Data = append(page.Data, shown)
		}
		return nil
	})
	return page, err
}
