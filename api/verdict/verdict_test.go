package verdict_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/api/wire"
)

var began = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func text(s string) clean.Text              { return clean.NewText(s) }
func ptr[T any](v T) *T                     { return &v }
func ago(d time.Duration) wire.Time         { return wire.Time{Time: began.Add(-d)} }
func checked(word string) *api.Verification { return &api.Verification{Status: text(word)} }

const day = 24 * time.Hour

func address(id, mail, status string, age time.Duration) api.EmailAddress {
	return api.EmailAddress{ID: text(id), EmailAddress: text(mail), Verification: checked(status), CreatedAt: ago(age)}
}

// settled is somebody with a verified address and a password, two years old.
func settled() api.User {
	return api.User{
		ID: text("user_1"), CreatedAt: ago(700 * day), UpdatedAt: ago(90 * day), ReadAt: began, LastSignInAt: ago(2 * day), PasswordEnabled: true,
		PasswordLastUpdatedAt: ago(700 * day), VerificationAttemptsRemaining: ptr(int64(10)),
		EmailAddresses: []api.EmailAddress{address("idn_1", "a@x.example", "verified", 700*day)}, PrimaryEmailAddressID: text("idn_1"),
	}
}

func session(age, active time.Duration, status, city, country string) api.Session {
	return api.Session{Status: text(status), CreatedAt: ago(age), LastActiveAt: ago(active), LatestActivity: &api.Activity{City: text(city), Country: text(country)}}
}

// answer writes a verdict down: the title, the sentences, what they see, what helps, the
// remedies and the signs, so that a case of the table is all of its words.
func answer(v verdict.Verdict) string {
	var b strings.Builder
	b.WriteString(v.Title + "\n")
	for _, s := range v.Sentences {
		b.WriteString("  " + s + "\n")
	}
	for label, s := range map[string]string{"sees": v.Sees} {
		if s != "" {
			b.WriteString(label + ": " + s + "\n")
		}
	}
	if v.Helps != "" {
		b.WriteString("helps: " + v.Helps + "\n")
	}
	for _, r := range v.Remedies {
		b.WriteString(strings.TrimSpace("> "+r.Operation+" "+r.When) + "\n")
	}
	for _, s := range v.Signs {
		b.WriteString(strings.TrimSpace("! "+s.Text+" "+began.Sub(s.At).String()+" "+s.Value.Raw()) + "\n")
	}
	return b.String()
}

type testCase struct {
	name     string
	change   func(*api.User)
	sessions []api.Session
	want     string
}

const (
	open       = "Nothing blocks them from signing in\n  Neither banned nor locked.\n"
	takenOver  = "helps: Somebody else may be using this account: check who is calling first.\n> revoke_all_sessions if it was not them\n"
	compromise = "> set_user_password_compromised if it was not them\n"
	asked      = "  They are asked for a second factor: "
	noPassword = "  They have no password"
)

func noPasswordUser(u *api.User) { u.PasswordEnabled, u.PasswordLastUpdatedAt = false, wire.Time{} }

