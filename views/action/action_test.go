package action_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
	"frontdesk/tui"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// sit opens the detail of the first user a search finds.
func sit(t *testing.T, b *viewtest.Harness, who string) (*tuitest.Driver, *api.User) {
	t.Helper()
	u := b.FindUser(who)
	return b.Drive(user.NewDetail(b.Env, u), 120, 40), u
}

// reason fills in the reason and goes on to the buttons.
func reason(d *tuitest.Driver) {
	d.Type("chargeback on three orders")
	d.Press("enter")
}

func TestBan_NamesTheUserAndBans(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user", "Daniel Reyes", "dreyes@pine.example", "on DEMO",
		"signs out 1 session now", "they cannot sign in until you unban them", "Unban user", "Reason")
	reason(d)
	require.False(t, b.ReloadUser(u).Banned, "nothing is sent before y")
	d.Press("y")
	d.Has("Banned Daniel Reyes", "■ banned")
	require.True(t, b.ReloadUser(u).Banned)
}

func TestBan_NeedsAReason(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	d.Press("enter", "y")
	d.Has("a reason is required")
	d.Press("esc")
	require.False(t, d.Asking())
	require.False(t, b.ReloadUser(u).Banned)
}

func TestUnban_IsOneQuestion(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d, _ := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Unban user", "Unban Daniel Reyes?")
	d.Press("y")
	d.Has("Unbanned Daniel Reyes", "! active")
	require.False(t, b.ReloadUser(u).Banned)
}

func TestLock_AndUnlock(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("l")
	d.Dialog().Expect("Lock user", "Daniel Reyes", "Unlock user")
	reason(d)
	d.Press("y")
	d.Has("Locked Daniel Reyes", "◐ locked 1 h", "so probably", "l  Unlock user")
	d.Lacks("Something changed here") // it was the operator
	require.True(t, b.ReloadUser(u).Locked)

	d.Press("l")
	d.Dialog().Expect("Unlock user")
	d.Press("y")
	d.Has("Unlocked Daniel Reyes", "! active")
	require.False(t, b.ReloadUser(u).Locked)
}

// A ban by somebody else is to be asked about; one's own is undone with its key, until
// somebody else changes the user.
func TestBan_OfSomebodyElseIsToBeAskedAbout(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Maya Okafor")
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d, _ := sit(t, b, "Maya Okafor")
	d.Has("Something changed here just now: ask who")
	d.Lacks("b  Unban user")

	d, other := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("Banned Daniel Reyes", "b  Unban user")
	d.Lacks("Something changed here")
	d.Press("r")
	d.Has("b  Unban user")
	b.Clock.Jump(60e9)
	b.EditUser(other, func(r *store.User) { r.UpdatedAt = b.Clock.Now().UnixMilli() })
	d.Press("r")
	d.Has("Something changed here just now: ask who")
	d.Lacks("b  Unban user")
}

func TestResetMFA_NeedsChecklistAndTyping(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("m")
	d.Dialog().Expect("Reset MFA enrollments", "Daniel Reyes", "removes the authenticator app and the backup codes",
		"This cannot be undone.", "you reached the caller on a phone or e-mail of this account", "[ ]", u.ID.Display())
	for range 3 {
		d.Press("space", "enter")
	}
	reason(d)
	d.Type("nope")
	d.Press("enter", "y")
	d.Has("that does not match")
	require.True(t, b.ReloadUser(u).HasMFA())
	for range 4 {
		d.Press("backspace")
	}
	d.Type(u.ID.Raw()[len(u.ID.Raw())-4:])
	d.Press("enter", "y")
	d.Has("Reset MFA for Daniel Reyes")
	require.False(t, b.ReloadUser(u).HasMFA())
	d.Lacks("   MFA   ")
}

func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 32, 32))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	img.Set(3, 3, color.RGBA{R: 200, A: 255})
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

func TestProfileImage_SetAndRemove(t *testing.T) {
	b := viewtest.New(t)
	b.WriteFile("pictures/cat.png", picture(t))
	b.WriteFile("notes.txt", []byte("no picture"))
	u := b.FindUser("Elin Berg")
	b.EditUser(u, func(r *store.User) { r.ImageID = "" })
	d, u := sit(t, b, "Elin Berg")

	d.Press("i")
	d.Has("Set profile image", "Elin Berg", "pictures/", "notes.txt")
	d.Type("no")
	d.Has("This is not a supported")
	d.Press("enter")
	require.False(t, d.Asking(), "a file that is no image is never asked about")
	d.Press("backspace", "backspace")
	d.Type("pi")
	d.Press("tab")
	d.Has("~/pictures/", "cat.png", "png,")
	d.Press("enter")
	d.Dialog().Expect("Set profile image", "Elin Berg", "file cat.png", "on DEMO")
	reason(d)
	d.Press("y")
	d.Has("Set the profile image of Elin Berg", "Overview")
	require.True(t, b.ReloadUser(u).HasImage)

	d.Press("X")
	d.Dialog().Expect("Remove profile image", "This cannot be undone.")
	d.Lacks("you reached the caller")
	reason(d)
	d.Press("y")
	d.Has("Removed the profile image of Elin Berg")
	require.False(t, b.ReloadUser(u).HasImage)
}

// lastFour is what the dialog asks to be typed.
func lastFour(u *api.User) string {
	from := u.ID.Raw()
	if phone := u.Phone().Raw(); phone != "" {
		from = phone
	}
	return from[len(from)-4:]
}

