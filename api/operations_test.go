package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
)

func TestUsers_ListGetCount(t *testing.T) { onEveryVersion(t, findThem) }

func findThem(t *testing.T, d *desk) {
	for i, name := range []string{"Maya", "Amaya", "Sam", "Elin"} {
		d.person(name, i, func(u *store.User) { u.Banned = name == "Sam" })
	}
	names := func(q api.Query) (out string) {
		users, err := d.ListUsers(ctx, q)
		require.NoError(t, err)
		for _, u := range users {
			require.Empty(t, u.Problems)
			require.Equal(t, began, u.ReadAt)
			out += u.FirstName.Raw() + " "
		}
		n, err := d.CountUsers(ctx, q)
		require.NoError(t, err)
		require.GreaterOrEqual(t, n, len(users))
		return out
	}
	require.Equal(t, "Elin Sam Amaya Maya ", names(api.Query{}))
	require.Equal(t, "Maya Amaya Sam Elin ", names(api.Query{Ascending: true}))
	require.Equal(t, "Amaya Maya ", names(api.Query{Search: "maya"}))
	require.Equal(t, "Sam ", names(api.Query{Banned: ptr(true)}))
	require.Equal(t, "Sam Maya ", names(api.Query{OrderBy: api.OrderFirstName, Limit: 2}))
	require.Equal(t, "Elin Amaya ", names(api.Query{OrderBy: api.OrderFirstName, Limit: 2, Offset: 2, StartingAfter: "ignored"}))
	require.Equal(t, "Amaya Maya ", names(api.Query{StartingAfter: id("user", "Sam"), Offset: 2}))
	require.Equal(t, "Elin ", names(api.Query{Email: []string{"elin@mail.example"}}))
	require.Equal(t, "Elin Amaya Maya ", names(api.Query{UserID: []string{"-" + id("user", "Sam")}}))
	require.Equal(t, "", names(api.Query{Search: "nobody"}))

	_, err := d.GetUser(ctx, text("user_nobody"))
	require.Equal(t, "resource_not_found", failed(t, err, api.KindNotFound).Code())
	require.Len(t, failed(t, err, api.KindNotFound).TraceID.Raw(), 32)
	wrong, err := api.NewKey("sk_test_somethingelse")
	require.NoError(t, err)
	stranger, err := api.New(api.Config{BaseURL: "http://frontdesk.local", Key: wrong, Transport: d.server.Transport()})
	require.NoError(t, err)
	_, err = stranger.ListUsers(ctx, api.Query{})
	failed(t, err, api.KindBadKey)
}

func TestUser_BanAndLock(t *testing.T) { onEveryVersion(t, stateOfAUser) }

func stateOfAUser(t *testing.T, d *desk) {
	maya := d.person("Maya", 1, func(u *store.User) { u.LastSignInAt = began.UnixMilli() })
	for _, step := range []struct {
		do   func() (*api.User, error)
		want string
	}{
		{func() (*api.User, error) { return d.BanUser(ctx, maya) }, "banned"},
		{func() (*api.User, error) { return d.UnbanUser(ctx, maya) }, "active"},
		{func() (*api.User, error) { return d.LockUser(ctx, maya) }, "locked"},
		{func() (*api.User, error) { return d.UnlockUser(ctx, maya) }, "active"},
	} {
		u, err := step.do()
		require.NoError(t, err)
		require.Equal(t, step.want, u.Status(d.Now()).String())
		require.Equal(t, maya, u.ID)
		require.Empty(t, u.Problems)
	}
	u, err := d.LockUser(ctx, maya)
	require.NoError(t, err)
	left, never := u.LockRemaining(d.Now().Add(13 * time.Minute))
	require.Equal(t, 47*time.Minute, left)
	require.False(t, never)

	d.settings(func(s *store.Settings) { s.BanOff, s.LockoutOff = true, true })
	_, err = d.BanUser(ctx, maya)
	require.Equal(t, 402, failed(t, err, api.KindForbidden).Status)
	require.ErrorContains(t, err, "Lock the user or revoke their sessions instead")
	_, err = d.LockUser(ctx, maya)
	require.Equal(t, 403, failed(t, err, api.KindForbidden).Status)
	require.ErrorContains(t, err, "switched off in this instance")
}

