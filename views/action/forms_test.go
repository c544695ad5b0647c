package action_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action/wording"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// fill types into the fields of a form, in its order, and goes on behind each;
// "" leaves a field as it is.
func fill(d *tuitest.Driver, values ...string) {
	for _, v := range values {
		d.Type(v)
		d.Press("enter")
	}
}

// erase empties the field the focus is on.
func erase(d *tuitest.Driver) { d.Press("ctrl+u") }

func TestForm_ShowsServerErrorsAtTheirFields(t *testing.T) {
	b := viewtest.New(t)
	b.Env.NewUserView = user.NewDetail
	d, _ := sit(t, b, "Daniel Reyes")
	d.Resize(120, 50)
	d.Press("c")
	d.Dialog().Expect("Create user")
	fill(d, "Nia", "Hall", "dreyes@pine.example", "", "x")
	d.Paste("1234567\n")
	d.Press("enter", "enter", "enter")
	reason(d)
	before := len(b.Transport.Requests())
	d.Press("y")
	require.Len(t, b.Transport.Requests(), before+1)
	d.Dialog().Expect("Create user", "Nothing was done. The server's reasons are at the fields.",
		"✗ Username must be between", "✗ Passwords must be 8", "Nia", "Hall", "dreyes@pine.example", "•••••••", "chargeback on three orders")
	d.Lacks("username must", "1234567")

	erase(d) // the focus is at the first of them
	d.Type("nia.hall")
	d.Lacks("Username must be between")
	d.Has("Passwords must be 8")
	d.Press("enter") // to the other, and from there to the buttons
	erase(d)
	fill(d, "correct horse 9")
	d.Press("y")
	d.Dialog().Expect("Create user", "✗ That email address is taken", "nia.hall")
	d.Lacks("Username must", "Passwords must")
	erase(d)
	fill(d, "nia.hall@pine.example")
	d.Press("y")
	d.Has("Created Nia Hall", "nia.hall@pine.example", "Overview")
}

func TestForm_RefusedPasswordStaysMaskedAndChecklistIsUnchecked(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Resize(120, 50)
	tick := func() { d.Press("space", "enter", "space", "enter", "space", "enter") }
	pick(d, "Set password")
	d.Dialog().Expect("Set password")
	tick()
	d.Type("12")
	d.Press("enter", "enter", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Dialog().Expect("Set password", "✗ Passwords must be 8 characters or more", "••", "[ ] you reached the caller", "Reason", "chargeback")
	d.Lacks("[x]")
	d.Type("345678 and more")
	d.Lacks("Passwords must be")
	d.Press("up", "up", "up")
	tick() // and on to what is missing, past what is not
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("Set the password of Daniel Reyes")
	right, err := b.Client.VerifyPassword(t.Context(), u.ID, wire.NewSecret("12345678 and more"))
	require.NoError(t, err)
	require.True(t, right)
}

func TestForm_TakenAddressAndNumber(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	others := b.FindUser("Elin Berg")
	for title, taken := range map[string]string{
		"Add e-mail address": others.Email().Raw(), "Add phone number": others.Phone().Raw(),
	} {
		pick(d, title)
		d.Dialog().Expect(title, "● no   ○ yes")
		fill(d, taken, "", "")
		reason(d)
		d.Press("y")
		d.Dialog().Expect(title, "is taken", taken)
		d.Press("esc", "esc")
	}
	require.Equal(t, len(u.EmailAddresses), len(b.ReloadUser(u).EmailAddresses))
}

func TestForm_KeepsInputWhenNothingWasDone(t *testing.T) {
	b := viewtest.New(t)
	for _, status := range []int{409, 429, 403} {
		d, u := sit(t, b, "Daniel Reyes")
		d.Press("e")
		d.Dialog().Expect("Edit user", "▸ 19 more: may delete themselves")
		d.Type("la")
		d.Press("enter", "enter", "enter", "enter", "enter", "enter")
		reason(d)
		b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: status, Method: http.MethodPatch})
		d.Press("y")
		d.Dialog().Expect("Edit user", "Nothing was done", "Daniella", "chargeback on three orders", "changes first name")
		b.Server.SetFaults(faults.Switches{})
		d.Press("ctrl+s", "y")
		d.Has("Saved the changes to Daniella Reyes ·")
		require.Equal(t, "Daniella", b.ReloadUser(u).FirstName.Raw())
		require.Equal(t, "Reyes", b.ReloadUser(u).LastName.Raw())
		b.EditUser(u, func(r *store.User) { r.FirstName = "Daniel" })
	}
}

