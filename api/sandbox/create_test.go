package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

type fields = map[string]any

func TestCreateUser(t *testing.T) {
	d := newTestServer(t)
	u := d.do("POST", "/users", fields{
		"external_id": "crm-1", "first_name": "José", "last_name": "Núñez", "locale": "es-MX", "username": "Jose.N",
		"email_address": []string{"Jose@Mail.Example", "work@pine.example"}, "email_address_identification_status": []string{"verified", "reserved"},
		"phone_number": []string{"+14155550142"}, "web3_wallet": []string{"0x71C7656EC7ab88b098defB751B7401B5f6d8976F"},
		"password": "correct horse battery", "totp_secret": "jbsw y3dp ehpk 3pxp", "backup_codes": []string{"one"},
		"public_metadata": fields{"a": fields{"b": 9007199254740993}}, "private_metadata": fields{}, "created_at": "2020-01-02T03:04:05.678Z",
		"legal_accepted_at": "2020-01-02T03:04:05Z", "create_organizations_limit": 3, "delete_self_enabled": false, "bypass_client_trust": true,
		"skip_legal_checks": nil, "skip_password_requirement": true, "skip_user_requirement": nil, "skip_password_checks": nil,
	}).ok()
	require.Regexp(t, `^user_\w{27}$`, u["id"])
	require.Equal(t, "jose.n", u["username"])
	mails := u["email_addresses"].([]any)
	first, second := mails[0].(fields), mails[1].(fields)
	require.Equal(t, "jose@mail.example", first["email_address"])
	require.Regexp(t, `^idn_\w{27}$`, first["id"])
	require.Equal(t, first["id"], u["primary_email_address_id"])
	require.Equal(t, "admin", first["verification"].(fields)["strategy"])
	require.Nil(t, first["verification"].(fields)["attempts"])
	require.Nil(t, second["verification"])
	require.Equal(t, true, second["reserved"])
	require.Equal(t, u["phone_numbers"].([]any)[0].(fields)["id"], u["primary_phone_number_id"])
	require.Equal(t, u["web3_wallets"].([]any)[0].(fields)["id"], u["primary_web3_wallet_id"])
	for _, flag := range strings.Fields("password_enabled totp_enabled two_factor_enabled backup_code_enabled requires_password_reset bypass_client_trust") {
		require.Equal(t, true, u[flag], flag)
	}
	require.EqualValues(t, time.Date(2020, 1, 2, 3, 4, 5, 678e6, time.UTC).UnixMilli(), u["created_at"])
	require.EqualValues(t, 3, u["create_organizations_limit"])
	require.EqualValues(t, d.ms(), u["mfa_enabled_at"])
	require.Contains(t, string(d.do("GET", "/users/"+u["id"].(string), nil).body), `"public_metadata":{"a":{"b":9007199254740993}}`)
	require.EqualValues(t, 200, d.do("POST", "/users", fields{"username": "only_a_name"}).status)
}

