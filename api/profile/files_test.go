package profile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/profile"
)

func TestDemoFile_HasAPlaceOfTheOperatorsOrNone(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		env  func(string) (string, bool)
		base string
	}{
		{env("HOME", dir), filepath.Join(dir, ".local", "share")},
		{env("XDG_DATA_HOME", filepath.Join(dir, "data")), filepath.Join(dir, "data")},
		{env("HOME", "", "XDG_DATA_HOME", filepath.Join(dir, "again")), filepath.Join(dir, "again")},
	} {
		path, err := profile.DemoFile(c.env, c.base)
		require.NoError(t, err)
		require.Equal(t, filepath.Join(c.base, "frontdesk", "demo.db"), path)
		info, err := os.Stat(filepath.Dir(path))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	}
	for _, env := range []func(string) (string, bool){env(), env("HOME", ""), env("XDG_DATA_HOME", "here")} {
		_, err := profile.DemoFile(env, "/.local/share")
		require.ErrorIs(t, err, profile.ErrNoHome)
		require.ErrorContains(t, err, "--db FILE")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	_, err := profile.DemoFile(env("HOME", dir), filepath.Join(dir, "file"))
	require.EqualError(t, err, "there is no folder to store the demo in: the folder "+filepath.Join(dir, "file", "frontdesk")+" cannot be created: not a directory; use --db FILE")
}

func TestSavedSearchesFile_HasAPlaceOfTheOperatorsOrNone(t *testing.T) {
	require.Equal(t, "/home/jo/.config/frontdesk/queues.toml", profile.SavedSearchesFile(env("HOME", "/home/jo"), "/home/jo/.config"))
	require.Equal(t, "/etc/jo/frontdesk/queues.toml", profile.SavedSearchesFile(env("XDG_CONFIG_HOME", "/etc/jo"), "/etc/jo"))
	require.Empty(t, profile.SavedSearchesFile(env(), "/.config"))
	require.Empty(t, profile.SavedSearchesFile(env("XDG_CONFIG_HOME", "here"), "/.config"))
}

// A home folder that depends on where the program is started is none.
func TestDemoFile_RelativeHomeIsRefused(t *testing.T) {
	lookup := func(name string) (string, bool) { return map[string]string{"HOME": "relative"}[name], name == "HOME" }
	_, err := profile.DemoFile(lookup, "relative/.local/share")
	require.ErrorIs(t, err, profile.ErrRelativeHome)
	require.Empty(t, profile.SavedSearchesFile(lookup, "relative/.config"))
}
