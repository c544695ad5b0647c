package sandbox

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestEmailAddresses(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	old := u.PrimaryEmailID
	e := d.do("POST", "/email_addresses", fields{"user_id": u.ID, "email_address": "New@Mail.example"}).ok()
	require.Equal(t, "new@mail.example", e["email_address"])
	require.Nil(t, e["verification"])
	id := e["id"].(string)
	require.Equal(t, e, d.do("GET", "/email_addresses/"+id, nil).ok())
	require.Equal(t, old, d.do("GET", "/users/"+u.ID, nil).ok()["primary_email_address_id"])
	d.do("PATCH", "/email_addresses/"+id, fields{"primary": true}).fails(422, "form_verification_needed")
	e = d.do("PATCH", "/email_addresses/"+id, fields{"verified": true, "primary": true, "notify_primary_email_address_changed": nil}).ok()
	require.Equal(t, "verified", e["verification"].(fields)["status"])
	require.Equal(t, id, d.do("GET", "/users/"+u.ID, nil).ok()["primary_email_address_id"])
	require.Nil(t, d.do("PATCH", "/email_addresses/"+id, fields{"verified": false}).ok()["verification"])

	gone := d.do("DELETE", "/email_addresses/"+id, nil).ok()
	require.Equal(t, fields{"object": "email_address", "id": id, "deleted": true}, gone)
	require.Equal(t, old, d.do("GET", "/users/"+u.ID, nil).ok()["primary_email_address_id"], "another takes its place")
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		var body any
		if method == "PATCH" {
			body = fields{}
		}
		d.do(method, "/email_addresses/"+id, body).fails(404, "resource_not_found")
	}
	d.do("POST", "/email_addresses", fields{"user_id": u.ID, "email_address": "x"}).fails(422, "form_param_format_invalid")
	d.do("POST", "/email_addresses", fields{"user_id": "user_x", "email_address": "x@mail.example"}).fails(404, "resource_not_found")
	d.do("POST", "/email_addresses", fields{}).fails(422, "form_param_missing")
	d.person("Bob", 2)
	d.do("POST", "/email_addresses", fields{"user_id": u.ID, "email_address": "bob@mail.example"}).fails(422, "form_identifier_exists")
	d.do("POST", "/email_addresses", fields{"user_id": u.ID, "email_address": "p@mail.example", "primary": true}).fails(422, "form_verification_needed")
}

func TestEmailAddresses_LastAndLinkedStay(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.Username = "" })
	d.do("DELETE", "/email_addresses/"+u.PrimaryEmailID, nil).fails(400, "identification_deletion_failed")
	u.Username = "ann_x"
	u.Emails[0].LinkedTo = []store.Link{{Type: "oauth_google", ID: testID("idn", "Google")}}
	d.put(u)
	d.do("DELETE", "/email_addresses/"+u.PrimaryEmailID, nil).fails(400, "delete_linked_identification_disallowed")
	d.do("PUT", "/users/"+u.ID+"/email_address", fields{"email_address": "n@mail.example"}).fails(400, "delete_linked_identification_disallowed")
}

func TestReplaceEmails(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	path := "/users/" + u.ID + "/email_address"
	for status, reserved := range map[string]bool{"verified": false, "reserved": true, "unverified": false} {
		e := d.do("PUT", path, fields{"email_address": status + "@mail.example", "identification_status": status}).ok()
		require.Equal(t, reserved, e["reserved"])
		require.Equal(t, status == "verified", e["verification"] != nil)
		after := d.do("GET", "/users/"+u.ID, nil).ok()
		require.Len(t, after["email_addresses"], 1)
		require.Equal(t, e["id"], after["primary_email_address_id"])
	}
	d.do("PUT", path, fields{"email_address": "a@mail.example", "identification_status": "maybe"}).fails(422, "form_param_value_invalid")
	d.do("PUT", path, fields{}).fails(422, "form_param_missing")
	d.do("PUT", path, fields{"email_address": "a@mail.example", "primary": true}).fails(422, "form_param_unknown")
}

