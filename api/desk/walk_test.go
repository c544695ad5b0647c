package desk_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
)

// all runs f for every operation of the kind, each with its own server.
func all(t *testing.T, kind func(ops.Operation) bool, f func(*testing.T, *peer, ops.Operation)) {
	for _, o := range ops.Users().All() {
		if kind(o) {
			t.Run(o.ID, func(t *testing.T) { f(t, ready(t, o), o) })
		}
	}
}

// Every write on the real server: it applies, is not in effect, is carried out, and is in
// effect.
func TestDo_CarriesOutEveryWrite(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Call != nil && o.Applied != nil }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		before := in.Seen
		require.Empty(t, o.WhyNot(before, p.clock.Now()))
		require.False(t, o.Applied(before, before, in.Request), "not in effect yet")
		p.clock.pass(time.Second)

		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.NoError(t, out.Err)
		require.False(t, out.ReadBack)
		require.Equal(t, o.ID, out.Op.ID)

		after := p.user()
		require.True(t, o.Applied(before, after, in.Request), "in effect")
		require.NotNil(t, out.User)
		require.Equal(t, o.State(after, p.clock.Now()), o.State(out.User, p.clock.Now()), "the outcome's user is the one on the server")
		if o.ID != "set_user_profile_image" {
			require.NotEqual(t, o.State(before, p.clock.Now()), o.State(after, p.clock.Now()), "another desk would see the change")
		}
	})
}

// The same with every response lost: the read-back finds each of them done.
func TestDo_FindsEveryWriteDoneAfterALostResponse(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Call != nil && !o.IsRead() && o.ID != several }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		p.clock.pass(time.Second)
		p.loseAnswers()
		out := p.desk().Do(p.Context(), in)
		p.wire.alter = nil
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.True(t, out.ReadBack)
		if !o.DeletesUser {
			require.NotNil(t, out.User)
		}
	})
}

// The same with every request dropped: nothing is called done or refused.
func TestDo_FindsNoWriteDoneThatWasDropped(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Call != nil && !o.IsRead() && o.ID != several }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		p.clock.pass(time.Second)
		p.loseRequests()
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
		require.ErrorContains(t, out.Err, "5 s later it does not show")
	})
}

// Removing what another operator has just removed is not an error.
func TestDo_RemovingTwice(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Retry == ops.RetryGone && o.Part != ops.PartNone || o.DeletesUser }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		require.Equal(t, desk.Done, p.desk().Do(p.Context(), in).State)
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.AlreadyGone, out.State, "told by the server: %v", out.Err)
		p.clock.pass(time.Minute)
		in.Agreed = true
		out = p.desk().Do(p.Context(), in)
		require.Equal(t, desk.AlreadyGone, out.State, "told by the second look: %v", out.Err)
	})
}

// An operation with an inverse is undone by it.
func TestDo_InversesRestoreTheUser(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Inverse != "" && o.Scope != ops.ScopeUsers }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		d := p.desk()
		require.Equal(t, desk.Done, d.Do(p.Context(), in).State)
		inverse, request, ok := o.Undo(p.ops, in.Seen, in.Request)
		require.True(t, ok)
		out := d.Do(p.Context(), desk.Intent{Op: inverse, Seen: p.user(), Request: request})
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.Equal(t, withoutTime(o.State(in.Seen, p.clock.Now())), withoutTime(o.State(out.User, p.clock.Now())))
	})
}

// withoutTime removes the time of the last password from a state.
func withoutTime(state string) string { return state[:min(len(state), 60)] }

// Every operation with a result shows it, and hides what is secret.
func TestDo_EveryReadAndCheckAnswers(t *testing.T) {
	secret := map[string]int{"create_user_totp": 2, "set_user_totp": 2, "get_o_auth_access_token": 1}
	all(t, func(o ops.Operation) bool { return o.CallResult != nil }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		if o.Scope == ops.ScopeDirectory {
			in.Seen, in.Request.UserID = nil, clean.Text{}
		}
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.Regexp(t, `^[A-Z0-9].*\.$`, out.Result.Summary)
		require.False(t, out.Result.IsNo)
		hidden := 0
		for _, l := range out.Result.Lines {
			require.NotEmpty(t, l.Label)
			require.NotEqual(t, l.Value.Empty(), l.Secret.Empty(), "a value or a secret")
			if !l.Secret.Empty() {
				hidden++
			}
		}
		require.Equal(t, secret[o.ID], hidden)
		require.Equal(t, hidden > 0, o.MustShowResult && out.Result.HasSecret())
	})
}

