package sandbox

import (
	"slices"

	"frontdesk/api/sandbox/store"
)

var (
	memberOrders = map[string]bool{
		"created_at": true, "email_address": true, "first_name": true, "last_name": true, "phone_number": true, "username": true,
	}
	// memberFilters filter by the member, as in a list of users.
	memberFilters = []string{
		"user_id", "email_address", "phone_number", "username", "web3_wallet", "query", "email_address_query", "phone_number_query",
		"username_query", "name_query", "last_active_at_before", "last_active_at_after", "created_at_before", "created_at_after",
	}
)

// memberFilter is the query of a list of an organization's memberships.
type memberFilter struct {
	roles []string
	users store.Query
	// byUser reports whether filters or order need the users themselves.
	byUser bool
}

func (v values) members() (f memberFilter, refused *apiError) {
	if f.roles, refused = v.list("role"); refused != nil {
		return f, refused
	}
	users := v.only(memberFilters...)
	if f.users, refused = users.filters(); refused != nil {
		return f, refused
	}
	f.users.OrderBy, f.users.Desc, refused = v.orderAmong(memberOrders)
	f.byUser = len(users) > 0 || f.users.OrderBy != orderByDefault
	return f, refused
}

// listMembers lists an organization's memberships, newest first by default.
func listMembers(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	filter, refused := params.members()
	if refused != nil {
		return nil, refused
	}
	page := wirePage[wireMembership]{Data: []wireMembership{}}
	err := c.readOrganizations(func(tx *store.Tx, v viewer) error {
		o, err := c.organizationOf(tx)
		if err != nil {
			return err
		}
		list, total, err := filter.page(tx, o.ID, limit, offset)
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

// page returns one page of the matching memberships and the total.
func (f memberFilter) page(tx *store.Tx, organizationID string, limit, offset int) ([]*store.Membership, int, error) {
	if !f.byUser && len(f.roles) == 0 && f.users.Desc {
		return tx.Members(organizationID, limit, offset)
	}
	all, _, err := tx.Members(organizationID, 0, 0)
	if err != nil {
		return nil, 0, err
	}
	if len(f.roles) > 0 {
		all = slices.DeleteFunc(all, func(m *store.Membership) bool { return !slices.Contains(f.roles, m.Role) })
	}
	if f.byUser {
		if all, err = f.ofUsers(tx, organizationID, all); err != nil {
			return nil, 0, err
		}
	}
	if f.users.OrderBy == orderByDefault && !f.users.Desc {
		slices.Reverse(all)
	}
	return pageOf(all, limit, offset), len(all), nil
}

// ofUsers returns the memberships whose users match, in the order of the users unless f
// orders by membership.
func (f memberFilter) ofUsers(tx *store.Tx, organizationID string, all []*store.Membership) ([]*store.Membership, error) {
	q := f.users
	q.OrganizationIDs = []string{organizationID}
	users, err := tx.Users(q)
	if err != nil {
		return nil, err
	}
	place := make(map[string]int, len(users))
	for i, u := range users {
		place[u.ID] = i
	}
	all = slices.DeleteFunc(all, func(m *store.Membership) bool { _, found := place[m.UserID]; return !found })
	if f.users.OrderBy != orderByDefault {
		slices.SortStableFunc(all, func(a, b *store.Membership) int { return place[a.UserID] - place[b.UserID] })
	}
	return all, nil
}