func TestPhoneNumbers(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	p := d.do("POST", "/phone_numbers", fields{"user_id": u.ID, "phone_number": "+14155550142", "verified": true, "reserved_for_second_factor": true}).ok()
	require.Equal(t, true, p["default_second_factor"])
	id := p["id"].(string)
	after := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Equal(t, id, after["primary_phone_number_id"])
	require.Equal(t, true, after["two_factor_enabled"])
	require.EqualValues(t, d.ms(), after["mfa_enabled_at"])

	second := d.do("POST", "/phone_numbers", fields{"user_id": u.ID, "phone_number": "+14155550143"}).ok()["id"].(string)
	d.do("PATCH", "/phone_numbers/"+second, fields{"reserved_for_second_factor": true}).fails(400, "identification_update_second_factor_unverified")
	p = d.do("PATCH", "/phone_numbers/"+second, fields{"verified": true, "reserved_for_second_factor": true, "primary": true}).ok()
	require.Equal(t, false, p["default_second_factor"], "there is a default already")
	d.do("DELETE", "/phone_numbers/"+id, nil).ok()
	require.Equal(t, true, d.do("GET", "/phone_numbers/"+second, nil).ok()["default_second_factor"])
	require.Equal(t, false, d.do("PATCH", "/phone_numbers/"+second, fields{"reserved_for_second_factor": false}).ok()["default_second_factor"])
	require.EqualValues(t, d.ms(), d.do("GET", "/users/"+u.ID, nil).ok()["mfa_disabled_at"])

	d.do("POST", "/phone_numbers", fields{"user_id": u.ID, "phone_number": "+14155550144", "reserved_for_second_factor": true}).fails(400, "identification_create_second_factor_unverified")
	d.do("POST", "/phone_numbers", fields{"user_id": u.ID, "phone_number": "555-0144"}).fails(422, "form_param_format_invalid")
	d.do("POST", "/phone_numbers", fields{"user_id": u.ID, "phone_number": "+14155550143"}).fails(422, "form_identifier_exists")
	d.do("GET", "/phone_numbers/"+u.PrimaryEmailID, nil).fails(404, "resource_not_found")
	d.do("GET", "/email_addresses/"+second, nil).fails(404, "resource_not_found")
}

func TestPhoneNumbers_OnlyIdentification(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.Username, u.Emails, u.PrimaryEmailID = "", nil, ""
		u.Phones = []store.Phone{{ID: testID("idn", "P"), Number: "+14155550142", Verification: adminVerification()}}
	})
	id := u.Phones[0].ID
	d.do("PATCH", "/phone_numbers/"+id, fields{"reserved_for_second_factor": true}).fails(400, "identification_update_failed")
	d.do("DELETE", "/phone_numbers/"+id, nil).fails(400, "identification_deletion_failed")
}

func TestReplacePhones_EndsMFA(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.Phones = []store.Phone{{ID: testID("idn", "P"), Number: "+14155550142", Verification: adminVerification(), ReservedForSecondFactor: true, DefaultSecondFactor: true}}
		u.TOTP, u.BackupCodes = &store.TOTP{ID: testID("totp", "T"), Secret: "JBSWY3DPEHPK3PXP", Verified: true}, []string{"one"}
	})
	p := d.do("PUT", "/users/"+u.ID+"/phone_number", fields{"phone_number": "+14155550199"}).ok()
	require.Equal(t, false, p["reserved_for_second_factor"])
	after := d.do("GET", "/users/"+u.ID, nil).ok()
	require.Len(t, after["phone_numbers"], 1)
	require.Equal(t, false, after["two_factor_enabled"])
	require.Equal(t, false, after["totp_enabled"])
	require.EqualValues(t, d.ms(), after["mfa_disabled_at"])
}

func TestCodes(t *testing.T) {
	d := newTestServer(t, func(o *Options) { o.RateLimit = 1000 })
	u := d.person("Ann", 1, func(u *store.User) {
		u.Phones = []store.Phone{{ID: testID("idn", "P"), Number: "+14155550142"}}
		u.Emails = append(u.Emails, store.Email{ID: testID("idn", "Raw"), Address: "raw@mail.example"})
	})
	phone, mail := "/phone_numbers/"+u.Phones[0].ID, "/email_addresses/"+testID("idn", "Raw")
	sent := d.do("POST", phone+"/prepare_verification", "null").ok()
	require.Equal(t, "sms", sent["channel"])
	require.Equal(t, "unverified", sent["status"])
	d.do("POST", phone+"/prepare_verification", nil).fails(429, "verification_code_too_many_requests")
	try := func(path string, id any, code string) fields {
		return d.do("POST", path+"/attempt_verification", fields{"verification_id": id, "code": code}).ok()
	}
	wrong := try(phone, sent["id"], "111111")
	require.Equal(t, "unverified", wrong["status"], "a wrong code is no error")
	require.EqualValues(t, 1, wrong["attempts"])
	require.Equal(t, "verified", try(phone, sent["id"], testCode)["status"])
	d.do("POST", phone+"/attempt_verification", fields{"verification_id": sent["id"], "code": testCode}).fails(400, "verification_already_verified")
	verification := d.do("GET", phone, nil).ok()["verification"].(fields)
	require.Equal(t, "phone_code", verification["strategy"])
	require.EqualValues(t, 2, verification["attempts"])

	sent = d.do("POST", mail+"/prepare_verification", nil).ok()
	require.Nil(t, sent["channel"])
	d.pass(11 * time.Minute)
	require.Equal(t, "expired", try(mail, sent["id"], testCode)["status"])
	sent = d.do("POST", mail+"/prepare_verification", nil).ok()
	for range codeTries {
		wrong = try(mail, sent["id"], "000000")
	}
	require.Equal(t, "failed", wrong["status"])
	require.Equal(t, "failed", try(mail, sent["id"], testCode)["status"])
	require.Nil(t, d.do("GET", mail, nil).ok()["verification"])
	d.do("POST", mail+"/attempt_verification", fields{"verification_id": "ver_x", "code": "1"}).fails(404, "resource_not_found")
	d.do("POST", mail+"/attempt_verification", fields{}).fails(422, "form_param_missing")
	d.do("POST", "/email_addresses/idn_x/prepare_verification", nil).fails(404, "resource_not_found")

	admin := "/email_addresses/" + u.PrimaryEmailID
	sent = d.do("POST", admin+"/prepare_verification", nil).ok()
	try(admin, sent["id"], testCode)
	require.Equal(t, "admin", d.do("GET", admin, nil).ok()["verification"].(fields)["strategy"], "what is verified stays as it was")
}

