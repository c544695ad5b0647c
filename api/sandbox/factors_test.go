package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func TestTOTP_CreateAndVerify(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Dan", 1)
	path := "/users/" + u.ID
	d.do("POST", path+"/verify_totp", fields{"code": "123456"}).fails(400, "totp_disabled")
	first := d.do("POST", path+"/totp", nil).ok()
	made := d.do("POST", path+"/totp", "null").ok()
	require.NotEqual(t, first["secret"], made["secret"], "one that was never verified is replaced")
	require.Equal(t, false, made["verified"])
	require.Regexp(t, `^totp_\w{27}$`, made["id"])
	key, err := otp.NewKeyFromURL(made["uri"].(string))
	require.NoError(t, err)
	require.Equal(t, made["secret"], key.Secret())
	require.Equal(t, "Test", key.Issuer())
	require.Equal(t, "dan@mail.example", key.AccountName())
	require.Equal(t, false, d.do("GET", path, nil).ok()["totp_enabled"])

	code, err := totp.GenerateCode(made["secret"].(string), d.clock())
	require.NoError(t, err)
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	d.do("POST", path+"/verify_totp", fields{"code": wrong}).fails(422, "totp_incorrect_code")
	d.do("POST", path+"/verify_totp", fields{"code": "12345"}).fails(422, "totp_invalid_length")
	require.Equal(t, fields{"verified": true, "code_type": "totp"}, d.do("POST", path+"/verify_totp", fields{"code": code}).ok())
	on := d.do("GET", path, nil).ok()
	require.Equal(t, true, on["totp_enabled"])
	require.EqualValues(t, d.ms(), on["mfa_enabled_at"])
	d.do("POST", path+"/totp", nil).fails(400, "totp_already_enabled")
	d.pass(2 * time.Minute)
	d.do("POST", path+"/verify_totp", fields{"code": code}).fails(422, "totp_incorrect_code")

	require.Equal(t, fields{"user_id": u.ID}, d.do("DELETE", path+"/totp", nil).ok())
	off := d.do("GET", path, nil).ok()
	require.Equal(t, false, off["two_factor_enabled"])
	require.EqualValues(t, d.ms(), off["mfa_disabled_at"])
	require.Equal(t, on["mfa_enabled_at"], off["mfa_enabled_at"])
	d.do("POST", path+"/verify_totp", fields{}).fails(422, "form_param_missing")
	d.do("POST", path+"/verify_totp", fields{"code": " "}).fails(422, "form_param_nil")
	d.do("POST", "/users/user_x/totp", nil).fails(404, "resource_not_found")
}

func TestBackupCode_IsUsedUp(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Dan", 1, func(u *store.User) {
		u.TOTP = &store.TOTP{ID: testID("totp", "Dan"), Secret: "JBSWY3DPEHPK3PXP", Verified: true}
		u.BackupCodes = []string{"abcd1234", digestsFromElsewhere["bcrypt"], "last"}
	})
	path := "/users/" + u.ID
	require.Equal(t, "backup_code", d.do("POST", path+"/verify_totp", fields{"code": "abcd1234"}).ok()["code_type"])
	d.do("POST", path+"/verify_totp", fields{"code": "abcd1234"}).fails(422, "totp_incorrect_code")
	require.Equal(t, "backup_code", d.do("POST", path+"/verify_totp", fields{"code": "tickets-please-2024"}).ok()["code_type"])
	require.Equal(t, []string{"last"}, d.stored(u.ID).BackupCodes)
	require.Equal(t, fields{"user_id": u.ID}, d.do("DELETE", path+"/backup_code", nil).ok())
	after := d.do("GET", path, nil).ok()
	require.Equal(t, false, after["backup_code_enabled"])
	require.Equal(t, true, after["two_factor_enabled"])
	d.do("DELETE", path+"/backup_code", nil).ok()
}

func TestVerifyPassword(t *testing.T) {
	d := newTestServer(t)
	u := d.do("POST", "/users", fields{"username": "with_password", "password": "correct horse battery"}).ok()
	path := "/users/" + u["id"].(string)
	require.Equal(t, fields{"verified": true}, d.do("POST", path+"/verify_password", fields{"password": "correct horse battery"}).ok())
	d.do("POST", path+"/verify_password", fields{"password": "wrong horse"}).fails(422, "incorrect_password")
	d.do("POST", path+"/verify_password", fields{}).fails(422, "form_param_missing")
	d.do("POST", path+"/verify_password", fields{"password": "x", "user": "y"}).fails(422, "form_param_unknown")
	none := d.person("Ann", 1)
	d.do("POST", "/users/"+none.ID+"/verify_password", fields{"password": "x"}).fails(400, "no_password_set")
	d.do("POST", "/users/user_x/verify_password", fields{"password": "x"}).fails(404, "resource_not_found")
}

