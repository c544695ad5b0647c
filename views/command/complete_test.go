package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Directives of cobra's __complete: file names, none, none and no space behind it;
// the last two keep the order.
const completeFilenames, nothing, kept, open = ":0", ":4", ":36", ":38"

func TestCompletion(t *testing.T) {
	saved := filepath.Join(t.TempDir(), "queues.toml")
	require.NoError(t, os.WriteFile(saved, []byte("fresh = \"created:today is:active\"\n"), 0o600))
	for _, test := range []struct {
		args      []string
		wants     []string // lines that are there, each whole or to its tab
		lacks     []string
		directive string
	}{
		{args: []string{"--theme", ""}, wants: []string{"auto", "dark"}, directive: kept},
		{args: []string{"--theme", "d"}, wants: []string{"dark"}, lacks: []string{"auto"}, directive: kept},
		{args: []string{"--db", ""}, directive: completeFilenames},
		{args: []string{"users", "--order", ""}, wants: []string{"created_at", "-created_at", "web3wallet"}, directive: kept},
		{args: []string{"users", "--order=-last"}, wants: []string{"-last_name", "-last_active_at"}, lacks: []string{"last_name", "-created_at"}, directive: kept},
		{args: []string{"users", "--limit", ""}, directive: nothing},
		{args: []string{"users", "--email", ""}, directive: nothing},
		{args: []string{"users", ""}, wants: []string{"is:", "email:", ":locked"}, directive: open},
		{args: []string{"users", "is:"}, wants: []string{"is:banned", "is:locked"}, lacks: []string{"email:"}, directive: open},
		{args: []string{"users", "maya", "no:m"}, wants: []string{"no:mfa"}, directive: open},
		{args: []string{"users", "created:"}, wants: []string{"created:today", "created:<7d"}, directive: open},
		{args: []string{"users", ":"}, wants: []string{":locked", ":no-mfa", ":fresh\tcreated:today is:active"}, directive: nothing},
		{args: []string{"users", ":lo"}, wants: []string{":locked"}, lacks: []string{":no-mfa"}, directive: nothing},
		{args: []string{"do", "ban"}, wants: []string{"ban_user\tBan user"}, lacks: []string{"unban_user"}, directive: nothing},
		{args: []string{"do", ""}, wants: []string{"get_user_list\tList users", "delete_user\tDelete user", "users_ban\tBan users"}, directive: nothing},
		{args: []string{"do", "ban_user", ""}, directive: nothing},
		{args: []string{"do", "users_ban", "x", ""}, directive: nothing},
		{args: []string{"do", "users_ban", "--from", ""}, directive: completeFilenames},
		{args: []string{"do", "ban_user", "--reason", ""}, directive: nothing},
		{args: []string{"do", "delete_user", "x", "--confirm", ""}, directive: nothing},
		{args: []string{"do", "create_user", "--banned", ""}, wants: []string{"no", "yes"}, directive: kept},
		{args: []string{"do", "create_user", "--password-hasher", "argon"}, wants: []string{"argon2i", "argon2id"}, lacks: []string{"bcrypt"}, directive: kept},
		{args: []string{"do", "create_user", "--password-file", ""}, directive: completeFilenames},
		{args: []string{"do", "create_user", "--email-address-identification-status", "verified,"}, wants: []string{"verified,reserved"}, directive: open},
		{args: []string{"do", "update_user_metadata", "x", "--public-metadata-file", ""}, directive: completeFilenames},
		{args: []string{"do", "update_user_metadata", "x", "--public-metadata", ""}, directive: nothing},
		{args: []string{"do", "set_user_profile_image", "x", "--file", ""}, directive: completeFilenames},
		{args: []string{"do", "get_user_list", "--order-by", "user"}, wants: []string{"username"}, directive: kept},
		{args: []string{"do", "get_user_list", "--order_by=-user"}, wants: []string{"-username"}, directive: kept},
		{args: []string{"do", "get_user_list", ""}, directive: nothing},
	} {
		out, _, code := programWith(t, saved, append([]string{"__complete"}, test.args...)...)
		require.Zero(t, code, "%v", test.args)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		require.Equal(t, test.directive, lines[len(lines)-1], "%v: %s", test.args, out)
		for _, want := range test.wants {
			require.True(t, hasLine(lines, want), "%v lacks %q: %s", test.args, want, out)
		}
		for _, lack := range test.lacks {
			require.False(t, hasLine(lines, lack), "%v has %q: %s", test.args, lack, out)
		}
		if len(test.wants) == 0 {
			require.Len(t, lines, 1, "%v: %s", test.args, out)
		}
	}
}

func hasLine(lines []string, want string) bool {
	for _, line := range lines {
		name, _, _ := strings.Cut(line, "\t")
		if line == want || name == want {
			return true
		}
	}
	return false
}