func TestPasskeysWalletsAndAccounts(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.Username = ""
		u.Passkeys = []store.Passkey{{ID: testID("idn", "Key"), Name: "Old phone", CreatedAt: 5, Verification: &store.Verification{Object: "verification_passkey", Status: "verified", Strategy: "passkey"}}}
		u.Wallets = []store.Wallet{{ID: testID("idn", "W1"), Address: "0x1"}, {ID: testID("idn", "W2"), Address: "0x2", Verification: adminVerification()}}
		u.PrimaryWalletID = testID("idn", "W1")
		u.External = []store.ExternalAccount{{ID: testID("eac", "G"), IdentificationID: testID("idn", "G"), Provider: "oauth_google", ProviderUserID: "7", LegacyID: true}}
		u.Emails[0].LinkedTo = []store.Link{{Type: "oauth_google", ID: testID("idn", "G")}}
	})
	d.put(&store.Token{UserID: u.ID, Provider: "oauth_google", ExternalAccountID: testID("eac", "G"), AccessToken: "t"})
	path := "/users/" + u.ID
	require.EqualValues(t, 5, d.do("GET", path, nil).ok()["passkeys"].([]any)[0].(fields)["last_used_at"])
	require.Equal(t, fields{"object": "passkey", "id": testID("idn", "Key"), "deleted": true}, d.do("DELETE", path+"/passkeys/"+testID("idn", "Key"), nil).ok())
	d.do("DELETE", path+"/passkeys/"+testID("idn", "Key"), nil).fails(404, "passkey_not_registered")
	d.settings(func(s *store.Settings) { s.PasskeysOff = true })
	d.do("DELETE", path+"/passkeys/x", nil).fails(403, "feature_not_enabled")

	require.Equal(t, "web3_wallet", d.do("DELETE", path+"/web3_wallets/"+testID("idn", "W1"), nil).ok()["object"])
	require.Equal(t, testID("idn", "W2"), d.stored(u.ID).PrimaryWalletID)
	d.do("DELETE", path+"/web3_wallets/"+testID("idn", "W1"), nil).fails(404, "resource_not_found")
	d.do("DELETE", path+"/external_accounts/"+testID("idn", "G"), nil).fails(404, "external_account_not_found")
	require.Equal(t, fields{"object": "external_account", "id": testID("eac", "G"), "deleted": true}, d.do("DELETE", path+"/external_accounts/"+testID("eac", "G"), nil).ok())
	require.Equal(t, "[]", string(d.do("GET", path+"/oauth_access_tokens/google", nil).body))
	d.do("DELETE", "/email_addresses/"+u.PrimaryEmailID, nil).ok() // no longer linked
	d.do("DELETE", path+"/web3_wallets/"+testID("idn", "W2"), nil).fails(400, "identification_deletion_failed")
}

