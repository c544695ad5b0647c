package ops_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
)

func TestCatalogue_KeywordsAddToTheTitle(t *testing.T) {
	byKeyword := map[string][]string{}
	for _, o := range ops.Users().All() {
		for i, k := range o.Keywords {
			require.Equal(t, strings.ToLower(strings.TrimSpace(k)), k, o.ID)
			require.NotEmpty(t, k, o.ID)
			require.NotContains(t, strings.ToLower(o.Title), k, "%s is found by its title", o.ID)
			require.NotContains(t, o.Keywords[:i], k, o.ID)
			byKeyword[k] = append(byKeyword[k], o.ID)
		}
	}
	for k, id := range map[string]string{
		"2fa": "disable_mfa", "logout": "revoke_all_sessions", "reset password": "set_user_password",
		"suspend": "ban_user", "delete account": "delete_user",
	} {
		require.True(t, slices.Contains(byKeyword[k], id), "%s: %v", k, byKeyword[k])
	}
}