func TestOutcome_LostAnswerIsLookedUp(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{Drop: "after", Method: http.MethodPost})
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("The answer was lost, but it was done: banned Daniel", "■ banned")
	require.True(t, b.ReloadUser(u).Banned)
}

func TestOutcome_UnknownIsCalledUnknown(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	cut := errors.New("cable pulled")
	var gone atomic.Bool // the question reads several things side by side
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			gone.Store(true)
		}
		if gone.Load() {
			return nil, cut
		}
		return nil, nil
	})
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("It is unclear whether Daniel Reyes ·", "was banned", "it could not be checked",
		"It may still happen. Checking again")
	d.Lacks("Banned Daniel Reyes")
}

func TestOutcome_NamesAPaidFeature(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 402, Method: http.MethodPost})
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("paid feature", "Nothing was done to Daniel Reyes", "Lock user keeps them from signing in")
	require.False(t, b.ReloadUser(u).Banned)
}

func TestOutcome_DescribesARefusal(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: 403, Method: http.MethodPost})
	d.Press("b")
	d.Dialog().Expect("Ban user")
	reason(d)
	d.Press("y")
	d.Has("Nothing was done to Daniel Reyes")
}

func TestQuestion_AsksAgainAboutAChangedUser(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("m")
	d.Dialog().Expect("Reset MFA enrollments")
	b.EditUser(u, func(r *store.User) { r.BackupCodes = nil })
	d.Advance(10e9)
	fill := func() {
		for range 3 {
			d.Press("space", "enter")
		}
		reason(d)
		d.Type(lastFour(u))
		d.Press("enter", "y")
	}
	fill()
	d.Dialog().Expect("Reset MFA enrollments", "changed since you looked: was “authenticator app and backup", "now “authenticator app”")
	require.True(t, b.ReloadUser(u).HasMFA(), "nothing was sent")
	for range 3 {
		d.Press("space", "enter")
	}
	d.Press("enter") // the reason is still there
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("Reset MFA for Daniel Reyes")
	require.False(t, b.ReloadUser(u).HasMFA())
}

func TestOutcome_UnavailableMeanwhileIsRefusedWithTheReason(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	_, err := b.Client.BanUser(t.Context(), u.ID)
	require.NoError(t, err)
	d.Advance(10e9)
	reason(d)
	before := len(b.Transport.Requests())
	d.Press("y")
	d.Has("Ban user, Daniel Reyes · dreyes@pine.example:", "■ banned")
	for _, sent := range b.Transport.Requests()[before:] {
		require.True(t, strings.HasPrefix(sent, "GET "), sent)
	}
}

func TestOutcome_DeletedUserIsSaidToBeGone(t *testing.T) {
	b := viewtest.New(t)
	d, u := sit(t, b, "Daniel Reyes")
	d.Press("b")
	d.Dialog().Expect("Ban user")
	require.NoError(t, b.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteUser(u.ID.Raw()) }))
	d.Advance(10e9)
	reason(d)
	d.Press("y")
	d.Has("This user no longer exists", "q goes back")
	d.Press("b")
	require.False(t, d.Asking())
}

func TestUserActions_SayWhyNot(t *testing.T) {
	b := viewtest.New(t)
	for _, a := range action.UserActions(b.Env, nil) {
		if op, _ := b.Env.Catalogue.Get(a.ID); op.Scope == ops.ScopeUser {
			require.Equal(t, "nobody is selected", a.Off, a.ID)
		}
	}
	u := b.FindUser("Daniel Reyes")
	offs := map[string]string{}
	for _, a := range action.UserActions(b.Env, u) {
		offs[a.ID] = a.Off
		require.NotEmpty(t, a.Title)
		require.NotEmpty(t, a.Help)
		require.NotEmpty(t, a.Group)
	}
	require.Equal(t, "", offs["ban_user"])
	require.Equal(t, "not banned", offs["unban_user"])
	require.Equal(t, "not locked", offs["unlock_user"])
}

// TestQuestion_ProductionIsOneTierUp reads the prompts: what a dialog does with a tier
// is the dialog's to test.
func TestQuestion_ProductionIsOneTierUp(t *testing.T) {
	b := viewtest.New(t)
	b.Env.Instance.Kind = profile.Production
	u := b.FindUser("Daniel Reyes")
	prompts := map[string]tui.Prompt{}
	for _, a := range action.UserActions(b.Env, u) {
		if a.Do == nil {
			continue
		}
		if msg, ok := a.Do()().(tui.AskMsg); ok {
			prompts[a.ID] = msg.Prompt
		}
	}
	require.Equal(t, tui.T2, prompts["unban_user"].Tier)
	require.True(t, prompts["unban_user"].Fields[0].Required)
	require.Equal(t, tui.T3, prompts["ban_user"].Tier)
	require.Len(t, prompts["ban_user"].TypeToConfirm, 4)
	require.Equal(t, "on PRODUCTION", prompts["ban_user"].Instance)
	require.Equal(t, tui.ToneBad, prompts["ban_user"].InstanceTone)
	mfa := prompts["disable_mfa"]
	require.Equal(t, tui.T4, mfa.Tier)
	require.Equal(t, "dreyes@pine.example", mfa.TypeToConfirm)
	require.Equal(t, 5, mfa.CancelSeconds)
	require.NotEmpty(t, mfa.Checklist)
}
