package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

var (
	appInvitationStatuses = []string{ticketPending, "accepted", ticketRevoked, ticketExpired}
	appInvitationOrders   = map[string]bool{"created_at": true, "email_address": true, "expires_at": true}
)

// appInvitationFilter is the query of a list of invitations.
type appInvitationFilter struct {
	statuses []string // empty means all but revoked
	query    string   // an id, or a part of an e-mail address
	order    string
	desc     bool
}

func (v values) appInvitations() (f appInvitationFilter, refused *apiError) {
	if f.statuses, refused = v.list("status"); refused != nil {
		return f, refused
	}
	for _, status := range f.statuses {
		if !slices.Contains(appInvitationStatuses, status) {
			return f, errValue("status", quoteTruncated(status))
		}
	}
	f.query = strings.TrimSpace(v.first("query"))
	f.order, f.desc, refused = v.orderAmong(appInvitationOrders)
	return f, refused
}

func (f appInvitationFilter) matches(i wireAppInvitation) bool {
	if len(f.statuses) == 0 && i.Revoked || len(f.statuses) > 0 && !slices.Contains(f.statuses, i.Status) {
		return false
	}
	return i.ID == f.query || strings.Contains(i.Email, strings.ToLower(f.query))
}

// sort orders invitations as the query asks.
func (f appInvitationFilter) sort(all []wireAppInvitation) {
	slices.SortStableFunc(all, func(a, b wireAppInvitation) int {
		by := cmp.Compare(a.CreatedAt, b.CreatedAt)
		switch f.order {
		case "email_address":
			by = strings.Compare(a.Email, b.Email)
		case "expires_at":
			by = cmp.Compare(a.ExpiresAt, b.ExpiresAt)
		}
		if by = cmp.Or(by, strings.Compare(a.ID, b.ID)); f.desc {
			return -by
		}
		return by
	})
}

func listAppInvitations(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	paginated, refused := params.flag("paginated")
	if refused != nil {
		return nil, refused
	}
	asked, refused := params.appInvitations()
	if refused != nil {
		return nil, refused
	}
	found := []wireAppInvitation{}
	err := c.read(func(tx *store.Tx) error {
		all, err := c.allInvitations(tx)
		for _, i := range all {
			if shown := c.viewAppInvitation(i); asked.matches(shown) {
				found = append(found, shown)
			}
		}
		asked.sort(found)
		return err
	})
	if err != nil {
		return nil, err
	}
	page := pageOf(found, limit, offset)
	if paginated != nil && *paginated {
		return wirePage[wireAppInvitation]{Data: page, Total: len(found)}, nil
	}
	return page, nil
}