func TestCreateUser_Refusals(t *testing.T) {
	d := newTestServer(t)
	d.person("Ann", 1, func(u *store.User) {
		u.ExternalID = "crm-1"
		u.Phones = []store.Phone{{ID: testID("idn", "AnnPhone"), Number: "+14155550101"}}
	})
	mail := func(more fields) fields {
		out := fields{"email_address": []string{"new@mail.example"}}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	for name, try := range map[string]struct {
		body  fields
		code  string
		param string
	}{
		"nothing":          {fields{}, "form_data_missing", ""},
		"only a name":      {fields{"first_name": "A"}, "form_data_missing", ""},
		"unknown":          {mail(fields{"shoe_size": 43}), "form_param_unknown", "shoe_size"},
		"primary":          {mail(fields{"primary_email_address_id": "x"}), "form_param_unknown", "primary_email_address_id"},
		"taken mail":       {fields{"email_address": []string{"ANN@mail.example"}}, "form_identifier_exists", "email_address"},
		"taken phone":      {fields{"phone_number": []string{"+14155550101"}}, "form_identifier_exists", "phone_number"},
		"taken username":   {fields{"username": "ANN_x"}, "form_identifier_exists", "username"},
		"taken external":   {mail(fields{"external_id": "crm-1"}), "form_identifier_exists", "external_id"},
		"mail":             {fields{"email_address": []string{"not an address"}}, "form_param_format_invalid", "email_address"},
		"mail with name":   {fields{"email_address": []string{"A <a@mail.example>"}}, "form_param_format_invalid", "email_address"},
		"mail twice":       {fields{"email_address": []string{"a@mail.example", "A@mail.example"}}, "form_param_duplicate", "email_address"},
		"mail no list":     {fields{"email_address": "a@mail.example"}, "form_param_type_invalid", "email_address"},
		"phone":            {fields{"phone_number": []string{"(415) 555-0142"}}, "form_param_format_invalid", "phone_number"},
		"wallet":           {fields{"web3_wallet": []string{"0x12"}}, "form_param_format_invalid", "web3_wallet"},
		"status length":    {mail(fields{"email_address_identification_status": []string{"verified", "verified"}}), "form_param_array_length_mismatch", "email_address_identification_status"},
		"status":           {mail(fields{"email_address_identification_status": []string{"unverified"}}), "form_param_value_invalid", "email_address_identification_status"},
		"locale":           {mail(fields{"locale": "not a locale"}), "form_param_format_invalid", "locale"},
		"username short":   {mail(fields{"username": "abc"}), "form_username_invalid_length", "username"},
		"username long":    {mail(fields{"username": strings.Repeat("a", 65)}), "form_username_invalid_length", "username"},
		"username letters": {mail(fields{"username": "王小明王"}), "form_username_invalid_character", "username"},
		"username digits":  {mail(fields{"username": "123456"}), "form_username_needs_non_number_char", "username"},
		"username phone":   {mail(fields{"username": "+14155550142"}), "form_username_cannot_be_phone_number", "username"},
		"password short":   {mail(fields{"password": "seven77"}), "form_password_length_too_short", "password"},
		"password long":    {mail(fields{"password": strings.Repeat("a", 73)}), "form_password_length_too_long", "password"},
		"password huge":    {mail(fields{"password": strings.Repeat("a", 5000), "skip_password_checks": true}), "form_password_size_in_bytes_exceeded", "password"},
		"password known":   {mail(fields{"password": "Password123"}), "form_password_pwned", "password"},
		"password is mail": {mail(fields{"password": "new@mail.example"}), "form_password_matches_identifier", "password"},
		"password type":    {mail(fields{"password": 12345678}), "form_param_type_invalid", "password"},
		"digest alone":     {mail(fields{"password_digest": "x"}), "form_conditional_param_missing", "password_hasher"},
		"hasher alone":     {mail(fields{"password_hasher": "bcrypt"}), "form_conditional_param_missing", "password_digest"},
		"digest form":      {mail(fields{"password_digest": "x", "password_hasher": "bcrypt"}), "form_password_digest_invalid_code", "password_digest"},
		"hasher":           {mail(fields{"password_digest": "x", "password_hasher": "rot13"}), "form_param_value_invalid", "password_hasher"},
		"both":             {mail(fields{"password_digest": "x", "password_hasher": "md5", "password": "correct horse"}), "form_conditional_param_disallowed", "password_digest"},
		"totp":             {mail(fields{"totp_secret": "not base32!"}), "invalid_totp_secret_code", "totp_secret"},
		"metadata":         {mail(fields{"public_metadata": []int{1}}), "form_param_value_invalid", "public_metadata"},
		"metadata size":    {mail(fields{"private_metadata": fields{"x": strings.Repeat("a", 8200)}}), "form_param_exceeds_allowed_size", "private_metadata"},
		"time":             {mail(fields{"created_at": "yesterday"}), "form_param_invalid_time", "created_at"},
		"name":             {mail(fields{"first_name": strings.Repeat("x", 300)}), "form_param_max_length_exceeded", "first_name"},
		"limit":            {mail(fields{"create_organizations_limit": -1}), "form_param_value_invalid", "create_organizations_limit"},
		"limit type":       {mail(fields{"create_organizations_limit": 1.5}), "form_param_type_invalid", "create_organizations_limit"},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			p := d.unchecked().do("POST", "/users", try.body).fails(422, try.code)
			if try.param != "" {
				require.Equal(t, try.param, p.Meta["param_name"])
			}
		})
	}
	d.t = t
	var body errorBody
	r := d.do("POST", "/users", fields{"username": "abc", "locale": "??", "email_address": []string{"x"}})
	r.fails(422, "form_param_format_invalid")
	require.NoError(t, jsonInto(r.body, &body))
	require.Len(t, body.Errors, 3, "all that is wrong is said at once")
	require.Equal(t, "Ann", d.do("GET", "/users", nil).names(), "nobody was made")
}

func TestCreateUser_BannedAndLocked(t *testing.T) {
	d := newTestServer(t)
	u := d.do("POST", "/users", fields{"username": "born_bad", "banned": true, "locked": true}).ok()
	require.Equal(t, true, u["banned"])
	require.Equal(t, true, u["locked"])
	require.EqualValues(t, 3600, u["lockout_expires_in_seconds"])
	d.settings(func(s *store.Settings) { s.BanOff, s.LockoutOff = true, true })
	d.do("POST", "/users", fields{"username": "born_worse", "banned": true}).fails(402, "unsupported_subscription_plan_features")
	d.do("POST", "/users", fields{"username": "born_worse", "locked": true}).fails(403, "feature_not_enabled")
	require.EqualValues(t, 1, d.do("GET", "/users/count", nil).ok()["total_count"])
}