// blockedCases are people who certainly cannot sign in.
func blockedCases() []testCase {
	const cannot = "Can't sign in\n"
	return []testCase{
		{name: "banned", change: func(u *api.User) { u.Banned = true },
			want: cannot + "  Banned: they cannot sign in until they are unbanned.\nsees: Signing in is refused, whichever way they try.\n> unban_user\n"},
		{name: "banned just now: no one-key way to undo somebody's protection", change: func(u *api.User) { u.Banned, u.UpdatedAt = true, ago(3*time.Minute) },
			want: cannot + "  Banned: they cannot sign in until they are unbanned.\nsees: Signing in is refused, whichever way they try.\nhelps: Something changed here 3 min ago: ask who did it, and why, before you undo it.\n"},
		{name: "deprovisioned", change: func(u *api.User) { u.Deprovisioned = true },
			want: cannot + "  Deprovisioned: the company directory that manages this user has deactivated them.\nhelps: Only that directory can undo it.\n"},
		{name: "locked by failed attempts", change: func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.VerificationAttemptsRemaining, u.UpdatedAt = true, ptr(int64(47*60)), ptr(int64(0)), ago(13*time.Minute)
		}, want: cannot + "  Locked after too many wrong attempts.\n  Unlocks by itself in 47 min.\nsees: They see that the account is locked, and when to try again.\n> unlock_user\n"},
		{name: "locked by hand", change: func(u *api.User) { u.Locked, u.LockoutExpiresInSeconds = true, ptr(int64(600)) },
			want: cannot + "  Locked with 10 attempts left, so probably by hand.\n  Unlocks by itself in 10 min.\nsees: They see that the account is locked, and when to try again.\n> unlock_user\n"},
		{name: "locked by hand just now", change: func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.UpdatedAt = true, ptr(int64(600)), ago(30*time.Second)
		}, want: cannot + "  Locked with 10 attempts left, so probably by hand.\n  Unlocks by itself in 10 min.\nsees: They see that the account is locked, and when to try again.\nhelps: Something changed here just now: ask who did it, and why, before you undo it.\n"},
		{name: "locked for good", change: func(u *api.User) { u.Locked, u.VerificationAttemptsRemaining = true, nil },
			want: cannot + "  Locked.\n  It does not unlock by itself.\nsees: They see that the account is locked.\n> unlock_user\n"},
		{name: "banned and unverified: no way around the ban is offered", change: func(u *api.User) {
			u.Banned, u.EmailAddresses, u.PhoneNumbers, u.Username = true, u.EmailAddresses[:1], nil, clean.NewText("")
			u.Web3Wallets, u.ExternalAccounts, u.EnterpriseAccounts, u.SAMLAccounts, u.Passkeys = nil, nil, nil, nil, nil
			u.EmailAddresses[0].Verification = nil
		}, want: cannot + "  Banned: they cannot sign in until they are unbanned.\n  None of the addresses, numbers and accounts they could sign in with is verified.\nsees: Signing in is refused, whichever way they try.\n> unban_user\n"},
		{name: "banned and locked", change: func(u *api.User) { u.Banned, u.Locked, u.VerificationAttemptsRemaining = true, true, ptr(int64(0)) },
			want: cannot + "  Banned: they cannot sign in until they are unbanned.\n  Locked after too many wrong attempts.\n  It does not unlock by itself.\nsees: Signing in is refused, whichever way they try.\n> unban_user\n> unlock_user\n"},
		{name: "locked with a second factor: the lock is the matter", change: func(u *api.User) {
			u.Locked, u.VerificationAttemptsRemaining, u.TwoFactorEnabled, u.TOTPEnabled = true, ptr(int64(0)), true, true
		}, want: cannot + "  Locked after too many wrong attempts.\n  It does not unlock by itself.\nsees: They see that the account is locked.\n> unlock_user\n"},
		{name: "locked, and taken over: unlocking waits for a check", change: func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.VerificationAttemptsRemaining = true, ptr(int64(600)), ptr(int64(0))
			u.PasswordLastUpdatedAt, u.MFADisabledAt = ago(25*time.Minute), ago(22*time.Minute)
		}, want: cannot + "  Locked after too many wrong attempts.\n  Unlocks by itself in 10 min.\nsees: They see that the account is locked, and when to try again.\n" +
			"helps: Somebody else may have used this account: check who is calling before you let them in.\n> unlock_user once you have checked who is calling\n! MFA switched off 22m0s\n! password changed 25m0s\n"},
		{name: "unverified address", change: func(u *api.User) { u.EmailAddresses[0].Verification = nil },
			want: cannot + "  None of the addresses, numbers and accounts they could sign in with is verified.\nhelps: They finish the verification themselves, or you verify it.\n> verify_email_address once you know it is theirs\n"},
		{name: "unverified number", change: func(u *api.User) {
			u.EmailAddresses, u.PhoneNumbers = nil, []api.PhoneNumber{{ID: text("idn_2"), Verification: checked("expired")}}
		}, want: cannot + "  None of the addresses, numbers and accounts they could sign in with is verified.\nhelps: They finish the verification themselves, or you verify it.\n> verify_phone_number once you know it is theirs\n"},
		{name: "unverified connected account", change: func(u *api.User) {
			u.EmailAddresses, u.ExternalAccounts = nil, []api.ExternalAccount{{Provider: text("oauth_google"), Verification: checked("failed")}}
		}, want: cannot + "  None of the addresses, numbers and accounts they could sign in with is verified.\nhelps: They finish the verification themselves, or you verify it.\n"},
		{name: "company account switched off", change: func(u *api.User) { u.EmailAddresses, u.EnterpriseAccounts = nil, []api.EnterpriseAccount{{}} },
			want: cannot + "  None of the addresses, numbers and accounts they could sign in with is verified.\nhelps: They finish the verification themselves, or you verify it.\n"},
		{name: "nothing to be found by", change: func(u *api.User) { u.EmailAddresses = nil },
			want: cannot + "  They have no e-mail address, phone number, username or account to sign in with.\n> create_email_address\n"},
		{name: "username without a password", change: func(u *api.User) { u.EmailAddresses, u.Username = nil, text("maya.o"); noPasswordUser(u) },
			want: cannot + "  They have a name to sign in with, and no password, passkey or code to go with it.\n> set_user_password\n"},
		{name: "reserved address without a password", change: func(u *api.User) {
			u.EmailAddresses = []api.EmailAddress{{Reserved: true}}
			noPasswordUser(u)
		}, want: cannot + "  They have a name to sign in with, and no password, passkey or code to go with it.\n> set_user_password\n"},
		{name: "unverified and never in", change: func(u *api.User) {
			u.EmailAddresses[0].Verification, u.LastSignInAt = checked("unverified"), wire.Time{}
		}, want: cannot + "  None of the addresses, numbers and accounts they could sign in with is verified.\n  They have never signed in.\nhelps: They finish the verification themselves, or you verify it.\n> verify_email_address once you know it is theirs\n"},
	}
}

