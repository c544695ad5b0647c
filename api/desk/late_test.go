package desk_test

import (
	"context"
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

const lateBy = 8 * time.Second

// lateFaults are the ways in which a request can seem lost and be carried out later.
func lateFaults() map[string]faults.Switches {
	late := faults.Duration(lateBy)
	return map[string]faults.Switches{
		"the connection is cut": {Drop: "before", ActAfter: late},
		"a gateway's page":      {HTML: true, ActAfter: late},
		"an internal error":     {ErrorRate: 1, ActAfter: late},
		"a gateway timeout":     {ErrorRate: 1, ErrorStatus: 504, ActAfter: late},
	}
}

// Every family of writes with a server that acts after the read-back has given up: the
// write is never called refused, and a later check finds it done.
func TestPending_LateServerIsNotRefused(t *testing.T) {
	for name, fault := range lateFaults() {
		t.Run(name, func(t *testing.T) {
			all(t, func(o ops.Operation) bool { return o.Call != nil && !o.IsRead() && o.ID != several }, func(t *testing.T, p *peer, o ops.Operation) {
				in := p.intent(o.ID)
				p.clock.pass(time.Second)
				before := len(p.wire.writes())
				p.spoilWrites(fault)
				out := p.desk().Do(p.Context(), in)
				require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
				require.NotNil(t, out.Pending)
				p.clearFaults()

				later, ok := out.Pending.Look(p.Context())
				require.True(t, ok)
				require.Equal(t, desk.Unknown, later.State, "it has not acted yet: %v", later.Err)
				require.NotNil(t, later.Pending)

				p.clock.pass(lateBy)
				later, ok = later.Pending.Look(p.Context())
				require.True(t, ok)
				require.Equal(t, desk.Done, later.State, "%v", later.Err)
				require.True(t, later.ReadBack)
				require.Equal(t, o.ID, later.Op.ID)
				if !o.DeletesUser {
					require.NotNil(t, later.User)
				}
				require.Len(t, p.wire.writes(), before+1, "sent once")
				_, ok = out.Pending.Look(p.Context())
				require.False(t, ok, "it is known")
			})
		})
	}
}

// The same intent again, while the first may still be carried out: its effect is checked
// first, however fresh the operator's data is, and it is sent only if there is none.
func TestDo_RepeatLooksFirst(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Call != nil && !o.IsRead() && o.ID != several }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		p.clock.pass(time.Second)
		before := len(p.wire.writes())
		p.spoilWrites(lateFaults()["the connection is cut"])
		d := p.desk()
		out := d.Do(p.Context(), in)
		require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
		p.clearFaults()
		p.clock.pass(lateBy)
		if out.User != nil {
			in.Seen = out.User
		}
		in.Agreed = true
		again := d.Do(p.Context(), in)
		require.Equal(t, desk.Done, again.State, "%v", again.Err)
		require.True(t, again.ReadBack)
		require.Len(t, p.wire.writes(), before+1, "not sent again")
		_, ok := out.Pending.Look(p.Context())
		require.False(t, ok, "the repeat has found out")
	})
}

func TestDo_RepeatIsSentWhenTheFirstShowsNoEffect(t *testing.T) {
	for _, id := range []string{"ban_user", "lock_user", "update_user", "create_user", "create_email_address"} {
		t.Run(id, func(t *testing.T) {
			p := newPeer(t)
			in := p.intent(id)
			p.clock.pass(time.Second)
			p.spoilWrites(faults.Switches{Drop: "before"})
			d := p.desk()
			out := d.Do(p.Context(), in)
			require.Equal(t, desk.Unknown, out.State)
			p.clearFaults()
			if out.User != nil {
				in.Seen = out.User
			}
			looked := 0
			p.wire.arrived = func(r *http.Request) {
				if r.Method == http.MethodGet && len(p.wire.writes()) == 1 {
					looked++
				}
			}
			again := d.Do(p.Context(), in)
			require.Equal(t, desk.Done, again.State, "%v", again.Err)
			require.Equal(t, 1, looked, "although it was read a moment ago")
			require.Len(t, p.wire.writes(), 2)
		})
	}
}

