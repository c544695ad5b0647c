package runbook_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action"
	"frontdesk/views/runbook"
	"frontdesk/views/viewtest"
)

func TestSecureAccount_IsPlayedInOrderToTheEnd(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	last4 := lastFour(u)
	d := k.open(u, "Secure this account")
	require.Contains(t, cursor(d), "1  Sign out everywhere")
	d.Has("Puts the intruder out now.", "Remove passkey  Chrome on Windows", "Remove e-mail address  "+newAddress, "not needed: none added lately")

	d.Press("enter")
	agree(d, "Sign out everywhere")
	require.Contains(t, cursor(d), "Check who is calling")
	d.Has("Signed out Priya Raman", "• you reached the caller on a phone or e-mail of this account")
	d.Press("space")

	require.Contains(t, cursor(d), "Remove passkey  Chrome on Windows", "the last used passkey is asked about first")
	d.Has("Is it theirs? Clerk does not say when a passkey was added.")
	d.Press("enter")
	d.Dialog().Expect("Remove passkey", "Chrome on Windows")
	agreeStrictlyAgain(d, "Remove passkey", last4)
	require.Contains(t, cursor(d), "Remove passkey  MacBook Air")
	d.Press("s")

	require.Contains(t, cursor(d), "Remove e-mail address  "+newAddress)
	d.Has("added 20 min ago, and it is the primary one")
	d.Press("enter")
	d.Dialog().Expect("Remove e-mail address", newAddress, "the account's owner knows that this e-mail address will be removed")
	agreeStrictlyAgain(d, "Remove e-mail address", last4)

	require.Contains(t, cursor(d), "Set password as compromised")
	d.Press("enter")
	d.Dialog().Expect("Set password as compromised")
	d.Press("enter") // the sessions have ended already
	agreeAgain(d, "Set password as compromised")
	d.Has("Make e-mail address primary  "+oldAddress, "not needed: already primary")

	require.Contains(t, cursor(d), "Tell the caller what to do")
	d.Has("• Sign in with "+oldAddress, "• You are asked for a new password")
	d.Press("space")
	require.Contains(t, cursor(d), "Summary for the ticket")
	d.Has("No step left", "skipped     09:30")

	now := k.ReloadUser(u)
	require.True(t, now.RequiresPasswordReset)
	require.Equal(t, oldAddress, now.Email().Raw())
	require.Len(t, now.Passkeys, 1)

	all := k.entries()
	var done []string
	for _, e := range all {
		require.Equal(t, all[0].Case, e.Case, e.Title)
		require.Equal(t, journal.OK, e.State(), e.Title)
		require.Equal(t, givenReason, e.Reason, e.Title)
		done = append(done, e.Operation)
	}
	require.Regexp(t, `^secure-\w+$`, all[0].Case)
	require.Equal(t, []string{"revoke_all_sessions", "user_passkey_delete", "delete_email_address", "set_user_password_compromised"}, done)
	d.Has("case " + all[0].Case)
	for _, e := range all {
		d.Has("[record " + e.ID + "]")
	}
	d.Press("y")
	d.Has("Copied the summary")
}

func TestSecureAccount_MakesTheOwnersAddressPrimaryWhereTheIntrudersStays(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	for !strings.Contains(cursor(d), "Make e-mail address primary") {
		require.NotContains(t, cursor(d), "Summary")
		d.Press("s")
	}
	d.Has("on the account since")
	d.Press("enter")
	agreeStrictly(d, "Make e-mail address primary", lastFour(u))
	require.Equal(t, oldAddress, k.ReloadUser(u).Email().Raw())
	require.Contains(t, cursor(d), "Tell the caller")
	require.Len(t, k.entries(), 1, "what is skipped is not sent")
}

func TestSecureAccount_GoesOnWhereItWasLeft(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	d.Press("enter")
	agree(d, "Sign out everywhere")
	d.Press("space", "s", "q")
	d.Has("Overview")
	d.Press("x")
	d.Type("Secure this account")
	d.Press("enter")
	require.Contains(t, cursor(d), "Remove passkey  MacBook Air")
	d.Has("skipped "+k.Clock.Now().Format("15:04"), "done "+k.Clock.Now().Format("15:04"))
	d.Press("k", "s")
	require.Contains(t, cursor(d), "Remove passkey  Chrome on Windows", "a skipped step can be taken back")
}