func TestBanUsers(t *testing.T) { onEveryVersion(t, bulk) }

func bulk(t *testing.T, d *desk) {
	ids := []clean.Text{d.person("Maya", 1), d.person("Sam", 2)}
	users, err := d.BanUsers(ctx, ids)
	require.NoError(t, err)
	require.Len(t, users, 2)
	require.True(t, users[0].Banned && users[1].Banned)
	users, err = d.UnbanUsers(ctx, ids)
	require.NoError(t, err)
	require.False(t, users[0].Banned || users[1].Banned)
	_, err = d.BanUsers(ctx, nil)
	require.EqualError(t, err, "Could not ban the users: no users were given.")
	_, err = d.BanUsers(ctx, make([]clean.Text, 51))
	require.ErrorContains(t, err, "51 users are too many for one call; at most 50 are allowed")
}

func TestUser_CreateUpdateDelete(t *testing.T) { onEveryVersion(t, createUpdateDelete) }

func createUpdateDelete(t *testing.T, d *desk) {
	u, err := d.CreateUser(ctx, api.NewUser{
		FirstName: wire.Set("Ann <&>"), EmailAddress: wire.Set([]string{"ann+a@mail.example"}), PhoneNumber: wire.Set([]string{"+12015550123"}),
		Password: wire.Set(wire.NewSecret("correct horse battery")), PublicMetadata: wire.Set(api.RawObject(`{"n": 9223372036854775807}`)),
		CreatedAt: wire.Set(began.Add(-time.Hour)), ExternalID: wire.Set("crm-1"),
	})
	require.NoError(t, err)
	require.Equal(t, "Ann <&>", u.FirstName.Raw())
	require.Equal(t, "ann+a@mail.example", u.Email().Raw())
	require.Equal(t, "+12015550123", u.Phone().Raw())
	require.True(t, u.PasswordEnabled)
	require.Equal(t, began.Add(-time.Hour), u.CreatedAt.Time)
	require.JSONEq(t, `{"n":9223372036854775807}`, string(u.PublicMetadata))

	_, err = d.CreateUser(ctx, api.NewUser{EmailAddress: wire.Set([]string{"ann+a@mail.example"}), SkipPasswordRequirement: wire.Set(true)})
	e := failed(t, err, api.KindRefused)
	require.Equal(t, "form_identifier_exists", e.Code())
	require.Equal(t, "email_address", e.Items[0].Param())
	_, err = d.CreateUser(ctx, api.NewUser{PublicMetadata: wire.Set(api.RawObject(`[]`))})
	require.ErrorContains(t, err, "must be an object")

	before := u.LastName
	u, err = d.UpdateUser(ctx, u.ID, api.UserChange{FirstName: wire.Null[string](), Username: wire.Set("ann_lee")})
	require.NoError(t, err)
	require.True(t, u.FirstName.Empty())
	require.Equal(t, "ann_lee", u.Username.Raw())
	require.Equal(t, before, u.LastName, "what was not changed was not sent")
	_, err = d.UpdateUser(ctx, u.ID, api.UserChange{})
	require.EqualError(t, err, "Could not update the user: nothing was changed.")
	require.True(t, api.UserChange{}.Empty())

	gone, err := d.DeleteUser(ctx, u.ID)
	require.NoError(t, err)
	require.True(t, gone.Deleted)
	require.Equal(t, u.ID, gone.ID)
	_, err = d.DeleteUser(ctx, u.ID)
	require.Equal(t, "resource_not_found", failed(t, err, api.KindNotFound).Code())
}

func TestUser_Metadata(t *testing.T) { onEveryVersion(t, metadata) }

