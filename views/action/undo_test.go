package action_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// banned bans whom the detail shows.
func banned(d *tuitest.Driver) {
	d.Press("b")
	d.Dialog().Expect("Ban user", "To undo: z, or Unban user")
	reason(d)
	d.Press("y")
}

func TestToast_SaysWhoWhatAndWhy(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "sam.carter")
	banned(d)
	d.Has("✓ Banned Sam Carter · "+u.Email().Display()+";", "chargeback on three orders", "z undoes")
	d.Advance(time.Minute)
	d.Press(":")
	d.Type("notices")
	d.Press("enter")
	d.Has("Notices", "Banned Sam Carter · "+u.Email().Display()+"; reason: chargeback", "on three orders")
	d.Lacks("z undoes") // which is true of the latest alone
	d.Press("esc", "b")
	d.Dialog().Expect("Unban user")
	d.Press("tab")
	d.Has("kept in Notices (N)")
}

func TestUndo_AsksTheInverseForTheSameUser(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("z")
	d.Has("Undo: nothing to undo yet")
	banned(d)
	require.True(t, b.ReloadUser(u).Banned)
	d.Press("z")
	d.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?", "banned → not banned", "To undo: press z again")
	d.Press("y")
	d.Has("Unbanned Daniel Reyes · dreyes@pine.example", "z undoes")
	require.False(t, b.ReloadUser(u).Banned)
	d.Press("z")
	d.Dialog().Expect("Ban user", "Undo your unban: ban Daniel Reyes", "Daniel Reyes", "not banned → banned", "To undo: press z again")
	d.Press("esc")
	d.Lacks("Banned Daniel Reyes") // what it said of z is over
}

func TestUndo_OfUnlockStartsANewLock(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Maya Okafor")
	d.Press("l")
	d.Dialog().Expect("Unlock user")
	d.Press("y")
	d.Press("z")
	d.Dialog().Expect("Lock user", "Undo your unlock: lock Maya Okafor", "not locked → locked", "starts a new lockout period", "Reason (required)")
}

func TestUndo_IgnoresTheUserOnTheScreen(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	banned(d)
	elin := b.FindUser("Elin Berg")
	d.Send(tui.PushMsg{View: user.NewDetail(b.Env, elin)})
	d.Has("Elin Berg")
	d.Press("z")
	d.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?")
	d.Press("y")
	require.False(t, b.ReloadUser(u).Banned)
}

func TestUndo_RestoresAnEdit(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("e")
	d.Dialog().Expect("Edit user", "To undo: z, or Edit user, to restore the previous values")
	d.Type("la")
	d.Press("ctrl+s", "y") // the reason is missing, and the focus goes there
	reason(d)
	d.Press("y")
	d.Has("Saved the changes to Daniella Reyes ·", "dreyes@pine.example: first name; reason: chargeback on", "z undoes")
	d.Press("z")
	d.Dialog().Expect("Edit user", "Undo “Edit user” of today", "Daniella Reyes", "first name: Daniella → Daniel", "changes first name")
	d.Lacks("First name  ") // what goes back is known, and asked of nobody
	d.Press("esc")          // nothing was typed
	require.False(t, d.Asking())
	d.Press("z")
	d.Dialog().Expect("Edit user")
	reason(d) // which has the focus
	d.Press("y")
	d.Has("Saved the changes to Daniel Reyes ·")
	require.Equal(t, "Daniel", b.ReloadUser(u).FirstName.Raw())
}

func TestUndo_NamesWhatCannotBeUndoneAndKeepsTheEarlier(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	reset := func() {
		d.Press("m")
		d.Dialog().Expect("Reset MFA enrollments", "This cannot be undone.")
		d.Press("space", "enter", "space", "enter", "space", "enter")
		reason(d)
		d.Type(lastFour(u))
		d.Press("enter", "y")
		d.Has("Reset MFA for Daniel Reyes · dreyes@pine.example;")
	}
	reset()
	d.Lacks("z undoes")
	d.Press("z")
	d.Has("Undo: Reset MFA enrollments cannot be undone")
	require.False(t, d.Asking())
	banned(d)
	b.EditUser(u, func(r *store.User) { r.TOTP = &store.TOTP{Secret: "JBSWY3DPEHPK3PXP", Verified: true} })
	d.Press("r")
	reset()
	d.Press("z")
	d.Dialog().Expect("Unban user", "Reset MFA enrollments cannot be undone. It stays; this undoes", "the older “Ban user” of today")
	require.True(t, d.Asking())
}

