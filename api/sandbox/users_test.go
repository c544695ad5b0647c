package sandbox

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestListUsers_Pages(t *testing.T) {
	d := newTestServer(t)
	for i := range 12 {
		d.person(fmt.Sprintf("P%02d", i), i)
	}
	require.Equal(t, "P11 P10 P09 P08 P07 P06 P05 P04 P03 P02", d.do("GET", "/users", nil).names())
	require.Equal(t, "P11 P10", d.do("GET", "/users?limit=2", nil).names())
	require.Equal(t, "P01 P00", d.do("GET", "/users?offset=10", nil).names())
	require.Len(t, d.do("GET", "/users?limit=500", nil).list(), 12)
	require.Equal(t, "P00 P01", d.do("GET", "/users?limit=2&order_by=%2Bcreated_at", nil).names())
	require.Equal(t, "P00 P01", d.do("GET", "/users?limit=2&order_by=+created_at", nil).names(), "a plus that became a space")
	require.Equal(t, "P00 P01", d.do("GET", "/users?limit=2&order_by=created_at", nil).names())
	require.Equal(t, "P11 P10", d.do("GET", "/users?limit=2&order_by=-created_at&order_by=username", nil).names())
	require.Len(t, d.unchecked().do("GET", "/users?limit=501", nil).list(), 10)
}

func TestListUsers_Cursor(t *testing.T) {
	d := newTestServer(t)
	for i := range 7 {
		d.person(fmt.Sprintf("P%d", i), i)
	}
	for _, order := range []string{"", "-created_at", "created_at", "%2Bcreated_at"} {
		seen, after := []string{}, ""
		for {
			page := d.do("GET", "/users?limit=3&order_by="+order+"&starting_after="+after, nil).list()
			for _, u := range page {
				seen = append(seen, u["first_name"].(string))
				after = u["id"].(string)
			}
			if len(page) < 3 {
				break
			}
		}
		want := "P6 P5 P4 P3 P2 P1 P0"
		if !strings.HasPrefix(order, "-") && order != "" {
			want = "P0 P1 P2 P3 P4 P5 P6"
		}
		require.Equal(t, want, strings.Join(seen, " "))
	}
	cursor := "/users?starting_after=" + testID("user", "P1")
	d.do("GET", cursor+"&order_by=username", nil).fails(422, "form_conditional_param_disallowed")
	d.do("GET", cursor+"&offset=3", nil).fails(422, "form_conditional_param_disallowed")
	require.Equal(t, 200, d.do("GET", cursor+"&offset=0", nil).status)
	d.do("GET", "/users?starting_after=user_nobody", nil).fails(422, "form_resource_not_found")
}

func TestListUsers_Refusals(t *testing.T) {
	d := newTestServer(t)
	for query, code := range map[string]string{
		"limit=0": "form_param_value_invalid", "limit=-1": "form_param_value_invalid", "limit=many": "form_param_type_invalid",
		"limit=1.5": "form_param_type_invalid", "offset=-1": "form_param_value_invalid", "offset=x": "form_param_type_invalid",
		"order_by=shoe_size": "form_param_value_invalid", "order_by=--created_at": "form_param_value_invalid", "order_by=-": "form_param_value_invalid",
		"banned=perhaps": "form_param_type_invalid", "created_at_before=yesterday": "form_param_invalid_date",
		"last_active_at_since=2023-11-23": "form_param_invalid_date", "provider=oauth_google": "form_conditional_param_missing",
		"provider_user_id=1":                        "form_conditional_param_missing",
		strings.Repeat("email_address=a%40b&", 101): "form_param_duplicate",
	} {
		d.do("GET", "/users?"+query, nil).fails(422, code)
		if !strings.HasPrefix(query, "limit") && !strings.HasPrefix(query, "offset") && !strings.HasPrefix(query, "order") {
			d.do("GET", "/users/count?"+query, nil).fails(422, code)
		}
	}
	d.do("GET", "/users?query=%zz", nil).fails(400, "malformed_request_parameters")
}