func metadata(t *testing.T, d *desk) {
	maya := d.person("Maya", 1, func(u *store.User) { u.Public = json.RawMessage(`{"a":{"b":1,"c":2},"d":[1,2]}`) })
	u, err := d.UpdateMetadata(ctx, maya, api.Metadata{Public: wire.Set(api.RawObject(` {"a":{"b":null,"big":18446744073709551615},"d":[3]}`))})
	require.NoError(t, err)
	require.Contains(t, string(u.PublicMetadata), "18446744073709551615")
	require.JSONEq(t, `{"a":{"c":2,"big":18446744073709551615},"d":[3]}`, string(u.PublicMetadata))
	u, err = d.ReplaceMetadata(ctx, maya, api.Metadata{Public: wire.Set(api.RawObject(`{}`)), Private: wire.Set(api.RawObject(`{"k":"v"}`))})
	require.NoError(t, err)
	require.Equal(t, `{}`, string(u.PublicMetadata))
	require.Equal(t, `{"k":"v"}`, string(u.PrivateMetadata))
	_, err = d.UpdateMetadata(ctx, maya, api.Metadata{})
	require.ErrorContains(t, err, "nothing was changed")
	_, err = d.ReplaceMetadata(ctx, maya, api.Metadata{Unsafe: wire.Null[api.RawObject]()})
	require.ErrorContains(t, err, "unsafe_metadata: it is empty")
}

func TestCheckMetadata(t *testing.T) {
	for src, want := range map[string]string{
		`{}`: "", ` {"a":1,"b":{"a":[{"a":1},{"a":2}]}} `: "", `{"a":"b","b":"a"}`: "",
		``:                      "it is empty; an empty object is {}",
		`null`:                  "it must be an object in { }, but is null",
		`[1]`:                   "it must be an object in { }, but is a list",
		"{\n\"a\":1,\n}":        "it is not valid JSON: line 3, column 1, invalid character '}' looking for beginning of object key string",
		`{"a":1,"a":2}`:         `it contains the key "a" twice`,
		`{"b":[{"a":1,"a":2}]}`: `it contains the key "a" twice`,
		`{"a":1,"\u0061":2}`:    `it contains the key "a" twice`,
		"{\"a\":\"\xff\"}":      "it contains bytes that are not UTF-8 text",
		`{"a":"` + string(bytes.Repeat([]byte("x"), 8185)) + `"}`:                                 "it is 8193 bytes; at most 8192 (8 KB) are allowed",
		string(bytes.Repeat([]byte(`{"a":`), 300)) + "1" + string(bytes.Repeat([]byte("}"), 300)): "it is nested deeper than 256 levels",
	} {
		err := api.CheckMetadata([]byte(src))
		if want == "" {
			require.NoError(t, err, src)
			continue
		}
		require.EqualError(t, err, want, "%.40s", src)
	}
}

func TestUser_TOTPAndBackupCodes(t *testing.T) { onEveryVersion(t, totpAndBackupCodes) }

func totpAndBackupCodes(t *testing.T, d *desk) {
	maya := d.person("Maya", 1)
	_, err := d.VerifyTOTP(ctx, maya, wire.NewSecret("123456"))
	require.Equal(t, "totp_disabled", failed(t, err, api.KindRefused).Code())
	made, err := d.CreateTOTP(ctx, maya)
	require.NoError(t, err)
	require.Contains(t, made.URI.Reveal(), "otpauth://totp/")
	require.Contains(t, made.URI.Reveal(), made.Secret.Reveal())
	require.NotContains(t, fmt.Sprintf("%+v %#v", made, made), made.Secret.Reveal())

	_, err = d.UpdateUser(ctx, maya, api.UserChange{BackupCodes: wire.Set([]wire.Secret{wire.NewSecret("spare-one-1"), wire.NewSecret("spare-two-2")})})
	require.NoError(t, err)
	code, err := totp.GenerateCode(made.Secret.Reveal(), d.Now())
	require.NoError(t, err)
	check, err := d.VerifyTOTP(ctx, maya, wire.NewSecret(code))
	require.NoError(t, err)
	require.Equal(t, api.TOTPCheck{Verified: true}, check)
	wrong := "000000"
	if wrong == code {
		wrong = "000001"
	}
	check, err = d.VerifyTOTP(ctx, maya, wire.NewSecret(wrong))
	require.NoError(t, err)
	require.False(t, check.Verified)
	check, err = d.VerifyTOTP(ctx, maya, wire.NewSecret("spare-one-1"))
	require.NoError(t, err)
	require.Equal(t, api.TOTPCheck{Verified: true, BackupCode: true}, check)
	check, err = d.VerifyTOTP(ctx, maya, wire.NewSecret("spare-one-1"))
	require.False(t, check.Verified, "it is spent: %v", err)

	require.NoError(t, d.DeleteBackupCodes(ctx, maya))
	require.NoError(t, d.DeleteTOTP(ctx, maya))
	require.NoError(t, d.DisableMFA(ctx, maya))
	u, err := d.GetUser(ctx, maya)
	require.NoError(t, err)
	require.False(t, u.TOTPEnabled || u.BackupCodeEnabled || u.HasMFA())
	require.Equal(t, "resource_not_found", failed(t, d.DisableMFA(ctx, text("user_nobody")), api.KindNotFound).Code())
}