func TestSecureAccount_GoesOnFromTheJournalAfterARestart(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	dir := filepath.Join(t.TempDir(), "journal")
	k.StartWithJournal(viewtest.JournalOptions{Dir: dir})
	k.Env.RunbookActions = runbook.Actions
	d := k.open(u, "Secure this account")
	d.Press("enter")
	agree(d, "Sign out everywhere")
	d.Press("space", "enter")
	agreeStrictly(d, "Remove passkey", lastFour(u))
	k.Clock.Jump(10 * time.Minute)

	k.journal = k.StartWithJournal(viewtest.JournalOptions{Dir: dir})
	k.Env.RunbookActions = runbook.Actions
	d = k.open(k.ReloadUser(u), "Secure this account")
	first := k.entries()[0]
	d.Has("goes on from", "case "+first.Case)
	require.Regexp(t, `✓ +1  Sign out everywhere +done`, d.Screen())
	require.Contains(t, cursor(d), "Check who is calling", "what was told is not in the journal")
	d.Press("s", "s", "enter")
	agreeStrictly(d, "Remove e-mail address", lastFour(u))
	all := k.entries()
	require.Len(t, all, 3)
	require.Equal(t, first.Case, all[2].Case)
}

func TestSecureAccount_SaysWhyAStepIsNotAllowed(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	k.Env.Catalogue = k.Env.Catalogue.Restrict(func(op ops.Operation, _ *api.User) string {
		if op.Tier >= ops.T3 {
			return "your role is agent"
		}
		return ""
	})
	d := k.open(u, "Secure this account")
	require.Regexp(t, `Remove e-mail address  priya\S+ +not allowed: your role is agent`, d.Screen())
	d.Press("s", "space")
	require.Contains(t, cursor(d), "Set password as compromised", "what is not allowed is passed over")
	d.Press("k", "k", "enter")
	require.False(t, d.Asking())
	d.Has("your role is agent")
}

func TestSecureAccount_KeepsARefusedStepForAnotherTry(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	k.Transport.Intercept(refuse("DELETE", "/v1/users/"+u.ID.Raw()+"/passkeys/"+chromeKey(u)))
	d.Press("s", "s", "enter")
	agreeStrictly(d, "Remove passkey", lastFour(u))
	require.Regexp(t, `✗ +4  Remove passkey  Chrome on Windows +refused`, d.Screen())
	require.Contains(t, cursor(d), "MacBook Air", "the sequence goes on")
	k.Transport.Intercept(nil)
	d.Press("k", "enter")
	agreeStrictlyAgain(d, "Remove passkey", lastFour(u))
	require.Regexp(t, `✓ +4  Remove passkey  Chrome on Windows +done`, d.Screen())
	all := k.entries()
	require.Len(t, all, 2)
	require.Equal(t, []string{journal.Denied, journal.OK}, []string{all[0].State(), all[1].State()})
	require.Equal(t, all[0].Case, all[1].Case)
}

func TestSecureAccount_OpensAStepAgainThatWasUndone(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	d := k.open(u, "Secure this account")
	for !strings.Contains(cursor(d), "Set password as compromised") {
		d.Press("s")
	}
	d.Press("enter", "enter")
	agree(d, "Set password as compromised")
	require.Regexp(t, `✓ +\d+  Set password as compromised +done`, d.Screen())
	k.Clock.Jump(time.Second)
	d.Press("z")
	d.Dialog().Expect("Unset password as compromised")
	d.Press("y")
	require.Regexp(t, `○ +\d+  Set password as compromised +undone since`, d.Screen())
}

func TestLostPhone_LeavesDanielWithoutTheLostFactors(t *testing.T) {
	k := newDesk(t)
	u := k.FindUser("Daniel Reyes")
	d := k.open(u, "Lost phone")
	d.Press("enter", "enter")
	require.Contains(t, cursor(d), "Check who is calling", "enter pressed too often identifies nobody")
	d.Press("space")
	d.Has("Is it on the lost phone?", "Daniel's iPhone 12")
	d.Press("s")
	require.Contains(t, cursor(d), "Remove authenticator app")
	d.Press("s", "enter")
	agreeStrictly(d, "Reset MFA enrollments", lastFour(u))
	require.Contains(t, cursor(d), "Sign out everywhere")
	d.Press("enter")
	agreeAgain(d, "Sign out everywhere")
	require.Contains(t, cursor(d), "Tell the caller")
	d.Has("• You are not asked for a second step.")
	require.False(t, k.ReloadUser(u).HasMFA())
	for _, e := range k.entries() {
		require.Regexp(t, `^lostphone-`, e.Case)
	}
}

