package action_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/views/viewtest"
)

func TestReason_CtrlROffersThoseOfTheSession(t *testing.T) {
	b := viewtest.New(t)
	b.Env.Reasons = []config.Reason{{Key: "c", Text: "called back"}, {Key: "f", Text: "fraud"}}
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user", "type c for called back, f fraud", "ctrl-r usual reason")
	d.Type("chargeback, case 7")
	d.Press("enter", "y")
	d.WaitFor("Banned")
	d.Press("l")
	d.Dialog().Expect("Lock user", "type c for called back, f fraud", "ctrl-r last reason")
	d.Press("ctrl+r")
	d.Has("chargeback, case 7")
	d.Press("ctrl+r")
	d.Has("called back")
	d.Press("ctrl+r", "enter", "y") // fraud
	d.WaitFor("Locked")
	d.Press("i", "esc", "b")
	d.Dialog().Expect("Unban user")
	d.Press("y")
	d.WaitFor("Unbanned")
	d.Press("b")
	d.Dialog().Expect("Ban user", "type c for called back, f fraud")
	d.Press("ctrl+r")
	d.Has("✓", "fraud")
	d.Press("ctrl+r")
	d.Has("chargeback, case 7")
	require.False(t, b.ReloadUser(u).Banned)
}

// A reason that names somebody stays hidden while the mask is on.
func TestReason_OfTheSessionIsNotOfferedUnmasked(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	d.Type("Daniel Reyes called")
	d.Press("enter", "y")
	d.WaitFor("Banned")
	d.Press("P", "l")
	d.Dialog().Expect("Lock user")
	d.Press("ctrl+r")
	d.Lacks("Daniel", "Reyes")
}
