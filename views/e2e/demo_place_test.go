package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The demo's file is in the operator's own data directory or nowhere: never in a
// shared one, where the next operator would find a file of somebody else's.
func TestDemoFile_OnlyInTheDataDirectory(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	dir := t.TempDir()
	file, system := filepath.Join(dir, "a-file"), filepath.Join(dir, "system")
	require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	require.NoError(t, os.Mkdir(system, 0o700))
	taken := filepath.Join(dir, "taken")
	require.NoError(t, os.MkdirAll(taken, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(taken, "frontdesk"), []byte("x"), 0o600))
	inFile := filepath.Join(dir, "folder", "frontdesk", "demo.db")
	require.NoError(t, os.MkdirAll(inFile, 0o700))
	for _, c := range []struct {
		env  []string
		says string // the error, "" if it works
		at   string // where the file is
	}{
		{[]string{"HOME=" + filepath.Join(dir, "home")}, "", filepath.Join(dir, "home", ".local", "share", "frontdesk", "demo.db")},
		{[]string{"XDG_DATA_HOME=" + filepath.Join(dir, "data")}, "", filepath.Join(dir, "data", "frontdesk", "demo.db")},
		{[]string{"HOME=" + filepath.Join(dir, "other"), "XDG_DATA_HOME=relative"}, "", filepath.Join(dir, "other", ".local", "share", "frontdesk", "demo.db")},
		{[]string{"HOME=" + file}, "the folder " + filepath.Join(file, ".local", "share", "frontdesk") + " cannot be created: not a directory", ""},
		{[]string{"HOME=" + dir, "XDG_DATA_HOME=" + file}, "the folder " + filepath.Join(file, "frontdesk") + " cannot be created: not a directory", ""},
		{[]string{"HOME=" + dir, "XDG_DATA_HOME=" + taken}, "the folder " + filepath.Join(taken, "frontdesk") + " cannot be created: not a directory", ""},
		{[]string{"HOME=/proc/self/nowhere"}, "the folder /proc/self/nowhere/.local/share/frontdesk cannot be created: ", ""},
		{[]string{"HOME=" + dir, "XDG_DATA_HOME=/proc"}, "the folder /proc/frontdesk cannot be created: ", ""},
		{[]string{}, "HOME is not set", ""},
		{[]string{"HOME="}, "HOME is not set", ""},
		{[]string{"XDG_DATA_HOME=relative"}, "HOME is not set", ""},
		{[]string{"XDG_DATA_HOME=" + filepath.Join(dir, "folder")}, "directory file " + inFile + " is a folder", ""},
	} {
		for _, args := range [][]string{{"users", "--limit", "1"}, {"do", "get_users_count"}, {"sandbox", "reset"}} {
			cmd := exec.Command(bin, args...)
			cmd.Env = append([]string{"XDG_DATA_DIRS=" + system, "XDG_CONFIG_DIRS=" + system, "PATH=" + os.Getenv("PATH")}, c.env...)
			cmd.Dir = t.TempDir()
			out, err := cmd.CombinedOutput()
			for _, nowhere := range []string{system, cmd.Dir} {
				entries, readErr := os.ReadDir(nowhere)
				require.NoError(t, readErr)
				require.Empty(t, entries, "%v: nothing is made elsewhere", c.env)
			}
			if c.says == "" {
				require.NoError(t, err, "%v: %s", c.env, out)
				require.FileExists(t, c.at)
				continue
			}
			var exit *exec.ExitError
			require.True(t, errors.As(err, &exit), "%v %v: %s", c.env, args, out)
			require.Contains(t, string(out), c.says, "%v %v", c.env, args)
			require.Contains(t, string(out), "--db FILE", "%v %v", c.env, args)
		}
	}
	require.NoFileExists(t, "/.local/share/frontdesk/demo.db")
	require.NoFileExists(t, "/usr/local/share/frontdesk/demo.db")
}

func TestDemoFile_NamedNeedsNoHome(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	cmd := exec.Command(bin, "users", "--limit", "1", "--db", filepath.Join(t.TempDir(), "demo.db"))
	cmd.Env = []string{}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// A damaged file is kept, and the error says what repairs it.
func TestDemoFile_ResetRepairsADamagedOne(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	home := t.TempDir()
	path := filepath.Join(home, ".local", "share", "frontdesk", "demo.db")
	frontdesk := func(args ...string) (string, error) {
		cmd := exec.Command(bin, args...)
		cmd.Env = []string{"HOME=" + home}
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	_, err = frontdesk("users", "--limit", "1")
	require.NoError(t, err)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for n, damaged := range [][]byte{[]byte("this is no database\n"), whole[:len(whole)/2], make([]byte, 50_000)} {
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		says, err := frontdesk("do", "get_users_count")
		require.Error(t, err)
		require.Contains(t, says, path)
		require.Contains(t, says, "`frontdesk sandbox reset` makes a new one in its place")
		says, err = frontdesk("sandbox", "reset")
		require.NoError(t, err, says)
		require.Contains(t, says, "the damaged one is kept as "+path+".damaged")
		says, err = frontdesk("do", "get_users_count")
		require.NoError(t, err, says)
		require.Contains(t, says, "1248")
		other := filepath.Join(t.TempDir(), "other.db")
		require.NoError(t, os.WriteFile(other, damaged, 0o600))
		says, err = frontdesk("users", "--db", other)
		require.Error(t, err)
		require.Contains(t, says, "`frontdesk sandbox reset --db "+other+"`", "the file that is meant, not the demo's")
		kept, err := filepath.Glob(path + ".damaged*")
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(kept), n+1)
	}
}
