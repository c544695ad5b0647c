package command_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/views/command"
	"frontdesk/views/viewtest"
)

// Every operation × every role × every kind of instance, as `frontdesk do`: what the
// role may not do ends with exit 1 and the reason and sends nothing, in a rehearsal too;
// what it may do is sent.
func TestDo_HoldsToTheRole(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	forbidden, allowed := 0, 0
	for _, o := range ops.Users().All() {
		t.Run(o.ID, func(t *testing.T) {
			c := newCounter(t)
			c.prepare(o)
			sent := 0
			c.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodGet && (!o.ConfirmsRead || !strings.Contains(r.URL.Path, "oauth_access_tokens")) {
					return nil, nil
				}
				sent++
				return refusal(r), nil // so that she stays as she is
			})
			for _, role := range viewtest.Roles(t) {
				c.catalogue, c.kind = ops.Users().WithPolicy(role.Policy), role.Kind
				where := role.Name + " on " + role.Kind.String()
				more := []string{}
				if !o.IsRead() {
					more = append(confirmOn(o, role.Kind), "--yes", "--reason", "called back")
				}
				if o.MustShowResult {
					more = append(more, "--reveal")
				}
				sent = 0
				real := c.run(c.command(o, more...)...)
				require.NotEqual(t, command.CodeUsage, real.code, "%s: %s", where, real.err)
				reason := ""
				if role.Policy != nil {
					reason = c.catalogue.Forbidden(o, nil)
				}
				require.Equal(t, role.May(o), reason == "", "%s: %s", where, reason)
				dry := c.run(c.command(o, "--dry-run", "--json")...)
				if reason == "" {
					allowed++
					require.Equal(t, !o.IsRead(), sent > 0, "%s: %s", where, real.err)
					require.Zero(t, dry.code, "%s: %s", where, dry.err)
					continue
				}
				forbidden++
				require.Zero(t, sent, where)
				require.Equal(t, command.CodeFailed, real.code, "%s: %s", where, real.out+real.err)
				require.Contains(t, real.err, reason, where)
				require.Equal(t, command.CodeFailed, dry.code, where)
				require.Contains(t, dry.out+dry.err, reason, where)
			}
		})
	}
	require.Greater(t, forbidden, 300)
	require.Greater(t, allowed, 300)
}

// confirmOn is confirm on an instance of the kind.
func confirmOn(o ops.Operation, kind profile.Kind) []string {
	o.Tier = o.TierFor(kind == profile.Production, false)
	if o.Scope == ops.ScopeUsers { // of one user it asks what that user's does
		o.Scope = ops.ScopeUser
	}
	if o.Scope == ops.ScopeDirectory && o.Tier >= ops.T3 {
		return []string{"--confirm", "create"}
	}
	return confirm(o)
}

// refusal is what a server answers that will not do it.
func refusal(r *http.Request) *http.Response {
	body, _ := json.Marshal(map[string]any{"errors": []map[string]string{{"code": "form_param_invalid", "message": "not today"}}})
	return &http.Response{StatusCode: http.StatusUnprocessableEntity, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(string(body)))}
}

// A field that weighs more than the operation does counts.
func TestDo_HoldsToTheRoleWithWhatIsFilledIn(t *testing.T) {
	for _, role := range viewtest.Roles(t) {
		if role.Name != "ann" {
			continue
		}
		c := newCounter(t)
		c.catalogue, c.kind = ops.Users().WithPolicy(role.Policy), role.Kind
		c.stdin = strings.NewReader(password + "\n")
		s := c.run("do", "update_user", someoneID, "--password-file", c.WriteFile("password", []byte(password)), "--yes", "--reason", "called back", "--confirm", "0199")
		require.Equal(t, command.CodeFailed, s.code, s.err)
		require.Contains(t, s.err, "your role (agent) may not edit users with the values entered here; ask a manager")
		s = c.run("do", "create_email_address", someoneID, "--email-address", "new@fjord.example", "--verified", "yes", "--yes", "--reason", "called back", "--confirm", "0199")
		require.Equal(t, command.CodeFailed, s.code, s.err)
		require.Contains(t, s.err, "your role (agent) may not add e-mail addresses with the values entered here; ask a manager")
		require.Empty(t, c.writes())
		s = c.run("do", "create_email_address", someoneID, "--email-address", "new@fjord.example", "--yes", "--reason", "called back", "--confirm", "0199")
		require.Zero(t, s.code, s.err)
	}
}

// What is so already is refused all the same: the journal says refused, too.
func TestDo_RefusesWhatIsSoAlready(t *testing.T) {
	c := newCounter(t)
	for _, role := range viewtest.Roles(t) {
		c.catalogue, c.kind = ops.Users().WithPolicy(role.Policy), role.Kind
		unlock, _ := c.catalogue.Get("unlock_user")
		s := c.run(append([]string{"do", "unlock_user", someoneID, "--yes", "--reason", "called back"}, confirmOn(unlock, role.Kind)...)...)
		if role.May(unlock) {
			require.Zero(t, s.code, s.err)
			require.Contains(t, s.out, "Nothing to do")
			continue
		}
		require.Equal(t, command.CodeFailed, s.code, s.out)
		require.Contains(t, s.err, c.catalogue.Forbidden(unlock, nil))
	}
}

// What would help is named even if the role may not do it, with whom to ask.
func TestWhy_SaysWhoMayDoWhatTheRoleMayNot(t *testing.T) {
	for _, role := range viewtest.Roles(t) {
		if role.Name != "ann" {
			continue
		}
		c := newCounter(t)
		c.catalogue, c.kind = ops.Users().WithPolicy(role.Policy), role.Kind
		told := c.run("why", "dreyes@pine.example")
		require.Zero(t, told.code, told.err)
		require.Contains(t, told.out, "\nYour role (agent) may not reset MFA enrollments; ask a manager.\n")
		require.NotContains(t, told.out, "frontdesk do disable_mfa")
		told = c.run("why", "maya@harborpine.example")
		require.Contains(t, told.out, "Unlock user: frontdesk do unlock_user ")
		require.NotContains(t, told.out, "Your role")
	}
}

// The list for pipes is an operation too.
func TestUsers_HoldsToTheRole(t *testing.T) {
	c := newCounter(t)
	for _, role := range viewtest.Roles(t) {
		c.catalogue = ops.Users().WithPolicy(role.Policy)
		s := c.run("users", "--limit", "1")
		list, _ := c.catalogue.Get("get_user_list")
		if role.May(list) {
			require.Zero(t, s.code, s.err)
			continue
		}
		require.Equal(t, command.CodeFailed, s.code)
		require.Contains(t, s.err, "your role (nobody) may not list users")
		require.Empty(t, s.out)
	}
}