func TestOAuthTokens(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.External = []store.ExternalAccount{{ID: testID("eac", "G"), IdentificationID: testID("idn", "G"), Provider: "oauth_google", ProviderUserID: "1077"}}
	})
	path := "/users/" + u.ID + "/oauth_access_tokens/"
	token := &store.Token{UserID: u.ID, Provider: "oauth_google", ExternalAccountID: testID("eac", "G"), AccessToken: "first", RefreshToken: "good",
		Scopes: []string{"email"}, ExpiresAt: d.ms() + 60_000}
	d.put(token)
	got := d.do("GET", path+"oauth_google", nil).list()[0]
	require.Equal(t, "first", got["token"])
	require.Equal(t, "1077", got["provider_user_id"])
	require.NotContains(t, got, "refresh_token")
	require.Equal(t, got, d.do("GET", path+"google", nil).list()[0], "the prefix may be missing")
	page := d.do("GET", path+"oauth_google?paginated=true", nil).ok()
	require.EqualValues(t, 1, page["total_count"])

	d.pass(time.Hour)
	renewed := d.do("GET", path+"oauth_google", nil).list()[0]
	require.NotEqual(t, "first", renewed["token"])
	require.EqualValues(t, d.clock().Add(time.Hour).UnixMilli(), renewed["expires_at"])
	require.Equal(t, renewed, d.do("GET", path+"oauth_google", nil).list()[0], "and kept")

	for _, try := range []struct {
		access, refresh string
		status          int
		code            string
	}{
		{"old", "", 422, "oauth_missing_refresh_token"}, {"", "", 422, "oauth_missing_access_token"}, {"old", refusedRefreshToken, 400, "oauth_token_retrieval_error"},
	} {
		token.AccessToken, token.RefreshToken, token.ExpiresAt = try.access, try.refresh, d.ms()-1
		d.put(token)
		d.do("GET", path+"oauth_google", nil).fails(try.status, try.code)
	}
	require.Equal(t, "[]", string(d.do("GET", path+"oauth_github", nil).body), "never connected")
	d.do("GET", path+"oauth_Not!", nil).fails(400, "oauth_unsupported_provider")
	d.do("GET", "/users/user_x/oauth_access_tokens/oauth_google", nil).fails(404, "resource_not_found")
}

func TestOrganizations(t *testing.T) {
	d := newTestServer(t)
	u, boss := d.person("Ann", 1), d.person("Bob", 2)
	for i, name := range []string{"Pine", "Oak"} {
		org := &store.Organization{ID: testID("org", name), Name: name, Slug: name, MaxMembers: 5, CreatedBy: boss.ID, CreatedAt: 1, UpdatedAt: 1}
		d.put(org, &store.Membership{ID: testID("orgmem", name), UserID: u.ID, OrganizationID: org.ID, Role: "org:billing_manager", CreatedAt: int64(i + 1), UpdatedAt: 1})
	}
	page := d.do("GET", "/users/"+u.ID+"/organization_memberships?limit=1", nil).ok()
	require.EqualValues(t, 2, page["total_count"])
	first := page["data"].([]any)[0].(fields)
	require.Equal(t, "Oak", first["organization"].(fields)["name"], "newest first")
	require.Equal(t, "Billing manager", first["role_name"])
	require.Equal(t, "ann@mail.example", first["public_user_data"].(fields)["identifier"])

	d.put(&store.Invitation{ID: testID("orginv", "I"), OrganizationID: testID("org", "Pine"), EmailAddress: "ann@mail.example", Role: "org:member", Status: "pending", InviterID: boss.ID, CreatedAt: 1, UpdatedAt: 1, ExpiresAt: 2})
	sent := d.do("GET", "/users/"+u.ID+"/organization_invitations?status=pending", nil).ok()
	require.EqualValues(t, 1, sent["total_count"])
	invitation := sent["data"].([]any)[0].(fields)
	require.Equal(t, boss.ID, invitation["public_inviter_data"].(fields)["user_id"])
	require.Equal(t, "Pine", invitation["public_organization_data"].(fields)["name"])
	require.EqualValues(t, 0, d.do("GET", "/users/"+u.ID+"/organization_invitations?status=revoked", nil).ok()["total_count"])
	d.do("GET", "/users/"+u.ID+"/organization_invitations?status=lost", nil).fails(422, "form_param_value_invalid")
	d.do("GET", "/users/user_x/organization_memberships", nil).fails(404, "resource_not_found")
	d.settings(func(s *store.Settings) { s.OrganizationsOff = true })
	d.do("GET", "/users/"+u.ID+"/organization_memberships", nil).fails(403, "organization_not_enabled_in_instance")
}

func TestInstanceAndDevices(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.person("Ann", 1)
	instance := d.do("GET", "/instance", nil).ok()
	require.Equal(t, "instance", instance["object"])
	require.Equal(t, "development", instance["environment_type"])
	require.Contains(t, instance, "allowed_origins")
	require.Equal(t, fields{"data": []any{}, "total_count": 0.0}, d.do("GET", "/users/"+u.ID+"/trusted_devices", nil).ok())
	d.do("DELETE", "/users/"+u.ID+"/trusted_devices/td_x", nil).fails(404, "resource_not_found")
	d.do("GET", "/users/user_x/trusted_devices", nil).fails(404, "resource_not_found")
	d.do("POST", "/sessions/sess_x/verify", nil, "Clerk-API-Version", "2021-02-05").fails(410, "operation_deprecated")
	d.do("POST", "/sessions/sess_x/verify", nil).fails(404, "resource_not_found")
}