func TestForm_MissingInputIsSaidBeforeSending(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	before := len(b.Transport.Requests())
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Press("enter", "enter", "enter", "enter", "enter", "enter")
	reason(d)
	d.Press("y")
	d.Has("nothing was changed")
	d.Press("esc", "esc", "c")
	d.Dialog().Expect("Create user")
	fill(d, "Nia", "Hall", "nia", "", "", "", "", "")
	d.Has("✗ must be an e-mail address")
	d.Press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
	d.Has("✗ must be an e-mail address")
	erase(d)
	d.Lacks("✗ must be an e-mail address")
	d.Press("tab", "tab", "tab", "tab", "tab", "tab")
	reason(d)
	d.Press("y")
	d.Has("enter an e-mail address, a phone number")
	for _, line := range b.Transport.Requests()[before:] {
		require.Equal(t, "GET /v1/users", line, "who else has the name is all that is asked")
	}
}

func TestQuestion_NamesTheNumberOfSessionsOnceKnown(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	page, err := b.Client.Sessions(t.Context(), u.ID, "active", 100, 0)
	require.NoError(t, err)
	require.Len(t, page.Rows, 1)
	pick(d, "Sign out everywhere")
	d.Dialog().Expect("Sign out everywhere", "• signs out 1 session now, one after the other")
	d.Press("esc")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: http.MethodGet})
	d.Press("b")
	d.Dialog().Expect("Ban user", "• ends all sessions now")
	d.Press("esc")
	require.False(t, d.Asking())
	d.Lacks("could not")
}

func TestQuestion_DoesNotWaitForTheSessions(t *testing.T) {
	b := viewtest.New(t)
	open := make(chan struct{})
	d, u := sit(t, b, "Daniel Reyes")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/sessions") {
			<-open
		}
		return nil, nil
	})
	d.Async()
	d.Press("b")
	d.Dialog().Expect("Ban user", "• ends all sessions now")
	reason(d)
	row := rowOf(d, "all sessions")
	close(open)
	d.WaitFor("signs out 1 session now")
	require.Equal(t, row, rowOf(d, "signs out 1 session"), "nothing moved")
	d.Has("chargeback on three orders")
	d.Press("y")
	d.WaitFor("Banned Daniel Reyes")
	require.True(t, b.ReloadUser(u).Banned)
}

func rowOf(d *tuitest.Driver, text string) int {
	for i, line := range strings.Split(d.Screen(), "\n") {
		if strings.Contains(line, text) {
			return i
		}
	}
	return -1
}

func TestQuestion_DangerousOnesShowFindings(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	for title, there := range map[string]bool{
		"Reset MFA enrollments": true, "Delete user": true, "Set password": true, "Add e-mail address": true, "Lock user": false, "Check a password": false,
	} {
		for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}} {
			d.Resize(size[0], size[1])
			pick(d, title)
			d.Dialog().Expect(title)
			if there {
				d.Has("! e-mail address added 20 min ago")
			} else {
				d.Lacks("! e-mail address added 20 min ago:")
			}
			d.Lacks("make the window larger")
			d.Press("esc")
		}
	}
}

func TestQuestion_HarmlessOnesDoNotMentionUndo(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	for _, title := range []string{"Check a password", "Check a code"} {
		pick(d, title)
		d.Dialog().Expect(title)
		d.Lacks("to undo")
		d.Press("esc")
	}
	pick(d, "Remove backup codes")
	d.Dialog().Expect("Remove backup codes", "This cannot be undone.")
}

func TestDelete_OffersABanInstead(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("D")
	d.Dialog().Expect("Delete user", "ctrl-o Ban user: keeps them out too, and can be undone")
	d.Press("tab", "tab", "tab")
	d.Type("asked for by phone")
	d.Press("ctrl+o")
	d.Dialog().Expect("Ban user", "asked for by phone", "Unban user")
	d.Press("enter", "y")
	d.Has("Banned Daniel Reyes")
	require.True(t, b.ReloadUser(u).Banned)
	d.Press("D")
	d.Dialog().Expect("Delete user")
	d.Lacks("ctrl-o")
}

func TestDelete_NeedsTheAddressAndCanBeStopped(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("D")
	d.Dialog().Expect("Delete user", "This cannot be undone.")
	d.Press("space", "enter", "space", "enter", "space", "enter")
	reason(d)
	d.Type("dreyes@pine.exampel")
	d.Has("✗ that does not match")
	d.Press("backspace", "backspace")
	d.Type("le")
	d.Has("dreyes@pine.example", "✓")
	d.Press("enter", "y")
	d.Has("Delete user in 5 s")
	d.Advance(6e9)
	d.Has("Deleted Daniel Reyes")
	_, err := b.Client.GetUser(t.Context(), u.ID)
	require.Error(t, err)
}