func TestDo_FailedVerificationIsAResult(t *testing.T) {
	for id, value := range map[string]map[string]string{
		"verify_password": {"password": "wrong"}, "verify_totp": {"code": "000000"},
	} {
		o, _ := ops.Users().Get(id)
		p := ready(t, o)
		in := p.intent(id)
		in.Request.Values = value
		out := p.desk().Do(p.Context(), in)
		require.Equal(t, desk.Done, out.State, "%v", out.Err)
		require.True(t, out.Result.IsNo)
		require.Contains(t, out.Result.Summary, "wrong")
	}
}

// Verifying a backup code uses it up, and is not repeated after a lost response.
func TestDo_VerifyingABackupCodeUsesItUp(t *testing.T) {
	o, _ := ops.Users().Get("verify_totp")
	p := ready(t, o)
	in := p.intent(o.ID)
	in.Request.Values = map[string]string{"code": "11111111"}
	p.loseAnswers()
	out := p.desk().Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State)
	require.Equal(t, 1, p.writesTo("/verify_totp"))
	p.wire.alter = nil
	require.True(t, p.desk().Do(p.Context(), in).Result.IsNo, "it is spent")
	in.Request.Values = map[string]string{"code": "22222222"}
	require.Contains(t, p.desk().Do(p.Context(), in).Result.Summary, "backup code and is now used up")
}

// A new user is looked up by a unique value. Another user with that e-mail address is not
// taken for them.
func TestDo_CreateFindsNoEarlierUser(t *testing.T) {
	p := newPeer(t)
	in := p.intent("create_user")
	in.Seen, in.Request.UserID = nil, clean.Text{}
	in.Request.Values = maps.Clone(in.Request.Values)
	in.Request.Values["email_address"] = "daniel@harborpine.example"
	p.loseRequests()
	require.Equal(t, desk.Unknown, p.desk().Do(p.Context(), in).State, "neither done nor refused")
}

// several is the operation that sends more than one request.
const several = "revoke_all_sessions"

func TestDo_SignedOutInPart(t *testing.T) {
	o, _ := ops.Users().Get(several)
	for name, c := range map[string]struct {
		change func(*peer)
		want   desk.State
		says   string
	}{
		"the second is refused":  {func(p *peer) { p.failAfter(1) }, desk.Unknown, "At least 1 session signed out, then it stopped"},
		"the first is refused":   {func(p *peer) { p.failAfter(0) }, desk.Refused, "Could not revoke the session"},
		"the first answer lost":  {(*peer).loseAnswers, desk.Unknown, "A session may be signed out, then it stopped"},
		"the list is unreadable": {func(p *peer) { p.server.SetFaults(faults.Switches{Path: "/sessions", Drop: "before"}) }, desk.Refused, "Could not list the sessions"},
		"all is well":            {func(*peer) {}, desk.Done, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := ready(t, o)
			in := p.intent(o.ID)
			c.change(p)
			out := p.desk().Do(p.Context(), in)
			require.Equal(t, c.want, out.State, "%v", out.Err)
			if c.says != "" {
				require.ErrorContains(t, out.Err, c.says)
			}
		})
	}
}

// Unchanged fields are not sent, and cleared ones are sent as null.
func TestDo_SendsOnlyChangedFields(t *testing.T) {
	p := newPeer(t)
	in := p.intent("update_user")
	var body []byte
	p.wire.arrived = func(r *http.Request) {
		if r.Method == http.MethodPatch {
			var err error
			body, err = io.ReadAll(r.Body)
			require.NoError(t, err)
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
	}
	in.Request = in.Op.NewRequest(in.Seen, clean.Text{}, map[string]string{"first_name": "Dan", "last_name": "Reyes", "username": "", "locale": ""})
	require.Equal(t, desk.Done, p.desk().Do(p.Context(), in).State)
	require.JSONEq(t, `{"first_name":"Dan","username":null}`, string(body))
}

// A check that worked once and then failed has proved nothing.
func TestDo_UnknownWhenTheLastLookupFails(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.server.SetFaults(faults.Switches{Method: onWrites, Drop: "before"})
	looks := 0
	p.wire.arrived = func(r *http.Request) {
		if r.Method == http.MethodGet {
			if looks++; looks == 2 {
				p.server.SetFaults(faults.Switches{Drop: "before"})
			}
		}
	}
	require.Equal(t, desk.Unknown, p.desk().Do(p.Context(), in).State)
}
