package desk_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

func TestDo_StaysUnknownWhenTheLookupFailsToo(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.server.SetFaults(faults.Switches{Drop: "after"})
	d := p.desk()
	out := d.Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State)
	require.ErrorContains(t, out.Err, "no answer came, and checking it failed too: Could not read the user: ")
	require.True(t, api.IsOutcomeUnknown(out.Err))
	require.Equal(t, 1, p.writesTo("/ban"))

	// The network is back and the operator asks again: the earlier request is found to be
	// the cause, and nothing is sent a second time.
	p.server.SetFaults(faults.Switches{})
	p.clock.pass(time.Minute)
	out = d.Do(p.Context(), in)
	require.Equal(t, desk.Done, out.State, "%v", out.Err)
	require.True(t, out.ReadBack)
	require.Equal(t, 1, p.writesTo("/ban"))

	out = d.Do(p.Context(), in)
	require.EqualError(t, out.Err, "already banned", "claimed once")
}

// Long after a lost response the change may be anybody's.
func TestDo_ForgetsALostResponse(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.server.SetFaults(faults.Switches{Drop: "after"})
	d := p.desk()
	require.Equal(t, desk.Unknown, d.Do(p.Context(), in).State)
	p.server.SetFaults(faults.Switches{})
	p.clock.pass(6 * time.Minute)
	out := d.Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.EqualError(t, out.Err, "already banned")
}

func TestDo_UserIsDeletedWhenLookedUp(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.loseRequests()
	p.wire.arrived = func(*http.Request) {
		require.NoError(t, p.store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(danielID) }))
		p.wire.arrived = nil
	}
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.EqualError(t, out.Err, "no answer came, and the user no longer exists")
	require.Nil(t, out.User)
}

// A 404 did nothing, even if it cannot be determined what does not exist.
func TestDo_NotFoundThenUnreadable(t *testing.T) {
	p := newPeer(t)
	in := p.intent("user_passkey_delete")
	p.change(func(u *store.User) { u.Passkeys = nil })
	p.server.SetFaults(faults.Switches{Method: "GET", ErrorRate: 1})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	requireKind(t, api.KindNotFound, out.Err)
}

// A 404 for a part that the user still has is not a removal.
func TestDo_NotFoundButUserExists(t *testing.T) {
	p := newPeer(t)
	in := p.intent("user_passkey_delete")
	p.server.SetFaults(faults.Switches{Method: "DELETE", ErrorRate: 1, ErrorStatus: 404})
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	requireKind(t, api.KindNotFound, out.Err)
	require.Len(t, out.User.Passkeys, 1)
}
