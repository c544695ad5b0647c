package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// operator is somebody with a configuration of their own, at the built program.
type operator struct {
	*testing.T
	home string
	env  []string
}

func newOperator(t *testing.T, config string) *operator {
	t.Helper()
	o := &operator{T: t, home: t.TempDir()}
	o.env = []string{"HOME=" + o.home, "XDG_CONFIG_HOME=" + filepath.Join(o.home, "config"), "XDG_DATA_HOME=" + filepath.Join(o.home, "data"), "XDG_STATE_HOME=" + filepath.Join(o.home, "state"), "PATH=" + os.Getenv("PATH")}
	o.write("config/frontdesk/config.toml", config, 0o600)
	return o
}

// write writes a file below the home folder and returns its path.
func (o *operator) write(name, text string, mode os.FileMode) string {
	o.Helper()
	path := filepath.Join(o.home, name)
	require.NoError(o, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(o, os.WriteFile(path, []byte(text), mode))
	require.NoError(o, os.Chmod(path, mode))
	return path
}

func (o *operator) run(args ...string) (code int, stdout, stderr string) {
	o.Helper()
	bin, err := built()
	require.NoError(o, err)
	var out, warn strings.Builder
	cmd := exec.Command(bin, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = o.env, &out, &warn
	if err := cmd.Run(); err != nil {
		require.IsType(o, &exec.ExitError{}, err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), warn.String()
}

const canaryKey = "sk_test_cAnArY0f7e2b8356a1f0c4d9e7b3a852c6d1f09e"

// Every mistake in the configuration and at the source of a key is one sentence on
// stderr, and nothing is sent; no key is in it.
func TestConfig_EveryMistakeIsOneSentence(t *testing.T) {
	t.Parallel()
	o := newOperator(t, "")
	open := o.write("open.key", canaryKey, 0o644)
	live := o.write("live.key", strings.Replace(canaryKey, "test", "live", 1), 0o600)
	silent := o.write("silent", "#!/bin/sh\n", 0o700)
	double := o.write("double", "#!/bin/sh\necho "+canaryKey+"\necho "+canaryKey+"\n", 0o700)
	failing := o.write("failing", "#!/bin/sh\necho "+canaryKey+"\nexit 3\n", 0o700)
	instance := func(source string) string {
		return "default = \"x\"\n[instance.x]\nkind = \"development\"\nurl = \"http://127.0.0.1:1\"\n" + source + "\n"
	}
	for _, c := range []struct {
		config, says string
		code         int
		args         []string
	}{
		{"defualt = \"x\"", "line 1: there is no setting “defualt”; did you mean default?", 2, nil},
		{"[ticket]\npattern = \"[\"", "line 2: pattern is not a regular expression: missing closing ]: [", 2, nil},
		{"[[role]]\nname = \"a\"\nlike = \"a\"\nwho = [\"*\"]", "line 3: like refers back to the same role: a → a", 2, nil},
		{"[[role]]\nname = \"a\"\nallow = [\"T9\"]\nwho = [\"*\"]", "line 3: role a: there is no operation, tier or group “T9”; `frontdesk do --help` lists the operations", 2, nil},
		{"[[role]]\nname = \"manager\"\nwho = [\"nobody-of-that-name\"]", "no role on demo; ask the person who maintains that file", 1, nil},
		{"", "there is no instance “gone”: no instances are configured (frontdesk config init creates an example)", 2, []string{"--instance", "gone"}},
		{instance("key_file = \"" + open + "\""), "line 5: instance x: other users can read or write the key file " + open + " (mode 0644); run chmod 600 on it", 2, nil},
		{instance("key_file = \"" + live + "\""), "line 3: instance x is of kind development, but its key is a production key (sk_live_…); nothing was sent", 2, nil},
		{instance("key_env = \"NOT_SET\""), "line 5: instance x: its key is read from the environment variable NOT_SET, which is not set", 2, nil},
		{instance("key_command = [\"" + silent + "\"]"), "instance x: the key command " + silent + " printed nothing", 1, nil},
		{instance("key_command = [\"" + double + "\"]"), "instance x: the key command " + double + " printed 2 lines; it should print the key and nothing else", 1, nil},
		{instance("key_command = [\"" + failing + "\"]"), "instance x: the key command " + failing + " failed with exit code 3", 1, nil},
		{instance("key_command = [\"/nowhere\"]"), "instance x: the key command /nowhere was not found", 1, nil},
		{strings.Replace(instance("key_env = \"K\""), "http://127.0.0.1:1", "http://clerk.example", 1), "line 4: instance x: the address of the API must start with https://", 2, nil},
	} {
		o.write("config/frontdesk/config.toml", c.config, 0o600)
		for _, command := range [][]string{{"users", "--limit", "1"}, {"do", "ban_user", "sam", "--yes", "--reason", "fraud"}} {
			code, out, says := o.run(append(command, c.args...)...)
			require.Equal(t, c.code, code, "%s: %s", c.config, says)
			require.Empty(t, out)
			require.Contains(t, says, c.says, c.config)
			require.Equal(t, 1, strings.Count(says, "\n"), says)
			require.NotContains(t, says, "cAnArY")
		}
	}
	o.write("config/frontdesk/config.toml", "", 0o666)
	code, _, says := o.run("users")
	require.Equal(t, 2, code)
	require.Contains(t, says, "other users can write to it, and it names programs to run; run chmod go-w config.toml")
}

const agentsOnly = "[[role]]\nname = \"agent\"\nwho = [\"*\"]\n[[role]]\nname = \"manager\"\nwho = [\"nobody-of-that-name\"]\n"

// What the role may not do ends with exit 1, sends nothing, and is in the journal as
// refused; --read-only is a role that everybody has.
func TestConfig_RolesHoldInTheBuiltProgram(t *testing.T) {
	t.Parallel()
	o := newOperator(t, agentsOnly)
	const reason = "your role (agent) may not delete users; ask a manager"
	code, _, says := o.run("do", "delete_user", "maya@harborpine.example", "--yes", "--reason", "gone", "--confirm", "maya@harborpine.example")
	require.Equal(t, 1, code, says)
	require.Contains(t, says, reason)
	code, out, _ := o.run("do", "delete_user", "maya@harborpine.example", "--dry-run")
	require.Equal(t, 1, code)
	require.Contains(t, out, "it would be refused: "+reason)
	code, _, says = o.run("do", "unlock_user", "maya@harborpine.example", "--yes", "--read-only")
	require.Equal(t, 1, code)
	require.Contains(t, says, "read-only (--read-only)")
	code, _, says = o.run("do", "unlock_user", "maya@harborpine.example", "--yes")
	require.Zero(t, code, says)

	code, out, says = o.run("journal", "show", "--json")
	require.Zero(t, code, says)
	require.Equal(t, 2, strings.Count(out, reason)+strings.Count(out, "read-only (--read-only)"), out)
	require.Contains(t, out, "unlock_user")
}

// --instance completes with the instances that there are.
func TestConfig_CompletesInstances(t *testing.T) {
	t.Parallel()
	o := newOperator(t, "[instance.staging]\nkind = \"demo\"\n[instance.stage2]\nkind = \"demo\"\n")
	_, out, _ := o.run("__complete", "users", "--instance", "sta")
	require.Contains(t, out, "staging\nstage2\n:")
	_, out, _ = o.run("__complete", "do", "--instance", "")
	require.Contains(t, out, "staging\nstage2\ndemo\n:")
}

// A key that comes from a file or a program is no more printed than one of the
// environment, whatever the server echoes.
func TestConfig_KeyOfAFileOrAProgramIsNotPrinted(t *testing.T) {
	t.Parallel()
	o := newOperator(t, "")
	file := o.write("live.key", canary+"\n", 0o600)
	instance := "[instance.x]\nkind = \"production\"\nurl = \"" + echoing(t, 422) + "\"\n"
	for _, source := range []string{"key_file = \"" + file + "\"", "key_command = [\"/bin/cat\", \"" + file + "\"]"} {
		o.write("config/frontdesk/config.toml", instance+source, 0o600)
		for _, args := range [][]string{{"users", "--json"}, {"do", "get_user", "user_2canary0000000000000000000a", "--json"}, {"do", "ban_user", "user_2canary0000000000000000000a", "--dry-run"},
			{"do", "unban_user", "user_2canary0000000000000000000a", "--yes", "--reason", "asked to"}, {"doctor", "--json"}, {"config", "show"}, {"journal", "show", "--json"}} {
			_, out, says := o.run(append(args, "--instance", "x")...)
			require.NotEmpty(t, out+says, args)
			requireNoKey(t, out+says)
		}
	}
}

// The header says who sits there as what, and a key says why it does nothing.
func TestConfig_TheConsoleShowsTheRole(t *testing.T) {
	t.Parallel()
	o := newOperator(t, agentsOnly)
	tm := start(t, 140, 40, o.env...)
	tm.WaitFor("· agent")
	tm.open("lindqvist", "Maya Lindqvist")
	tm.Send("D")
	tm.WaitFor("your role (agent) may not delete users")
	tm.leave("ctrl+c")
}

// doctor runs on the demo, and its exit code is 1 where something failed.
func TestDoctor_OnTheDemoAndOnAMistake(t *testing.T) {
	t.Parallel()
	o := newOperator(t, "")
	code, out, says := o.run("doctor", "--json")
	require.Zero(t, code, out+says)
	var found []struct{ Check, State, Says, Do string }
	require.NoError(t, json.Unmarshal([]byte(out), &found))
	states := map[string]string{}
	for _, f := range found {
		states[f.Check] = f.State
	}
	for _, check := range []string{"configuration", "instance", "role", "key", "reachability", "clock", "API version", "plan", "rate limit", "journal"} {
		require.Equal(t, "ok", states[check], "%s: %s", check, out)
	}
	o.write("config/frontdesk/config.toml", "defualt = 1", 0o600)
	code, out, says = o.run("doctor")
	require.Equal(t, 1, code)
	require.Contains(t, out, "✗ fail  configuration")
	require.Contains(t, out, "did you mean default?")
	require.Empty(t, says)
}
