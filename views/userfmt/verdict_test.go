package userfmt_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/verdict"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

func TestVerdictOf_ShapeAndTone(t *testing.T) {
	now := noon()
	mail := []api.EmailAddress{{EmailAddress: text("a@b.example"), Verification: &api.Verification{Status: text("verified")}}}
	in := wire.Time{Time: now.Add(-30 * time.Minute)}
	for name, c := range map[string]struct {
		user  api.User
		shape string
		tone  tui.Tone
	}{
		"open":       {api.User{LastSignInAt: in}, "●", tui.ToneNone},
		"MFA":        {api.User{LastSignInAt: in, TwoFactorEnabled: true, TOTPEnabled: true}, "●", tui.ToneNone},
		"signs":      {api.User{LastSignInAt: in, PasswordEnabled: true, PasswordLastUpdatedAt: in, CreatedAt: wire.Time{Time: now.AddDate(-1, 0, 0)}}, "!", tui.ToneWarn},
		"never":      {api.User{}, "○", tui.ToneNone},
		"locked":     {api.User{LastSignInAt: in, Locked: true, LockoutExpiresInSeconds: seconds(60)}, "◐", tui.ToneWarn},
		"banned":     {api.User{LastSignInAt: in, Banned: true, Locked: true}, "■", tui.ToneBad},
		"reset":      {api.User{LastSignInAt: in, RequiresPasswordReset: true}, "◐", tui.ToneWarn},
		"half known": {api.User{LastSignInAt: in, Problems: []clean.Text{text("banned is not a boolean")}}, "?", tui.ToneWarn},
	} {
		t.Run(name, func(t *testing.T) {
			c.user.EmailAddresses, c.user.ReadAt = mail, now
			v := userfmt.VerdictOf(verdict.Facts{User: &c.user}, now)
			require.Equal(t, c.shape, v.Shape)
			require.Equal(t, c.tone, v.Tone)
			require.NotEmpty(t, v.Title)
		})
	}
	nobody := userfmt.VerdictOf(verdict.Facts{User: &api.User{ID: text("user_1"), LastSignInAt: in, ReadAt: now}}, now)
	require.True(t, nobody.Blocked, "no way in is a block too")
	require.Equal(t, "◐", nobody.Shape)
}

func TestFindings(t *testing.T) {
	now := noon()
	old, new := wire.Time{Time: now.AddDate(-2, 0, 0)}, wire.Time{Time: now.Add(-20 * time.Minute)}
	u := &api.User{
		FirstName: text("Maya"), CreatedAt: old, Problems: []clean.Text{text("locked is not a boolean\x1b[2J")}, RequiresPasswordReset: true,
		EmailAddresses: []api.EmailAddress{
			{EmailAddress: text("maya@pine.example"), CreatedAt: old},
			{EmailAddress: text("m\u0430ya@pine.example"), CreatedAt: old},
			{EmailAddress: text("maya@pine-mail.example"), CreatedAt: new},
		},
		PhoneNumbers: []api.PhoneNumber{{PhoneNumber: text("+14155550142"), CreatedAt: new}},
	}
	var words []string
	for _, f := range userfmt.Findings(verdict.Facts{User: u}, now) {
		words = append(words, f.Text+"|"+f.Value)
	}
	require.Equal(t, []string{
		"e-mail address added 20 min ago|maya@pine-mail.example",
		"phone number added 20 min ago|+1 (415) 555-0142",
		"unexpected data from the server: " + text("locked is not a boolean\x1b[2J").Display() + "|",
		"e-mail address mixes alphabets|m\u0430ya@pine.example",
	}, words)

	u.CreatedAt = new
	for _, f := range userfmt.Findings(verdict.Facts{User: u}, now) {
		require.NotContains(t, f.Text, "added", "everything of a new account is new")
	}
	require.Empty(t, userfmt.Findings(verdict.Facts{User: &api.User{FirstName: text("Siobhán"), LastName: text("O'Brien"), CreatedAt: old}}, now))
}

func TestVerificationText(t *testing.T) {
	v := func(s string) *api.Verification { return &api.Verification{Status: text(s)} }
	for want, c := range map[string]struct {
		v        *api.Verification
		reserved bool
		ok       bool
	}{
		"verified":               {v("verified"), false, true},
		"not verified":           {nil, false, false},
		"reserved, not verified": {v("unverified"), true, false},
		"not verified, expired":  {v("expired"), false, false},
	} {
		word, ok := userfmt.VerificationText(c.v, c.reserved)
		require.Equal(t, want, word)
		require.Equal(t, c.ok, ok)
	}
}
