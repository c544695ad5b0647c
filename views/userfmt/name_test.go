package userfmt_test

import (
	"math"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

func text(s string) clean.Text { return clean.NewText(s) }

// noon is a Wednesday in a zone other than UTC, so that "yesterday" is tested in the
// operator's days.
func noon() time.Time {
	return time.Date(2026, time.March, 18, 12, 0, 0, 0, time.FixedZone("CET", 3600))
}

func seconds(n int64) *int64 { return &n }

func TestStatusOf(t *testing.T) {
	now := noon()
	signedIn := wire.Time{Time: now.Add(-time.Hour)}
	for name, c := range map[string]struct {
		user api.User
		want userfmt.Status
	}{
		"active":        {api.User{LastSignInAt: signedIn}, userfmt.Status{Shape: "●", Word: "active", Tone: tui.ToneOK}},
		"active MFA":    {api.User{LastSignInAt: signedIn, TwoFactorEnabled: true, TOTPEnabled: true, Passkeys: make([]api.Passkey, 1)}, userfmt.Status{Shape: "●", Word: "active", Extra: " · MFA", Tone: tui.ToneOK}},
		"no factor":     {api.User{LastSignInAt: signedIn, TwoFactorEnabled: true}, userfmt.Status{Shape: "◐", Word: "lacks factor", Tone: tui.ToneWarn}},
		"compromised":   {api.User{LastSignInAt: signedIn, RequiresPasswordReset: true}, userfmt.Status{Shape: "◐", Word: "new password", Tone: tui.ToneWarn}},
		"signs":         {api.User{LastSignInAt: signedIn, PasswordLastUpdatedAt: wire.Time{Time: now.Add(-time.Minute)}, CreatedAt: wire.Time{Time: now.AddDate(-1, 0, 0)}}, userfmt.Status{Shape: "!", Word: "active", Tone: tui.ToneWarn}},
		"passkey":       {api.User{LastSignInAt: signedIn, Passkeys: make([]api.Passkey, 1)}, userfmt.Status{Shape: "●", Word: "active", Extra: " · passkey", Tone: tui.ToneOK}},
		"never":         {api.User{}, userfmt.Status{Shape: "○", Word: "never signed in"}},
		"banned":        {api.User{Banned: true, LastSignInAt: signedIn}, userfmt.Status{Shape: "■", Word: "banned", Tone: tui.ToneBad}},
		"banned locked": {api.User{Banned: true, Locked: true, LastSignInAt: signedIn}, userfmt.Status{Shape: "■", Word: "banned", Extra: " · locked", Tone: tui.ToneBad}},
		"locked":        {api.User{Locked: true, LockoutExpiresInSeconds: seconds(47 * 60), LastSignInAt: signedIn}, userfmt.Status{Shape: "◐", Word: "locked 47 min", Tone: tui.ToneWarn}},
		"locked soon":   {api.User{Locked: true, LockoutExpiresInSeconds: seconds(80), LastSignInAt: signedIn}, userfmt.Status{Shape: "◐", Word: "locked 80 s", Tone: tui.ToneWarn}},
		"locked no end": {api.User{Locked: true, LastSignInAt: signedIn}, userfmt.Status{Shape: "◐", Word: "locked", Extra: " · no end", Tone: tui.ToneWarn}},
		"lock is over":  {api.User{Locked: true, LockoutExpiresInSeconds: seconds(0), LastSignInAt: signedIn}, userfmt.Status{Shape: "●", Word: "active", Tone: tui.ToneOK}},
		"deprovisioned": {api.User{Deprovisioned: true, LastSignInAt: signedIn}, userfmt.Status{Shape: "□", Word: "deprovisioned", Tone: tui.ToneBad}},
	} {
		t.Run(name, func(t *testing.T) {
			c.user.ReadAt, c.user.Username, c.user.PasswordEnabled = now, text("someone"), true
			require.Equal(t, c.want, userfmt.StatusOf(&c.user, now))
		})
	}
}

func TestStatusOf_CountsDown(t *testing.T) {
	u := &api.User{Username: text("someone"), PasswordEnabled: true, Locked: true, LockoutExpiresInSeconds: seconds(47 * 60), ReadAt: noon(), LastSignInAt: wire.Time{Time: noon()}}
	require.Equal(t, "locked 47 min", userfmt.StatusOf(u, noon().Add(30*time.Second)).Word)
	require.Equal(t, "locked 7 min", userfmt.StatusOf(u, noon().Add(40*time.Minute)).Word)
	require.Equal(t, "active", userfmt.StatusOf(u, noon().Add(48*time.Minute)).Word)
}

func TestAgo(t *testing.T) {
	now := noon()
	for want, at := range map[string]time.Time{
		"never":       {},
		"just now":    now.Add(-20 * time.Second),
		"3 min ago":   now.Add(-3 * time.Minute),
		"2 h ago":     now.Add(-2*time.Hour - time.Minute),
		"11 h ago":    now.Add(-11 * time.Hour),
		"yesterday":   now.Add(-13 * time.Hour),
		"16 Mar":      now.AddDate(0, 0, -2),
		"12 Nov":      time.Date(2025, time.November, 12, 9, 0, 0, 0, time.UTC),
		"12 Aug 2025": time.Date(2025, time.August, 12, 9, 0, 0, 0, time.UTC),
		"19 Mar":      now.AddDate(0, 0, 1),
		"unknown day": time.Date(275760, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		require.Equal(t, want, userfmt.Ago(at, now))
	}
	require.Equal(t, "just now", userfmt.Ago(now.Add(30*time.Second), now), "clocks differ a little")
}

func TestAgo_FitsItsColumn(t *testing.T) {
	for _, back := range []time.Duration{0, time.Second, 59 * time.Minute, 23 * time.Hour, 900 * time.Hour, 90000 * time.Hour, -90000 * time.Hour, math.MaxInt64, math.MinInt64} {
		require.LessOrEqual(t, ansi.StringWidth(userfmt.Ago(noon().Add(-back), noon())), 11)
	}
	for _, year := range []int{-5, 1, 900, 9999, 10000, 1e6} {
		require.LessOrEqual(t, ansi.StringWidth(userfmt.Ago(time.Date(year, 12, 28, 1, 1, 1, 1, time.UTC), noon())), 11)
	}
}

func TestDuration(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"0 s": -time.Hour, "1 s": 300 * time.Millisecond, "119 s": 119 * time.Second, "2 min": 2 * time.Minute,
		"47 min": 46*time.Minute + 10*time.Second, "1 h": 59*time.Minute + 30*time.Second, "2 h 5 min": 125 * time.Minute,
		"47 h 59 min": 48*time.Hour - time.Minute, "3 days": 50 * time.Hour,
		"730 days": 730*24*time.Hour - time.Second, "2+ years": 731 * 24 * time.Hour, "10+ years": 3700 * 24 * time.Hour,
		"292+ years": math.MaxInt64,
	} {
		require.Equal(t, want, userfmt.Duration(d))
	}
}

func TestMomentDayMonth(t *testing.T) {
	require.Equal(t, "today 07:12", userfmt.Moment(time.Date(2026, 3, 18, 6, 12, 0, 0, time.UTC), noon()))
	require.Equal(t, "yesterday 23:40", userfmt.Moment(time.Date(2026, 3, 17, 22, 40, 0, 0, time.UTC), noon()))
	require.Equal(t, "5 Mar 07:12", userfmt.Moment(time.Date(2026, 3, 5, 6, 12, 0, 0, time.UTC), noon()))
	require.Equal(t, "March 2024", userfmt.Month(time.Date(2024, 3, 5, 6, 12, 0, 0, time.UTC), noon()))
	require.Empty(t, userfmt.Month(time.Time{}, noon()))
	since := func(at time.Time) string {
		label, when := userfmt.JoinedAt(&api.User{CreatedAt: wire.Time{Time: at}}, noon())
		return label + " " + when
	}
	require.Equal(t, "joined March 2024", since(time.Date(2024, 3, 5, 6, 12, 0, 0, time.UTC)))
	require.Equal(t, "joined 3 min ago", since(noon().Add(-3*time.Minute)))
	require.Equal(t, " ", since(time.Time{}))
}

func TestIdentify(t *testing.T) {
	mail := func(s string) []api.EmailAddress {
		return []api.EmailAddress{{ID: text("idn_1"), EmailAddress: text(s)}}
	}
	phone := []api.PhoneNumber{{ID: text("idn_2"), PhoneNumber: text("+14155550142")}}
	id := text("user_2xkQabcdefghijklm7aQ")
	require.Equal(t, []string{"Sam Carter", "sam.c@pine.example", "user_2xk…m7aQ"},
		userfmt.Identify(&api.User{ID: id, FirstName: text("Sam"), LastName: text("Carter"), EmailAddresses: mail("sam.c@pine.example"), PhoneNumbers: phone}))
	require.Equal(t, []string{"Sam", "+1 (415) 555-0142", "user_2xk…m7aQ"}, userfmt.Identify(&api.User{ID: id, FirstName: text("Sam"), PhoneNumbers: phone}))
	require.Equal(t, []string{"+1 (415) 555-0142", "user_2xk…m7aQ"}, userfmt.Identify(&api.User{ID: id, PhoneNumbers: phone}))
	require.Equal(t, []string{"a@b.example", "+1 (415) 555-0142", "user_2xk…m7aQ"}, userfmt.Identify(&api.User{ID: id, EmailAddresses: mail("a@b.example"), PhoneNumbers: phone}))
	require.NotEmpty(t, userfmt.Identify(&api.User{})[0], "never nameless")
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"+14155550142": "+1 (415) 555-0142", "+48601555012": "+48 601 555 012", "+447700900123": "+44 770 090 0123",
		"+35312345678": "+353 123 456 78", "+1415": "+1415", "415-555": "415-555", "": "", "+1\x1b[2J5550142": text("+1\x1b[2J5550142").Display(),
	} {
		require.Equal(t, want, userfmt.Phone(text(in)))
	}
}

