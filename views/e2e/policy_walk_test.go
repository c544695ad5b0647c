package e2e

import (
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/users"
	"frontdesk/views/viewtest"
)

// under gives the seat to somebody with that role: screens, desk and journal follow it.
func (s *seat) under(role viewtest.Role) {
	s.Helper()
	s.Env.Catalogue = ops.Users().WithPolicy(role.Policy)
	s.Env.Instance.Kind = role.Kind
	s.Record(func(o *journal.Options) { o.Sync = func(*os.File) error { return nil } })
}

// offers are the actions of every entry point at which an operation can be chosen, by
// entry point and operation. What a key does is one of the screen's actions.
func (s *seat) offers(tilda *api.User) map[string]map[string]tui.Action {
	out := map[string]map[string]tui.Action{}
	add := func(where string, actions []tui.Action) {
		out[where] = map[string]tui.Action{}
		for _, a := range actions {
			out[where][a.ID] = a
		}
	}
	add("menu", action.UserMenu(s.Env, tilda).Items)
	add("palette and key of the person", user.NewDetail(s.Env, tilda).Actions())
	add("palette and key of the list", users.New(s.Env).Actions())
	add("bulk", action.SelectionActions(s.Env, action.Selection{Users: []*api.User{tilda}}))
	for _, part := range []ops.Part{ops.PartPasskey, ops.PartWallet, ops.PartExternalAccount, ops.PartEmail, ops.PartTOTP, ops.PartBackupCodes, ops.PartPassword} {
		items := part.Items(tilda)
		if len(items) == 0 { // a part of which there is one, such as the password
			items = []ops.Item{{}}
		}
		for _, item := range items {
			add("row menu of "+part.String(), action.RowMenu(s.Env, tilda, action.PartRow{Part: part, Item: item}).Items)
		}
	}
	return out
}

// Catalogue × role × kind of instance × entry point: what a role may not do is off with
// the reason, what it may do is as it would be without roles, and the desk agrees. The
// command line is walked in views/command, undo and the keys below.
func TestPolicy_WalkOfEveryOperation(t *testing.T) {
	t.Parallel()
	s := newSeat(t)
	roles := viewtest.Roles(t)
	seen := map[string]int{}
	for _, o := range ops.Users().All() {
		s.ready(o.ID)
		tilda := s.tilda()
		s.under(viewtest.Role{})
		without := s.offers(tilda)
		for _, role := range roles {
			s.under(role)
			reason := s.Env.Catalogue.Forbidden(o, tilda)
			who := role.Name + " on " + role.Kind.String() + ": " + o.ID
			require.Equal(t, role.May(o), reason == "", "%s: %s", who, reason)
			for where, offered := range s.offers(tilda) {
				base, there := without[where][o.ID]
				if !there {
					continue
				}
				got := offered[o.ID].Off
				switch {
				case reason == "":
					require.Equal(t, base.Off, got, "%s at %s", who, where)
				case base.Off == "":
					require.Contains(t, got, reason, "%s at %s", who, where)
					seen[where]++
				default: // there is another reason as well
					require.NotEmpty(t, got, "%s at %s", who, where)
				}
			}
			s.agrees(t, who, o, tilda, reason)
		}
	}
	require.ElementsMatch(t, []string{"menu", "palette and key of the person", "palette and key of the list", "bulk", "row menu of passkey",
		"row menu of web3 wallet", "row menu of connected account", "row menu of e-mail address", "row menu of authenticator app", "row menu of backup codes", "row menu of password"}, slices.Collect(maps.Keys(seen)), "every entry point refused something that applies")
	require.Greater(t, seen["menu"], 300)
}

// agrees holds the desk to the same answer, whatever a screen thinks, and the journal to
// a record of every refusal.
func (s *seat) agrees(t *testing.T, who string, o ops.Operation, tilda *api.User, reason string) {
	t.Helper()
	if o.IsRead() && reason == "" {
		return
	}
	written := 0
	s.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodGet && !strings.Contains(r.URL.Path, "oauth_access_tokens") {
			return nil, nil
		}
		written++
		return nil, http.ErrHandlerTimeout // she stays as she is
	})
	defer s.Transport.Intercept(nil)
	if o.Scope == ops.ScopeUsers {
		out := s.Env.Desk.DoBulk(t.Context(), desk.Bulk{Op: o, Seen: []*api.User{tilda}, Reason: "fraud"}, nil)
		require.False(t, reason != "" && written > 0, who)
		if reason != "" && out.Users[0].State != desk.UserSkipped { // else nothing was attempted
			require.EqualError(t, out.Users[0].Err, reason, who)
			s.hasRefusal(t, who, o, reason)
		}
		return
	}
	in := desk.Intent{Op: o, Request: s.request(o, wanted{id: o.ID, values: walkValues(o)}), Agreed: true}
	in.Request.Reason = "fraud"
	if o.Part != ops.PartNone && in.Request.PartID.Empty() {
		in.Request.PartID = clean.NewText("idn_of_none")
	}
	if o.Scope == ops.ScopeUser {
		in.Seen = tilda
	}
	out := s.Env.Desk.Do(t.Context(), in)
	if reason == "" {
		require.False(t, out.Err != nil && strings.Contains(out.Err.Error(), "your role"), who)
		return
	}
	require.Equal(t, desk.Refused, out.State, who)
	require.EqualError(t, out.Err, reason, who)
	require.Zero(t, written, who)
	s.hasRefusal(t, who, o, reason)
}

