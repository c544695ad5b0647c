package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

// userJSON is a captured user, completed with the fields it lacked.
const userJSON = `{"id":"user_2AnnLeeExample000000000000A","object":"user","username":"ann\u006c","first_name":"Ann","last_name":"Núñez","locale":null,"timezone":"Europe/Berlin",
"image_url":"https://img.example/eyJ0eX","has_image":true,"primary_email_address_id":"idn_2AnnEmailExample0000000000B",
"primary_phone_number_id":null,"primary_web3_wallet_id":null,"password_enabled":true,"two_factor_enabled":true,
"totp_enabled":true,"backup_code_enabled":false,
"email_addresses":[{"id":"idn_2AnnEmailExample0000000000B","object":"email_address","email_address":"ann@example.com",
"reserved":false,"verification":{"object":"verification_from_oauth","status":"verified","strategy":"from_oauth_google",
"attempts":null,"expire_at":null,"error":{"code":"x","message":"y","meta":{"param_name":"z"}}},"linked_to":[{"type":"oauth_google","id":"idn_2AnnGoogleExample000000000C"}],
"matches_sso_connection":true,"created_at":1768619805296,"updated_at":1768619811670}],
"phone_numbers":[{"id":"idn_phone","object":"phone_number","phone_number":"+15555550100","reserved_for_second_factor":true,"default_second_factor":true,
"reserved":false,"verification":{"object":"verification_otp","status":"verified","strategy":"phone_code","channel":"sms","attempts":1,"expire_at":1768619805296},
"linked_to":[],"backup_codes":["one","two"],"created_at":1768619805296,"updated_at":1768619811670}],
"web3_wallets":[{"id":"idn_wallet","object":"web3_wallet","web3_wallet":"0x00","verification":null,"created_at":1768619805296,"updated_at":1768619811670}],
"passkeys":[{"id":"idn_passkey","object":"passkey","name":"Phone","last_used_at":1768619805296,"verification":null}],
"external_accounts":[{"id":"idn_g","object":"google_account","external_account_id":"eac_g","provider":"oauth_google","identification_id":"idn_g","provider_user_id":"1",
"approved_scopes":"email profile","email_address":"ann@example.com","email_address_verified":true,"first_name":"","last_name":"","image_url":null,"avatar_url":"a","username":null,
"phone_number":null,"label":null,"public_metadata":{},"verification":null,"created_at":1768619805296,"updated_at":1768619811670}],
"saml_accounts":[{"id":"samlacc","provider":"saml_okta","active":true,"email_address":"a","verification":null,"last_authenticated_at":null,"public_metadata":{},"saml_connection":{"id":"c","name":"Okta","domains":["a.example","b.example"],"active":true}}],
"enterprise_accounts":[{"id":"entacc","protocol":"saml","provider":"p","active":true,"email_address":"a","verification":null,"enterprise_connection_id":"c","enterprise_connection":{"id":"c","protocol":"saml","name":"Okta","domain":"a.example"}}],
"organization_memberships":[{"id":"orgmem","role":"org:admin","permissions":["a","b"],"public_metadata":{"x":1},"organization":{"id":"org","name":"Pine","members_count":3,"max_allowed_memberships":5,"created_at":1768619805296},"created_at":1768619805296}],
"password_last_updated_at":1768619805296,"public_metadata":{"big":9223372036854775807,"bigger":18446744073709551615, "deep":{"a":[1,2]}},"private_metadata":{},"unsafe_metadata":{},"external_id":"crm-1",
"last_sign_in_at":1768619811674,"banned":true,"locked":true,"lockout_expires_in_seconds":2820,
"verification_attempts_remaining":100,"created_at":1768619811660,"updated_at":1768619811685,"delete_self_enabled":true,
"bypass_client_trust":true,"create_organization_enabled":true,"create_organizations_limit":0,"last_active_at":1768619811659,"mfa_enabled_at":1768619811659,
"mfa_disabled_at":1768619811659,"legal_accepted_at":1768619811659,"requires_password_reset":true,"deprovisioned":true,
"profile_image_url":"https://images.example/img","never_heard_of":{"a":[{}]}}`

