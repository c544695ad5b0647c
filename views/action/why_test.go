package action_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/config"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// withTicket makes the instance one that asks for tickets.
func withTicket(t *testing.T, from ops.Tier) *viewtest.Harness {
	t.Helper()
	b := viewtest.New(t)
	b.Env.Catalogue = b.Env.Catalogue.WithTicket(ops.TicketRule{IsAsked: true, Label: "Case", Pattern: "T-[0-9]+", Matches: regexp.MustCompile(`^T-[0-9]+$`).MatchString,
		IsNeeded: true, From: from})
	d, err := desk.New(desk.Config{Client: b.Env.Client, Catalogue: b.Env.Catalogue, Clock: b.Clock.Now})
	require.NoError(t, err)
	b.Env.Desk = d
	return b
}

func TestTicket_IsAskedForBesideTheReason(t *testing.T) {
	b := withTicket(t, ops.T2)
	u := b.FindUser("Daniel Reyes")
	d := b.Drive(user.NewDetail(b.Env, u), 80, 24)
	d.Press("b")
	d.Dialog().Expect("Ban user", "Reason (required)", "Case (required)", "looks like T-[0-9]+")
	reason(d)
	d.Press("enter", "y")
	d.Has("a case is required")
	d.Type("nonsense")
	d.Press("enter", "y")
	d.Has("“nonsense” is no case, which looks like")
	require.False(t, b.ReloadUser(u).Banned)
	erase(d)
	d.Type("T-4711")
	d.Press("enter", "y")
	d.Has("Banned Daniel Reyes", "(ticket T-4711)")
	require.True(t, b.ReloadUser(u).Banned)
}

func TestTicket_IsNotAskedForWhereNoneIsNeeded(t *testing.T) {
	b := withTicket(t, ops.T3)
	d, u := sit(t, b, "Maya Okafor")
	d.Press("l")
	d.Dialog().Expect("Unlock user")
	d.Lacks("Case")
	d.Press("y")
	d.Has("Unlocked Maya Okafor")
	d.Press("b")
	d.Dialog().Expect("Ban user", "Case (optional)")
	reason(d)
	d.Press("y")
	require.True(t, b.ReloadUser(u).Banned)
}

func TestReason_OneThatSaysNothingIsRefused(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	for _, typed := range []string{"x", "...", "asdf", "aaa"} {
		d.Type(typed)
		d.Press("enter", "y")
		d.Has("say why in a few words; colleagues read it")
		require.False(t, b.ReloadUser(u).Banned, typed)
		erase(d)
	}
	d.Type("退款")
	d.Press("enter", "y")
	require.True(t, b.ReloadUser(u).Banned)
}

func TestReason_AKeyFillsInAConfiguredOne(t *testing.T) {
	b := viewtest.New(t)
	b.Env.Reasons = []config.Reason{{Key: "c", Text: "card fraud, says the bank"}, {Key: "s", Text: "spam"}}
	u := b.FindUser("Daniel Reyes")
	d := b.Drive(user.NewDetail(b.Env, u), 80, 24)
	d.Press("b")
	d.Dialog().Expect("Ban user", "c for card fraud, says the bank, s spam")
	d.Type("c")
	d.Press("enter")
	d.Has("card fraud, says the bank")
	d.Press("y")
	d.Has("Banned Daniel Reyes", "reason: card", "fraud, says the bank")
}
