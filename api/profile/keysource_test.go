package profile_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"frontdesk/api"
	"frontdesk/api/config"
	"frontdesk/api/profile"
)

const (
	testKey = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"
	liveKey = "sk_live_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"
)

// keySource resolves the instance x whose settings are these.
func keySource(t *testing.T, settings string, environ ...string) (profile.Profile, error) {
	t.Helper()
	return resolver(t, "[instance.x]\n"+settings, environ...).Resolve(t.Context(), "x")
}

func resolver(t *testing.T, text string, environ ...string) profile.Resolver {
	t.Helper()
	c, err := config.Parse("config.toml", []byte(text))
	require.NoError(t, err)
	var pairs []string
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		pairs = append(pairs, name, value)
	}
	return profile.Resolver{Config: c, Lookup: env(pairs...), Environ: environ, Operator: "jo@ops-2", Home: t.TempDir()}
}

// helper returns the settings of an instance whose key command runs this shell script.
func helper(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "helper")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	return fmt.Sprintf("kind = \"development\"\nkey_command = [%q, \"op://secret/place\"]\n", path)
}

func TestKeyCommand_PrintsTheKey(t *testing.T) {
	for _, script := range []string{"echo " + testKey, "printf %s " + testKey, "printf ' " + testKey + " \\r\\n\\n'"} {
		p, err := keySource(t, helper(t, script))
		require.NoError(t, err, script)
		require.Equal(t, "sk_test_…", p.Key.String())
		require.Equal(t, profile.Instance{ID: "x", Kind: profile.Development, Name: "x", Operator: "jo@ops-2"}, p.Instance)
	}
}

func TestKeyCommand_EveryFailureHasItsSentence(t *testing.T) {
	for script, says := range map[string]string{
		"true":                                  "printed nothing",
		"echo":                                  "printed nothing",
		"echo " + testKey + "; echo " + testKey: "printed 2 lines; it should print the key and nothing else",
		"echo " + testKey + "; exit 7":          "failed with exit code 7",
		"kill -9 $$":                            "was killed by a signal",
		"head -c 100000 /dev/zero":              "printed more than a key",
		"yes 0123456789":                        "printed more than a key",
		"echo hunter2hunter2":                   "this is not a Clerk secret key, which starts with sk_live_ or sk_test_",
		"echo sk_test_":                         "the secret key is too short: part of it is missing",
	} {
		_, err := keySource(t, helper(t, script))
		require.Error(t, err, script)
		require.True(t, strings.HasPrefix(err.Error(), "instance x: "), err)
		require.True(t, strings.HasSuffix(err.Error(), says), err)
		for _, secret := range []string{testKey[8:], "hunter2", "op://", "0123456789"} {
			require.NotContains(t, err.Error(), secret)
		}
		var mistake profile.ConfigError
		require.NotErrorAs(t, err, &mistake, "a vault that is shut is no mistake in the configuration")
	}
	_, err := keySource(t, "kind = \"development\"\nkey_command = [\"/nowhere/op\"]")
	require.EqualError(t, err, "instance x: the key command /nowhere/op was not found")
	_, err = keySource(t, "kind = \"development\"\nkey_command = [\"no-such-program-here\"]")
	require.EqualError(t, err, "instance x: the key command no-such-program-here was not found")
	plain := filepath.Join(t.TempDir(), "plain")
	require.NoError(t, os.WriteFile(plain, nil, 0o600))
	_, err = keySource(t, fmt.Sprintf("kind = \"development\"\nkey_command = [%q]", plain))
	require.EqualError(t, err, "instance x: the key command "+plain+" is not executable")
}

