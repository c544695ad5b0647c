package runbook_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/runbook"
)

// The reason takes the room that the step's title leaves.
func TestRunbook_CutsNoOutcomeThatHasRoom(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	const why = "your role (agent) may not remove e-mail addresses in this instance"
	k.Env.Catalogue = k.Env.Catalogue.Restrict(func(op ops.Operation, _ *api.User) string {
		if op.Tier >= ops.T3 {
			return why
		}
		return ""
	})
	k.open(u, "Secure this account").Has("Set password as compromised", "Remove passkey  MacBook Air", "not allowed: "+why)
	for _, wide := range []int{120, 140} {
		d := k.Drive(runbook.New(k.Env, "secure", u), wide, 40)
		require.Regexp(t, `Remove passkey  MacBook Air +not allowed: `+regexp.QuoteMeta(why)+`\s`, d.Screen(), wide)
	}
	d := k.Drive(runbook.New(k.Env, "secure", u), 80, 40)
	require.Regexp(t, `Remove passkey  MacBook Air +not allowed\s`, d.Screen())
	d.Press("j", "j", "j")
	d.Has(strings.TrimPrefix(why, "your")) // where there is no room, it is below the step under the cursor
}

func TestRunbook_CountsTheStepsOnceAndSaysWhomToAsk(t *testing.T) {
	k := newDesk(t)
	d := k.open(k.takenOver(), "Secure this account")
	left := regexp.MustCompile(`\d+ steps left`).FindAllString(d.Screen(), -1)
	require.NotEmpty(t, left)
	for _, says := range left {
		require.Equal(t, left[0], says)
	}
	d.Lacks("Step 1 of")
	require.Regexp(t, `\? +\d+  Remove passkey  Chrome on Windows +ask the caller`, d.Screen())
}

// The reason of one step stands in the next question, to be edited; it confirms nothing, and
// another person's case knows nothing of it.
func TestRunbook_FillsInTheReasonOfTheStepBefore(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	d.Press("enter")
	agree(d, "Sign out everywhere")
	d.Press("space", "enter")
	d.Dialog().Expect("Remove passkey", givenReason)
	d.Press("ctrl+s", "y")
	require.True(t, d.Asking(), "the checklist and the text to type are as before")
	d.Press("esc")
	require.False(t, d.Asking(), "nothing was typed, so nothing is to be discarded")
	d.Press("enter")
	d.Dialog().Expect("Remove passkey")
	for range 3 {
		d.Press("space", "enter")
	}
	d.Type(", ticket 7")
	d.Press("enter")
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Press("s", "enter")
	agreeStrictly(d, "Remove e-mail address", lastFour(u)) // written behind what is there

	var given []string
	for _, e := range k.entries() {
		given = append(given, e.Reason)
	}
	require.Equal(t, []string{givenReason, givenReason + ", ticket 7", givenReason + ", ticket 7" + givenReason}, given)

	d = k.open(k.FindUser("Elin Berg"), "Wants to leave")
	for !strings.Contains(cursor(d), "Sign out everywhere") {
		d.Press("s")
	}
	d.Press("enter")
	d.Dialog().Expect("Sign out everywhere")
	d.Lacks(givenReason)
}

// A case that waits for a step leads the menu, and the key of what helps goes on with it.
func TestActions_LeadWithACaseThatWasBegun(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	require.Equal(t, action.GroupSuggested, action.UserMenu(k.Env, u).Items[0].Group, "looking at it begins nothing")
	d.Press("enter")
	agree(d, "Sign out everywhere")
	d.Press("q")
	first := action.UserMenu(k.Env, k.ReloadUser(u)).Items[0]
	require.Equal(t, []string{action.GroupBegun, "Secure this account", "begun 09:30; goes on where you left it"}, []string{first.Group, first.Title, first.Does})
	d.Press("w")
	require.Contains(t, cursor(d), "Check who is calling")
	d.Press("s")
	for !strings.Contains(cursor(d), "Summary") {
		d.Press("s")
	}
	require.Equal(t, action.GroupSuggested, action.UserMenu(k.Env, k.ReloadUser(u)).Items[0].Group, "no step is left")
}

// A reason that names somebody is not filled in while the mask is on.
func TestRunbook_FillsInNoReasonThatTheMaskHides(t *testing.T) {
	k := newDesk(t)
	d := k.open(k.takenOver(), "Secure this account")
	d.Press("enter")
	d.Dialog().Expect("Sign out everywhere")
	d.Type("Priya Raman called")
	d.Press("enter", "y")
	d.Press("space", "P", "enter")
	d.Dialog().Expect("Remove passkey")
	d.Lacks("Priya", "Raman", "Person 1 called")
}

// Daniel's second address was added less than half an hour ago.
func TestLostPhone_ShowsTheSignsAndWhichContactProvesNothing(t *testing.T) {
	k := newDesk(t)
	u := k.FindUser("Daniel Reyes")
	d := k.open(u, "Lost phone")
	require.Regexp(t, `(?m)^ *! e-mail address added .* d\.reyes@pine-mail\.example`, d.Screen(), "above the steps")
	require.Regexp(t, `• d\.reyes@pine-mail\.example does not count: added \d+ min ago\s`, d.Screen())
	d.Lacks("• dreyes@pine.example")

	d = k.open(k.takenOver(), "Secure this account")
	d.Press("j")
	require.Contains(t, cursor(d), "Check who is calling")
	d.Has("• " + newAddress + " does not count: added 20 min ago, and it is the primary one")
	d.Lacks("• " + oldAddress + " does not count")
	d.Press("P")
	d.Has("does not count: added 20 min ago")
	d.Lacks(newAddress)
}
