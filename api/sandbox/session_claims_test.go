package sandbox

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func (d *testServer) claims(sessionID string) fields {
	d.t.Helper()
	made := d.do("POST", "/v1/sessions/"+sessionID+"/tokens", nil).ok()
	return part(d.t, strings.Split(made["jwt"].(string), ".")[1])
}

func TestSessionToken_NamesTheActiveOrganization(t *testing.T) {
	d := newOrganizationServer(t)
	ann, bob := testID("user", "Ann"), testID("user", "Bob")
	require.NotContains(t, d.claims(d.do("POST", "/sessions", fields{"user_id": ann}).ok()["id"].(string)), "o", "none is active")

	made := d.do("POST", "/sessions", fields{"user_id": ann, "active_organization_id": testID("org", "Acme")}).ok()
	require.Equal(t, testID("org", "Acme"), made["last_active_organization_id"])
	claims := d.claims(made["id"].(string))
	require.Equal(t, fields{"id": testID("org", "Acme"), "slg": "acme-hq", "rol": "admin"}, claims["o"])
	require.NotContains(t, claims, "fea")
	require.EqualValues(t, 2, claims["v"])

	for _, org := range []string{testID("org", "mid"), "org_x"} {
		got := d.do("POST", "/sessions", fields{"user_id": bob, "active_organization_id": org}).fails(422, "form_resource_not_found")
		require.Equal(t, "active_organization_id", got.Meta["param_name"], "Bob is in no such organization")
	}
	d.settings(func(*store.Settings) {})
	s := d.session(&store.User{ID: bob}, "Left", func(s *store.Session) { s.OrganizationID = testID("org", "mid") })
	require.NotContains(t, d.claims(s.ID), "o", "they have left it since")
}

// The example is from Clerk's documentation of version 2 tokens.
func TestSessionToken_PacksPermissions(t *testing.T) {
	d := newOrganizationServer(t)
	dot := testID("user", "Dot")
	d.put(&store.Membership{ID: testID("orgmem", "Dot"), UserID: dot, OrganizationID: testID("org", "Zen"), Role: "org:box_office",
		Permissions: []string{"org:sys_memberships:read", "org:tickets:read", "org:tickets:sell", "org:seats:read", "org:seats:read", "odd"}})
	made := d.do("POST", "/sessions", fields{"user_id": dot, "active_organization_id": testID("org", "Zen")}).ok()
	claims := d.claims(made["id"].(string))
	require.Equal(t, "o:seats,o:tickets", claims["fea"])
	require.Equal(t, fields{"id": testID("org", "Zen"), "slg": "zen-hq", "rol": "box_office", "per": "read,sell", "fpm": "1,3"}, claims["o"])

	for _, set := range [][]string{nil, {"org:a:x"}, {"org:a:x", "org:a:y", "org:b:y", "org:c:z", "org:c:x"}, {"org:b:manage", "org:a:read"}} {
		require.ElementsMatch(t, set, unpacked(packPermissions(set)))
	}
}

// unpacked decodes the three lists as Clerk's clients do.
func unpacked(features, permissions, masks []string) (keys []string) {
	for i, feature := range features {
		mask := 0
		for _, digit := range masks[i] {
			mask = mask*10 + int(digit-'0')
		}
		for bit, permission := range permissions {
			if mask>>bit&1 == 1 {
				keys = append(keys, "org:"+feature+":"+permission)
			}
		}
	}
	return keys
}