func TestUpdateUser(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.Locale = "en-US"
		u.Emails = append(u.Emails,
			store.Email{ID: testID("idn", "AnnTwo"), Address: "two@mail.example", Verification: adminVerification()},
			store.Email{ID: testID("idn", "AnnRaw"), Address: "raw@mail.example"})
	})
	path := "/users/" + u.ID
	d.pass(time.Minute)
	out := d.do("PATCH", path, fields{"first_name": "Anna", "locale": nil, "primary_email_address_id": testID("idn", "AnnTwo"), "created_at": nil}).ok()
	require.Equal(t, "Anna", out["first_name"])
	require.Equal(t, "Example", out["last_name"], "what is absent stays")
	require.Nil(t, out["locale"])
	require.Equal(t, testID("idn", "AnnTwo"), out["primary_email_address_id"])
	require.EqualValues(t, d.ms(), out["updated_at"])
	require.EqualValues(t, u.CreatedAt, out["created_at"])
	require.Nil(t, d.do("PATCH", path, fields{"username": ""}).ok()["username"])

	d.do("PATCH", path, fields{"primary_email_address_id": testID("idn", "AnnRaw")}).fails(422, "form_verification_needed")
	d.do("PATCH", path, fields{"primary_email_address_id": "idn_other"}).fails(422, "form_resource_not_found")
	d.do("PATCH", path, fields{"primary_phone_number_id": "idn_other"}).fails(422, "form_resource_not_found")
	d.do("PATCH", path, fields{"primary_web3_wallet_id": "idn_other"}).fails(422, "form_resource_not_found")
	d.do("PATCH", path, fields{"email_address": []string{"x@mail.example"}}).fails(422, "form_param_unknown")
	d.do("PATCH", path, fields{"profile_image_id": "img_none"}).fails(422, "form_resource_not_found")
	d.do("PATCH", path, fields{"profile_image_id": true}).fails(422, "form_param_type_invalid")
	d.do("PATCH", path, fields{"sign_out_of_other_sessions": true}).fails(422, "form_conditional_param_missing")
	d.do("PATCH", "/users/user_x", fields{}).fails(404, "resource_not_found")
	d.person("Bob", 2)
	d.do("PATCH", path, fields{"username": "bob_x"}).fails(422, "form_identifier_exists")
}

func TestUpdateUser_UsernameCanBeTheLastIdentification(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.Emails, u.PrimaryEmailID = nil, "" })
	d.do("PATCH", "/users/"+u.ID, fields{"username": nil}).fails(400, "identification_deletion_failed")
	require.Equal(t, "ann_x", d.stored(u.ID).Username)
}

func TestUpdateUser_ChoosesAnUploadedImage(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	d.setImage(u.ID, "file", pictureAs(t, "png")).ok()
	image := d.stored(u.ID).ImageID
	other := d.person("Bob", 2)
	require.Equal(t, true, d.do("PATCH", "/users/"+other.ID, fields{"profile_image_id": image}).ok()["has_image"])
	require.Equal(t, false, d.do("PATCH", "/users/"+u.ID, fields{"profile_image_id": nil}).ok()["has_image"])
}

func TestUpdateUser_PasswordChangeEndsSessions(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.RequiresPasswordReset, u.PasswordDigest, u.PasswordHasher = true, "x", "md5" })
	d.session(u, "One")
	out := d.do("PATCH", "/users/"+u.ID, fields{"password": "correct horse battery", "sign_out_of_other_sessions": true}).ok()
	require.Equal(t, false, out["requires_password_reset"])
	require.EqualValues(t, d.ms(), out["password_last_updated_at"])
	require.Equal(t, "revoked", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	require.Equal(t, fields{"verified": true}, d.do("POST", "/users/"+u.ID+"/verify_password", fields{"password": "correct horse battery"}).ok())
}

func TestUpdateUser_MetadataDependsOnVersion(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.person("Ann", 1, func(u *store.User) { u.Public = []byte(`{"old":1}`) })
	p := d.do("PATCH", "/users/"+u.ID, fields{"public_metadata": fields{"new": 2}}).fails(422, "form_param_deprecated")
	require.Contains(t, p.LongMessage, "metadata")
	for _, v := range []string{"", "2021-02-05", "2025-11-10"} {
		out := d.do("PATCH", "/users/"+u.ID, fields{"public_metadata": fields{"new": 2}}, "Clerk-API-Version", v).ok()
		require.Equal(t, fields{"new": 2.0}, out["public_metadata"], "replaced, not merged")
	}
}

func TestRateLimit_PerUser(t *testing.T) {
	d := newTestServer(t, func(o *Options) { o.RateLimit = 1000 })
	u, other := d.person("Ann", 1), d.person("Bob", 2)
	for range 10 {
		d.do("PATCH", "/users/"+u.ID, fields{"last_name": "X"}).ok()
		d.do("PATCH", "/users/"+u.ID+"/metadata", fields{}).ok()
	}
	r := d.do("PATCH", "/users/"+u.ID, fields{})
	r.fails(429, "too_many_requests")
	require.Equal(t, "10", r.header.Get("Retry-After"))
	d.do("PATCH", "/users/"+u.ID+"/metadata", fields{}).fails(429, "too_many_requests")
	d.do("PATCH", "/users/"+other.ID, fields{}).ok()
	d.do("GET", "/users/"+u.ID, nil).ok()
	d.pass(10 * time.Second)
	d.do("PATCH", "/users/"+u.ID, fields{}).ok()
}
