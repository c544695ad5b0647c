package e2e

import (
	"fmt"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// liveKey is the key of the production instance of a test.
const liveKey = "sk_live_Q7wR2tY9uI4oP1aS6dF3gH8jK5lZ0xCvBnM"

// production serves a directory under a production key.
func production(t *testing.T) string {
	t.Helper()
	base, key := served(t)
	to, err := url.Parse(base)
	require.NoError(t, err)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = to.Scheme, to.Host, to.Host
		if r.In.Header.Get("Authorization") == "Bearer "+liveKey {
			r.Out.Header.Set("Authorization", "Bearer "+key)
		}
	}}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

// shift is an account that a team shares, with the instances it works on.
type shift struct {
	t             *testing.T
	staging, live string // addresses
	env           []string
	home          string
}

func newShift(t *testing.T) *shift {
	t.Helper()
	base, key := served(t)
	home := t.TempDir()
	return &shift{t: t, staging: base, live: production(t), home: home, env: []string{"HOME=" + home, "STAGING=" + key, "LIVE=" + liveKey}}
}

// begin starts the console for somebody who came by sudo, in a role.
func (s *shift) begin(who, role string) term {
	s.t.Helper()
	folder := filepath.Join(s.home, ".config", "frontdesk")
	require.NoError(s.t, os.MkdirAll(folder, 0o700))
	require.NoError(s.t, os.WriteFile(filepath.Join(folder, "config.toml"), fmt.Appendf(nil, `
default = "staging"
[instance.staging]
kind = "development"
url = %q
key_env = "STAGING"
[instance.live]
title = "Northwind"
kind = "production"
url = %q
key_env = "LIVE"
[[role]]
name = %q
who = ["*"]
`, s.staging, s.live, role), 0o600))
	tm := start(s.t, 140, 40, append(s.env, "SUDO_USER="+who)...)
	tm.list()
	return tm
}

// back leaves a screen for the list.
func (m term) back() {
	m.t.Helper()
	for strings.Contains(m.Screen(), "Users › ") {
		m.Send("q")
		m.Quiet(400 * time.Millisecond)
	}
	m.Send("esc")
	m.Quiet(400 * time.Millisecond) // an esc that a letter follows at once is another key
	m.WaitUntil("the whole list", func(screen string) bool { return strings.Contains(screen, "newest first") && total.MatchString(screen) })
}

// An afternoon of a team: an agent unlocks somebody, bans somebody for a reason and may
// not delete; a manager may; the next start finds all of it in the journal, undoes the
// ban from its record, and goes to production.
func TestJournal_AnAfternoonOfATeam(t *testing.T) {
	t.Parallel()
	s := newShift(t)

	ann := s.begin("ann", "agent")
	ann.WaitFor("DEVELOPMENT")
	ann.open("okafor", "Maya Okafor")
	ann.Send("l")
	ann.confirm("Unlock Maya Okafor?")
	ann.WaitFor("Unlocked Maya Okafor")
	ann.back()
	ann.open("m.lindqvist", "Maya Lindqvist")
	ann.Send("b")
	ann.agree("SUP-4711 card fraud")
	ann.WaitFor("Banned Maya Lindqvist")
	ann.Send("D")
	ann.WaitFor("your role (agent) may not delete")
	require.NotContains(t, ann.Screen(), "Type the e-mail address")
	ann.until("the tab opens, once letters count again", "8", func(screen string) bool { return strings.Contains(screen, "DONE TO THIS PERSON") })
	ann.WaitFor("✓ done", "SUP-4711 card fraud")
	ann.leave("ctrl+c")

	max := s.begin("max", "manager")
	max.open("elin berg", "Elin Berg")
	max.choose("Delete user")
	max.WaitFor("Type the e-mail address")
	for range strings.Count(max.Screen(), "[ ]") {
		max.Send("space", "enter")
	}
	max.Type("asked to be deleted, GDPR-211")
	max.Send("enter")
	max.Type("elin.berg@fjord.example")
	max.Send("enter")
	max.confirm("▸ Cancel")
	max.WaitFor("Deleted Elin Berg")
	max.leave("ctrl+c")

	ann = s.begin("ann", "agent")
	ann.Send("A")
	ann.WaitFor("Users › Journal", "Delete user", "GDPR-211", "(sudo: max)", "Ban user", "SUP-4711 card fraud", "(sudo: ann)", "Unlock user", "1 of 3")
	ann.Send("/")
	ann.Type("user:lindqvist")
	ann.WaitFor("1 of 1")
	require.NotContains(t, ann.Screen(), "Elin Berg")
	ann.Send("enter")
	ann.WaitFor("esc clear")
	ann.Send("esc")
	ann.WaitFor("1 of 3")
	ann.Send("/")
	ann.Type("by:ann op:ban")
	ann.WaitFor("1 of 1")
	ann.Send("enter")
	ann.WaitFor("enter open")
	ann.Send("enter")
	ann.WaitFor("Users › Journal › Ban user", "Maya Lindqvist", "SUP-4711 card fraud", "not banned", "ACCORDING TO THE ENVIRONMENT (NOT CHECKED)")
	ann.Send("enter")
	ann.WaitFor("Users › Journal › Ban user › Maya Lindqvist")
	ann.back()

	ann.until("the undo asks", "z", func(screen string) bool { return strings.Contains(screen, "Undo your ban: unban Maya Lindqvist?") })
	ann.confirm("Undo your ban: unban Maya Lindqvist?")
	ann.WaitFor("Unbanned Maya Lindqvist")
	ann.Send("A")
	ann.WaitFor("Undo: Unban user")
	ann.back()

	ann.until("go to", ":", func(screen string) bool { return strings.Contains(screen, "╭─ Go to") })
	ann.Type("instance")
	ann.WaitFor("▌ Switch instance")
	ann.Send("enter")
	ann.WaitFor("PRODUCTION")
	ann.Type("northwind")
	ann.WaitFor("▌ Northwind")
	ann.Send("enter")
	ann.WaitUntil("the frame of production", func(screen string) bool {
		return strings.Contains(screen, "PRODUCTION") && strings.Contains(screen, "━━━━━━") && strings.Contains(screen, "▌") && total.MatchString(screen)
	})
	ann.leave("ctrl+c")
}
