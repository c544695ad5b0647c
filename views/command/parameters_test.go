package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/contract"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui/tuitest"
)

// parameter is one field of a body: how it is given, and what goes over the wire.
// A secret is given by a file.
type parameter struct{ name, given, sent string }

func digest() string { return "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" }

// shared are what creating and updating a user have in common.
func shared() []parameter {
	return []parameter{
		{"external_id", "crm-1", `"crm-1"`}, {"first_name", "Elin", `"Elin"`}, {"last_name", "Berg", `"Berg"`}, {"locale", "sv-SE", `"sv-SE"`},
		{"username", "elin.b", `"elin.b"`}, {"password_digest", digest(), `"` + digest() + `"`}, {"password_hasher", "bcrypt", `"bcrypt"`},
		{"skip_password_checks", "yes", "true"}, {"totp_secret", "JBSWY3DPEHPK3PXP", `"JBSWY3DPEHPK3PXP"`},
		{"backup_codes", "harbour-1\nharbour-2,harbour-3", `["harbour-1","harbour-2","harbour-3"]`},
		{"create_organizations_limit", "3", "3"}, {"legal_accepted_at", "2026-08-01T09:00:00Z", `"2026-08-01T09:00:00Z"`}, {"skip_legal_checks", "yes", "true"},
		{"created_at", "2020-01-02T03:04:05Z", `"2020-01-02T03:04:05Z"`}, {"bypass_client_trust", "yes", "true"},
		{"password", password, `"` + password + `"`},
	}
}

func created() []parameter {
	return append(shared(), []parameter{
		{"email_address", "elin@fjord.example,e.berg@fjord.example", `["elin@fjord.example","e.berg@fjord.example"]`},
		{"email_address_identification_status", "verified,reserved", `["verified","reserved"]`},
		{"phone_number", "+1 (415) 555-0123", `["+14155550123"]`}, {"phone_number_identification_status", "reserved", `["reserved"]`},
		{"web3_wallet", "0x52908400098527886E0F7030069857D2E4169EE8", `["0x52908400098527886E0F7030069857D2E4169EE8"]`},
		{"skip_password_requirement", "yes", "true"}, {"skip_user_requirement", "yes", "true"},
		{"public_metadata", `{"n":9007199254740993}`, `{"n":9007199254740993}`}, {"private_metadata", `{"a":1}`, `{"a":1}`}, {"unsafe_metadata", `{}`, `{}`},
		{"delete_self_enabled", "no", "false"}, {"create_organization_enabled", "no", "false"}, {"banned", "yes", "true"}, {"locked", "yes", "true"},
	}...)
}

func updated() []parameter {
	return append(shared(), []parameter{
		{"primary_email_address_id", "idn_email2", `"idn_email2"`}, {"notify_primary_email_address_changed", "yes", "true"},
		{"primary_phone_number_id", "idn_phone2", `"idn_phone2"`}, {"primary_web3_wallet_id", "idn_wallet", `"idn_wallet"`},
		{"profile_image_id", "img_1", `"img_1"`}, {"sign_out_of_other_sessions", "yes", "true"},
		{"delete_self_enabled", "yes", "true"}, {"create_organization_enabled", "yes", "true"},
	}...)
}

// withContract sends what the counter sends past the reference's document.
func (c *counter) withContract(t *testing.T) {
	t.Helper()
	client, err := api.New(api.Config{BaseURL: sandbox.InProcessURL + "/v1", Key: testKey(t), Transport: sandbox.NewTransport(contract.Wrap(t, c.Server)),
		Clock: tuitest.NewClock().Now})
	require.NoError(t, err)
	c.Env.Client = client
}

func testKey(t *testing.T) api.Key {
	key, err := api.NewKey("sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e")
	require.NoError(t, err)
	return key
}