// A program that hangs, and one that leaves a child behind which holds its output
// open, are given up.
func TestKeyCommand_IsGivenUpWhenItHangs(t *testing.T) {
	for script, says := range map[string]string{
		"exec sleep 600":            "did not finish within 50ms",
		"sleep 5 & echo " + testKey: "did not finish within 50ms",
	} {
		r := resolver(t, "[instance.x]\n"+helper(t, script))
		r.CommandTimeout = 50 * time.Millisecond
		begun := time.Now()
		_, err := r.Resolve(t.Context(), "x")
		require.ErrorContains(t, err, says, script)
		require.Less(t, time.Since(begun), 20*time.Second)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := resolver(t, "[instance.x]\n"+helper(t, "exec sleep 600")).Resolve(ctx, "x")
	require.ErrorContains(t, err, "was stopped")
}

// No shell reads the arguments, no key is in its environment, it has no standard input,
// and what it says on stderr reaches the operator.
func TestKeyCommand_IsToldNoKeys(t *testing.T) {
	seen := filepath.Join(t.TempDir(), "seen")
	settings := helper(t, `{ echo "$1"; env; cat; } > `+seen+`; echo "Touch the key" >&2; echo `+testKey)
	r := resolver(t, "[instance.x]\n"+strings.Replace(settings, "op://secret/place", "$(id); *", 1)+"\n[instance.y]\nkind = \"production\"\nkey_env = \"LIVE\"\n",
		"PATH="+os.Getenv("PATH"), "CLERK_SECRET_KEY="+testKey, "LIVE=anything", "OTHER=say "+liveKey, "LANG=C")
	var asked bytes.Buffer
	r.Stderr = &asked
	_, err := r.Resolve(t.Context(), "x")
	require.NoError(t, err)
	require.Equal(t, "Touch the key\n", asked.String())
	text, err := os.ReadFile(seen)
	require.NoError(t, err)
	require.Contains(t, string(text), "$(id); *\n")
	require.Contains(t, string(text), "LANG=C")
	for _, secret := range []string{testKey[8:], "CLERK_SECRET_KEY", "LIVE", "OTHER"} {
		require.NotContains(t, string(text), secret)
	}
}

func TestKeyFile_IsTheOperatorsAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "key")
	require.NoError(t, os.WriteFile(path, []byte(testKey+"\n"), 0o600))
	settings := fmt.Sprintf("kind = \"development\"\nkey_file = %q", path)
	p, err := keySource(t, settings)
	require.NoError(t, err)
	require.False(t, p.Key.Empty())
	require.NoError(t, os.Chmod(path, 0o400))
	_, err = keySource(t, settings)
	require.NoError(t, err)

	refused := func(says string) {
		t.Helper()
		_, err := keySource(t, settings)
		require.EqualError(t, err, "config.toml line 3: instance x: "+says)
		var mistake profile.ConfigError
		require.ErrorAs(t, err, &mistake)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660, 0o610, 0o644} {
		require.NoError(t, os.Chmod(path, mode))
		refused(fmt.Sprintf("other users can read or write the key file %s (mode %04o); run chmod 600 on it", path, mode))
	}
	require.NoError(t, os.Chmod(path, 0o600))
	if os.Geteuid() == 0 {
		require.NoError(t, os.Chown(path, 12345, -1))
		refused("the key file " + path + " belongs to another user; it must be yours")
	}
	require.NoError(t, os.Remove(path))
	refused("the key file " + path + " cannot be read: no such file or directory")
	require.NoError(t, os.Symlink(filepath.Join(dir, "elsewhere"), path))
	refused("the key file " + path + " is a symbolic link; use the path of the file itself")
	require.NoError(t, os.Remove(path))
	require.NoError(t, unix.Mkfifo(path, 0o600))
	refused("the key file " + path + " is not a file")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Mkdir(path, 0o700))
	refused("the key file " + path + " is not a file")
	require.NoError(t, os.Remove(path))
	for _, text := range []string{"", testKey + "\n" + testKey, "pk_test_notasecret"} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := api.NewKey(text)
		refused("the key file " + path + ": " + err.Error())
	}
	require.NoError(t, os.WriteFile(path, make([]byte, 5000), 0o600))
	refused("the key file " + path + " is larger than a key")
}

func TestKeyFile_BelowTheHomeFolder(t *testing.T) {
	r := resolver(t, "[instance.x]\nkind = \"production\"\nkey_file = \"~/key\"")
	require.NoError(t, os.WriteFile(filepath.Join(r.Home, "key"), []byte(liveKey), 0o600))
	p, err := r.Resolve(t.Context(), "x")
	require.NoError(t, err)
	require.Equal(t, profile.Production, p.Instance.Kind)
}

