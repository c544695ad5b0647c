package sandbox

import (
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

// listOrganizations answers GET /organizations, newest first: query is an id, or
// a part of a name or slug. The reference's list does without it; the vendor's
// SDKs have it.
func listOrganizations(c *call) (any, error) {
	params, refused := c.query()
	if refused != nil {
		return nil, refused
	}
	limit, offset, refused := params.page()
	if refused != nil {
		return nil, refused
	}
	query := strings.ToLower(params.first("query"))
	page := wirePage[wireOrganization]{Data: []wireOrganization{}}
	err := c.read(func(tx *store.Tx) error {
		settings, err := c.settings(tx)
		switch {
		case err != nil:
			return err
		case settings.OrganizationsOff:
			return errOrganizationsOff
		}
		all, err := tx.Organizations()
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(o *store.Organization) bool {
			return o.ID != params.first("query") && !strings.Contains(strings.ToLower(o.Name), query) && !strings.Contains(o.Slug, query)
		})
		slices.SortStableFunc(all, func(a, b *store.Organization) int { return int(b.CreatedAt - a.CreatedAt) })
		page.Total = len(all)
		for _, o := range all[min(offset, len(all)):min(offset+limit, len(all))] {
			shown, err := c.viewer(settings).organization(tx, o)
			if err != nil {
				return err
			}
			page.Data = append(page.Data, shown)
		}
		return nil
	})
	return page, err
}

func (v viewer) organization(tx *store.Tx, o *store.Organization) (wireOrganization, error) {
	members, err := tx.CountMembers(o.ID)
	return wireOrganization{
		Object: "organization", ID: o.ID, Name: o.Name, Slug: o.Slug, ImageURL: v.server.organizationImage(v.settings.InstanceID, o.ID),
		Members: members, MaxMembers: o.MaxMembers, AdminDelete: true, Public: object(o.Public), Private: object(nil),
		CreatedBy: o.CreatedBy, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt,
	}, err
}