// openCases are people whom nothing blocks, which is all that is said of them.
func openCases() []testCase {
	google := api.ExternalAccount{Provider: text("oauth_google"), Verification: checked("verified"), CreatedAt: ago(600 * day)}
	return []testCase{
		{name: "nothing blocks", change: func(*api.User) {}, want: open},
		{name: "the lock is over", change: func(u *api.User) {
			u.Locked, u.LockoutExpiresInSeconds, u.ReadAt = true, ptr(int64(5)), began.Add(-time.Minute)
		}, want: open},
		{name: "reserved address and a password", change: func(u *api.User) { u.EmailAddresses = []api.EmailAddress{{Reserved: true}} }, want: open},
		{name: "username and a password", change: func(u *api.User) { u.EmailAddresses, u.Username = nil, text("maya.o") }, want: open},
		{name: "one attempt left", change: func(u *api.User) { u.VerificationAttemptsRemaining = ptr(int64(1)) },
			want: open + "  Only 1 more wrong attempt until the account is locked.\n"},
		{name: "lockout is off", change: func(u *api.User) { u.VerificationAttemptsRemaining = nil }, want: open},
		{name: "only a code by e-mail", change: noPasswordUser, want: open + noPassword + ": only a code by e-mail gets them in, if this instance sends one.\n"},
		{name: "only codes", change: func(u *api.User) {
			noPasswordUser(u)
			u.PhoneNumbers = []api.PhoneNumber{{Verification: checked("verified")}}
		},
			want: open + noPassword + ": only a code by e-mail or a code by SMS gets them in, if this instance sends one.\n"},
		{name: "Google and codes", change: func(u *api.User) { noPasswordUser(u); u.ExternalAccounts = []api.ExternalAccount{google} },
			want: open + noPassword + "; they sign in with Google or a code by e-mail.\n"},
		{name: "a passkey alone", change: func(u *api.User) { noPasswordUser(u); u.EmailAddresses, u.Passkeys = nil, []api.Passkey{{}} },
			want: open + noPassword + "; they sign in with a passkey.\n"},
		{name: "company sign-in", change: func(u *api.User) {
			noPasswordUser(u)
			u.EmailAddresses, u.EnterpriseAccounts = nil, []api.EnterpriseAccount{{Active: true}}
		},
			want: open + noPassword + "; they sign in with enterprise SSO.\n"},
		{name: "a wallet alone", change: func(u *api.User) {
			noPasswordUser(u)
			u.EmailAddresses, u.Web3Wallets = nil, []api.Web3Wallet{{Verification: checked("verified")}}
		},
			want: open + noPassword + "; they sign in with a web3 wallet.\n"},
		{name: "never signed in", change: func(u *api.User) { u.LastSignInAt = wire.Time{} },
			want: "Has never signed in\n  Neither banned nor locked.\n"},
		{name: "second factors", change: func(u *api.User) {
			u.TwoFactorEnabled, u.TOTPEnabled, u.BackupCodeEnabled, u.PhoneNumbers = true, true, true, []api.PhoneNumber{{ReservedForSecondFactor: true}}
		}, want: open + asked + "the authenticator app, a code by SMS or a backup code.\n> disable_mfa if they lost it\n"},
		{name: "MFA switched on just now: not offered to be reset", change: func(u *api.User) { u.TwoFactorEnabled, u.TOTPEnabled, u.MFAEnabledAt = true, true, ago(10*time.Minute) },
			want: open + asked + "the authenticator app.\n"},
		{name: "a factor is asked and none is there", change: func(u *api.User) { u.TwoFactorEnabled = true },
			want: "Lacks a second factor\n  Neither banned nor locked.\n  They are asked for a second factor, but none is on record.\n> disable_mfa\n"},
		{name: "compromised: the mark is not offered to be taken off", change: func(u *api.User) { u.RequiresPasswordReset = true },
			want: "Must choose a new password\n  Neither banned nor locked.\n  Their password was set as compromised: whoever signs in with it must choose a new one.\nhelps: They choose it themselves at the next sign-in, with a code sent to them.\n"},
		{name: "compromised, with other ways in", change: func(u *api.User) {
			u.RequiresPasswordReset, u.Passkeys, u.ExternalAccounts = true, []api.Passkey{{}}, []api.ExternalAccount{google}
		}, want: "Must choose a new password\n  Neither banned nor locked.\n  Their password was set as compromised: whoever signs in with it must choose a new one.\n  They may still get in with a passkey or Google.\nhelps: They choose it themselves at the next sign-in, with a code sent to them.\n"},
		{name: "compromised, and no code can reach them", change: func(u *api.User) { u.RequiresPasswordReset, u.EmailAddresses, u.Username = true, nil, text("maya.o") },
			want: "Must choose a new password\n  Neither banned nor locked.\n  Their password was set as compromised: whoever signs in with it must choose a new one.\n> create_email_address for the code that a new password needs\n"},
		{name: "half read", change: func(u *api.User) {
			u.EmailAddresses, u.Problems = nil, []clean.Text{text("email_addresses should be a list but is a number")}
		},
			want: "Not fully known\n  Nothing that could be read keeps them from signing in.\n  Part of their record could not be read.\n"},
		{name: "last sign-in unreadable: never is not said", change: func(u *api.User) {
			u.LastSignInAt, u.Problems = wire.Time{}, []clean.Text{text("last_sign_in_at is not a time")}
		},
			want: "Not fully known\n  Nothing that could be read keeps them from signing in.\n  Part of their record could not be read.\n"},
	}
}