// Digests of "tickets-please-2024", made elsewhere (Python's hashlib and passlib).
func TestDigest_OfOtherSystemsIsChecked(t *testing.T) {
	for name, digest := range digestsFromElsewhere {
		require.Regexp(t, hashers[name].form, digest, name)
		ok, err := checkDigest(name, digest, "tickets-please-2024")
		require.NoError(t, err, name)
		require.True(t, ok, name)
		ok, err = checkDigest(name, digest, "tickets-please-2025")
		require.NoError(t, err, name)
		require.False(t, ok, name)
	}
	_, err := checkDigest("phpass", "$P$Bxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "x")
	require.ErrorIs(t, err, errUncheckable)
	d := newTestServer(t)
	u := d.do("POST", "/users", fields{"username": "imported", "password_digest": "$P$" + strings.Repeat("B", 31), "password_hasher": "phpass"}).ok()
	d.do("POST", "/users/"+u["id"].(string)+"/verify_password", fields{"password": "x"}).fails(503, "service_unavailable")
}

func TestDigest_TooExpensiveIsRefused(t *testing.T) {
	for name, digest := range map[string]string{
		"argon2id":        "$argon2id$v=19$m=4294967295,t=4294967295,p=255$c2FsdHNhbHQ$c2FsdHNhbHQ",
		"pbkdf2_sha256":   "pbkdf2_sha256$99999999999$c2FsdA==$c2FsdA==",
		"scrypt_werkzeug": "scrypt:1073741824:64:16$salt$00",
		"bcrypt":          "$2b$31$0OMkZLe5hQIRZqE3bRGa4eApWxpLWlXB/GYDuDnyNhYLJqRjYb0V6",
	} {
		ok, err := checkDigest(name, digest, "x")
		require.NoError(t, err)
		require.False(t, ok, name)
	}
}

func TestPassword_Compromised(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.person("Ann", 1, func(u *store.User) { u.PasswordDigest, u.PasswordHasher = "x", "md5" })
	d.session(u, "One")
	path := "/users/" + u.ID + "/password"
	require.Equal(t, true, d.do("POST", path+"/set_compromised", nil).ok()["requires_password_reset"])
	require.Equal(t, "active", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	d.do("POST", path+"/set_compromised", fields{"revoke_all_sessions": true}).ok()
	require.Equal(t, "revoked", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	require.Equal(t, false, d.do("POST", path+"/unset_compromised", nil).ok()["requires_password_reset"])
	d.do("POST", path+"/set_compromised", nil, "Clerk-API-Version", "2025-04-10").fails(404, "resource_not_found")
	d.do("POST", path+"/unset_compromised", nil, "Clerk-API-Version", "").fails(404, "resource_not_found")
	none := d.person("Bob", 2)
	d.do("POST", "/users/"+none.ID+"/password/set_compromised", nil).fails(400, "no_password_set")
}

func TestPassword_QuarantineIsKept(t *testing.T) {
	d := newTestServer(t).newest()
	u := d.do("POST", "/users", fields{"email_address": []string{"a@mail.example"}, "email_address_identification_status": []string{"reserved"}, "password": "correct horse battery"}).ok()
	require.Equal(t, true, u["requires_password_reset"])
	require.Equal(t, true, d.do("POST", "/users/"+u["id"].(string)+"/password/unset_compromised", nil).ok()["requires_password_reset"])
}

func TestRemovePassword(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.PasswordDigest, u.PasswordHasher, u.RequiresPasswordReset = "x", "md5", true })
	d.session(u, "One")
	path := "/users/" + u.ID + "/remove_password"
	d.pass(time.Second)
	out := d.do("POST", path, fields{"sign_out_of_other_sessions": true}).ok()
	require.Equal(t, false, out["password_enabled"])
	require.Equal(t, false, out["requires_password_reset"])
	require.Equal(t, "revoked", d.do("GET", "/sessions/"+testID("sess", "One"), nil).ok()["status"])
	d.pass(time.Second)
	require.Equal(t, out["updated_at"], d.do("POST", path, nil).ok()["updated_at"], "nothing to remove")
}
