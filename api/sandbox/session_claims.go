package sandbox

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

// organizationClaim is the claim "o" of a session token (version 2): the session's active
// organization. Role and slug are without their prefixes.
type organizationClaim struct {
	ID          string `json:"id"`
	Slug        string `json:"slg,omitempty"`
	Role        string `json:"rol"`
	Permissions string `json:"per,omitempty"`
	FeatureMap  string `json:"fpm,omitempty"`
}

// claimOrganization adds the active organization to a token's claims, unless the user has
// left it since.
func claimOrganization(tx *store.Tx, s *store.Session, claims map[string]any) error {
	m, err := memberOf(tx, s.UserID, s.OrganizationID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	o, err := tx.Organization(m.OrganizationID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	features, permissions, masks := packPermissions(m.Permissions)
	claims["o"] = organizationClaim{
		ID: o.ID, Slug: o.Slug, Role: strings.TrimPrefix(m.Role, "org:"),
		Permissions: strings.Join(permissions, ","), FeatureMap: strings.Join(masks, ","),
	}
	if len(features) > 0 {
		claims["fea"] = "o:" + strings.Join(features, ",o:")
	}
	return nil
}

// packPermissions encodes org:FEATURE:PERMISSION keys as session tokens have them: the
// features, all their permissions, and for each feature its permissions as a bit mask
// whose lowest bit is the first permission. The system permissions (org:sys_…) are never
// in a token.
func packPermissions(keys []string) (features, permissions, masks []string) {
	has := map[string][]string{}
	for _, key := range keys {
		parts := strings.Split(key, ":")
		if len(parts) != 3 || parts[0] != "org" || strings.HasPrefix(parts[1], "sys_") {
			continue
		}
		if feature, permission := parts[1], parts[2]; !slices.Contains(has[feature], permission) {
			has[feature] = append(has[feature], permission)
			permissions = append(permissions, permission)
		}
	}
	slices.Sort(permissions)
	permissions = slices.Compact(permissions)
	for feature := range has {
		features = append(features, feature)
	}
	slices.Sort(features)
	for _, feature := range features {
		mask := new(big.Int)
		for _, permission := range has[feature] {
			mask.SetBit(mask, slices.Index(permissions, permission), 1)
		}
		masks = append(masks, mask.String())
	}
	return features, permissions, masks
}

// memberOf returns the user's membership of the organization, or [store.ErrNotFound].
func memberOf(tx *store.Tx, userID, organizationID string) (*store.Membership, error) {
	all, _, err := tx.Memberships(userID, 0, 0)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(m *store.Membership) bool { return m.OrganizationID == organizationID })
	if i < 0 {
		return nil, store.ErrNotFound
	}
	return all[i], nil
}

// notAMember turns err into an error for the parameter that named an organization that the
// user is not a member of.
func notAMember(param string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return errRefersToNothing(param)
	}
	return err
}