// signCases are people for whom "nothing blocks" alone would be a false reassurance.
func signCases() []testCase {
	added := address("idn_2", "b@y.example", "unverified", 20*time.Minute)
	home := []api.Session{session(5*day, 9*time.Hour, "active", "Pune", "IN"), session(20*day, 15*day, "expired", "Mumbai", "IN")}
	abroad := session(26*time.Minute, 4*time.Minute, "active", "Bucharest", "RO")
	return []testCase{
		{name: "password changed within the hour", change: func(u *api.User) { u.PasswordLastUpdatedAt = ago(59 * time.Minute) }, want: open + "! password changed 59m0s\n"},
		{name: "password changed before that", change: func(u *api.User) { u.PasswordLastUpdatedAt = ago(time.Hour) }, want: open},
		{name: "MFA switched off within the day", change: func(u *api.User) { u.MFADisabledAt = ago(23 * time.Hour) }, want: open + "! MFA switched off 23h0m0s\n"},
		{name: "MFA switched off before that", change: func(u *api.User) { u.MFADisabledAt = ago(24 * time.Hour) }, want: open},
		{name: "MFA off and on again", change: func(u *api.User) { u.MFADisabledAt, u.TwoFactorEnabled, u.TOTPEnabled = ago(time.Hour), true, true },
			want: open + asked + "the authenticator app.\n> disable_mfa if they lost it\n"},
		{name: "an address added", change: func(u *api.User) { u.EmailAddresses = append(u.EmailAddresses, added) },
			want: open + "! e-mail address added 20m0s b@y.example\n"},
		{name: "an address added and made primary", change: func(u *api.User) {
			u.EmailAddresses, u.PrimaryEmailAddressID = append(u.EmailAddresses, added), text("idn_2")
		}, want: open + takenOver + compromise + "! e-mail address added, now primary 20m0s b@y.example\n"},
		{name: "a number added", change: func(u *api.User) {
			u.PhoneNumbers = []api.PhoneNumber{{ID: text("idn_3"), PhoneNumber: text("+14155550142"), CreatedAt: ago(time.Hour)}}
		},
			want: open + "! phone number added 1h0m0s +14155550142\n"},
		{name: "a number added and made primary", change: func(u *api.User) {
			u.PhoneNumbers, u.PrimaryPhoneNumberID = []api.PhoneNumber{{ID: text("idn_3"), PhoneNumber: text("+14155550142"), CreatedAt: ago(time.Hour)}}, text("idn_3")
		}, want: open + takenOver + compromise + "! phone number added, now primary 1h0m0s +14155550142\n"},
		{name: "an account connected", change: func(u *api.User) {
			u.ExternalAccounts = []api.ExternalAccount{{Provider: text("oauth_github"), Username: text("maya-9"), Verification: checked("verified"), CreatedAt: ago(2 * time.Hour)}}
		}, want: open + "! GitHub account connected 2h0m0s maya-9\n"},
		{name: "a wallet added", change: func(u *api.User) {
			u.Web3Wallets = []api.Web3Wallet{{Web3Wallet: text("0xab"), CreatedAt: ago(2 * time.Hour)}}
		},
			want: open + "! web3 wallet added 2h0m0s 0xab\n"},
		{name: "all of a new account is new", change: func(u *api.User) {
			u.CreatedAt, u.PasswordLastUpdatedAt, u.EmailAddresses[0].CreatedAt, u.MFADisabledAt = ago(time.Hour), ago(time.Hour), ago(time.Hour), ago(time.Minute)
		}, want: open},
		{name: "sessions not read", change: func(*api.User) {}, want: open},
		{name: "sessions at home", change: func(*api.User) {}, sessions: home, want: open},
		{name: "a session from another country", change: func(*api.User) {}, sessions: []api.Session{session(26*time.Minute, 20*time.Minute, "ended", "Bucharest", "RO"), home[1]},
			want: open + takenOver + compromise + "! signed in from a new country 26m0s Bucharest, RO\n"},
		{name: "two countries at once", change: func(*api.User) {}, sessions: append([]api.Session{abroad}, home...),
			want: open + takenOver + compromise + "! in use from several countries 4m0s IN and RO\n! signed in from a new country 26m0s Bucharest, RO\n"},
		{name: "another city of the country", change: func(*api.User) {}, sessions: append([]api.Session{session(time.Hour, time.Minute, "active", "Delhi", "IN")}, home...), want: open},
		{name: "the first session of all", change: func(*api.User) {}, sessions: []api.Session{abroad}, want: open},
		{name: "a place that is not known", change: func(*api.User) {}, sessions: append([]api.Session{session(time.Hour, time.Minute, "active", "", "")}, home...), want: open},
		{name: "support impersonates from abroad", change: func(*api.User) {}, sessions: append([]api.Session{func() api.Session {
			s := abroad
			s.Actor = json.RawMessage(`{"sub":"user_support"}`)
			return s
		}()}, home...), want: open},
		{name: "taken over", change: func(u *api.User) {
			u.PasswordLastUpdatedAt, u.MFADisabledAt = ago(25*time.Minute), ago(22*time.Minute)
			u.EmailAddresses, u.PrimaryEmailAddressID = append(u.EmailAddresses, added), text("idn_2")
		}, sessions: append([]api.Session{abroad}, home...), want: open + takenOver + compromise +
			"! in use from several countries 4m0s IN and RO\n! e-mail address added, now primary 20m0s b@y.example\n! MFA switched off 22m0s\n! password changed 25m0s\n! signed in from a new country 26m0s Bucharest, RO\n"},
		{name: "taken over, and the password already set as compromised", change: func(u *api.User) {
			u.PasswordLastUpdatedAt, u.MFADisabledAt, u.RequiresPasswordReset = ago(25*time.Minute), ago(22*time.Minute), true
		}, want: "Must choose a new password\n  Neither banned nor locked.\n  Their password was set as compromised: whoever signs in with it must choose a new one.\n" + takenOver + "! MFA switched off 22m0s\n! password changed 25m0s\n"},
		{name: "taken over, with a second factor: no reset for an intruder", change: func(u *api.User) {
			u.TwoFactorEnabled, u.TOTPEnabled, u.PasswordLastUpdatedAt = true, true, ago(25*time.Minute)
			u.EmailAddresses, u.PrimaryEmailAddressID = append(u.EmailAddresses, added), text("idn_2")
		}, want: open + asked + "the authenticator app.\n" + takenOver + compromise + "! e-mail address added, now primary 20m0s b@y.example\n! password changed 25m0s\n"},
	}
}

