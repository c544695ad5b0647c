package user_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// What the verdict suggests stays on the screen for somebody whose role may not do it, with
// whom to ask.
func TestVerdict_SaysWhoMayDoWhatTheRoleMayNot(t *testing.T) {
	b := viewtest.New(t)
	for _, role := range viewtest.Roles(t) {
		if role.Name == "ann" {
			b.Env.Catalogue = ops.Users().WithPolicy(role.Policy)
		}
	}
	const says = "Your role (agent) may not reset MFA enrollments; ask a manager"
	u := b.FindUser("Daniel Reyes")
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d := b.Drive(user.NewDetail(b.Env, u), size[0], size[1])
		require.Regexp(t, `m  Your role \(agent\) may not reset MFA enrollments; ask a manager`, d.Screen())
		d.Lacks("if they lost it")
		d.Press("m")
		require.False(t, d.Asking())
	}
	c := card(t, b)
	c.Send(showMsg{u})
	c.Has("m  Your role (agent) may not reset", "ask a manager")
	d := b.Drive(user.NewDetail(b.Env, b.FindUser("Maya Okafor")), 120, 40)
	require.Regexp(t, `l  Unlock user`, d.Screen(), "what the role may do")
	b.Env.Catalogue = ops.Users()
	d = b.Drive(user.NewDetail(b.Env, u), 120, 40)
	require.Regexp(t, `m  Reset MFA enrollments  if they lost it`, d.Screen())
	d.Lacks(says)
}