func TestTOTP_UnsupportedOffersASubstitute(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Elin Berg")
	b.EditUser(u, func(r *store.User) { r.TOTP = nil })
	for _, status := range []int{http.StatusMethodNotAllowed, http.StatusNotFound} {
		b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
			if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/totp") {
				return nil, nil
			}
			return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: http.NoBody, Request: r}, nil
		})
		d := b.Drive(user.NewDetail(b.Env, b.ReloadUser(u)), 120, 40)
		pick(d, "Set up authenticator app")
		d.Dialog().Expect("Set up authenticator app")
		callerIsChecked(d, u)
		d.Dialog().Expect("Set authenticator secret", "no longer offers “Set up authenticator app”", "chargeback on three orders")
		d.Press("space", "enter", "space", "enter", "space", "enter", "enter", "enter", "enter")
		d.Type(lastFour(u))
		d.Press("enter", "y")
		d.Has("The authenticator app is set up")
		require.True(t, b.ReloadUser(u).TOTPEnabled)
		b.EditUser(u, func(r *store.User) { r.TOTP = nil })
	}
}

func TestOutcome_DeletedPasskeyIsAlreadyGone(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	passkeys(b, u, "Old phone")
	d, u := sit(t, b, "Daniel Reyes")
	pick(d, "Remove passkey")
	d.Dialog().Expect("Remove passkey")
	b.EditUser(u, func(r *store.User) { r.Passkeys = nil })
	d.Press("space", "enter", "space", "enter", "space", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Advance(10e9)
	d.Press("enter", "y")
	d.Has("Already gone, nothing to do for Daniel Reyes")
	d.Lacks("✗", "Could not")
}

func TestForm_MasksAndPastesSecrets(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	codes, err := b.Client.UpdateUser(t.Context(), u.ID, api.UserChange{BackupCodes: wire.Set([]wire.Secret{wire.NewSecret("harbour1"), wire.NewSecret("harbour2")})})
	require.NoError(t, err)
	require.True(t, codes.BackupCodeEnabled)
	d, _ := sit(t, b, "Daniel Reyes")
	check := func(code string) {
		pick(d, "Check a code")
		d.Dialog().Expect("Check a code", "! checking a backup code uses it up")
		d.Paste(code + "\n")
		d.Lacks(code)
		d.Has("•••••")
		d.Press("enter", "y")
	}
	check("harbour1")
	d.Has("The code is right.", "It was a backup code")
	check("harbour1")
	d.Dialog().Expect("Check a code", "✗ The code is wrong.")
	d.Paste("harbour2\n") // into the field, which is empty
	d.Press("enter", "y")
	require.False(t, d.Asking())
	d.Has("Daniel Reyes · dreyes@pine.example: The code is right.")
}

// A form that comes back waits below what was opened meanwhile.
func TestForm_RefusedWaitsForAnotherQuestion(t *testing.T) {
	b := viewtest.New(t)
	open := make(chan struct{})
	d, _ := sit(t, b, "Daniel Reyes")
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPatch {
			<-open
		}
		return nil, nil
	})
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 409, Method: http.MethodPatch})
	d.Async()
	d.Press("e")
	d.Dialog().Expect("Edit user")
	d.Type("la")
	d.Press("enter", "enter", "enter", "enter", "enter", "enter")
	reason(d)
	d.Press("y", "esc") // leaves it to run
	d.Press("l")
	d.Dialog().Expect("Lock user")
	d.Type("half a rea")
	close(open)
	d.Until("the refusal", func() bool { return d.Tasks() == 0 })
	d.Dialog().Expect("Lock user", "half a rea")
	d.Press("esc", "esc")
	d.Dialog().Expect("Edit user", "Daniella", "Nothing was done")
}

func TestForm_ErrorsNameTheField(t *testing.T) {
	b := viewtest.New(t)
	op, _ := b.Env.Catalogue.Get("create_user")
	out := b.Env.Desk.Do(t.Context(), desk.Intent{Op: op, Request: op.NewRequest(nil, clean.Text{}, map[string]string{"email_address": "nia@pine.example", "username": "x", "password": "12"})})
	refusal := op.ReadRefusal(out.Err)
	require.Contains(t, refusal.Fields["username"], "between")
	require.Contains(t, refusal.Fields["password"], "8 characters")
	require.Len(t, refusal.Fields, 2)
	require.Empty(t, refusal.General)
	require.Equal(t, tui.ToneBad, wording.Outcome(wording.Call{Op: op}, out, b.Env.Catalogue, b.Env.Now()).Tone)
}