// A locally generated secret set by PATCH replaces Clerk's own.
func TestCreateTOTP_Substitute(t *testing.T) {
	for status, body := range map[int]string{405: "", 404: `{"errors":[{"code":"route_not_found","message":"x"}]}`} {
		client, _ := serve(t, reply(status, body))
		_, err := client.CreateTOTP(ctx, ann)
		require.True(t, api.IsTOTPUnsupported(err), status)
		failed(t, err, api.KindRefused)
		require.False(t, api.IsOutcomeUnknown(err))
		require.EqualError(t, err, "Could not create a TOTP for the user: this service no longer creates authenticator secrets; you can set one created here instead.")
	}
	client, _ := serve(t, reply(404, `{"errors":[{"code":"resource_not_found","long_message":"No user was found with id user_a."}]}`))
	_, err := client.CreateTOTP(ctx, ann)
	failed(t, err, api.KindNotFound)
	require.False(t, api.IsTOTPUnsupported(err))

	d := newDesk(t)
	maya := d.person("Maya", 1)
	made, err := api.NewTOTP(bytes.NewReader(bytes.Repeat([]byte{7}, 20)), "Harbor & Pine+", "maya+x@mail.example")
	require.NoError(t, err)
	uri, err := otp.NewKeyFromURL(made.URI.Reveal())
	require.NoError(t, err)
	require.Equal(t, "Harbor & Pine+", uri.Issuer())
	require.Equal(t, "maya+x@mail.example", uri.AccountName())
	require.Equal(t, "A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH", uri.Secret())
	require.Equal(t, made.Secret.Reveal(), uri.Secret())
	require.NotContains(t, made.URI.Reveal(), "+")
	u, err := d.SetTOTP(ctx, maya, made.Secret)
	require.NoError(t, err)
	require.True(t, u.TOTPEnabled)
	code, err := totp.GenerateCode(made.Secret.Reveal(), d.Now())
	require.NoError(t, err)
	check, err := d.VerifyTOTP(ctx, maya, wire.NewSecret(code))
	require.NoError(t, err)
	require.True(t, check.Verified)
	_, err = api.NewTOTP(bytes.NewReader(nil), "a", "b")
	require.Error(t, err)
}

func TestUser_Passwords(t *testing.T) { onEveryVersion(t, passwords) }

func passwords(t *testing.T, d *desk) {
	maya := d.person("Maya", 1)
	_, err := d.VerifyPassword(ctx, maya, wire.NewSecret("x"))
	require.Equal(t, "no_password_set", failed(t, err, api.KindRefused).Code())
	_, err = d.UpdateUser(ctx, maya, api.UserChange{Password: wire.Set(wire.NewSecret("correct horse battery"))})
	require.NoError(t, err)
	ok, err := d.VerifyPassword(ctx, maya, wire.NewSecret("correct horse battery"))
	require.NoError(t, err)
	require.True(t, ok)
	ok, err = d.VerifyPassword(ctx, maya, wire.NewSecret("wrong"))
	require.NoError(t, err)
	require.False(t, ok)
	if d.version == api.OldestVersion {
		_, err := d.SetPasswordCompromised(ctx, maya, true)
		failed(t, err, api.KindRefused)
		require.EqualError(t, err, "Could not set the password as compromised: API version 2021-02-05 does not have this operation; it was added in 2025-11-10.")
		_, err = d.UnsetPasswordCompromised(ctx, maya)
		failed(t, err, api.KindRefused)
	} else {
		u, err := d.SetPasswordCompromised(ctx, maya, true)
		require.NoError(t, err)
		require.True(t, u.RequiresPasswordReset)
		u, err = d.UnsetPasswordCompromised(ctx, maya)
		require.NoError(t, err)
		require.False(t, u.RequiresPasswordReset)
	}
	u, err := d.RemovePassword(ctx, maya, true)
	require.NoError(t, err)
	require.False(t, u.PasswordEnabled)

	client, _ := serve(t, reply(200, `{"verified":false}`))
	_, err = client.VerifyPassword(ctx, ann, wire.NewSecret("x"))
	failed(t, err, api.KindInvalidResponse)
}