func TestKeyEnv_IsSetAndAKey(t *testing.T) {
	const settings = "kind = \"development\"\nkey_env = \"STAGING\""
	p, err := keySource(t, settings, "STAGING="+testKey)
	require.NoError(t, err)
	require.False(t, p.Key.Empty())
	for _, c := range []struct{ pair, says string }{
		{"OTHER=x", "its key is read from the environment variable STAGING, which is not set"},
		{"STAGING= ", "its key is read from the environment variable STAGING, which is empty"},
		{"STAGING=hunter2hunter2", "STAGING: this is not a Clerk secret key, which starts with sk_live_ or sk_test_"},
	} {
		_, err := keySource(t, settings, c.pair)
		require.EqualError(t, err, "config.toml line 3: instance x: "+c.says)
	}
}

// A key of another kind than the instance's is never used.
func TestResolve_RefusesAKeyOfAnotherKind(t *testing.T) {
	_, err := keySource(t, "kind = \"development\"\nkey_env = \"K\"", "K="+liveKey)
	require.EqualError(t, err, "config.toml line 2: instance x is of kind development, but its key is a production key (sk_live_…); nothing was sent")
	_, err = keySource(t, "kind = \"production\"\nkey_env = \"K\"", "K="+testKey)
	require.EqualError(t, err, "config.toml line 2: instance x is of kind production, but its key is a development key (sk_test_…); nothing was sent")
}

func TestResolve_RefusesAnAddress(t *testing.T) {
	_, err := keySource(t, "kind = \"development\"\nkey_env = \"K\"\nurl = \"http://clerk.example/v1\"", "K="+testKey)
	require.ErrorContains(t, err, "config.toml line 4: instance x: the address of the API must start with https://")
}

func TestSelected_FlagThenEnvironmentThenDefault(t *testing.T) {
	const text = "default = \"x\"\n[instance.x]\nkind = \"development\"\nkey_env = \"K\"\n[instance.y]\nkind = \"development\"\nkey_env = \"CLERK_SECRET_KEY\"\n"
	for _, c := range []struct {
		flag, want string
		environ    []string
	}{
		{"", "x", nil},
		{"y", "y", []string{"FRONTDESK_INSTANCE=demo"}},
		{"", "demo", []string{"FRONTDESK_INSTANCE=demo", "CLERK_SECRET_KEY=" + testKey}},
		{"", config.EnvironmentName, []string{"CLERK_SECRET_KEY=" + testKey}},
		{"", config.EnvironmentName, []string{"CLERK_SECRET_KEY="}},
		{"", config.EnvironmentName, []string{"CLERK_API_URL=http://127.0.0.1:9"}},
	} {
		require.Equal(t, c.want, resolver(t, text, c.environ...).Selected(c.flag), c)
	}
	require.Equal(t, config.DemoName, resolver(t, "").Selected(""))
	own := resolver(t, strings.Replace(text, `default = "x"`, `default = "y"`, 1), "CLERK_SECRET_KEY="+testKey)
	require.Equal(t, "y", own.Selected(""), "the default is what the variable is for")
}

func TestFind_NamesTheInstancesThatThereAre(t *testing.T) {
	r := resolver(t, "[instance.x]\nkind = \"demo\"\n[instance.y]\nkind = \"demo\"\ntitle = \"Training \\u001b[2J\"")
	_, err := r.Find("z")
	require.EqualError(t, err, "there is no instance “z”; known instances: x, y, demo")
	_, err = resolver(t, "").Find("z\x1b[2J")
	require.EqualError(t, err, "there is no instance “z␛[2J”: no instances are configured (frontdesk config init creates an example)")
	var names []string
	for _, in := range r.List() {
		require.Equal(t, profile.Demo, in.Kind)
		names = append(names, in.ID+" "+in.Name)
	}
	require.Equal(t, []string{"x Harbor & Pine", "y Training ␛[2J", "demo Harbor & Pine"}, names)
	withEnvironment := resolver(t, "", "CLERK_SECRET_KEY="+testKey).List()
	require.Len(t, withEnvironment, 2)
	require.Empty(t, withEnvironment[0].ID)
}