// A write whose effect cannot be checked is not repeated blindly.
func TestDo_RepeatIsNotSentWhenItsEffectCannotBeSeen(t *testing.T) {
	p := newPeer(t)
	in := p.intent("update_user")
	p.spoilWrites(faults.Switches{Drop: "before"})
	d := p.desk()
	out := d.Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State)
	p.clearFaults()
	in.Seen = out.User
	p.server.SetFaults(faults.Switches{Method: "GET", ErrorRate: 1})
	out = d.Do(p.Context(), in)
	require.Equal(t, desk.Refused, out.State)
	require.ErrorContains(t, out.Err, "nothing was sent, because the same request was sent before")
	require.Len(t, p.wire.writes(), 1)
}

// Other values are another intent.
func TestDo_OtherValuesAreNotARepeat(t *testing.T) {
	p := newPeer(t)
	in := p.intent("update_user")
	in.Request.Values = map[string]string{"first_name": "Dan"}
	p.spoilWrites(lateFaults()["the connection is cut"])
	d := p.desk()
	require.Equal(t, desk.Unknown, d.Do(p.Context(), in).State)
	p.clearFaults()
	in.Request.Values = maps.Clone(in.Request.Values)
	in.Request.Values["first_name"] = "Daan"
	in.Agreed = true
	require.Equal(t, desk.Done, d.Do(p.Context(), in).State)
	require.Equal(t, "Daan", p.user().FirstName.Raw())
}

// A password cannot be read back: a change since then does not tell which password it is.
func TestDo_LaterPasswordIsNotTheLostOne(t *testing.T) {
	p := newPeer(t)
	first := p.intent("set_user_password")
	p.spoilWrites(faults.Switches{Drop: "before"})
	d := p.desk()
	require.Equal(t, desk.Unknown, d.Do(p.Context(), first).State)
	p.clearFaults()
	p.clock.pass(time.Minute)
	second := p.intent("set_user_password")
	second.Request.Values = map[string]string{"password": "another brass bell, no ink"}
	require.Equal(t, desk.Done, d.Do(p.Context(), second).State)
	p.clock.pass(time.Minute)
	first.Seen = p.user()
	again := d.Do(p.Context(), first)
	require.Equal(t, desk.Done, again.State, "%v", again.Err)
	require.False(t, again.ReadBack, "it is sent")
	require.Len(t, p.wire.writes(), 3)
}

// A check that fails, and a user who is deleted meanwhile.
func TestPending_LookupEndsWhenTheUserIsDeleted(t *testing.T) {
	p := newPeer(t)
	in := p.intent("ban_user")
	p.spoilWrites(faults.Switches{Drop: "before"})
	j := &fakeJournal{}
	out := p.desk(func(c *desk.Config) { c.Journal = j }).Do(p.Context(), in)
	require.Equal(t, desk.Unknown, out.State)
	p.clearFaults()
	p.server.SetFaults(faults.Switches{ErrorRate: 1})
	later, ok := out.Pending.Look(p.Context())
	require.True(t, ok)
	require.Equal(t, desk.Unknown, later.State)
	require.Equal(t, "it could not be checked", desk.DescribeLookup(later.Err))
	p.clearFaults()
	_, err := p.client.DeleteUser(p.Context(), clean.NewText(danielID))
	require.NoError(t, err)
	later, ok = later.Pending.Look(p.Context())
	require.True(t, ok)
	require.Equal(t, desk.Refused, later.State)
	require.Nil(t, later.Pending)
	require.Equal(t, []string{"intend ban_user", "record-1 unknown", "record-1 refused"}, j.lines, "what is known since is recorded, and nothing else")
}

