package ops_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

func get(t *testing.T, id string) ops.Operation {
	t.Helper()
	o, ok := ops.Users().Get(id)
	require.True(t, ok, id)
	return o
}

func TestOperation_WordsNameTheUser(t *testing.T) {
	require.Equal(t, "Banning Sam Carter", get(t, "ban_user").DoingTo("Sam Carter"))
	require.Equal(t, "Reset MFA for Sam Carter", get(t, "disable_mfa").DoneTo("Sam Carter"))
	require.Equal(t, "Reset MFA", get(t, "disable_mfa").DoneTo(""))
}

func TestRequest_CarriesOnlyChangedFields(t *testing.T) {
	o := get(t, "update_user")
	u := &api.User{ID: clean.NewText("user_1"), FirstName: clean.NewText("Sam"), Username: clean.NewText("sam")}
	typed := map[string]string{}
	for _, f := range o.Fields {
		typed[f.Name] = ""
		if f.Current != nil {
			typed[f.Name] = f.Current(u)
		}
	}
	require.EqualError(t, o.Check(o.NewRequest(u, clean.Text{}, typed)), "nothing was changed")

	typed["last_name"], typed["username"] = "Carter", ""
	r := o.NewRequest(u, clean.Text{}, typed)
	require.Equal(t, map[string]string{"last_name": "Carter", "username": ""}, r.Values)
	require.NoError(t, o.Check(r))
	require.Equal(t, []string{"changes last name and username, and nothing else", "removes the username; it no longer works for signing in"},
		o.Effects(ops.Subject{User: u, Values: r.Values}))

	_, back, ok := o.Undo(ops.Users(), u, r)
	require.True(t, ok)
	require.Equal(t, map[string]string{"last_name": "", "username": "sam"}, back.Values)
}

func TestRequest_CarriesRequiredFieldsWithTheirDefault(t *testing.T) {
	o := get(t, "get_o_auth_access_token")
	u := &api.User{ID: clean.NewText("user_1"), ExternalAccounts: []api.ExternalAccount{{Provider: clean.NewText("oauth_google")}}}
	r := o.NewRequest(u, clean.Text{}, map[string]string{"provider": "oauth_google"})
	require.Equal(t, "oauth_google", r.Values["provider"])
}

func TestField_CheckNamesTheProblem(t *testing.T) {
	user := clean.NewText("user_1")
	for want, c := range map[string]struct {
		op string
		r  ops.Request
	}{
		"no user was chosen":                                                      {"ban_user", ops.Request{}},
		"no passkey was chosen":                                                   {"user_passkey_delete", ops.Request{UserID: user}},
		"Image file: no file was chosen":                                          {"set_user_profile_image", ops.Request{UserID: user}},
		"Password: cannot be empty":                                               {"verify_password", ops.Request{UserID: user}},
		"Password: must be one line":                                              {"verify_password", with(user, "password", "a\nb")},
		"End sessions: must be one of no or yes":                                  {"remove_user_password", with(user, "sign_out_of_other_sessions", "maybe")},
		"Public metadata: it must be an object in { }, but is a list":             {"update_user_metadata", with(user, "public_metadata", "[]")},
		"nothing was changed":                                                     {"update_user_metadata", ops.Request{UserID: user}},
		"enter an e-mail address, a phone number, a username or a wallet":         {"create_user", with(clean.Text{}, "first_name", "Sam")},
		"E-mail address: must be an e-mail address, like sam@pine.example":        {"create_email_address", with(user, "email_address", "Sam <sam@pine.example>")},
		"Phone number: must be a number with its country code, like +14155550142": {"create_phone_number", with(user, "phone_number", "555-0142")},
		"Locale: must be a language tag, like en-US":                              {"update_user", with(user, "locale", "en US")},
		"Terms accepted: must be a time like 2026-08-01T09:00:00Z":                {"update_user", with(user, "legal_accepted_at", "yesterday")},
		"Organizations at most: must be a whole number; 0 means no limit":         {"update_user", with(user, "create_organizations_limit", "-1")},
	} {
		require.EqualError(t, get(t, c.op).Check(c.r), want)
	}
	for _, c := range []struct{ op, field, value string }{
		{"create_phone_number", "phone_number", "+1 (415) 555-0142"},
		{"create_email_address", "email_address", "o'brien+tag@pine.example"},
		{"update_user", "locale", "zh-Hant-TW"},
		{"update_user", "username", ""},
		{"create_user", "email_address", "a@pine.example, b@pine.example"},
		{"create_user", "web3_wallet", "0x52908400098527886E0F7030069857D2E4169EE7"},
	} {
		require.NoError(t, get(t, c.op).Check(with(user, c.field, c.value)), c.op)
	}
}

