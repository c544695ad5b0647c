package api

import (
	"fmt"
	"strings"
	"time"
)

// Verdict answers "why can't they sign in?" using only what the API says.
type Verdict struct {
	// Title is the short answer: "Can't sign in".
	Title string
	// Sentences are the reasons for display, the most severe first.
	Sentences []string
	// Blocked reports whether one of the reasons certainly prevents sign-in.
	Blocked bool
	// Actions are the ids of operations that may help, the most likely first. Whether they
	// apply and are allowed is for the catalogue to say.
	Actions []string
}

// Verdict returns the verdict on the user at now.
func (u *User) Verdict(now time.Time) Verdict {
	var v Verdict
	u.addBlocks(&v, now)
	v.Blocked = len(v.Sentences) > 0
	reset := u.RequiresPasswordReset
	if reset {
		v.add("Their password was marked as compromised: they must set a new one before they can sign in.", "unset_user_password_compromised")
	}
	never := u.LastSignInAt.IsZero() && !u.HasProblem("last_sign_in_at")
	if never {
		v.add("They have never signed in.")
	}
	lacks := u.addSecondFactor(&v)
	switch {
	case v.Blocked:
		v.Title = "Can't sign in"
	case len(u.Problems) > 0:
		v.Title = "Not fully known"
	case reset:
		v.Title = "Needs a new password"
	case never:
		v.Title = "Never signed in"
	case lacks:
		v.Title = "Lacks a second factor"
	case u.TwoFactorEnabled:
		v.Title = "Signs in with a second factor"
	default:
		v.Title = "Nothing wrong"
	}
	if !v.Blocked && !reset {
		v.Sentences = append([]string{u.notBlockedSentence()}, v.Sentences...)
	}
	if len(u.Problems) > 0 {
		v.add("Part of what the server said about them could not be read.")
	}
	return v
}

// notBlockedSentence says that no block was found, and nothing more.
func (u *User) notBlockedSentence() string {
	if len(u.Problems) > 0 {
		return "Nothing in what could be read keeps them from signing in."
	}
	return "Not banned or locked; nothing on record keeps them from signing in."
}

func (v *Verdict) add(sentence string, actions ...string) {
	v.Sentences = append(v.Sentences, sentence)
	v.Actions = append(v.Actions, actions...)
}

// addBlocks adds what certainly prevents the user from signing in.
func (u *User) addBlocks(v *Verdict, now time.Time) {
	if u.Banned {
		v.add("Banned: they cannot sign in until they are unbanned.", "unban_user")
	}
	if u.Deprovisioned {
		v.add("Deprovisioned: the company directory that manages this user has deactivated them. Only that directory can undo it.")
	}
	if left, never := u.LockRemaining(now); u.IsLockEndUnknown() {
		v.add("Locked. When the lock ends could not be read.", "unlock_user")
	} else if never {
		v.add("Locked until someone unlocks them.", "unlock_user")
	} else if left > 0 {
		v.add("Locked. It ends by itself in "+formatDuration(left)+".", "unlock_user")
	}
	if n := u.VerificationAttemptsRemaining; u.isLockedAt(now) && n != nil && *n <= 0 {
		v.add("No sign-in attempts are left.")
	}
	if s := u.unverifiedSentence(); s != "" {
		v.add(s, "update_email_address", "update_phone_number")
	}
}

// unverifiedSentence says that nothing the user could sign in with is verified, or returns
// "" if something is. Fields that could not be decoded count in the user's favour.
func (u *User) unverifiedSentence() string {
	if len(u.Problems) > 0 {
		return ""
	}
	known := 0
	for _, e := range u.EmailAddresses {
		known++
		// A reserved address is unverified but can be used to sign in.
		if e.Reserved || e.Verification.isVerified() {
			return ""
		}
	}
	for _, p := range u.PhoneNumbers {
		known++
		if p.Reserved || p.Verification.isVerified() {
			return ""
		}
	}
	for _, w := range u.Web3Wallets {
		known++
		if w.Verification.isVerified() {
			return ""
		}
	}
	for _, a := range u.ExternalAccounts {
		known++
		if a.Verification.isVerified() {
			return ""
		}
	}
	if len(u.Passkeys)+len(u.EnterpriseAccounts)+len(u.SAMLAccounts) > 0 || !u.Username.Empty() {
		return ""
	}
	if known == 0 {
		return "They have no e-mail address, phone number, username or account to sign in with."
	}
	return "None of the addresses, numbers and accounts they could sign in with is verified."
}

// isVerified reports whether an identification is verified.
func (v *Verification) isVerified() bool { return v != nil && v.Status.Raw() == "verified" }

// addSecondFactor adds which second factors the user has. A working factor needs no
// repair; a reset only helps if one is required and none is on record, which lacks
// reports.
func (u *User) addSecondFactor(v *Verdict) (lacks bool) {
	if !u.TwoFactorEnabled {
		return false
	}
	var have []string
	if u.TOTPEnabled {
		have = append(have, "an authenticator app")
	}
	phones := 0
	for _, p := range u.PhoneNumbers {
		if p.ReservedForSecondFactor {
			phones++
		}
	}
	if phones > 0 {
		have = append(have, CountNoun(phones, "phone number by SMS", "phone numbers by SMS"))
	}
	if u.BackupCodeEnabled {
		have = append(have, "backup codes")
	}
	if len(have) == 0 {
		v.add("They are asked for a second factor, but none is on record.", "disable_mfa")
		return true
	}
	v.add("They are asked for a second factor: " + JoinWords(have, "or") + ".")
	return false
}

// formatDuration returns a duration in the largest unit that is still accurate, rounded up
// so that a lock said to be over is over. Years are rounded down and worded as "more
// than".
func formatDuration(d time.Duration) string {
	up := func(unit time.Duration) int64 { return roundUp(d, unit) }
	switch years := int64(d / year); {
	case years >= 2:
		return fmt.Sprintf("more than %d years", years)
	case d <= 90*time.Second:
		return CountNoun(up(time.Second), "second", "seconds")
	case d <= 90*time.Minute:
		return CountNoun(up(time.Minute), "minute", "minutes")
	case d <= 48*time.Hour:
		return CountNoun(up(time.Hour), "hour", "hours")
	}
	return CountNoun(up(24*time.Hour), "day", "days")
}

// year is the average calendar year.
const year = 365*24*time.Hour + 6*time.Hour

// roundUp returns d in whole units. Adding to d first would overflow for long durations.
func roundUp(d, unit time.Duration) int64 {
	n := int64(d / unit)
	if d%unit > 0 {
		n++
	}
	return n
}

// HasProblem reports whether Problems has an entry for the field.
func (u *User) HasProblem(field string) bool {
	for _, p := range u.Problems {
		if strings.HasPrefix(p.Raw(), field+" ") {
			return true
		}
	}
	return false
}