// flag is the parameter on the command line.
func (c *counter) flag(f ops.Field, p parameter) []string {
	name := "--" + strings.ReplaceAll(p.name, "_", "-")
	if f.Kind == ops.FieldSecret {
		return []string{name + "-file", c.WriteFile(p.name, []byte(p.given+"\n"))}
	}
	return []string{name, p.given}
}

// Every parameter that the reference lists is there, goes out as the service takes
// it, alone, and is answered.
func TestCreateAndUpdateUser_EveryParameter(t *testing.T) {
	for id, all := range map[string][]parameter{"create_user": created(), "update_user": updated()} {
		op, _ := ops.Users().Get(id)
		given := map[string]parameter{}
		for _, p := range all {
			given[p.name] = p
		}
		require.Len(t, op.Fields, len(given))
		for _, f := range op.Fields {
			p, there := given[f.Name]
			require.True(t, there, f.Name)
			t.Run(id+"/"+f.Name, func(t *testing.T) {
				c := newCounter(t)
				c.change(func(u *store.User) {
					u.Passkeys, u.External = nil, nil // which the document has otherwise
					u.Emails[1].Verification, u.Phones[1].Verification = u.Emails[0].Verification, u.Phones[0].Verification
				})
				args := []string{"do", id}
				if id == "update_user" {
					args = append(args, someoneID)
				}
				args = append(args, c.flag(f, p)...)
				want := map[string]string{p.name: p.sent}
				with := func(name string) {
					other := given[name]
					for _, f := range op.Fields {
						if f.Name == name {
							args, want[name] = append(args, c.flag(f, other)...), other.sent
						}
					}
				}
				switch p.name {
				case "password_digest":
					with("password_hasher")
				case "password_hasher":
					with("password_digest")
				case "skip_password_checks", "sign_out_of_other_sessions":
					with("password")
				case "email_address_identification_status":
					with("email_address")
				case "phone_number_identification_status":
					with("phone_number")
				}
				if id == "create_user" && want["username"] == "" {
					with("username")
				}
				var body map[string]json.RawMessage
				require.NoError(t, json.Unmarshal([]byte(c.sends(args...)), &body))
				require.Len(t, body, len(want), "nothing else is sent: %s", body)
				for name, sent := range want {
					require.Equal(t, sent, string(body[name]), name)
				}
				if p.name == "profile_image_id" {
					return // there is none
				}
				c.withContract(t)
				told := c.run(append(args, "--yes", "--reason", "import", "--confirm", c.toConfirm(id, want))...)
				require.Zero(t, told.code, told.err)
			})
		}
	}
}

// toConfirm is what --confirm needs.
func (c *counter) toConfirm(id string, sent map[string]string) string {
	if id == "create_user" {
		return "create"
	}
	return "0199"
}

// sends is the body that goes over the wire; the service refuses it here.
func (c *counter) sends(args ...string) string {
	c.Helper()
	op, _ := ops.Users().Get(args[1])
	sent := c.record(op)
	c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: "POST"})
	if op.ID == "update_user" {
		c.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: "PATCH"})
	}
	told := c.run(append(args, "--yes", "--reason", "import", "--confirm", c.toConfirm(op.ID, nil))...)
	require.Equal(c, 1, told.code, "%v: %s", args, told.err)
	require.Len(c, *sent, 1)
	c.Server.SetFaults(faults.Switches{})
	return string((*sent)[0].body)
}