func read(t testing.TB, src string) User {
	t.Helper()
	var u User
	require.NoError(t, u.UnmarshalJSON([]byte(src)))
	return u
}

// withField returns userJSON with one field replaced.
func withField(t testing.TB, field, value string) string {
	t.Helper()
	var m map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(userJSON), &m))
	if value == "" {
		delete(m, field)
	} else {
		m[field] = json.RawMessage(value)
	}
	out, err := json.Marshal(m)
	require.NoError(t, err)
	return string(out)
}

func problems(u User) []string {
	var out []string
	for _, p := range u.Problems {
		out = append(out, p.Display())
	}
	return out
}

func TestUser_DecodesEveryField(t *testing.T) {
	u := read(t, userJSON)
	require.Empty(t, problems(u))
	unread := []string{"Locale", "PrimaryPhoneNumberID", "PrimaryWeb3WalletID", "BackupCodeEnabled", "ReadAt", "Problems", "TOTPPending", "Masked"}
	v := reflect.ValueOf(u)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		require.Equal(t, !slices.Contains(unread, name), !v.Field(i).IsZero(), name)
	}
	require.Equal(t, "annl", u.Username.Raw())
	require.Equal(t, "Núñez", u.LastName.Raw())
	require.Equal(t, time.UnixMilli(1768619811660).UTC(), u.CreatedAt.Time)
	require.Equal(t, "verified", u.EmailAddresses[0].Verification.Status.Raw())
	require.Equal(t, "z", u.EmailAddresses[0].Verification.Error.Param())
	require.Equal(t, "oauth_google", u.EmailAddresses[0].LinkedTo[0].Type.Raw())
	require.Equal(t, int64(1), *u.PhoneNumbers[0].Verification.Attempts)
	require.Equal(t, []clean.Text{clean.NewText("one"), clean.NewText("two")}, u.PhoneNumbers[0].BackupCodes)
	require.Equal(t, "eac_g", u.ExternalAccounts[0].DeletableID().Raw())
	require.True(t, *u.ExternalAccounts[0].EmailAddressVerified)
	require.Equal(t, "b.example", u.SAMLAccounts[0].Connection.Domains[1].Raw())
	require.Equal(t, "Okta", u.EnterpriseAccounts[0].Connection.Name.Raw())
	require.Equal(t, int64(3), *u.OrganizationMemberships[0].Organization.MembersCount)
	require.Contains(t, string(u.PublicMetadata), "18446744073709551615")
	require.Equal(t, userJSON, string(u.Body))
}

// The decoder panics on a type with a field that it cannot decode.
func TestUser_KnowsEveryWireField(t *testing.T) {
	for name, decode := range map[string]func() error{
		"User": decodeEmpty[User], "Session": decodeEmpty[Session], "OrganizationMembership": decodeEmpty[OrganizationMembership],
		"OrganizationInvitation": decodeEmpty[OrganizationInvitation], "OAuthToken": decodeEmpty[OAuthToken], "TOTP": decodeEmpty[TOTP],
		"Deleted": decodeEmpty[Deleted], "Instance": decodeEmpty[Instance], "failure": decodeEmpty[errorBody],
	} {
		require.NotPanics(t, func() { require.NoError(t, decode(), name) }, name)
	}
	require.Panics(t, func() {
		_ = decodeEmpty[struct {
			Odd chan int `json:"odd"`
		}]()
	})
}

func decodeEmpty[T any]() error {
	_, err := wire.Decode[T]("{}", "an object")
	return err
}

