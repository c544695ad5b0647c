package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
)

// useVersion makes the desk use another version of the API.
func (p *peer) useVersion(version api.Version) {
	p.Helper()
	key, err := api.NewKey(testKey)
	require.NoError(p, err)
	p.client, err = api.New(api.Config{BaseURL: "https://api.clerk.test/v1", Key: key, Transport: p.wire, UserAgent: "frontdesk/test", Version: version,
		Clock: p.clock.Now, Sleep: p.clock.Sleep, Jitter: func() float64 { return 0 }})
	require.NoError(p, err)
}

// Under the oldest version every operation is carried out, or refused because the version
// does not have it.
func TestDo_EveryOperationUnderTheOldestVersion(t *testing.T) {
	since := map[string]string{"set_user_password_compromised": "2025-11-10", "unset_user_password_compromised": "2025-11-10"}
	all(t, func(o ops.Operation) bool { return o.Scope != ops.ScopeUsers }, func(t *testing.T, p *peer, o ops.Operation) {
		p.useVersion(api.OldestVersion)
		in := p.intent(o.ID)
		if o.Scope == ops.ScopeDirectory {
			in.Seen, in.Request.UserID = nil, clean.Text{}
		}
		p.clock.pass(time.Second)
		out := p.desk().Do(p.Context(), in)
		if version, ok := since[o.ID]; ok {
			require.Equal(t, desk.Refused, out.State)
			require.ErrorContains(t, out.Err, "does not have this operation; it was added in "+version)
			require.Empty(t, p.wire.writes())
			return
		}
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
	})
	p := newPeer(t)
	p.useVersion(api.OldestVersion)
	seen := p.addSignUps(3)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 3}, endings(p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)))
}
