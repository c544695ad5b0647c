package sandbox

import (
	"errors"
	"math/big"
	"slices"
	"strings"

	"frontdesk/api/sandbox/store"
)

// organizationClaim is what a session token says of the session's active
// organization (claim "o", version 2). Role and slug are without their prefixes.
type organizationClaim struct {
	ID          string `json:"id"`
	Slug        string `json:"slg,omitempty"`
	Role        string `json:"rol"`
	Permissions string `json:"per,omitempty"`
	FeatureMap  string `json:"fpm,omitempty"`
}

// claimOrganization adds the active organization to the claims of a token. A
// session of somebody who has left the organization since has none.
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

// packPermissions writes org:FEATURE:PERMISSION keys as a token carries them: the
// features, the permissions of all of them, and for each feature the set of its
// permissions as a number whose lowest bit is the first permission. The system's
// own permissions (org:sys_…) are never in a token.
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

// memberOf is the user's membership of that organization, or [store.ErrNotFound].
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

// notAMember is err with an organization that the user is not in said as a
// mistake in the parameter that named it.
func notAMember(param string, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return errRefersToNothing(param)
	}
	return err
}