// A bulk whose batch was lost is checked user by user.
func TestPendingBulk_FindsUsersChangedLate(t *testing.T) {
	for name, fault := range lateFaults() {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			seen := p.addSignUps(70)
			p.spoilWrites(fault)
			d := p.desk()
			out := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
			require.Equal(t, map[desk.UserState]int{desk.UserUnknown: 50, desk.UserNotTried: 20}, endings(out))
			p.clearFaults()
			known, more, err := out.Pending.Look(p.Context())
			require.NoError(t, err)
			require.Empty(t, known)
			require.True(t, more)
			p.clock.pass(lateBy)
			p.remove(seen[7])
			known, more, err = out.Pending.Look(p.Context())
			require.NoError(t, err)
			require.False(t, more)
			require.Len(t, known, 50)
			require.Equal(t, desk.UserGone, known[7].State)
			require.Equal(t, desk.UserDone, known[8].State)
			require.True(t, known[8].ReadBack)
			require.Len(t, p.wire.writes(), 1)
		})
	}
}

// Repeated meanwhile, they are found done by the first request.
func TestPendingBulk_EndsWhenTheBulkIsRepeated(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(12)
	p.spoilWrites(lateFaults()["a gateway timeout"])
	d := p.desk()
	out := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.NotNil(t, out.Pending)
	p.clearFaults()
	p.clock.pass(lateBy)
	again := d.DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.Equal(t, map[desk.UserState]int{desk.UserDone: 12}, endings(again))
	known, more, err := out.Pending.Look(p.Context())
	require.NoError(t, err)
	require.Empty(t, known)
	require.False(t, more)
	require.Len(t, p.wire.writes(), 1)
}

// The server accepts a bulk and shows some users unchanged.
func TestDoAll_UnchangedUserInTheResponseIsUnknown(t *testing.T) {
	p := newPeer(t)
	seen := p.addSignUps(3)
	p.wire.next = acting{p.wire.next, answering(200, "", "["+string(seen[0].Body)+","+string(seen[1].Body)+","+string(seen[2].Body)+"]")}
	out := p.desk().DoBulk(p.Context(), p.bulk("users_ban", seen), nil)
	require.Equal(t, map[desk.UserState]int{desk.UserUnknown: 3}, endings(out))
	require.ErrorContains(t, out.Users[0].Err, "the server accepted it, but it had no effect that shows")
	require.NotNil(t, out.Pending)
}

// A call cancelled before it was sent and a definite refusal are not unknown.
func TestDo_UnsentOrRefusedIsRefused(t *testing.T) {
	all(t, func(o ops.Operation) bool { return o.Call != nil && !o.IsRead() }, func(t *testing.T, p *peer, o ops.Operation) {
		in := p.intent(o.ID)
		ctx, cancel := context.WithCancel(p.Context())
		cancel()
		require.Equal(t, desk.Refused, p.desk().Do(ctx, in).State)
		for _, status := range []int{400, 402, 409, 422, 429} {
			p.spoilWrites(faults.Switches{ErrorRate: 1, ErrorStatus: status})
			out := p.desk().Do(p.Context(), in)
			require.Equal(t, desk.Refused, out.State, "%d: %v", status, out.Err)
			require.Nil(t, out.Pending)
		}
	})
}

// An empty object, or one about something else, does not confirm anything.
func TestDo_EmptyResponseIsNotDone(t *testing.T) {
	for name, body := range map[string]string{
		"empty":          `{}`,
		"another object": `{"object":"session","id":"sess_other","status":"revoked","deleted":true,"user_id":"user_2zzzzzzzzzzzzzzzzzzzzzzzzzz"}`,
		"still active":   `{"object":"session","id":"sess_1","status":"active"}`,
	} {
		t.Run(name, func(t *testing.T) {
			all(t, func(o ops.Operation) bool {
				return !o.IsRead() && o.Scope != ops.ScopeUsers && o.ID != "get_o_auth_access_token" // which is a GET
			}, func(t *testing.T, p *peer, o ops.Operation) {
				in := p.intent(o.ID)
				p.clock.pass(time.Second)
				p.wire.next = acting{p.wire.next, answering(200, "", body)}
				out := p.desk().Do(p.Context(), in)
				require.Equal(t, desk.Unknown, out.State, "%v", out.Err)
			})
		})
	}
}