func with(user clean.Text, field, value string) ops.Request {
	return ops.Request{UserID: user, Values: map[string]string{field: value}}
}

func TestRequest_SecretsAreNotRecorded(t *testing.T) {
	r := ops.Request{Values: map[string]string{"password": "hunter2hunter2", "private_metadata": `{"ssn":1}`, "public_metadata": `{"a":1}`, "first_name": "Sam"}}
	require.Equal(t, map[string]string{"password": "(not recorded)", "private_metadata": "(not recorded)",
		"public_metadata": `{"a":1}`, "first_name": "Sam"}, get(t, "create_user").JournalValues(r))
}

func TestInverse_OfAMetadataMerge(t *testing.T) {
	o := get(t, "update_user_metadata")
	before := &api.User{PublicMetadata: []byte(`{"plan":"gold","n":9007199254740993,"a":{"b":1},"was":null}`)}
	r := with(clean.NewText("user_1"), "public_metadata", `{"plan":null,"n":1,"a":{"c":2},"new":{"x":1}}`)
	_, back, ok := o.Undo(ops.Users(), before, r)
	require.True(t, ok)
	after, err := ops.MergeMetadata(before.PublicMetadata, []byte(r.Values["public_metadata"]))
	require.NoError(t, err)
	again, err := ops.MergeMetadata(after, []byte(back.Values["public_metadata"]))
	require.NoError(t, err)
	require.JSONEq(t, string(before.PublicMetadata), string(again))
	require.Contains(t, string(again), "9007199254740993")

	_, _, ok = o.Undo(ops.Users(), before, with(clean.NewText("user_1"), "public_metadata", `{"was":1}`))
	require.False(t, ok, "a null cannot be put back by a merge")

	o = get(t, "replace_user_metadata")
	_, back, ok = o.Undo(ops.Users(), before, with(clean.NewText("user_1"), "public_metadata", `{}`))
	require.True(t, ok)
	require.JSONEq(t, string(before.PublicMetadata), back.Values["public_metadata"])
}

func TestEffects_OfMetadataCountTheKeys(t *testing.T) {
	u := &api.User{PublicMetadata: []byte(`{"plan":"gold","old":1,"same":2}`)}
	effects := get(t, "update_user_metadata").Effects(ops.Subject{User: u, Values: map[string]string{
		"public_metadata": `{"plan":"silver","old":null,"same":2}`, "unsafe_metadata": `{}`}})
	require.Equal(t, "sets 1 key and removes 1 key of the public metadata", effects[0])
	require.Equal(t, "leaves the unsafe metadata as it is", effects[1])
	effects = get(t, "replace_user_metadata").Effects(ops.Subject{User: u, Values: map[string]string{"public_metadata": `{"same":2}`}})
	require.Equal(t, "removes 2 keys of the public metadata", effects[0])
}

func TestPart_Names(t *testing.T) {
	u := &api.User{
		PrimaryEmailAddressID: clean.NewText("idn_1"),
		EmailAddresses: []api.EmailAddress{
			{ID: clean.NewText("idn_1"), EmailAddress: clean.NewText("a@pine.example")},
			{ID: clean.NewText("idn_2"), EmailAddress: clean.NewText("b@pine.example"), Verification: &api.Verification{Status: clean.NewText("verified")}},
			{ID: clean.NewText("idn_3"), EmailAddress: clean.NewText("c@pine.example"), Reserved: true},
		},
		ExternalAccounts: []api.ExternalAccount{{ID: clean.NewText("idn_9"), ExternalAccountID: clean.NewText("eac_9"), Provider: clean.NewText("oauth_google")}},
		Passkeys:         []api.Passkey{{ID: clean.NewText("idn_4")}},
	}
	var notes []string
	for _, item := range ops.PartEmail.Items(u) {
		notes = append(notes, item.Note)
	}
	require.Equal(t, []string{"primary", "", "reserved, not verified"}, notes)
	item, ok := ops.PartExternalAccount.Find(u, clean.NewText("eac_9"))
	require.True(t, ok, "the id that can be deleted by")
	require.Equal(t, "oauth_google", item.Name())
	item, _ = ops.PartPasskey.Find(u, clean.NewText("idn_4"))
	require.Equal(t, "idn_4", item.Name(), "a passkey without a name is called by its id")

	o := get(t, "set_primary_email_address")
	require.Equal(t, "already primary", o.WhyNotPart(u, clean.NewText("idn_1"), now()))
	require.Empty(t, o.WhyNotPart(u, clean.NewText("idn_2"), now()))
	require.Contains(t, o.WhyNotPart(u, clean.NewText("idn_3"), now()), "not verified")
}
