package api_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
)

func text(s string) clean.Text { return clean.NewText(s) }

func ptr[T any](v T) *T { return &v }

func mail(id, address string) api.EmailAddress {
	return api.EmailAddress{ID: text(id), EmailAddress: text(address), Verification: &api.Verification{Status: text("verified")}}
}

func TestUser_Name(t *testing.T) {
	mails := []api.EmailAddress{mail("idn_1", "one@x.example"), mail("idn_2", "two@x.example")}
	phones := []api.PhoneNumber{{ID: text("idn_3"), PhoneNumber: text("+15555550100")}}
	for want, u := range map[string]api.User{
		"Ann Lee":       {FirstName: text("Ann"), LastName: text("Lee"), Username: text("x")},
		"Ann":           {FirstName: text("Ann"), LastName: text(" ")},
		"Lee":           {LastName: text("Lee")},
		"ann_l":         {Username: text("ann_l"), EmailAddresses: mails},
		"two@x.example": {EmailAddresses: mails, PrimaryEmailAddressID: text("idn_2"), PhoneNumbers: phones},
		"one@x.example": {FirstName: text("  "), EmailAddresses: mails, PrimaryEmailAddressID: text("idn_gone")},
		"+15555550100":  {ID: text("user_a"), PhoneNumbers: phones, PrimaryPhoneNumberID: text("idn_3")},
		"user_a":        {ID: text("user_a")},
		"":              {},
	} {
		require.Equal(t, want, u.Name().Raw())
	}
	u := api.User{EmailAddresses: []api.EmailAddress{{EmailAddress: text("x")}, mail("idn_1", "one@x.example")}}
	require.Equal(t, "x", u.Email().Raw(), "an empty primary id is not an empty id")
	require.True(t, u.Phone().Empty())
}

func TestUser_LockLeft(t *testing.T) {
	for name, c := range map[string]struct {
		u     api.User
		after time.Duration
		left  time.Duration
		never bool
	}{
		"not locked":      {u: api.User{LockoutExpiresInSeconds: ptr(int64(60))}},
		"counts down":     {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: 20 * time.Second, left: 40 * time.Second},
		"is over":         {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: time.Hour},
		"never":           {u: api.User{Locked: true}, never: true},
		"negative":        {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(-5))}},
		"the clock fell":  {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60))}, after: -time.Hour, left: time.Minute},
		"beyond all time": {u: api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(math.MaxInt64))}, left: time.Duration(math.MaxInt64/int64(time.Second)) * time.Second},
	} {
		c.u.ReadAt = began
		left, never := c.u.LockRemaining(began.Add(c.after))
		require.Equal(t, c.left, left, name)
		require.Equal(t, c.never, never, name)
	}
}

func TestUser_Status(t *testing.T) {
	seen := wire.Time{Time: began}
	for want, u := range map[string]api.User{
		"banned":          {Banned: true, Locked: true, Deprovisioned: true},
		"deprovisioned":   {Locked: true, Deprovisioned: true},
		"locked":          {Locked: true},
		"never signed in": {},
		"active":          {LastSignInAt: seen},
	} {
		require.Equal(t, want, u.Status(began).String())
	}
	over := api.User{Locked: true, LockoutExpiresInSeconds: ptr(int64(60)), ReadAt: began, LastSignInAt: seen}
	require.Equal(t, api.StatusLocked, over.Status(began))
	require.Equal(t, api.StatusActive, over.Status(began.Add(time.Minute)), "the lock has opened by itself")
	unread := api.User{Problems: []clean.Text{text("last_sign_in_at is not a plausible time (1)")}}
	require.Equal(t, api.StatusActive, unread.Status(began), "never is not said of what could not be read")
}