func allCases() []testCase { return slices.Concat(blockedCases(), openCases(), signCases()) }

func (c testCase) known() verdict.Facts {
	u := settled()
	c.change(&u)
	return verdict.Facts{User: &u, Sessions: c.sessions, SessionsRead: c.sessions != nil}
}

func TestOf_Table(t *testing.T) {
	require.GreaterOrEqual(t, len(allCases()), 40)
	for _, c := range allCases() {
		t.Run(c.name, func(t *testing.T) {
			v := verdict.Of(c.known(), began)
			require.Equal(t, c.want, answer(v))
			require.Equal(t, strings.HasPrefix(c.want, "Can't sign in"), v.Blocked)
			require.Equal(t, v.State, verdict.StateOf(c.known().User, began), "the badge says the same")
			if c.sessions == nil {
				require.Equal(t, len(v.Signs) > 0, verdict.HasSigns(c.known().User, began))
			}
		})
	}
}

// No case reassures, and none offers to take a protection off that was just put on.
func TestOf_NeverReassuresWrongly(t *testing.T) {
	for _, c := range allCases() {
		v := verdict.Of(c.known(), began)
		all := answer(v)
		for _, word := range []string{"Nothing wrong", "all is well", "is safe", "fine", "unset_user_password_compromised", "must set a new one before they get in"} {
			require.NotContains(t, all, word, c.name)
		}
		if v.Blocked {
			require.NotContains(t, v.Title, "Nothing", c.name)
			require.False(t, len(v.Remedies) == 0 && v.Helps == "" && v.Sees == "", "%s: what helps?", c.name)
		}
	}
}

// Every remedy is an operation of the catalogue that is available for that person.
func TestOf_RemediesAreAvailable(t *testing.T) {
	catalogue := ops.Users()
	for _, c := range allCases() {
		k := c.known()
		for _, r := range verdict.Of(k, began).Remedies {
			op, ok := catalogue.Get(r.Operation)
			require.True(t, ok, "%s: %s", c.name, r.Operation)
			require.Empty(t, catalogue.Unavailable(op, k.User, clean.Text{}, began), "%s: %s", c.name, r.Operation)
		}
	}
}

func TestOf_Until(t *testing.T) {
	u := settled()
	u.Locked, u.LockoutExpiresInSeconds = true, ptr(int64(600))
	require.Equal(t, began.Add(10*time.Minute), verdict.Of(verdict.Facts{User: &u}, began).Until)
	u.Banned = true
	require.Zero(t, verdict.Of(verdict.Facts{User: &u}, began).Until, "the ban outlasts the lock")
	u.Banned, u.LockoutExpiresInSeconds = false, nil
	require.Zero(t, verdict.Of(verdict.Facts{User: &u}, began).Until)
}
