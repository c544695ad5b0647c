package e2e

import (
	"errors"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// An empty key is a mistake, not a request for the demo.
func TestKey_EmptyIsNotTheDemo(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	const says = "CLERK_SECRET_KEY is empty; set it, or unset it to use the demo"
	for _, args := range [][]string{
		{"do", "ban_user", "sam", "--yes", "--reason", "fraud"}, {"do", "get_users_count"}, {"users"},
	} {
		for _, key := range []string{"", "  "} {
			cmd := exec.Command(bin, append([]string{"--db", filepath.Join(t.TempDir(), "demo.db")}, args...)...)
			cmd.Env = []string{"HOME=" + t.TempDir(), "CLERK_SECRET_KEY=" + key}
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			require.True(t, errors.As(err, &exit), "%v: %s", args, out)
			require.Equal(t, 2, exit.ExitCode(), "%v: %s", args, out)
			require.Contains(t, string(out), says)
		}
	}
	tm := start(t, 80, 24, "CLERK_SECRET_KEY=")
	require.Equal(t, 2, tm.WaitExit())
	require.Contains(t, tm.Screen(), says)
	tm.Restored()
}