func TestUser_Sessions(t *testing.T) { onEveryVersion(t, sessions) }

func sessions(t *testing.T, d *desk) {
	maya, sam := d.person("Maya", 1), d.person("Sam", 2)
	one := d.session(maya, "One")
	d.session(maya, "Two")
	d.session(maya, "Three")
	d.session(sam, "Four")
	p, err := d.Sessions(ctx, maya, "", 2, 0)
	require.NoError(t, err)
	require.Len(t, p.Rows, 2)
	require.Equal(t, 3, p.Total)
	require.Empty(t, p.Rows[0].Problems)
	require.Equal(t, "Lisbon", p.Rows[0].LatestActivity.City.Raw())
	require.True(t, p.Rows[0].IsLive())
	s, err := d.RevokeSession(ctx, one)
	require.NoError(t, err)
	require.Equal(t, "revoked", s.Status.Raw())
	revoked, err := d.RevokeAllSessions(ctx, maya)
	require.NoError(t, err)
	require.Len(t, revoked, 2)
	p, err = d.Sessions(ctx, maya, "active", 0, 0)
	require.NoError(t, err)
	require.Empty(t, p.Rows)
	p, err = d.Sessions(ctx, sam, "active", 0, 0)
	require.NoError(t, err)
	require.Len(t, p.Rows, 1, "somebody else's")
	_, err = d.RevokeSession(ctx, text("sess_none"))
	failed(t, err, api.KindNotFound)
}

func TestUser_EmailAddressesAndPhoneNumbers(t *testing.T) {
	onEveryVersion(t, emailAddressesAndPhoneNumbers)
}

func emailAddressesAndPhoneNumbers(t *testing.T, d *desk) {
	maya := d.person("Maya", 1)
	mail, err := d.CreateEmailAddress(ctx, api.NewEmailAddress{UserID: wire.Set(maya.Raw()), EmailAddress: wire.Set("second@mail.example"), Verified: wire.Set(false)})
	require.NoError(t, err)
	mail, err = d.UpdateEmailAddress(ctx, mail.ID, api.EmailAddressChange{Verified: wire.Set(true), Primary: wire.Set(true)})
	require.NoError(t, err)
	require.Equal(t, "verified", mail.Verification.Status.Raw())
	again, err := d.GetEmailAddress(ctx, mail.ID)
	require.NoError(t, err)
	require.Equal(t, mail, again)
	phone, err := d.CreatePhoneNumber(ctx, api.NewPhoneNumber{UserID: wire.Set(maya.Raw()), PhoneNumber: wire.Set("+12015550142"), Verified: wire.Set(true)})
	require.NoError(t, err)
	phone, err = d.UpdatePhoneNumber(ctx, phone.ID, api.PhoneNumberChange{ReservedForSecondFactor: wire.Set(true)})
	require.NoError(t, err)
	require.True(t, phone.ReservedForSecondFactor)
	_, err = d.GetPhoneNumber(ctx, phone.ID)
	require.NoError(t, err)
	u, err := d.GetUser(ctx, maya)
	require.NoError(t, err)
	require.Equal(t, "second@mail.example", u.Email().Raw())
	require.Len(t, u.PhoneNumbers, 1)

	_, err = d.CreatePhoneNumber(ctx, api.NewPhoneNumber{UserID: wire.Set(maya.Raw()), PhoneNumber: wire.Set("0142")})
	require.Equal(t, "phone_number", failed(t, err, api.KindRefused).Items[0].Param())
	gone, err := d.DeletePhoneNumber(ctx, phone.ID)
	require.NoError(t, err)
	require.True(t, gone.Deleted)
	_, err = d.DeleteEmailAddress(ctx, mail.ID)
	require.NoError(t, err)
	_, err = d.DeleteEmailAddress(ctx, mail.ID)
	failed(t, err, api.KindNotFound)
}

