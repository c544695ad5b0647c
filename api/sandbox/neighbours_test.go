package sandbox

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// keyOfSet returns the public key that a client reads from the key set.
func keyOfSet(t *testing.T, set fields) (*rsa.PublicKey, string) {
	t.Helper()
	keys := set["keys"].([]any)
	require.Len(t, keys, 1)
	key := keys[0].(fields)
	n, err := base64.RawURLEncoding.DecodeString(key["n"].(string))
	require.NoError(t, err)
	e, err := base64.RawURLEncoding.DecodeString(key["e"].(string))
	require.NoError(t, err)
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, key["kid"].(string)
}

func part(t *testing.T, text string) (out fields) {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &out))
	return out
}

func TestSessionToken_IsVerifiedByTheKeySet(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	s := d.session(u, "Now", func(s *store.Session) { s.ActorSub = "user_other" })
	made := d.do("POST", "/v1/sessions/"+s.ID+"/tokens", nil).ok()
	require.Equal(t, "token", made["object"])
	parts := strings.Split(made["jwt"].(string), ".")
	require.Len(t, parts, 3)

	key, id := keyOfSet(t, d.do("GET", "/v1/jwks", nil).ok())
	require.Equal(t, id, part(t, parts[0])["kid"])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	require.NoError(t, err)
	require.NoError(t, rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature))
	claims := part(t, parts[1])
	require.Equal(t, u.ID, claims["sub"])
	require.Equal(t, s.ID, claims["sid"])
	require.Equal(t, fields{"sub": "user_other"}, claims["act"])
	require.EqualValues(t, 60, claims["exp"].(float64)-claims["iat"].(float64))
	long := d.do("POST", "/v1/sessions/"+s.ID+"/tokens", fields{"expires_in_seconds": 600}).ok()
	claims = part(t, strings.Split(long["jwt"].(string), ".")[1])
	require.EqualValues(t, 600, claims["exp"].(float64)-claims["iat"].(float64))

	d.do("POST", "/v1/sessions/"+s.ID+"/tokens", fields{"expires_in_seconds": 0}).fails(422, "form_param_value_invalid")
	d.do("POST", "/v1/sessions/"+s.ID+"/tokens/mine", nil).fails(404, "resource_not_found")
	d.do("POST", "/v1/sessions/sess_x/tokens", nil).fails(404, "resource_not_found")
	d.do("POST", "/sessions/"+s.ID+"/revoke", nil).ok()
	d.do("POST", "/v1/sessions/"+s.ID+"/tokens", nil).fails(404, "resource_not_found")
}

func TestInvitations(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	made := d.do("POST", "/v1/invitations", fields{"email_address": "New@Mail.example", "public_metadata": fields{"plan": "gold"},
		"expires_in_days": 2, "notify": false, "redirect_url": "https://shop.example"}).ok()
	require.Equal(t, "invitation", made["object"])
	require.Equal(t, "new@mail.example", made["email_address"])
	require.Equal(t, "pending", made["status"])
	require.Equal(t, fields{"plan": "gold"}, made["public_metadata"])
	id := made["id"].(string)
	d.do("POST", "/v1/invitations", fields{"email_address": "new@mail.example"}).fails(400, "duplicate_record")
	d.do("POST", "/v1/invitations", fields{"email_address": "new@mail.example", "ignore_existing": true}).ok()
	d.do("POST", "/v1/invitations", fields{"email_address": u.Emails[0].Address}).fails(422, "form_identifier_exists")
	d.do("POST", "/v1/invitations", fields{"email_address": "x"}).fails(422, "form_param_format_invalid")
	d.do("POST", "/v1/invitations", fields{}).fails(422, "form_param_missing")
	d.do("POST", "/v1/invitations", fields{"email_address": "a@b.example", "color": "red"}).fails(422, "form_param_unknown")
	d.do("POST", "/v1/invitations", fields{"email_address": "a@b.example", "expires_in_days": 400}).fails(422, "form_param_value_invalid")

	bulk := d.do("POST", "/v1/invitations/bulk", []fields{{"email_address": "one@mail.example"}, {"email_address": "two@mail.example"}}).list()
	require.Len(t, bulk, 2)
	d.do("POST", "/v1/invitations/bulk", []fields{{"email_address": "three@mail.example"}, {"email_address": "two@mail.example"}}).fails(400, "duplicate_record")
	require.EqualValues(t, 4, d.do("GET", "/v1/invitations?paginated=true&limit=1", nil).ok()["total_count"], "a bulk is made whole or not at all")
	d.do("POST", "/v1/invitations/bulk", fields{}).fails(400, "request_body_invalid")

	require.Equal(t, "revoked", d.do("POST", "/v1/invitations/"+id+"/revoke", "null").ok()["status"])
	d.do("POST", "/v1/invitations/"+id+"/revoke", nil).fails(400, "invitation_cannot_be_revoked_code")
	d.do("POST", "/v1/invitations/inv_x/revoke", nil).fails(404, "resource_not_found")
	require.Len(t, d.do("GET", "/v1/invitations?status=pending&query=two", nil).list(), 1)
	d.pass(31 * 24 * time.Hour)
	require.Len(t, d.do("GET", "/v1/invitations?status=expired", nil).list(), 3)
}

