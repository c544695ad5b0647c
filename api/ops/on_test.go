package ops_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
)

// TestCatalogue_EveryRowHasItsOperations lists what a row of each kind offers first.
func TestCatalogue_EveryRowHasItsOperations(t *testing.T) {
	for part, want := range map[ops.Part][]string{
		ops.PartNone:            nil,
		ops.PartEmail:           {"verify_email_address", "set_primary_email_address", "delete_email_address"},
		ops.PartPhone:           {"verify_phone_number", "set_primary_phone_number", "delete_phone_number"},
		ops.PartWallet:          {"user_web3_wallet_delete"},
		ops.PartPasskey:         {"user_passkey_delete"},
		ops.PartExternalAccount: {"delete_external_account", "get_o_auth_access_token"},
		ops.PartSession:         {"revoke_session", "revoke_all_sessions"},
		ops.PartPassword:        {"set_user_password_compromised", "unset_user_password_compromised", "set_user_password", "remove_user_password", "verify_password"},
		ops.PartMFA:             {"disable_mfa"},
		ops.PartTOTP:            {"disable_mfa", "create_user_totp", "set_user_totp", "delete_totp", "verify_totp"},
		ops.PartBackupCodes:     {"disable_mfa", "delete_backup_code", "verify_totp"},
		ops.PartSMS:             {"disable_mfa", "delete_phone_number"},
	} {
		var ids []string
		for _, o := range ops.Users().ForPart(part) {
			ids = append(ids, o.ID)
		}
		require.ElementsMatch(t, want, ids, part)
	}
}

func TestCatalogue_RowOperationsAreAddressedByTheirPartOnly(t *testing.T) {
	for _, o := range ops.Users().All() {
		require.False(t, slices.Contains(o.RelatedParts, o.Part) && o.Part != ops.PartNone, "%s is at its own part's row anyway", o.ID)
		if len(o.RelatedParts) > 0 {
			require.Equal(t, ops.ScopeUser, o.Scope, o.ID)
		}
		require.False(t, o.Prefill != nil && (o.Part != ops.PartNone || len(o.RelatedParts) == 0), o.ID)
	}
	u := &api.User{ExternalAccounts: []api.ExternalAccount{
		{ID: clean.NewText("idn_1"), ExternalAccountID: clean.NewText("eac_1"), Provider: clean.NewText("oauth_google")},
		{ID: clean.NewText("idn_2"), ExternalAccountID: clean.NewText("eac_2"), Provider: clean.NewText("oauth_github")},
	}}
	token, _ := ops.Users().Get("get_o_auth_access_token")
	given := token.Prefill(u, ops.PartExternalAccount.Items(u)[1].ID)
	r := token.NewRequest(u, clean.Text{}, given)
	require.Equal(t, "oauth_github", r.Values["provider"], "the row's account, not the first one")
}