func TestUser_SentVerificationCodes(t *testing.T) { onEveryVersion(t, codesThatAreSent) }

func codesThatAreSent(t *testing.T, d *desk) {
	maya := d.person("Maya", 1)
	mail, err := d.CreateEmailAddress(ctx, api.NewEmailAddress{UserID: wire.Set(maya.Raw()), EmailAddress: wire.Set("x+clerk_test@mail.example"), Verified: wire.Set(false)})
	require.NoError(t, err)
	sent, err := d.PrepareEmailVerification(ctx, mail.ID)
	require.NoError(t, err)
	got, err := d.AttemptEmailVerification(ctx, mail.ID, sent.ID, wire.NewSecret("111111"))
	require.NoError(t, err)
	require.NotEqual(t, "verified", got.Status.Raw())
	got, err = d.AttemptEmailVerification(ctx, mail.ID, sent.ID, wire.NewSecret("424242"))
	require.NoError(t, err)
	require.Equal(t, "verified", got.Status.Raw())
	phone, err := d.CreatePhoneNumber(ctx, api.NewPhoneNumber{UserID: wire.Set(maya.Raw()), PhoneNumber: wire.Set("+12015550142"), Verified: wire.Set(false)})
	require.NoError(t, err)
	sent, err = d.PreparePhoneVerification(ctx, phone.ID)
	require.NoError(t, err)
	got, err = d.AttemptPhoneVerification(ctx, phone.ID, sent.ID, wire.NewSecret("424242"))
	require.NoError(t, err)
	require.Equal(t, "verified", got.Status.Raw())
}

func TestUser_PasskeysWalletsAndAccounts(t *testing.T) { onEveryVersion(t, passkeysWalletsAndAccounts) }

func passkeysWalletsAndAccounts(t *testing.T, d *desk) {
	passkey, wallet := text(id("idn", "Passkey")), text(id("idn", "Wallet"))
	maya := d.person("Maya", 1, func(u *store.User) {
		u.Passkeys = []store.Passkey{{ID: passkey.Raw(), Name: "Phone", LastUsedAt: began.UnixMilli(), Verification: &store.Verification{Object: "verification_passkey", Status: "verified", Strategy: "passkey"}}}
		u.Wallets = []store.Wallet{{ID: wallet.Raw(), Address: "0x0123456789012345678901234567890123456789", CreatedAt: 1, UpdatedAt: 1, Verification: admin()}}
		for _, legacy := range []bool{false, true} {
			name := fmt.Sprint("Google", legacy)
			u.External = append(u.External, store.ExternalAccount{
				ID: id("eac", name), IdentificationID: id("idn", name), LegacyID: legacy, Provider: "oauth_google", ProviderUserID: name,
				CreatedAt: 1, UpdatedAt: 1, Verification: &store.Verification{Object: "verification_oauth", Status: "verified", Strategy: "oauth_google", ExpireAt: began.UnixMilli()},
			})
		}
	})
	u, err := d.GetUser(ctx, maya)
	require.NoError(t, err)
	require.Empty(t, u.Problems)
	require.NotEqual(t, u.ExternalAccounts[1].ID, u.ExternalAccounts[1].DeletableID())
	for _, remove := range []func() (*api.Deleted, error){
		func() (*api.Deleted, error) { return d.DeletePasskey(ctx, maya, u.Passkeys[0].ID) },
		func() (*api.Deleted, error) { return d.DeleteWeb3Wallet(ctx, maya, u.Web3Wallets[0].ID) },
		func() (*api.Deleted, error) {
			return d.DeleteExternalAccount(ctx, maya, u.ExternalAccounts[0].DeletableID())
		},
		func() (*api.Deleted, error) {
			return d.DeleteExternalAccount(ctx, maya, u.ExternalAccounts[1].DeletableID())
		},
	} {
		gone, err := remove()
		require.NoError(t, err)
		require.True(t, gone.Deleted)
		_, err = remove()
		failed(t, err, api.KindNotFound)
	}
	client, _ := serve(t, reply(200, `{"object":"passkey","deleted":false}`))
	_, err = client.DeletePasskey(ctx, ann, passkey)
	failed(t, err, api.KindInvalidResponse)
	require.True(t, api.IsOutcomeUnknown(err))
}

