package config_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	settings "frontdesk/api/config"
	"frontdesk/api/policy"
	"frontdesk/api/profile"
	"frontdesk/api/session"
	"frontdesk/views/command"
	"frontdesk/views/command/config"
)

const text = `default = "staging"
[instance.staging]
title = "Harbor & Pine staging"
kind = "development"
key_command = ["op", "read", "op://hidden/place"]
[instance.live]
kind = "production"
key_env = "LIVE_KEY"
read_only = true
checklist = ["I called them back."]
ticket = { label = "Zendesk" }
[[role]]
name = "agent"
who = ["*"]
[journal]
keep = "90d"
[[reason]]
key = "c"
text = "called back"
[theme]
name = "light"
accent = "#8a5a00"
tiles = [24, 60]
`

// desk runs `frontdesk config` over a file of its own.
type desk struct {
	*testing.T
	path, flag string
	environ    map[string]string
}

func newDesk(t *testing.T) *desk {
	return &desk{T: t, path: filepath.Join(t.TempDir(), "frontdesk", "config.toml"), environ: map[string]string{}}
}

func (d *desk) write(text string) {
	d.Helper()
	require.NoError(d, os.MkdirAll(filepath.Dir(d.path), 0o700))
	require.NoError(d, os.WriteFile(d.path, []byte(text), 0o600))
}

func (d *desk) run(args ...string) (stdout, stderr string, err error) {
	d.Helper()
	var out, warn bytes.Buffer
	lookup := func(name string) (string, bool) { value, is := d.environ[name]; return value, is }
	cmd := config.New(config.Env{Path: d.path, Flag: &d.flag, Lookup: lookup, Stdout: &out, Stderr: &warn, Instances: func() (*session.Configured, error) {
		all, err := session.Load(d.path, policy.Person{User: "jo"}, false, profile.Resolver{Lookup: lookup, Operator: "jo@ops-2"}, session.Options{Clock: time.Now})
		if err == nil {
			all.StateHome = "/home/jo/.local/state"
			d.environ["HOME"] = "/home/jo"
		}
		return all, err
	}})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetOut(&out)
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(d.Context())
	return out.String(), warn.String(), err
}

// shown is what show says of each setting, and from where.
func (d *desk) shown() map[string]string {
	d.Helper()
	out, _, err := d.run("show", "--json")
	require.NoError(d, err)
	var rows []struct{ Setting, Value, Source string }
	require.NoError(d, json.Unmarshal([]byte(out), &rows))
	all := map[string]string{}
	for _, r := range rows {
		all[r.Setting] = r.Value + " < " + r.Source
	}
	return all
}

func TestShow_SaysWhatHoldsAndWhereItComesFrom(t *testing.T) {
	d := newDesk(t)
	d.write(text)
	got := d.shown()
	for setting, want := range map[string]string{
		"file": d.path + " < ", "instance": "staging < line 1", "title": "Harbor & Pine staging < line 3", "kind": "development < line 4",
		"url": "https://api.clerk.com/v1 < default", "key": "printed by op (arguments: 2) < line 5", "role": "agent < line 12", "read_only": "false < default",
		"journal": "/home/jo/.local/state/frontdesk/journal/journal.jsonl < default", "journal kept": "90d < line 16",
		"ticket": "not asked for < default", "checklist": "built-in list < default", "reason c": "called back < line 17", "theme": "light < line 21", "plain": "false < default",
		"theme accent": "#8a5a00 < line 22", "theme tiles": "24 60 < line 23", "instances": "staging, live, demo < ",
	} {
		require.Equal(t, want, got[setting], setting)
	}
	plain, _, err := d.run("show")
	require.NoError(t, err)
	require.Contains(t, plain, "Harbor & Pine staging")
	require.NotContains(t, plain, "op://", "arguments may say more than others should read")

	d.flag = "live"
	got = d.shown()
	require.Equal(t, "live < --instance", got["instance"])
	require.Equal(t, "read from the variable LIVE_KEY < line 8", got["key"])
	require.Equal(t, "true < line 9", got["read_only"])
	require.Equal(t, "I called them back. < line 10", got["checklist"])
	require.Equal(t, "Zendesk < line 11", got["ticket"])

	d.flag, d.environ["FRONTDESK_INSTANCE"] = "", "demo"
	require.Equal(t, "demo < FRONTDESK_INSTANCE", d.shown()["instance"])
	delete(d.environ, "FRONTDESK_INSTANCE")
	d.environ["CLERK_SECRET_KEY"] = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"
	got = d.shown()
	require.Equal(t, "environment < CLERK_SECRET_KEY", got["instance"])
	require.Equal(t, "from CLERK_SECRET_KEY < ", got["key"])
}

func TestShow_NamesTheMistake(t *testing.T) {
	d := newDesk(t)
	d.write("defualt = 1")
	_, _, err := d.run("show")
	require.EqualError(t, err, d.path+" line 1: there is no setting “defualt”; did you mean default?")
	d.write(text)
	d.flag = "stagin"
	_, _, err = d.run("show")
	require.EqualError(t, err, "there is no instance “stagin”; known instances: staging, live, demo")
	var exit command.Exit
	require.ErrorAs(t, err, &exit)
	require.Equal(t, command.CodeUsage, exit.Code)
}

func TestInit_WritesAnExampleOnce(t *testing.T) {
	d := newDesk(t)
	out, warn, err := d.run("path")
	require.NoError(t, err)
	require.Equal(t, d.path+"\n", out)
	require.Equal(t, "The file does not exist yet. Run frontdesk config init to create an example.\n", warn)

	out, _, err = d.run("init")
	require.NoError(t, err)
	require.Equal(t, "Created "+d.path+". All settings in it are commented out, so nothing changes yet.\n", out)
	info, err := os.Stat(d.path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	written, err := os.ReadFile(d.path)
	require.NoError(t, err)
	require.Equal(t, settings.Example(), string(written))
	require.Equal(t, "demo < default", d.shown()["instance"])

	d.write(text)
	_, _, err = d.run("init")
	require.EqualError(t, err, d.path+" already exists; nothing was written")
	kept, err := os.ReadFile(d.path)
	require.NoError(t, err)
	require.Equal(t, text, string(kept))

	d.path = filepath.Join(d.path, "below", "config.toml")
	_, _, err = d.run("init")
	require.EqualError(t, err, d.path+" cannot be written: not a directory")
	d.path = ""
	for _, args := range []string{"init", "path"} {
		_, _, err = d.run(args)
		require.EqualError(t, err, "there is no folder for the configuration file: set HOME or XDG_CONFIG_HOME")
	}
}

func TestSchema_IsPrinted(t *testing.T) {
	out, _, err := newDesk(t).run("schema")
	require.NoError(t, err)
	want, err := settings.Schema()
	require.NoError(t, err)
	require.Equal(t, string(want), out)
}
