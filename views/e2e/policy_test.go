package e2e

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/command"
	"frontdesk/views/user"
)

const notYours = "your role may not do this"

// forbid is a policy that denies these operations.
func forbid(ids ...string) ops.Policy {
	return func(op ops.Operation, _ *api.User) string {
		if slices.Contains(ids, op.ID) {
			return notYours
		}
		return ""
	}
}

// reasons returns why each operation in a list of actions is off.
func reasons(actions []tui.Action) map[string]string {
	off := map[string]string{}
	for _, a := range actions {
		off[a.ID] = a.Off
	}
	return off
}

// A policy greys an operation wherever it is offered, and the desk refuses it even if
// a screen did not ask.
func TestPolicy_AppliesToEveryPathToAnOperation(t *testing.T) {
	t.Parallel()
	s := newSeat(t)
	s.Env.Catalogue = s.Env.Catalogue.WithPolicy(forbid("ban_user", "user_passkey_delete", "create_user"))
	var err error
	s.Env.Desk, err = desk.New(desk.Config{Client: s.Env.Client, Catalogue: s.Env.Catalogue, Clock: s.Clock.Now, Sleep: s.Env.Sleep})
	require.NoError(t, err)
	tilda := s.tilda()

	menu := reasons(action.UserMenu(s.Env, tilda).Items)
	require.Equal(t, notYours, menu["ban_user"])
	require.Equal(t, notYours, menu["user_passkey_delete"])
	require.Equal(t, notYours, menu["create_user"])
	require.Empty(t, menu["lock_user"])

	palette := reasons(user.NewDetail(s.Env, tilda).Actions())
	require.Equal(t, notYours, palette["ban_user"])
	require.Equal(t, notYours, palette["create_user"])

	passkey, found := ops.PartPasskey.Find(tilda, clean.NewText("idn_passkey"))
	require.True(t, found)
	row := reasons(action.RowMenu(s.Env, tilda, action.PartRow{Part: ops.PartPasskey, Item: passkey}).Items)
	require.Equal(t, notYours, row["user_passkey_delete"])

	bulk := reasons(action.SelectionActions(s.Env, action.Selection{Users: []*api.User{tilda}}))
	require.Contains(t, bulk["users_ban"], notYours, "what may not be done to one may not be done to several")

	dryRun, err := s.tryDo(t, "do", "ban_user", tildaID, "--dry-run", "--json", "--reason", "fraud")
	require.Contains(t, dryRun, notYours)
	require.Equal(t, command.Exit{Code: command.CodeFailed}, err)

	for _, id := range []string{"ban_user", "user_passkey_delete", "create_user"} {
		op, _ := s.Env.Catalogue.Get(id)
		request := ops.Request{Reason: "fraud"}
		in := desk.Intent{Op: op, Request: request}
		switch op.Scope {
		case ops.ScopeDirectory:
			in.Request.Values = map[string]string{"email_address": "elin@fjord.example", "password": strong}
		default:
			in.Seen, in.Request.UserID = tilda, tilda.ID
		}
		if op.Part != ops.PartNone {
			in.Request.PartID = passkey.ID
		}
		out := s.Env.Desk.Do(t.Context(), in)
		require.Equal(t, desk.Refused, out.State, id)
		require.EqualError(t, out.Err, notYours, id)
	}
	op, _ := s.Env.Catalogue.Get("users_ban")
	out := s.Env.Desk.DoBulk(t.Context(), desk.Bulk{Op: op, Seen: []*api.User{tilda}, Reason: "fraud"}, nil)
	require.EqualError(t, out.Users[0].Err, notYours)
	require.False(t, s.tilda().Banned)
}