func TestUndo_ShowsChangesSince(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Type("la")
	d.Press("ctrl+s", "y")
	reason(d)
	d.Press("y")
	d.Has("Saved the changes")
	b.EditUser(u, func(r *store.User) { r.LastName = "Ortiz" })
	d.Advance(10e9)
	d.Press("z")
	d.Dialog().Expect("Edit user")
	d.Press("ctrl+s", "y")
	reason(d)
	d.Press("y")
	d.Dialog().Expect("Edit user", "changed since you looked", "Ortiz")
	require.Equal(t, "Daniella", b.ReloadUser(u).FirstName.Raw())

	d.Press("esc", "esc")
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Press("r", "b")
	d.Dialog().Expect("Unban user")
	d.Press("y")
	d.Has("Unbanned")
	_, err = b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Press("r", "z")
	d.Has("Undo: Ban user, Daniella Ortiz", "already banned")
	require.False(t, d.Asking())
}

func TestUndo_RefusesAnUnknownOutcome(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{Drop: "before", Method: http.MethodPost})
	var gone atomic.Bool // the question reads several things side by side
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			gone.Store(true)
		}
		if gone.Load() {
			return nil, http.ErrServerClosed
		}
		return nil, nil
	})
	banned(d)
	d.Has("It is unclear whether")
	d.Lacks("z undoes")
	d.Press("z")
	d.Has("the outcome of “Ban user” is unknown")
	require.False(t, d.Asking())
}

func TestUndo_IgnoresTypeAhead(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	banned(d)
	d.Burst("z", "z", "b")
	require.False(t, d.Asking(), "the rest of a word that was typed at the question")
	require.True(t, b.ReloadUser(u).Banned)
}

// What is taken is taken by somebody, and they are named.
func TestForm_NamesTheOwnerOfATakenValue(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	elin := b.FindUser("Elin Berg")
	pick(d, "Add e-mail address")
	d.Dialog().Expect("Add e-mail address")
	fill(d, elin.Email().Raw(), "", "")
	reason(d)
	d.Press("y")
	d.Dialog().Expect("Add e-mail address", "is taken", "Elin Berg · ")
	require.Contains(t, strings.Join(strings.Fields(d.Screen()), " "), "has it")
}

func TestRowMenu_DoesNotAskForWhatTheRowKnows(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Maya Okafor")
	require.NotEmpty(t, u.ExternalAccounts)
	row := action.PartRow{Part: ops.PartExternalAccount, Item: ops.PartExternalAccount.Items(u)[0]}
	var titles []string
	harm := 0
	for _, a := range action.RowMenu(b.Env, u, row).Items {
		titles = append(titles, a.Title)
		op, _ := b.Env.Catalogue.Get(a.ID)
		if op.Destructive {
			harm++
		} else {
			require.Zero(t, harm, "%v", titles)
		}
	}
	require.NotZero(t, harm)
	require.Equal(t, "Reveal OAuth access token", titles[0])
}

// Every hint fits into the narrowest form that a question has at 60 columns.
func TestCatalogue_HintsAreShort(t *testing.T) {
	for _, op := range ops.Users().All() {
		for _, f := range op.Fields {
			if f.Kind != ops.FieldFile && f.CurrentJSON == nil {
				require.LessOrEqual(t, len([]rune(f.Hint)), 35, "%s %s", op.ID, f.Name)
				require.NotEqual(t, "en-US", f.Hint, "a hint must not look like a value")
			}
		}
	}
}

// The question names the write and comes before what goes back.
func TestUndo_NamesTheWriteFirst(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.WaitFor("Banned")
	d.Press("z")
	d.Dialog().Expect("Unban user", "Undo your ban: unban Daniel Reyes?")
	screen := d.Screen()
	require.Less(t, strings.Index(screen, "undoes “Ban user” of today"), strings.Index(screen, "banned → not banned"), screen)
	for line := range strings.Lines(screen) {
		if strings.Contains(line, "Undo your ban") {
			require.Equal(t, 1, strings.Count(line, "Daniel Reyes"), line)
		}
	}
}