func TestShortID(t *testing.T) {
	for in, want := range map[string]string{
		"user_2xkQabcdefghijklm9aQ": "user_2xk…m9aQ", "user_short": "user_short", "": "", "abcdefghijklmnop": "abc…mnop",
	} {
		require.Equal(t, want, userfmt.ShortID(text(in)))
	}
	for _, hostile := range []string{"user_\x1b[2J" + string(make([]byte, 400)), "李李李李李李李李李李李李", "averyveryverylongprefix_abcdefghijklmnop"} {
		require.LessOrEqual(t, ansi.StringWidth(userfmt.ShortID(text(hostile))), 14)
	}
}

func TestFactors_NameOnlyWhatTheAPIReports(t *testing.T) {
	require.Empty(t, userfmt.Factors(&api.User{}))
	require.Equal(t, []string{"password", "2 passkeys", "authenticator app", "SMS code", "backup codes", "Google", "enterprise SSO (Okta)"},
		userfmt.Factors(&api.User{PasswordEnabled: true, Passkeys: make([]api.Passkey, 2), TOTPEnabled: true, BackupCodeEnabled: true,
			PhoneNumbers:       []api.PhoneNumber{{ReservedForSecondFactor: true}},
			ExternalAccounts:   []api.ExternalAccount{{Provider: text("oauth_google")}},
			EnterpriseAccounts: []api.EnterpriseAccount{{Provider: text("saml_okta")}}}))
	require.Equal(t, "custom_acme", userfmt.Provider(text("oauth_custom_acme")))
}

func TestTimeOfDay(t *testing.T) {
	now := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	require.Equal(t, "07:05", userfmt.TimeOfDay(now.Add(-145*time.Minute), now))
	require.Equal(t, "3 Mar", userfmt.TimeOfDay(now.Add(-10*time.Hour), now))
	require.Equal(t, "13:30", userfmt.TimeOfDay(now.Add(-10*time.Hour), now.In(time.FixedZone("", 14*3600))), "of the operator's day")
	require.Equal(t, "never", userfmt.TimeOfDay(time.Time{}, now))
}

func TestCodeChannels(t *testing.T) {
	verified := &api.Verification{Status: text("verified")}
	u := &api.User{EmailAddresses: []api.EmailAddress{{}, {Verification: verified}}}
	require.Equal(t, "a code by e-mail", userfmt.CodeChannels(u))
	u.PhoneNumbers = []api.PhoneNumber{{Verification: verified}}
	require.Equal(t, "a code by e-mail or SMS", userfmt.CodeChannels(u))
	require.Empty(t, userfmt.CodeChannels(&api.User{PhoneNumbers: []api.PhoneNumber{{}}}))
}
