package sandbox

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

type wireOrganization struct {
	Object      string          `json:"object"`
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Slug        string          `json:"slug"`
	ImageURL    string          `json:"image_url"`
	HasImage    bool            `json:"has_image"`
	Members     int             `json:"members_count"`
	MaxMembers  int             `json:"max_allowed_memberships"`
	AdminDelete bool            `json:"admin_delete_enabled"`
	Public      json.RawMessage `json:"public_metadata"`
	Private     json.RawMessage `json:"private_metadata"`
	CreatedBy   string          `json:"created_by,omitempty"`
	CreatedAt   int64           `json:"created_at"`
	UpdatedAt   int64           `json:"updated_at"`
}

type wireMembership struct {
	Object       string           `json:"object"`
	ID           string           `json:"id"`
	Role         string           `json:"role"`
	RoleName     string           `json:"role_name"`
	Permissions  []string         `json:"permissions"`
	Public       json.RawMessage  `json:"public_metadata"`
	Private      json.RawMessage  `json:"private_metadata"`
	Organization wireOrganization `json:"organization"`
	User         wirePublicUser   `json:"public_user_data"`
	CreatedAt    int64            `json:"created_at"`
	UpdatedAt    int64            `json:"updated_at"`
}

// wirePublicUser is what other members see of a user.
type wirePublicUser struct {
	UserID          string  `json:"user_id"`
	FirstName       *string `json:"first_name"`
	LastName        *string `json:"last_name"`
	ProfileImageURL *string `json:"profile_image_url,omitempty"`
	ImageURL        string  `json:"image_url"`
	HasImage        bool    `json:"has_image"`
	Identifier      string  `json:"identifier"`
	Username        *string `json:"username,omitempty"`
	Banned          *bool   `json:"banned,omitempty"`
	Deprovisioned   *bool   `json:"deprovisioned,omitempty"`
}

type wireInvitation struct {
	Object         string            `json:"object"`
	ID             string            `json:"id"`
	EmailAddress   string            `json:"email_address"`
	Role           string            `json:"role"`
	RoleName       string            `json:"role_name"`
	OrganizationID string            `json:"organization_id"`
	InviterID      *string           `json:"inviter_id"`
	Inviter        *wirePublicUser   `json:"public_inviter_data"`
	Status         string            `json:"status"`
	Public         json.RawMessage   `json:"public_metadata"`
	Private        json.RawMessage   `json:"private_metadata"`
	URL            *string           `json:"url"`
	ExpiresAt      *int64            `json:"expires_at"`
	CreatedAt      int64             `json:"created_at"`
	UpdatedAt      int64             `json:"updated_at"`
	Organization   *wireOrgReference `json:"public_organization_data,omitempty"`
}

type wireOrgReference struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Slug     string `json:"slug"`
	ImageURL string `json:"image_url"`
	HasImage bool   `json:"has_image"`
}