func TestUser_BrokenFieldsAreReportedAndTheRestIsKept(t *testing.T) {
	for field, cases := range map[string]map[string]string{
		"created_at": {
			"1000000000000000000": "created_at is not a plausible time (1000000000000000000)",
			"-62167219200000":     "created_at is not a plausible time (-62167219200000)",
			"1e400":               "created_at is not a plausible time (1e400)",
			`"2026-01-01"`:        "created_at should be a time in milliseconds but is a text",
			"":                    "created_at is missing",
		},
		"banned":                     {`"yes"`: "banned should be true or false but is a text", "null": "banned should have a value but is null", "": "banned is missing"},
		"first_name":                 {`7`: "first_name should be a text but is a number", `{}`: "first_name should be a text but is an object"},
		"lockout_expires_in_seconds": {"1.5": "lockout_expires_in_seconds is not a whole number (1.5)"},
		"email_addresses": {
			`{}`:                                    "email_addresses should be a list but is an object",
			`[7]`:                                   "email_addresses 1 should be an object but is a number",
			`[{},{"id":[]}]`:                        "email_addresses 2, id should be a text but is a list",
			`[{"linked_to":[1]}]`:                   "email_addresses 1, linked_to 1 should be an object but is a number",
			`[{"verification":{"expire_at":1e18}}]`: "email_addresses 1, verification, expire_at is not a plausible time (1e18)",
		},
		"id": {"null": "id should have a value but is null"},
	} {
		for value, want := range cases {
			u := read(t, withField(t, field, value))
			require.Equal(t, []string{want}, problems(u), "%s: %s", field, value)
			require.Equal(t, "Núñez", u.LastName.Raw())
			require.NotEmpty(t, u.Body)
		}
	}
}

func TestUser_AcceptsNullsAndMissingOptionals(t *testing.T) {
	src := `{"id":"user_a","email_addresses":null,"phone_numbers":[],"password_enabled":false,"two_factor_enabled":false,
		"last_sign_in_at":null,"banned":false,"locked":false,"lockout_expires_in_seconds":null,"created_at":1768619811660,
		"first_name":null,"has_image":null,"public_metadata":null,"passkeys":null,"saml_accounts":null}`
	u := read(t, src)
	require.Empty(t, problems(u))
	require.Nil(t, u.PublicMetadata)
	require.Nil(t, u.LockoutExpiresInSeconds)
}

func TestUsers_OneBrokenUserDoesNotFailTheList(t *testing.T) {
	list := "[" + strings.Join([]string{userJSON, `7`, `null`, `"x"`, `[[]]`, `{}`, `{"id":"user_b","created_at":1e18}`, userJSON}, ",") + "]"
	users, err := decodeUsers([]byte(list), time.UnixMilli(1))
	require.NoError(t, err)
	require.Len(t, users, 8)
	require.Empty(t, users[0].Problems)
	require.Empty(t, users[7].Problems)
	require.Equal(t, []string{"this entry should be a user but is a number"}, problems(users[1]))
	require.Equal(t, []string{"this entry should be a user but is null"}, problems(users[2]))
	require.Contains(t, problems(users[5]), "id is missing")
	require.Equal(t, "user_b", users[6].ID.Raw())
	require.Equal(t, `7`, string(users[1].Body))
	require.Equal(t, time.UnixMilli(1), users[0].ReadAt)
}

func TestUsers_RejectsOtherJSON(t *testing.T) {
	for _, src := range []string{``, `{}`, `7`, `null`, `{"data":{}}`, `[`, `[1,`, `{"data":[}`, `<html>`} {
		_, err := decodeUsers([]byte(src), time.Time{})
		require.Error(t, err, src)
	}
	rows, err := wire.DecodeList[Deleted]([]byte(`{"total_count":3,"data":[{},1],"x":[]}`), "an object")
	require.NoError(t, err)
	require.Equal(t, []string{"{}", "1"}, rows.Texts)
	require.Equal(t, 3, rows.Total)
	_, err = decodeUsers([]byte("["+strings.Repeat("{},", 1000)+"{}]"), time.Time{})
	require.ErrorContains(t, err, "more than 1000 entries")
}

