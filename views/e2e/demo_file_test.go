package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// An error of the demo's file is reported with and without a screen, and not as a lost
// connection.
func TestDemoFile_ErrorIsShown(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	dir := t.TempDir()
	frontdesk := func(args ...string) (string, int) {
		cmd := exec.Command(bin, args...)
		cmd.Env = []string{"HOME=" + t.TempDir()}
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return string(out), exit.ExitCode()
		}
		require.NoError(t, err)
		return string(out), 0
	}
	whole := filepath.Join(dir, "whole.db")
	says, code := frontdesk("users", "--limit", "1", "--db", whole)
	require.Zero(t, code, says)
	raw, err := os.ReadFile(whole)
	require.NoError(t, err)
	corrupt, cut, pipe := filepath.Join(dir, "corrupt.db"), filepath.Join(dir, "cut.db"), filepath.Join(dir, "pipe")
	require.NoError(t, os.WriteFile(corrupt, raw[5000:12000], 0o600))
	require.NoError(t, os.WriteFile(cut, raw[:20000], 0o600))
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for path, want := range map[string]struct {
		says string
		code int
	}{
		corrupt:                             {"not a frontdesk directory file", 1},
		cut:                                 {"is damaged", 1},
		dir:                                 {"is a folder", 2},
		pipe:                                {"is a device or a pipe, not a file", 2},
		filepath.Join(dir, "no", "such.db"): {"its folder is missing", 2},
		filepath.Join(whole, "such.db"):     {"its folder is missing", 2},
	} {
		for _, args := range [][]string{{"users"}, {"do", "get_users_count"}, {"do", "ban_user", "sam", "--yes", "--reason", "asked to"}} {
			got, code := frontdesk(append(args, "--db", path)...)
			require.Contains(t, got, path)
			require.Contains(t, got, want.says)
			require.NotContains(t, got, "connection")
			require.Equal(t, want.code, code, got)
		}
	}
}

// A wrong flag is a usage error, explained in words.
func TestFlags_WrongOneIsExplained(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	for says, args := range map[string][]string{
		"--users is too large":                          {"sandbox", "seed", "--users", "99999999999999999999"},
		"--latency must be a duration like 250ms or 3s": {"sandbox", "--latency", "fast"},
		"--error-rate must be a number":                 {"sandbox", "--error-rate", "often"},
		"there is no flag --colour here":                {"--colour", "red"},
	} {
		cmd := exec.Command(bin, args...)
		cmd.Env = []string{"HOME=" + t.TempDir()}
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		require.Equal(t, 2, exit.ExitCode(), "%s", out)
		require.Equal(t, "frontdesk: "+says+"\n", string(out))
	}
}
