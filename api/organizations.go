package api

import (
	"context"
	"encoding/json"
	"net/http"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// Memberships calls GET /users/{id}/organization_memberships, newest first. It fails with
// 403 organization_not_enabled_in_instance.
func (c *Client) Memberships(ctx context.Context, id clean.Text, limit, offset int) (Page[OrganizationMembership], error) {
	k, err := newUserCall("list the organizations of the user", http.MethodGet, id, "/organization_memberships")
	if err != nil {
		return Page[OrganizationMembership]{}, err
	}
	k.query = pageQuery(limit, offset)
	return doPage[OrganizationMembership](ctx, c, k, "a membership")
}

// OrganizationInvitation is an invitation of the user to an organization.
type OrganizationInvitation struct {
	ID             clean.Text      `json:"id"`
	EmailAddress   clean.Text      `json:"email_address"`
	Role           clean.Text      `json:"role"`
	RoleName       clean.Text      `json:"role_name"`
	OrganizationID clean.Text      `json:"organization_id"`
	Status         clean.Text      `json:"status"` // pending, accepted, revoked, expired
	URL            wire.Secret     `json:"url"`    // a secret: whoever has it can accept
	InviterID      clean.Text      `json:"inviter_id"`
	Organization   Organization    `json:"public_organization_data"`
	PublicMetadata json.RawMessage `json:"public_metadata"`
	ExpiresAt      wire.Time       `json:"expires_at"`
	CreatedAt      wire.Time       `json:"created_at"`
	UpdatedAt      wire.Time       `json:"updated_at"`
	Problems       []clean.Text    `json:"-" wire:"problems"`
}

// Invitations calls GET /users/{id}/organization_invitations. An empty status returns all.
func (c *Client) Invitations(ctx context.Context, id clean.Text, status string, limit, offset int) (Page[OrganizationInvitation], error) {
	k, err := newUserCall("list the invitations of the user", http.MethodGet, id, "/organization_invitations")
	if err != nil {
		return Page[OrganizationInvitation]{}, err
	}
	k.query = pageQuery(limit, offset)
	if status != "" {
		k.query.Set("status", status)
	}
	return doPage[OrganizationInvitation](ctx, c, k, "an invitation")
}

// Organizations calls GET /organizations and returns those with the query as their id or
// in their name or slug, newest first; an empty query returns all. It is how to find the
// id that organization_id takes. It fails with 403 organization_not_enabled_in_instance.
func (c *Client) Organizations(ctx context.Context, query string, limit, offset int) (Page[Organization], error) {
	k := call{op: "look up the organization", method: http.MethodGet, path: "/organizations", query: pageQuery(limit, offset)}
	if query != "" {
		k.query.Set("query", query)
	}
	return doPage[Organization](ctx, c, k, "an organization")
}