func TestWantsToLeave_ExportsIntoAPrivateFileAndDeletes(t *testing.T) {
	k := newDesk(t)
	u := k.FindUser("Elin Berg")
	d := k.open(u, "Wants to leave")
	d.Press("space", "space")
	require.Contains(t, cursor(d), "Export their data")
	d.Press("enter")
	d.Dialog().Expect("Export their data", "Elin Berg", "goes as JSON into ~, your home folder; only you can read it")
	d.Press("ctrl+u")
	d.Type("/srv/exports/elin.json")
	d.Has("goes as JSON into /srv/exports; only you can read it")
	d.Press("ctrl+u")
	d.Type("elin.json")
	d.Has("goes as JSON into the folder in which frontdesk was started;")
	d.Press("ctrl+u")
	d.Type("~/frontdesk-" + u.ID.Raw() + ".json")
	d.Press("enter", "y")
	d.Has("Exported the data into", "~/frontdesk-"+u.ID.Raw())
	path := filepath.Join(k.Home, "frontdesk-"+u.ID.Raw()+".json")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(data), "elin.berg@fjord.example")
	require.Contains(t, string(data), `"sessions": [`)

	require.Contains(t, cursor(d), "Sign out everywhere")
	d.Press("s", "s")
	require.Contains(t, cursor(d), "Delete user")
	d.Press("enter")
	d.Dialog().Expect("Delete user", "Elin Berg")
	for range 3 {
		d.Press("space", "enter")
	}
	d.Type("asked for it in writing")
	d.Press("enter")
	d.Type("elin.berg@fjord.example")
	d.Press("enter", "y")
	d.Advance(6 * time.Second)
	d.Has("Deleted Elin Berg")
	require.Contains(t, cursor(d), "Tell the caller what was done")
	d.Press("space")
	d.Has("Export their data (into ~/frontdesk-")
	_, err = k.Client.GetUser(t.Context(), u.ID)
	require.Error(t, err)
}

func TestWantsToLeave_AsksForAnotherNameWhereThereIsAFile(t *testing.T) {
	k := newDesk(t)
	u := k.FindUser("Elin Berg")
	path := k.WriteFile("frontdesk-"+u.ID.Raw()+".json", []byte("mine"))
	d := k.open(u, "Wants to leave")
	d.Press("s", "s", "enter")
	d.Dialog().Expect("Export their data")
	d.Press("enter", "y")
	d.Dialog().Expect("Export their data")
	d.Has("there is a file of that name already")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "mine", string(data))
}

func TestRunbook_HidesThePersonUnderTheMask(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	k.Env.Mask.Toggle()
	d := k.open(u, "Secure this account")
	d.Lacks("Priya", "Raman", oldAddress, newAddress)
	d.Press("G")
	d.Has("Secure this account:")
	d.Lacks("Priya", "Raman", oldAddress, newAddress)
	d = k.open(k.FindUser("dreyes@pine.example"), "Lost phone")
	d.Press("j")
	d.Lacks("Daniel", "Reyes", "dreyes")
	d = k.open(u, "Wants to leave")
	require.Regexp(t, `Export their data +not allowed: off while the privacy mask is on`, d.Screen())
}

// The name of the exported file is the person's id.
func TestRunbook_HidesAnExportThatWasMadeBeforeTheMask(t *testing.T) {
	k := newDesk(t)
	u := k.FindUser("Elin Berg")
	d := k.open(u, "Wants to leave")
	d.Press("s", "s", "enter")
	d.Dialog().Expect("Export their data")
	d.Press("enter", "y")
	d.Has("Exported the data into", u.ID.Raw())
	d.Press("P")
	for _, at := range []string{"G", "k"} { // the summary, and steps up to the exported one
		d.Press(at)
		d.Lacks(u.ID.Raw(), "Elin")
	}
	for !strings.Contains(cursor(d), "Export their data") {
		d.Press("k")
		d.Lacks(u.ID.Raw(), "Elin")
	}
	d.Has("Into ~/frontdesk-user_")
	d.Press("enter")
	require.False(t, d.Asking(), "it is not exported again under the mask")
	d.Lacks(u.ID.Raw())
}

func TestRunbook_FitsSmallWindows(t *testing.T) {
	k := newDesk(t)
	u := k.takenOver()
	for _, size := range [][2]int{{80, 24}, {60, 20}, {40, 8}} {
		d := k.Drive(runbook.New(k.Env, "secure", u), size[0], size[1])
		for range 14 {
			d.Press("j") // every frame is checked for its size
			require.NotEmpty(t, cursor(d), d.Screen())
		}
	}
}

func TestActions_LeadTheMenuWithWhatTheSignsSuggest(t *testing.T) {
	k := newDesk(t)
	items := action.UserMenu(k.Env, k.takenOver()).Items
	require.Equal(t, []string{action.GroupSuggested, "Secure this account"}, []string{items[0].Group, items[0].Title})
	items = action.UserMenu(k.Env, k.FindUser("Maya Okafor")).Items
	require.Equal(t, []string{"unlock_user", "runbook.lostphone"}, []string{items[0].ID, items[1].ID}, "the verdict's remedy leads")
	require.Equal(t, []string{action.GroupSuggested, action.GroupSuggested}, []string{items[0].Group, items[1].Group})
	for _, who := range []string{"Elin Berg", "Maya Okafor", "Daniel Reyes", "sam.c@pine.example"} {
		items := action.UserMenu(k.Env, k.FindUser(who)).Items
		first := items[slices.IndexFunc(items, func(a tui.Action) bool { return a.Off == "" })]
		require.NotEqual(t, "ban_user", first.ID, who)
		seen := map[string]bool{}
		for _, a := range items {
			require.False(t, seen[a.ID], "%s is listed twice", a.ID)
			seen[a.ID] = true
		}
	}
}
