package action_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
)

// intent carries an operation out through the office's desk, and returns its record.
func (o *office) intent(id string, u *api.User, values map[string]string) string {
	o.Harness.Helper()
	return o.intentOf(id, u, clean.Text{}, values)
}

// intentOf is intent for a part of the user.
func (o *office) intentOf(id string, u *api.User, part clean.Text, values map[string]string) string {
	o.Harness.Helper()
	op, known := o.Env.Catalogue.Get(id)
	require.True(o.Harness, known)
	o.Harness.Clock.Jump(time.Minute)
	u = o.ReloadUser(u)
	r := op.NewRequest(u, part, values)
	r.Reason = "asked for by phone"
	out := o.Env.Desk.Do(o.Context(), desk.Intent{Op: op, Seen: u, Request: r})
	require.Equal(o.Harness, desk.Done, out.State, "%v", out.Err)
	require.NoError(o.Harness, out.JournalErr)
	return out.Record
}

// bulk is intent for several users.
func (o *office) bulk(id string, names ...string) {
	o.Harness.Helper()
	op, _ := o.Env.Catalogue.Get(id)
	in := desk.Bulk{Op: op, Reason: "card fraud"}
	for _, who := range names {
		in.Seen = append(in.Seen, o.FindUser(who))
	}
	out := o.Env.Desk.DoBulk(o.Context(), in, nil)
	require.NoError(o.Harness, out.Stopped)
}