func TestOrganizations_Members(t *testing.T) {
	d := newTestServer(t)
	a, b := d.person("Ann", 1), d.person("Bob", 2)
	acme := &store.Organization{ID: testID("org", "Acme"), Name: "Acme", Slug: "acme", CreatedAt: 1000, UpdatedAt: 1000}
	zen := &store.Organization{ID: testID("org", "Zen"), Name: "Zen", Slug: "zen", CreatedAt: 2000, UpdatedAt: 2000}
	d.put(acme, zen,
		&store.Membership{ID: testID("orgmem", "a"), UserID: a.ID, OrganizationID: acme.ID, Role: "org:admin", CreatedAt: 1, UpdatedAt: 1},
		&store.Membership{ID: testID("orgmem", "b"), UserID: b.ID, OrganizationID: acme.ID, Role: "org:member", CreatedAt: 2, UpdatedAt: 2})
	names := func(path string) (out []string) {
		for _, o := range d.do("GET", path, nil).ok()["data"].([]any) {
			out = append(out, o.(fields)["name"].(string))
		}
		return out
	}
	require.Equal(t, []string{"Zen", "Acme"}, names("/v1/organizations"))
	require.Equal(t, []string{"Acme", "Zen"}, names("/v1/organizations?order_by=%2Bname"))
	require.Equal(t, []string{"Acme"}, names("/v1/organizations?query=ACM"))
	require.Equal(t, "Acme", d.do("GET", "/v1/organizations/acme", nil).ok()["name"])
	require.EqualValues(t, 2, d.do("GET", "/v1/organizations/"+acme.ID, nil).ok()["members_count"])
	members := d.do("GET", "/v1/organizations/"+acme.ID+"/memberships?limit=1", nil).ok()
	require.EqualValues(t, 2, members["total_count"])
	require.Equal(t, b.ID, members["data"].([]any)[0].(fields)["public_user_data"].(fields)["user_id"], "newest first")
	d.do("GET", "/v1/organizations/nobody", nil).fails(404, "resource_not_found")
	d.do("POST", "/v1/organizations", fields{}).fails(405, "method_not_allowed")
	d.settings(func(s *store.Settings) { s.OrganizationsOff = true })
	d.do("GET", "/v1/organizations", nil).fails(403, "organization_not_enabled_in_instance")
}

func TestNeighbourRoutes_AnswerClerksClients(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.person("Ann", 1)
	s := d.session(u, "Now")
	client := d.do("GET", "/v1/clients/"+s.ClientID, nil).ok()
	require.Equal(t, []any{s.ID}, client["session_ids"])
	require.Equal(t, s.ID, client["last_active_session_id"])
	d.do("GET", "/v1/clients/client_x", nil).fails(404, "resource_not_found")
	d.do("GET", "/v1/clients", nil).fails(410, "operation_deprecated")
	require.Equal(t, "testing_token", d.do("POST", "/v1/testing_tokens", nil).ok()["object"])
	d.do("GET", "/users/"+u.ID+"/billing/subscription", nil).fails(403, "feature_not_enabled")
	d.do("GET", "/users/user_x/billing/credits", nil).fails(404, "resource_not_found")
	d.do("GET", "/users/"+u.ID+"/billing/subscription", nil, versionHeader, "2024-10-01").fails(404, "resource_not_found")
}

// The instance's features are switched while it runs, and the directory is unchanged.
func TestInstanceEndpoint_SwitchesFeatures(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	at := "/_sandbox/instance"
	require.Equal(t, true, d.do("GET", at, nil).ok()["ban"])
	d.do("PATCH", at, fields{"ban": false}).ok()
	require.Equal(t, fields{"ban": false, "lockout": false, "organizations": true, "passkeys": true, "lockout_seconds": 3600.0, "max_attempts": 10.0},
		d.do("PATCH", at, fields{"lockout": false}).ok(), "what is not named stays")
	d.do("POST", "/users/"+u.ID+"/ban", nil).fails(402, "unsupported_subscription_plan_features")
	d.do("POST", "/users", fields{"email_address": []string{"b@mail.example"}, "banned": true}).fails(402, "unsupported_subscription_plan_features")
	d.do("POST", "/users/"+u.ID+"/lock", nil).fails(403, "feature_not_enabled")
	require.Nil(t, d.do("GET", "/users/"+u.ID, nil).ok()["verification_attempts_remaining"])
	for _, body := range []any{fields{"color": 1}, fields{"max_attempts": 0}, fields{"lockout_seconds": -1}, "[]", "x", ""} {
		d.do("PATCH", at, body).fails(422, "form_param_value_invalid")
	}
	d.do("PATCH", at, fields{"lockout": true, "lockout_seconds": 0}).ok()
	locked := d.do("POST", "/users/"+u.ID+"/lock", nil).ok()
	require.Equal(t, true, locked["locked"])
	require.Nil(t, locked["lockout_expires_in_seconds"], "until somebody unlocks")
	d.do("PATCH", at, fields{"organizations": false, "passkeys": false}).ok()
	d.do("GET", "/users/"+u.ID+"/organization_memberships", nil).fails(403, "organization_not_enabled_in_instance")
	d.do("DELETE", "/users/"+u.ID+"/passkeys/idn_x", nil).fails(403, "feature_not_enabled")
	d.do("DELETE", at, nil).ok()
	d.do("POST", "/users/"+u.ID+"/ban", nil).ok()
	d.do("PUT", at, fields{}).fails(405, "method_not_allowed")

	var i Instance
	require.NoError(t, i.Off("ban", "passkeys"))
	require.ErrorContains(t, i.Off("gravity"), "gravity")
	other := newTestServer(t, func(o *Options) { o.Instance = i })
	other.do("POST", "/users/"+other.person("Ann", 1).ID+"/unban", nil).fails(402, "unsupported_subscription_plan_features")
}