func TestUser_DepthAndSizeAreBounded(t *testing.T) {
	deep := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	fine := read(t, withField(t, "public_metadata", deep(wire.MaxDepth-1)))
	require.Empty(t, fine.Problems)
	require.NotNil(t, fine.Body)

	u := read(t, `{"id":"user_a","public_metadata":`+deep(100_000)+`,"first_name":"Ann"}`)
	require.Equal(t, "Ann", u.FirstName.Raw())
	require.Nil(t, u.PublicMetadata)
	require.Nil(t, u.Body, "an indented print of it would be gigabytes")
	require.Contains(t, strings.Join(problems(u), "\n"), "public_metadata is nested deeper than 256 levels")

	many := `{"id":"user_a","email_addresses":[` + strings.Repeat("{},", 1<<20) + `{}]}`
	u = read(t, many)
	require.Len(t, u.EmailAddresses, 50_000)
	require.Contains(t, strings.Join(problems(u), "\n"), "email_addresses has too many entries to read")

	wrong := `{"email_addresses":[` + strings.Repeat("1,", 40_000) + `1]}`
	u = read(t, wrong)
	require.Len(t, u.Problems, 20+1)
	require.Regexp(t, `^and \d+ more fields`, u.Problems[20].Display())
}

func TestUser_InvalidBytesAreReplaced(t *testing.T) {
	u := read(t, "{\"id\":\"u\",\"first_name\":\"a\xff\",\"public_metadata\":{\"k\":\"\xc2\"}}")
	require.Equal(t, "a\ufffd", u.FirstName.Raw())
	require.Equal(t, "{\"k\":\"\ufffd\"}", string(u.PublicMetadata))
	require.NotContains(t, string(u.Body), "\xff")
}

func TestTime_DecodeNeverFails(t *testing.T) {
	for src, want := range map[string]int64{`1768619811660`: 1768619811660, `1.76861981166e12`: 1768619811660, `null`: 0, `"x"`: 0, `{}`: 0, `1e18`: 0, `-1`: -1, `true`: 0} {
		var at struct{ T wire.Time }
		require.NoError(t, json.Unmarshal([]byte(`{"T":`+src+`}`), &at))
		if want == 0 {
			require.True(t, at.T.IsZero(), src)
			continue
		}
		require.Equal(t, want, at.T.UnixMilli(), src)
	}
	out, err := json.Marshal([]wire.Time{{}, {Time: time.UnixMilli(5)}})
	require.NoError(t, err)
	require.Equal(t, "[null,5]", string(out))
}

func users(n int) []byte {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(userJSON, "nn", fmt.Sprintf("n%dn", i))
	}
	return []byte("[" + strings.Join(all, ",") + "]")
}

func BenchmarkDecode500Users(b *testing.B) {
	body := users(500)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if list, err := decodeUsers(body, time.Time{}); err != nil || len(list) != 500 {
			b.Fatal(err)
		}
	}
}

// A long list is decoded concurrently and keeps its order.
func TestUsers_LongListsKeepTheirOrder(t *testing.T) {
	var all []string
	for i := range 1000 {
		all = append(all, fmt.Sprintf(`{"id":"user_%d"}`, i))
	}
	list, err := decodeUsers([]byte("["+strings.Join(all, ",")+"]"), time.UnixMilli(1))
	require.NoError(t, err)
	require.Len(t, list, 1000)
	for i, u := range list {
		require.Equal(t, fmt.Sprintf("user_%d", i), u.ID.Raw())
		require.Equal(t, all[i], string(u.Body))
		require.Equal(t, time.UnixMilli(1), u.ReadAt)
	}
}

// A decoded value has U+FFFD for an unpaired surrogate. Metadata, which is passed on
// whole, keeps it.
func TestUser_UnpairedSurrogates(t *testing.T) {
	for in, want := range map[string]string{`\ud800`: "\ufffd", `a\udc00b`: "a\ufffdb", `\ud83d\ude00`: "😀"} {
		var u User
		require.NoError(t, json.Unmarshal([]byte(`{"id":"user_1","first_name":"`+in+`","public_metadata":{"a":"`+in+`"}}`), &u))
		require.Equal(t, want, u.FirstName.Raw(), in)
		require.Equal(t, `{"a":"`+in+`"}`, string(u.PublicMetadata), in)
	}
}
