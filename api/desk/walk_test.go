package desk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/desk"
	"frontdesk/api/sandbox/store"
)

// prepare puts the user into a state in which the operation applies.
func prepare(id string) func(*store.User) {
	return func(u *store.User) {
		switch id {
		case "unban_user":
			u.Banned = true
		case "unlock_user":
			u.Locked = true
		}
	}
}

// Every operation, on the real server: it applies, it is not in effect yet, it
// is carried out, and then it is in effect.
func TestEveryOperationIsCarriedOut(t *testing.T) {
	for _, o := range newPeer(t).ops.All() {
		if o.Read() {
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			p := newPeer(t)
			p.change(prepare(o.ID))
			if o.ID == "delete_user_profile_image" {
				out := p.desk().Do(p.Context(), p.intent("set_user_profile_image"))
				require.Equal(t, desk.Done, out.State, "%v", out.Err)
			}
			in := p.intent(o.ID)
			before := in.Seen
			require.Empty(t, o.When(before, p.clock.Now()))
			require.False(t, o.Applied(before, before, in.Request), "not in effect yet")

			out := p.desk().Do(p.Context(), in)
			require.Equal(t, desk.Done, out.State, "%v", out.Err)
			require.NoError(t, out.Err)
			require.False(t, out.ReadBack)
			require.Equal(t, o.ID, out.Op.ID)

			after := p.user()
			require.True(t, o.Applied(before, after, in.Request), "in effect")
			require.Equal(t, o.State(after, p.clock.Now()), o.State(out.User, p.clock.Now()), "the outcome's user is the one on the server")
			if o.ID != "set_user_profile_image" {
				require.NotEqual(t, o.State(before, p.clock.Now()), o.State(after, p.clock.Now()))
				require.NotEmpty(t, o.When(after, p.clock.Now()), "no second time")
			}
		})
	}
}

// What has an inverse is undone by it.
func TestInversesPutBack(t *testing.T) {
	for _, o := range newPeer(t).ops.All() {
		if o.Inverse == "" {
			continue
		}
		t.Run(o.ID, func(t *testing.T) {
			p := newPeer(t)
			p.change(prepare(o.ID))
			in := p.intent(o.ID)
			d := p.desk()
			require.Equal(t, desk.Done, d.Do(p.Context(), in).State)
			inverse, request, ok := o.Undo(p.ops, in.Seen, in.Request)
			require.True(t, ok)
			out := d.Do(p.Context(), desk.Intent{Op: inverse, Seen: p.user(), Request: request})
			require.Equal(t, desk.Done, out.State, "%v", out.Err)
			require.Equal(t, o.State(in.Seen, p.clock.Now()), o.State(out.User, p.clock.Now()))
		})
	}
}