func TestUser_OAuthTokens(t *testing.T) { onEveryVersion(t, oauthTokens) }

func oauthTokens(t *testing.T, d *desk) {
	expires := began.Add(time.Hour)
	maya := d.person("Maya", 1, func(u *store.User) {
		u.External = []store.ExternalAccount{{ID: id("eac", "G"), IdentificationID: id("idn", "G"), Provider: "oauth_google", ProviderUserID: "7", CreatedAt: 1, UpdatedAt: 1,
			Verification: &store.Verification{Object: "verification_oauth", Status: "verified", Strategy: "oauth_google", ExpireAt: began.UnixMilli()}}}
	})
	d.put(func(tx *store.Tx) error {
		return tx.PutToken(&store.Token{UserID: maya.Raw(), Provider: "oauth_google", ExternalAccountID: id("eac", "G"), AccessToken: "ya29.secret", Scopes: []string{"email"}, ExpiresAt: expires.UnixMilli()})
	})
	for _, provider := range []string{"google", "oauth_google"} {
		tokens, err := d.OAuthTokens(ctx, maya, text(provider))
		require.NoError(t, err)
		require.Len(t, tokens, 1)
		require.Equal(t, "ya29.secret", tokens[0].Token.Reveal())
		require.NotContains(t, fmt.Sprintf("%+v", tokens), "ya29")
		require.Equal(t, expires, tokens[0].Expires().Time)
		require.Equal(t, "email", tokens[0].Scopes[0].Raw())
	}
	require.Equal(t, expires, api.OAuthToken{ExpiresAt: ptr(expires.Unix())}.Expires().Time)
	require.True(t, api.OAuthToken{}.Expires().IsZero())
}

func TestClient_OrganizationsAndInstance(t *testing.T) {
	onEveryVersion(t, organizationsAndTheInstance)
}

func organizationsAndTheInstance(t *testing.T, d *desk) {
	maya := d.person("Maya", 1)
	now := began.UnixMilli()
	org := id("org", "Pine")
	d.put(func(tx *store.Tx) error {
		if err := tx.PutOrganization(&store.Organization{ID: org, Name: "Pine", Slug: "pine", CreatedAt: now, UpdatedAt: now}); err != nil {
			return err
		}
		if err := tx.PutInvitation(&store.Invitation{ID: id("orginv", "I"), OrganizationID: org, EmailAddress: "maya@mail.example", Role: "org:member", Status: "pending", CreatedAt: now, UpdatedAt: now, ExpiresAt: now + 1000}); err != nil {
			return err
		}
		return tx.PutMembership(&store.Membership{ID: id("orgmem", "M"), UserID: maya.Raw(), OrganizationID: org, Role: "org:admin", Permissions: []string{"org:x:read"}, CreatedAt: now, UpdatedAt: now})
	})
	m, err := d.Memberships(ctx, maya, 10, 0)
	require.NoError(t, err)
	require.Equal(t, 1, m.Total)
	require.Equal(t, "Pine", m.Rows[0].Organization.Name.Raw())
	require.Equal(t, "org:x:read", m.Rows[0].Permissions[0].Raw())
	require.Empty(t, m.Rows[0].Problems)
	i, err := d.Invitations(ctx, maya, "pending", 0, 0)
	require.NoError(t, err)
	require.Len(t, i.Rows, 1)
	require.Equal(t, "pending", i.Rows[0].Status.Raw())
	d.settings(func(s *store.Settings) { s.OrganizationsOff = true })
	_, err = d.Memberships(ctx, maya, 0, 0)
	require.ErrorContains(t, err, "organizations are switched off in this instance")

	instance, err := d.GetInstance(ctx)
	require.NoError(t, err)
	require.Equal(t, "development", instance.EnvironmentType.Raw())
}