// filterable returns a directory in which every filter matches a different user.
func filterable(t *testing.T) *testServer {
	d := newTestServer(t)
	d.person("Ann", 1, func(u *store.User) { u.ExternalID, u.LastActiveAt = "crm-1", testStart.Add(-time.Hour).UnixMilli() })
	d.person("Bob", 2, func(u *store.User) {
		u.Banned, u.LastSignInAt = true, testStart.Add(-2*time.Hour).UnixMilli()
		u.Phones = []store.Phone{{ID: testID("idn", "BobPhone"), Number: "+14155550142"}}
		u.PrimaryPhoneID = u.Phones[0].ID
	})
	d.person("Cleo", 3, func(u *store.User) {
		u.Wallets = []store.Wallet{{ID: testID("idn", "CleoWallet"), Address: "0x71C7656EC7ab88b098defB751B7401B5f6d8976F"}}
		u.External = []store.ExternalAccount{{
			ID: testID("eac", "CleoGoogle"), IdentificationID: testID("idn", "CleoGoogle"), Provider: "oauth_google", ProviderUserID: "1077",
			Verification: &store.Verification{Object: "verification_oauth", Status: statusVerified, Strategy: "oauth_google"},
		}}
	})
	org := &store.Organization{ID: testID("org", "Pine"), Name: "Pine", Slug: "pine"}
	d.put(org, &store.Membership{ID: testID("orgmem", "Ann"), UserID: testID("user", "Ann"), OrganizationID: org.ID, Role: "org:admin"})
	return d
}

func TestListUsers_Filters(t *testing.T) {
	d := filterable(t)
	at := func(ago time.Duration) string { return fmt.Sprint(testStart.Add(-ago).UnixMilli()) }
	for query, want := range map[string]string{
		"":                                 "Cleo Bob Ann",
		"email_address=ann@mail.example":   "Ann",
		"email_address=ANN@MAIL.EXAMPLE":   "Ann",
		"email_address[]=ann@mail.example": "Ann",
		"email_address=ann@mail.example&email_address=nobody@x.example&phone_number=%2B14155550142": "Bob Ann",
		"phone_number=+14155550142": "Bob",
		"username=cleo_x":           "Cleo",
		"web3_wallet=0x71C7656EC7ab88b098defB751B7401B5f6d8976F": "Cleo",
		"external_id=crm-1":                                   "Ann",
		"external_id=-crm-1":                                  "Cleo Bob",
		"user_id=" + testID("user", "Bob"):                    "Bob",
		"user_id=%2B" + testID("user", "Bob"):                 "Bob",
		"user_id=-" + testID("user", "Bob"):                   "Cleo Ann",
		"organization_id=" + testID("org", "Pine"):            "Ann",
		"organization_id=-" + testID("org", "Pine"):           "Cleo Bob",
		"query=cleo@":                                         "Cleo",
		"query=EXAMPLE":                                       "Cleo Bob Ann",
		"query=5550142":                                       "Bob",
		"email_address_query=BOB@":                            "Bob",
		"phone_number_query=0142":                             "Bob",
		"username_query=leo":                                  "Cleo",
		"name_query=ann":                                      "Ann",
		"banned=true":                                         "Bob",
		"banned=false":                                        "Cleo Ann",
		"last_active_at_since=" + at(time.Hour):               "Ann",
		"last_active_at_after=" + at(time.Hour):               "",
		"last_active_at_before=" + at(time.Minute):            "Ann",
		"last_sign_in_at_after=" + at(3*time.Hour):            "Bob",
		"last_sign_in_at_before=" + at(2*time.Hour):           "",
		"created_at_after=" + at(24*time.Hour-2*time.Minute):  "Cleo",
		"created_at_before=" + at(24*time.Hour-2*time.Minute): "Ann",
		"provider=oauth_google&provider_user_id=1077":         "Cleo",
		"provider=oauth_github&provider_user_id=1077":         "",
		"banned=false&query=ann":                              "Ann",
		"banned=true&query=ann":                               "",
	} {
		require.Equal(t, want, d.do("GET", "/users?"+query, nil).names(), query)
		count := d.do("GET", "/users/count?"+query+"&limit=x&offset=y&order_by=z", nil)
		require.EqualValues(t, len(strings.Fields(want)), count.ok()["total_count"], query)
		require.Equal(t, "total_count", count.ok()["object"])
	}
}