func TestCreateAndUpdateUser_Refusals(t *testing.T) {
	c := newCounter(t)
	file := func(name, value string) []string {
		return []string{"--" + name + "-file", c.WriteFile(strings.ReplaceAll(name+value[:1], "/", ""), []byte(value))}
	}
	for _, test := range []struct {
		says string
		args []string
	}{
		{"give the password or its digest, not both", append(append(file("password", password), file("password-digest", digest())...), "--password-hasher", "bcrypt")},
		{"give both the digest and its hasher", file("password-digest", digest())},
		{"give both the digest and its hasher", []string{"--password-hasher", "bcrypt"}},
		{"password checks can only be skipped with a new password", []string{"--skip-password-checks", "yes"}},
		{"--backup-codes-file must be codes separated by commas or line breaks", file("backup-codes", "two words\n")},
		{"--backup-codes-file contains no code", file("backup-codes", " ,\n,")},
		{"--totp-secret-file must be base32", file("totp-secret", "1890")},
		{"--password-hasher must be the name of a hasher", []string{"--password-hasher", "BCrypt 2"}},
		{"--created-at must be a time like", []string{"--created-at", "yesterday"}},
		{"--skip-legal-checks must be one of no or yes", []string{"--skip-legal-checks", "true"}},
		{"--create-organizations-limit must be a whole number", []string{"--create-organizations-limit", "-1"}},
		{"--backup-codes is a secret", []string{"--backup-codes", "a,b"}},
		{"--password-digest is a secret", []string{"--password-digest", digest()}},
	} {
		for _, op := range [][]string{{"create_user", "--username", "u"}, {"update_user", someoneID}} {
			told := c.run(append(append([]string{"do"}, op...), append(test.args, "--yes", "--reason", "asked to")...)...)
			require.Equal(t, 2, told.code, "%s %v: %s", op[0], test.args, told.err)
			flag := strings.Replace(test.says, "-file", "", 1)
			require.True(t, strings.Contains(told.err, test.says) || strings.Contains(told.err, flag), "%s %v: %s", op[0], test.args, told.err)
			require.NotContains(t, told.err, digest())
		}
	}
	for says, args := range map[string][]string{
		"Edit user ends sessions only with a new password":          {"update_user", someoneID, "--sign-out-of-other-sessions", "yes"},
		"--created-at cannot be empty":                              {"update_user", someoneID, "--created-at", ""},
		"nothing was changed":                                       {"update_user", someoneID, "--primary-email-address-id", "idn_email", "--locale", ""},
		"2 e-mail addresses but 1 status: give one status for each": {"create_user", "--email-address", "a@x.example", "--email-address", "b@x.example", "--email-address-identification-status", "reserved"},
		"must be verified or reserved":                              {"create_user", "--phone-number", "+14155550123", "--phone-number-identification-status", "yes"},
	} {
		told := c.run(append(append([]string{"do"}, args...), "--yes", "--reason", "asked to")...)
		require.Equal(t, 2, told.code, "%v: %s", args, told.err)
		require.Contains(t, told.err, says)
	}
	require.Empty(t, c.writes())
}

// What somebody signs in with weighs as much by Edit user as by its own operation.
func TestUpdateUser_OfSignInNeedsFullConfirmation(t *testing.T) {
	c := newCounter(t)
	args := append([]string{"do", "update_user", someoneID, "--first-name", "Till", "--yes", "--reason", "asked to"}, "--password-file", c.WriteFile("pw", []byte(password)))
	told := c.run(args...)
	require.Equal(t, 2, told.code)
	require.Contains(t, told.err, "needs --confirm: the last four digits of the phone")
	require.Contains(t, told.err, "you reached the caller on a phone or e-mail of this account")
	require.Empty(t, c.writes())
	told = c.run(append(args, "--confirm", "0199")...)
	require.Zero(t, told.code, told.err)
	require.Equal(t, "Till", c.user(someoneID).FirstName.Raw())
	c = newCounter(t)
	lines := []string{"y", "y", "y", "lost phone", "0199", "y"}
	told = c.at(lines...).run("do", "update_user", someoneID, "--backup-codes-file", c.WriteFile("codes", []byte("one\ntwo\n")))
	require.Zero(t, told.code, told.err)
	require.Contains(t, told.err, "replaces the backup codes; the old ones stop working")
	c.terminal = false
	require.Zero(t, c.run("do", "update_user", someoneID, "--last-name", "Berg", "--yes", "--reason", "asked to").code, "a name does not")
}