func TestUser_Verdict(t *testing.T) {
	fine := api.User{LastSignInAt: wire.Time{Time: began}, EmailAddresses: []api.EmailAddress{mail("idn_1", "a@x.example")}, ReadAt: began}
	but := func(change func(*api.User)) api.User {
		u := fine
		change(&u)
		return u
	}
	for name, c := range map[string]struct {
		u       api.User
		title   string
		says    string
		actions string
		blocked bool
	}{
		"nothing": {u: fine, title: "Nothing wrong", says: "Not banned or locked; nothing on record keeps them from signing in."},
		"banned": {u: but(func(u *api.User) { u.Banned = true }), title: "Can't sign in", blocked: true,
			says: "Banned: they cannot sign in until they are unbanned.", actions: "unban_user"},
		"locked": {u: but(func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.VerificationAttemptsRemaining = true, ptr(int64(47*60)), ptr(int64(0))
		}),
			title: "Can't sign in", blocked: true, says: "Locked. It ends by itself in 47 minutes. No sign-in attempts are left.", actions: "unlock_user"},
		"locked for good": {u: but(func(u *api.User) { u.Locked, u.VerificationAttemptsRemaining = true, ptr(int64(1)) }),
			title: "Can't sign in", blocked: true, says: "Locked until someone unlocks them.", actions: "unlock_user"},
		"lock is over": {u: but(func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.ReadAt = true, ptr(int64(5)), began.Add(-time.Minute)
		}), title: "Nothing wrong", says: "Not banned or locked; nothing on record keeps them from signing in."},
		"deprovisioned": {u: but(func(u *api.User) { u.Deprovisioned = true }), title: "Can't sign in", blocked: true,
			says: "Deprovisioned: the company directory that manages this user has deactivated them. Only that directory can undo it."},
		"unverified": {u: but(func(u *api.User) { u.EmailAddresses = []api.EmailAddress{{Verification: nil}} }), title: "Can't sign in", blocked: true,
			says: "None of the addresses, numbers and accounts they could sign in with is verified.", actions: "update_email_address update_phone_number"},
		"reserved": {u: but(func(u *api.User) { u.EmailAddresses = []api.EmailAddress{{Reserved: true}} }), title: "Nothing wrong",
			says: "Not banned or locked; nothing on record keeps them from signing in."},
		"no way in": {u: but(func(u *api.User) { u.EmailAddresses = nil }), title: "Can't sign in", blocked: true,
			says: "They have no e-mail address, phone number, username or account to sign in with.", actions: "update_email_address update_phone_number"},
		"compromised": {u: but(func(u *api.User) { u.RequiresPasswordReset = true }), title: "Needs a new password",
			says: "Their password was marked as compromised: they must set a new one before they can sign in.", actions: "unset_user_password_compromised"},
		"never": {u: but(func(u *api.User) { u.LastSignInAt = wire.Time{} }), title: "Never signed in",
			says: "Not banned or locked; nothing on record keeps them from signing in. They have never signed in."},
		"factors": {u: but(func(u *api.User) {
			u.TwoFactorEnabled, u.TOTPEnabled, u.BackupCodeEnabled = true, true, true
			u.PhoneNumbers = []api.PhoneNumber{{ReservedForSecondFactor: true}, {}}
		}), title: "Signs in with a second factor",
			says: "Not banned or locked; nothing on record keeps them from signing in. They are asked for a second factor: an authenticator app, 1 phone number by SMS or backup codes."},
		"no factor left": {u: but(func(u *api.User) { u.TwoFactorEnabled = true }), title: "Lacks a second factor", actions: "disable_mfa",
			says: "Not banned or locked; nothing on record keeps them from signing in. They are asked for a second factor, but none is on record."},
		"garbled": {u: but(func(u *api.User) {
			u.EmailAddresses, u.Problems = nil, []clean.Text{text("email_addresses should be a list but is a number")}
		}), title: "Not fully known", says: "Nothing in what could be read keeps them from signing in. Part of what the server said about them could not be read."},
		"everything": {u: but(func(u *api.User) {
			u.Banned, u.Locked, u.RequiresPasswordReset, u.TwoFactorEnabled = true, true, true, true
		}),
			title: "Can't sign in", blocked: true, actions: "unban_user unlock_user unset_user_password_compromised disable_mfa",
			says: "Banned: they cannot sign in until they are unbanned. Locked until someone unlocks them. Their password was marked as compromised: they must set a new one before they can sign in. They are asked for a second factor, but none is on record."},
	} {
		v := c.u.Verdict(began)
		require.Equal(t, c.title, v.Title, name)
		require.Equal(t, c.says, strings.Join(v.Sentences, " "), name)
		require.Equal(t, c.actions, strings.Join(v.Actions, " "), name)
		require.Equal(t, c.blocked, v.Blocked, name)
	}
	for seconds, want := range map[int64]string{1: "1 second", 90: "90 seconds", 91: "2 minutes", 5400: "90 minutes", 5401: "2 hours", 172800: "48 hours", 172801: "3 days"} {
		u := api.User{Locked: true, LockoutExpiresInSeconds: ptr(seconds)}
		require.Equal(t, "Locked. It ends by itself in "+want+".", u.Verdict(began).Sentences[0])
	}
}
