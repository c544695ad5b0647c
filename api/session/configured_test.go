package session_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/policy"
	"frontdesk/api/profile"
	"frontdesk/api/session"
)

const key = "sk_test_4f1a9c0d7b2e8356a1f0c4d9e7b3a852c6d1f09e"

const text = `
checklist = ["the caller named their cat"]
[instance.staging]
title = "Staging"
kind = "development"
url = "http://127.0.0.1:1"
key_env = "STAGING"
read_only = true
ticket = { label = "Zendesk" }
[instance.live]
kind = "production"
key_command = ["/bin/sh", "-c", "touch \"$0\"", "TOUCHED"]
[[role]]
name = "agent"
who = ["jo"]
instances = ["staging", "demo", "environment"]
[[role]]
name = "manager"
who = ["ann"]
[[reason]]
key = "c"
text = "called back"
`

func load(t *testing.T, text, user string, environ map[string]string) (*session.Configured, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.toml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	lookup := func(name string) (string, bool) { v, is := environ[name]; return v, is }
	all, err := session.Load(file, policy.Person{User: user}, false, profile.Resolver{Lookup: lookup, Operator: "jo@ops-2"}, session.Options{
		Clock: time.Now, Env: func(name string) string { return environ[name] }, Rand: rand.Reader,
		DemoFile: func() (string, error) { return filepath.Join(t.TempDir(), "demo.db"), nil },
	})
	if err == nil {
		all.StateHome = t.TempDir()
	}
	return all, err
}

func TestConfigured_ListsWhatThePersonMayOpen(t *testing.T) {
	all, err := load(t, text, "jo", map[string]string{"CLERK_SECRET_KEY": key})
	require.NoError(t, err)
	var got []string
	for _, in := range all.List() {
		got = append(got, in.ID+" "+in.Name+" "+in.OperatorLine())
	}
	require.Equal(t, []string{" api.clerk.com jo@ops-2 · agent", "staging Staging jo@ops-2 · agent · read-only", "demo Harbor & Pine jo@ops-2 · agent"}, got)
	all, err = load(t, text, "ann", nil)
	require.NoError(t, err)
	require.Len(t, all.List(), 3)
}

func TestConfigured_OpensWithEverythingOfTheInstance(t *testing.T) {
	all, err := load(t, text, "jo", map[string]string{"STAGING": key})
	require.NoError(t, err)
	var read []api.Key
	all.KeyRead = func(k api.Key) { read = append(read, k) }
	s, err := all.Open(t.Context(), "staging")
	require.NoError(t, err)
	defer s.Close()
	require.Len(t, read, 1)
	require.Equal(t, profile.Instance{ID: "staging", Kind: profile.Development, Name: "Staging", URL: "http://127.0.0.1:1", Operator: "jo@ops-2", Role: "agent", ReadOnly: true}, s.Instance)
	require.Equal(t, "127.0.0.1:1", s.Client.Host())
	require.NotNil(t, s.Journal)
	require.Equal(t, "Zendesk", s.Ticket.Label)
	require.Equal(t, "called back", s.Reasons[0].Text)
	ban, _ := s.Catalogue.Get("ban_user")
	require.Equal(t, "this instance is read-only here", s.Catalogue.Forbidden(ban, nil))
	mfa, _ := s.Catalogue.Get("disable_mfa")
	require.Equal(t, []string{"the caller named their cat", "they know they must set up MFA again"}, mfa.Checklist)
	edit, _ := s.Catalogue.Get("update_user")
	require.Equal(t, "the caller named their cat", edit.Escalations[0].Checklist[0])
	data, _ := s.Catalogue.Get("replace_user_metadata")
	require.NotContains(t, data.Checklist, "the caller named their cat", "nobody called about it")
}

// Somebody without a role is told before a program that prints the key is run.
func TestConfigured_RunsNothingForSomebodyWithoutARole(t *testing.T) {
	touched := filepath.Join(t.TempDir(), "touched")
	all, err := load(t, text, "jo", nil)
	require.NoError(t, err)
	live := all.Resolver.Config.Instances["live"]
	live.KeyCommand[3] = touched
	_, err = all.Open(t.Context(), "live")
	require.ErrorContains(t, err, "gives jo no role on live; ask the person who maintains that file")
	require.NoFileExists(t, touched)

	all, err = load(t, text, "ann", nil)
	require.NoError(t, err)
	all.Resolver.Config.Instances["live"].KeyCommand[3] = touched
	_, err = all.Open(t.Context(), "live")
	require.ErrorContains(t, err, "printed nothing")
	require.FileExists(t, touched)
}

func TestConfigured_AMistakeIsAConfigError(t *testing.T) {
	all, err := load(t, text, "ann", nil)
	require.NoError(t, err)
	for name, says := range map[string]string{"nowhere": "there is no instance", "staging": "STAGING, which is not set", "": ""} {
		s, err := all.Open(context.Background(), name)
		if says == "" { // without a key the environment's is the demo
			require.NoError(t, err)
			require.Equal(t, profile.Demo, s.Instance.Kind)
			require.NoError(t, s.Demo.Wait(t.Context()))
			s.Close()
			continue
		}
		var mistake session.ConfigError
		require.ErrorAs(t, err, &mistake)
		require.ErrorContains(t, err, says)
	}
	_, err = load(t, "[[role]]\nname = \"agent\"\nwho = [\"jo\"]\nallow = [\"fly\"]", "jo", nil)
	require.ErrorContains(t, err, "config.toml line 4: role agent: there is no operation, tier or group “fly”")
}
