package action_test

import (
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/store"
	"frontdesk/api/wire"
	"frontdesk/tui/tuitest"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// enroll sets up an authenticator and returns its secret as it was copied.
func enroll(t *testing.T, b *viewtest.Harness, cols, rows int) (*tuitest.Driver, *api.User, string) {
	t.Helper()
	u := b.FindUser("Elin Berg")
	b.EditUser(u, func(r *store.User) { r.TOTP, r.BackupCodes = nil, nil })
	u = b.ReloadUser(u)
	d := b.Drive(user.NewDetail(b.Env, u), cols, rows)
	pick(d, "Set authenticator secret")
	d.Dialog().Expect("Set authenticator secret", "shows it once")
	d.Press("space", "enter", "space", "enter", "space", "enter", "enter", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("The authenticator app is set up", "Secret", "Scan", "••••••")
	d.Press("y")
	d.Has("Copied “Secret”")
	return d, u, d.Clipboard
}

func TestResult_HidesAndForgetsSecrets(t *testing.T) {
	b := viewtest.New(t)
	d, u, secret := enroll(t, b, 120, 40)
	_, err := base32.StdEncoding.DecodeString(secret)
	require.NoError(t, err)
	require.True(t, b.ReloadUser(u).TOTPEnabled)
	fours := secret[:4] + " " + secret[4:8] + " " + secret[8:12]
	d.Lacks(secret, fours, "otpauth")
	d.Press("v")
	d.Has(fours, "otpauth://totp/")
	d.Press("v")
	d.Lacks(fours, "otpauth")
	d.Press("j", "y")
	require.Contains(t, d.Clipboard, "secret="+secret)
	d.Lacks(secret)
	d.Press("v", "q")
	d.Lacks(fours, secret)
	d.Press("-")
	d.Has("has been forgotten")
	d.Press("v")
	d.Lacks(fours, secret)

	code, err := totp.GenerateCode(secret, b.Clock.Now())
	require.NoError(t, err)
	d.Press("q")
	pick(d, "Check a code")
	d.Dialog().Expect("Check a code", "checking a backup code uses it up")
	d.Type(code)
	d.Press("enter", "y")
	d.Has("Elin Berg · elin.berg@fjord.example: The code is right")
}

func TestResult_TypeAheadRevealsNothing(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Elin Berg")
	b.EditUser(u, func(r *store.User) { r.TOTP = nil })
	d := b.Drive(user.NewDetail(b.Env, b.ReloadUser(u)), 120, 40)
	pick(d, "Set authenticator secret")
	d.Dialog().Expect("Set authenticator secret")
	d.Press("space", "enter", "space", "enter", "space", "enter", "enter", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter")
	d.Advance(time.Second)
	d.Burst("y", "v", "v", "v", "s")
	d.Has("The authenticator app is set up", "••••••")
}

func TestResult_DrawsTheQRCode(t *testing.T) {
	b := viewtest.New(t)
	d, _, _ := enroll(t, b, 120, 40)
	d.Lacks("▀▄")
	d.Press("s")
	d.Has("Scan it with the authenticator app")
	screen := d.Screen()
	require.Contains(t, screen, "█▀▀▀▀▀█", "a finder pattern")
	d.Press("s")
	require.NotContains(t, d.Screen(), "█▀▀▀▀▀█")
	d.Press("s", "q")
	require.NotContains(t, d.Screen(), "█▀▀▀▀▀█", "gone with the screen")
}

func TestResult_QRCodeFitsOrSaysWhatItNeeds(t *testing.T) {
	b := viewtest.New(t)
	d, _, _ := enroll(t, b, 80, 24)
	d.Press("s")
	if !strings.Contains(d.Screen(), "█▀▀▀▀▀█") {
		t.Fatalf("no code:\n%s", d.Screen())
	}
	d.Resize(60, 14)
	d.Has("The QR code needs")
}

func TestCheckPassword_SaysThatItIsWrong(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("Daniel Reyes")
	_, err := b.Client.UpdateUser(t.Context(), u.ID, api.UserChange{Password: wire.Set(wire.NewSecret("harbour-lights-9"))})
	require.NoError(t, err)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "Check a password")
	d.Dialog().Expect("Check a password", "changes nothing")
	d.Type("guess")
	d.Press("enter", "y")
	d.Dialog().Expect("Check a password", "✗ The password is wrong.")
	d.Lacks("•••", "guess")
	d.Type("harbour-lights-9") // at once: the field is empty and has the focus
	d.Lacks("The password is wrong.  ")
	d.Press("enter", "y")
	require.False(t, d.Asking())
	d.Has("Daniel Reyes · dreyes@pine.example: The password is")
	d.Lacks("harbour-lights-9")
}

func TestRead_ShowsWithoutAsking(t *testing.T) {
	b := viewtest.New(t)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "List sessions")
	d.Has("List sessions", "Daniel Reyes", "session", "active")
	require.False(t, d.Asking())
	d.Press("v")
	d.Has("nothing is hidden here")
	d.Press("q")
	pick(d, "Show instance")
	d.Has("The key belongs to a", "kind")
}

// A list of users says how many there are, not only how many are on the page.
func TestListUsers_SaysHowManyThereAre(t *testing.T) {
	b := viewtest.NewWithUsers(t, 160)
	d, _ := sit(t, b, "Daniel Reyes")
	pick(d, "List users")
	d.Has("100 of 160 users.", "1 of 100")
}
