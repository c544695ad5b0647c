package desk_test

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
)

const (
	password    = "a brass bell, an ink well"
	newPassword = "the ink dried on the ledger"
)

// values are inputs for the operations' forms.
func values(at time.Time) map[string]map[string]string {
	code, err := totp.GenerateCode("JBSWY3DPEHPK3PXP", at)
	if err != nil {
		panic(err)
	}
	return map[string]map[string]string{
		"create_user":                   {"first_name": "Elin", "last_name": "Berg", "email_address": "elin@pine.example", "password": newPassword, "public_metadata": `{"plan":"gold"}`},
		"update_user":                   {"first_name": "Dan", "username": "", "create_organizations_limit": "3"},
		"update_user_metadata":          {"public_metadata": `{"plan":null,"seat":{"row":9007199254740993}}`},
		"replace_user_metadata":         {"public_metadata": `{"only":"this"}`, "unsafe_metadata": `{"a":[1,2]}`},
		"set_user_password":             {"password": newPassword, "sign_out_of_other_sessions": "yes"},
		"set_user_password_compromised": {"revoke_all_sessions": "yes"},
		"verify_password":               {"password": password},
		"verify_totp":                   {"code": code},
		"set_user_totp":                 {"account": "daniel@harborpine.example", "issuer": "Harbor & Pine"},
		"get_o_auth_access_token":       {"provider": "oauth_google"},
		"create_email_address":          {"email_address": "new@pine.example", "verified": "yes", "primary": "yes"},
		"create_phone_number":           {"phone_number": "+1 (415) 555-0144", "verified": "no"},
		"get_user_list":                 {"query": "daniel", "limit": "5"},
		"get_users_count":               {"query": "daniel"},
	}
}

// part returns the id of the part that an operation is tested on.
func part(p ops.Part) clean.Text {
	return clean.NewText(map[ops.Part]string{
		ops.PartEmail: "idn_email2", ops.PartPhone: "idn_phone2", ops.PartWallet: "idn_wallet",
		ops.PartPasskey: "idn_passkey", ops.PartExternalAccount: "eac_google", ops.PartSession: "sess_1",
	}[p])
}

// prepare returns a change after which the operation applies to the user.
func prepare(id string) func(*store.User) {
	return func(u *store.User) {
		switch id {
		case "unban_user":
			u.Banned = true
		case "unlock_user":
			u.Locked = true
		case "unset_user_password_compromised":
			u.RequiresPasswordReset = true
		case "create_user_totp", "set_user_totp":
			u.TOTP = nil
		case "verify_email_address":
			u.Emails[1].Verification = nil
		case "verify_phone_number":
			u.Phones[1].Verification = nil
		}
	}
}

// ready returns a peer whose user the operation applies to.
func ready(t *testing.T, o ops.Operation) *peer {
	t.Helper()
	p := newPeer(t)
	if o.ID == "verify_password" {
		_, err := p.client.UpdateUser(t.Context(), clean.NewText(danielID), api.UserChange{Password: wire.Set(wire.NewSecret(password))})
		require.NoError(t, err)
	}
	if o.ID == "delete_user_profile_image" {
		_, err := p.client.SetProfileImage(t.Context(), clean.NewText(danielID), *dot(t))
		require.NoError(t, err)
	}
	p.change(prepare(o.ID))
	at := p.clock.Now().UnixMilli()
	require.NoError(t, p.store.Write(t.Context(), func(tx *store.Tx) error {
		for _, id := range []string{"sess_1", "sess_2"} {
			if err := tx.PutSession(&store.Session{ID: id, UserID: danielID, ClientID: "client_1", Status: "active",
				LastActiveAt: at, ExpireAt: at + time.Hour.Milliseconds(), AbandonAt: at + time.Hour.Milliseconds(), CreatedAt: at, UpdatedAt: at}); err != nil {
				return err
			}
		}
		return tx.PutToken(&store.Token{UserID: danielID, Provider: "oauth_google", ExternalAccountID: "eac_google",
			AccessToken: "ya29.secret", Scopes: []string{"email", "profile"}, ExpiresAt: at + time.Hour.Milliseconds()})
	}))
	return p
}
