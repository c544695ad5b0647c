package users_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// inTrouble are changes to Sam Carter of Pine, with the remedy that the verdict names, its
// key, and the question or menu that the key opens.
func inTrouble(now time.Time) map[string]struct {
	change func(*store.User)
	hint   string
	key    string
	opens  string
} {
	ms := func(d time.Duration) int64 { return now.Add(-d).UnixMilli() }
	return map[string]struct {
		change func(*store.User)
		hint   string
		key    string
		opens  string
	}{
		"unban_user":           {func(u *store.User) { u.Banned = true }, "b  Unban user", "b", "Unban user"},
		"unlock_user":          {func(u *store.User) { u.Locked, u.FailedAttempts = true, 10 }, "l  Unlock user", "l", "Unlock user"},
		"disable_mfa":          {func(u *store.User) { u.TOTP = &store.TOTP{ID: "totp_1", Secret: "JBSWY3DPEHPK3PXP", Verified: true} }, "m  Reset MFA enrollments", "m", "Reset MFA enrollments"},
		"verify_email_address": {func(u *store.User) { u.Emails = u.Emails[:1]; u.Emails[0].Verification = nil }, "w  Verify e-mail address", "w", "Verify e-mail address"},
		"create_email_address": {func(u *store.User) {
			u.Emails, u.PrimaryEmailID, u.Phones, u.External, u.Passkeys = nil, "", nil, nil, nil
		}, "w  Add e-mail address", "w", "Add e-mail address"},
		"set_user_password": {func(u *store.User) { u.Emails, u.PrimaryEmailID, u.Username, u.PasswordDigest = nil, "", "sam", "" }, "w  Set password", "w", "Set password"},
		"verify_phone_number": {func(u *store.User) {
			u.Emails, u.PrimaryEmailID = nil, ""
			u.Phones = []store.Phone{{ID: "idn_p", Number: "+14155550133"}}
		}, "w  Verify phone number", "w", "Verify phone number"},
		"revoke_all_sessions":           {func(u *store.User) { u.PasswordUpdatedAt, u.MFADisabledAt = ms(5*time.Minute), ms(4*time.Minute) }, "w  Sign out everywhere", "w", "Sign out everywhere"},
		"set_user_password_compromised": {func(u *store.User) { u.PasswordUpdatedAt, u.MFADisabledAt = ms(5*time.Minute), ms(4*time.Minute) }, "w  Set password as", "w", "Set password as compromised"},
	}
}

// Every remedy that the preview names has a key that opens its question there.
func TestRemedy_HasAKeyInTheList(t *testing.T) {
	for name, c := range inTrouble(viewtest.New(t).Clock.Now()) {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			b.EditUser(b.FindUser("sam.c@pine.example"), func(u *store.User) { c.change(u); u.LastName = "Zzyzx" })
			d := run(t, b, 120, 40)
			d.Press("/")
			d.Type("zzyzx")
			d.Press("enter", "q") // it opens the only match
			d.Has("STATUS", c.hint)
			before := d.Screen()
			d.Press(c.key)
			require.NotEqual(t, before, d.Screen(), "the key does something")
			d.Has(c.opens)
			d.Lacks("is suggested for this person")
		})
	}
}

// The same in the detail.
func TestRemedy_HasAKeyInTheDetail(t *testing.T) {
	for name, c := range inTrouble(viewtest.New(t).Clock.Now()) {
		t.Run(name, func(t *testing.T) {
			b := viewtest.New(t)
			u := b.FindUser("sam.c@pine.example")
			b.EditUser(u, c.change)
			d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
			hint := c.hint
			if name == "set_user_password_compromised" { // its key opens both
				hint = "w  Sign out everywhere · Set password as"
			}
			d.Has(hint)
			before := d.Screen()
			d.Press(c.key)
			require.NotEqual(t, before, d.Screen(), "the key does something")
			d.Has(c.opens)
			d.Lacks("is suggested for this person")
		})
	}
}

func TestRemedy_KeySaysWhenThereIsNone(t *testing.T) {
	b := viewtest.New(t)
	u := b.FindUser("sam.c@pine.example")
	d := b.Drive(user.NewDetail(b.Env, u), 120, 40)
	d.Press("w")
	d.Has("nothing is suggested for this person")
}

func TestBurst_IsCountedAndMarkedFromThePreview(t *testing.T) {
	b := viewtest.New(t)
	d := run(t, b, 120, 40)
	ring(b, d)
	d.Has("! 37 sign-ups from", "mail-drop.example in 0", "B  Mark all 37")
	d.Press("B")
	d.Has("Marked 37 users", "37 marked")
	d.Press("esc", "esc")
	d.Lacks("37 sign-ups from")
	d.Press("B")
	d.Has("no rush of sign-ups around this person")
}