func TestListUsers_Orders(t *testing.T) {
	d := filterable(t)
	for field := range orderings {
		up, down := d.do("GET", "/users?order_by="+field, nil), d.do("GET", "/users?order_by=-"+field, nil)
		require.Len(t, up.list(), 3, field)
		require.Len(t, down.list(), 3, field)
	}
	require.Equal(t, "Ann Bob Cleo", d.do("GET", "/users?order_by=email_address", nil).names())
	require.Equal(t, "Cleo Bob Ann", d.do("GET", "/users?order_by=-username", nil).names())
}

func TestUser_HasEveryField(t *testing.T) {
	d := filterable(t)
	u := d.do("GET", "/users/"+testID("user", "Cleo"), nil).ok()
	for _, name := range strings.Fields(`id object username first_name last_name locale image_url has_image primary_email_address_id
		primary_phone_number_id primary_web3_wallet_id password_enabled two_factor_enabled totp_enabled backup_code_enabled
		email_addresses phone_numbers web3_wallets passkeys external_accounts saml_accounts enterprise_accounts
		password_last_updated_at public_metadata private_metadata unsafe_metadata external_id last_sign_in_at banned locked
		lockout_expires_in_seconds verification_attempts_remaining deprovisioned created_at updated_at delete_self_enabled
		bypass_client_trust create_organization_enabled last_active_at mfa_enabled_at mfa_disabled_at legal_accepted_at
		requires_password_reset profile_image_url`) {
		require.Contains(t, u, name)
	}
	for _, name := range strings.Fields("email_addresses phone_numbers web3_wallets passkeys external_accounts saml_accounts enterprise_accounts") {
		require.NotNil(t, u[name], "%s is a list, never null", name)
	}
	require.Nil(t, u["locale"])
	require.EqualValues(t, 10, u["verification_attempts_remaining"])
	d.do("GET", "/users/user_nobody", nil).fails(404, "resource_not_found")
	p := d.do("GET", "/users/user_nobody", nil).fails(404, "resource_not_found")
	require.Equal(t, "No user was found with id user_nobody", p.LongMessage)
}

func TestUser_LegacyGoogleAccount(t *testing.T) {
	d := filterable(t)
	u := d.stored(testID("user", "Cleo"))
	u.External[0].LegacyID = true
	d.put(u)
	account := d.do("GET", "/users/"+u.ID, nil).ok()["external_accounts"].([]any)[0].(map[string]any)
	require.Equal(t, "google_account", account["object"])
	require.Equal(t, u.External[0].IdentificationID, account["id"])
	require.Equal(t, u.External[0].ID, account["external_account_id"])
}

func TestUser_MetadataIsSentAsStored(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.Public = []byte(`{"big":9007199254740993,"f":1.50}`) })
	require.Contains(t, string(d.do("GET", "/users/"+u.ID, nil).body), `"public_metadata":{"big":9007199254740993,"f":1.50}`)
}

func TestDeleteUser(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.ExternalID = "crm-9" })
	d.session(u, "One")
	gone := d.do("DELETE", "/users/"+u.ID, nil).ok()
	require.Equal(t, map[string]any{"object": "user", "id": u.ID, "external_id": "crm-9", "deleted": true}, gone)
	d.do("DELETE", "/users/"+u.ID, nil).fails(404, "resource_not_found")
	d.do("GET", "/sessions/"+testID("sess", "One"), nil).fails(404, "resource_not_found")
	managed := d.person("Sky", 2, func(u *store.User) { u.SCIMManaged = true })
	d.do("DELETE", "/users/"+managed.ID, nil).fails(409, "user_managed_by_scim")
	require.Equal(t, "Sky", d.do("GET", "/users?query="+url.QueryEscape("sky"), nil).names())
}