// hasRefusal requires that the newest record is the refusal of the operation. Plain reads
// are not recorded.
func (s *seat) hasRefusal(t *testing.T, who string, o ops.Operation, reason string) {
	t.Helper()
	if reason == "" || o.IsRead() {
		return
	}
	newest, err := s.Env.Journal.Read(t.Context(), journal.Filter{Limit: 1})
	require.NoError(t, err)
	require.Len(t, newest, 1, who)
	require.Equal(t, journal.Refused, newest[0].Kind, who)
	require.Equal(t, o.ID, newest[0].Operation, who)
	require.Contains(t, newest[0].Message, reason, who)
}

// walkValues are what an operation needs to be asked at all.
func walkValues(o ops.Operation) map[string]string {
	values := map[string]string{"account": "tilda", "code": "123456", "password": strong, "provider": "oauth_google", "email_address": "elin@fjord.example", "phone_number": "+46701740605"}
	out := map[string]string{}
	for _, f := range o.Fields {
		if v, ok := values[f.Name]; ok && f.Required {
			out[f.Name] = v
		}
	}
	switch o.ID {
	case "update_user":
		out["first_name"] = "Till"
	case "update_user_metadata", "replace_user_metadata":
		out["public_metadata"] = `{"plan":"gold"}`
	case "create_user":
		out["email_address"], out["password"] = values["email_address"], strong
	}
	return out
}

// A key opens no question about what the role may not do; it says why.
func TestPolicy_KeysSayWhyNot(t *testing.T) {
	t.Parallel()
	keys := []struct{ key, id string }{{"b", "ban_user"}, {"l", "lock_user"}, {"m", "disable_mfa"}, {"i", "set_user_profile_image"}, {"c", "create_user"}, {"e", "update_user"}, {"D", "delete_user"}}
	s := newSeat(t)
	for _, role := range viewtest.Roles(t) {
		if role.Kind == profile.Development || role.Policy == nil {
			continue
		}
		s.under(role)
		d := s.Drive(user.NewDetail(s.Env, s.tilda()), 160, 50)
		for _, k := range keys {
			o, _ := s.Env.Catalogue.Get(k.id)
			reason := s.Env.Catalogue.Forbidden(o, s.tilda())
			d.Press(k.key)
			if reason == "" {
				require.Contains(t, d.Screen(), o.Title, "%s %s", role.Name, k.id)
				d.Press("esc")
				continue
			}
			require.Contains(t, d.Screen(), reason[:min(len(reason), 24)], "%s %s", role.Name, k.id)
			require.NotContains(t, d.Screen(), "Cancel", "%s %s", role.Name, k.id)
		}
	}
}

// Undo does another operation, so the role is asked about that one.
func TestPolicy_HoldsForUndo(t *testing.T) {
	t.Parallel()
	for _, step := range []struct{ key, title, undone string }{{"b", "Ban user", "unban_user"}, {"l", "Lock user", "unlock_user"}} {
		s := newSeat(t)
		s.under(viewtest.Role{})
		d := s.Drive(user.NewDetail(s.Env, s.tilda()), 160, 50)
		d.Press(step.key)
		d.Type("fraud")
		d.Press("enter")
		d.Dialog().Expect(step.title, "Tilda Nord", "fraud")
		d.Press("y")
		require.Empty(t, action.UndoAction(s.Env).Off, d.Screen())
		for _, role := range viewtest.Roles(t) {
			s.under(role)
			o, _ := s.Env.Catalogue.Get(step.undone)
			off := action.UndoAction(s.Env).Off
			require.Equal(t, role.May(o), off == "", "%s: %s", role.Name, off)
			if off != "" {
				require.Contains(t, off, s.Env.Catalogue.Forbidden(o, nil))
			}
		}
	}
}