func listMemberships(c *call) (any, error) {
	_, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	page := wirePage[wireMembership]{Data: []wireMembership{}}
	err := c.readUserOrganizations(func(tx *store.Tx, v viewer, u *store.User) error {
		list, total, err := tx.Memberships(u.ID, limit, offset)
		if err != nil {
			return err
		}
		page.Total = total
		for _, m := range list {
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

// readOrganizations calls f on a snapshot if the instance has organizations enabled.
func (c *call) readOrganizations(f func(*store.Tx, viewer) error) error {
	return c.read(func(tx *store.Tx) error {
		settings, err := c.settings(tx)
		if err != nil {
			return err
		}
		if settings.OrganizationsOff {
			return errOrganizationsOff
		}
		return f(tx, c.viewer(settings))
	})
}

// readUserOrganizations is readOrganizations with the user in the path.
func (c *call) readUserOrganizations(f func(*store.Tx, viewer, *store.User) error) error {
	return c.readOrganizations(func(tx *store.Tx, v viewer) error {
		u, err := c.user(tx)
		if err != nil {
			return err
		}
		return f(tx, v, u)
	})
}

func (v viewer) membership(tx *store.Tx, m *store.Membership, u *store.User) (wireMembership, error) {
	o, err := tx.Organization(m.OrganizationID)
	if err != nil {
		return wireMembership{}, err
	}
	organization, err := v.organization(tx, o)
	if err != nil {
		return wireMembership{}, err
	}
	user := v.publicUser(u)
	user.ProfileImageURL, user.Username = &user.ImageURL, orNull(u.Username)
	user.Banned, user.Deprovisioned = &u.Banned, &u.Deprovisioned
	w := wireMembership{
		Object: "organization_membership", ID: m.ID, Role: m.Role, RoleName: roleName(m.Role), Permissions: m.Permissions,
		Public: object(m.Public), Private: object(m.Private), User: user, CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt,
		Organization: organization,
	}
	if w.Permissions == nil {
		w.Permissions = []string{}
	}
	return w, nil
}

func (v viewer) organization(tx *store.Tx, o *store.Organization) (wireOrganization, error) {
	members, err := tx.CountMembers(o.ID)
	return wireOrganization{
		Object: "organization", ID: o.ID, Name: o.Name, Slug: o.Slug, ImageURL: v.server.organizationImage(v.settings.InstanceID, o.ID),
		Members: members, MaxMembers: o.MaxMembers, AdminDelete: true, Public: object(o.Public), Private: object(nil),
		CreatedBy: o.CreatedBy, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt,
	}, err
}

func (v viewer) publicUser(u *store.User) wirePublicUser {
	return wirePublicUser{
		UserID: u.ID, FirstName: orNull(u.FirstName), LastName: orNull(u.LastName),
		ImageURL: v.server.imageURL(v.settings.InstanceID, u), HasImage: u.ImageID != "", Identifier: accountOf(u),
	}
}

// roleName returns the name of a role key: Admin for org:admin.
func roleName(role string) string {
	name := strings.TrimPrefix(role, "org:")
	if name == "" {
		return role
	}
	return strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
}

var invitationStatuses = []string{"", "pending", "accepted", "revoked", "expired"}

func listInvitations(c *call) (any, error) {
	params, limit, offset, refused := c.list()
	if refused != nil {
		return nil, refused
	}
	status := params.first("status")
	if !slices.Contains(invitationStatuses, status) {
		return nil, errValue("status", quoteTruncated(status))
	}
	page := wirePage[wireInvitation]{Data: []wireInvitation{}}
	err := c.readUserOrganizations(func(tx *store.Tx, v viewer, u *store.User) error {
		list, total, err := tx.Invitations(u.ID, status, limit, offset)
		if err != nil {
			return err
		}
		page.Total = total
		for _, i := range list {
			shown, err := v.invitation(tx, i)
			if err != nil {
				return err
			}
			page.Data = append(page.Data, shown)
		}
		return nil
	})
	return page, err
}

func (v viewer) invitation(tx *store.Tx, i *store.Invitation) (wireInvitation, error) {
	w := wireInvitation{
		Object: "organization_invitation", ID: i.ID, EmailAddress: i.EmailAddress, Role: i.Role, RoleName: roleName(i.Role),
		OrganizationID: i.OrganizationID, InviterID: orNull(i.InviterID), Status: i.Status, Public: object(nil), Private: object(nil),
		ExpiresAt: msOrNull(i.ExpiresAt), CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
	}
	switch o, err := tx.Organization(i.OrganizationID); {
	case err == nil:
		w.Organization = &wireOrgReference{ID: o.ID, Name: o.Name, Slug: o.Slug, ImageURL: v.server.organizationImage(v.settings.InstanceID, o.ID)}
	case !errors.Is(err, store.ErrNotFound):
		return w, err
	}
	switch inviter, err := tx.User(i.InviterID); {
	case err == nil:
		shown := v.publicUser(inviter)
		w.Inviter = &shown
	case !errors.Is(err, store.ErrNotFound):
		return w, err
	}
	return w, nil
}
