package verdict

import (
	"fmt"
	"time"

	"frontdesk/api"
)

// titleOf returns the short answer for a state.
func titleOf(s State) string {
	switch s {
	case Banned, Deprovisioned, Locked, Unverified, NoWayIn:
		return "Can't sign in"
	case MissingFactor:
		return "Lacks a second factor"
	case NewPassword:
		return "Must choose a new password"
	case Unread:
		return "Not fully known"
	case NeverSignedIn:
		return "Has never signed in"
	}
	return "Nothing blocks them from signing in"
}

// Word returns the word for the state in a list.
func (s State) Word() string {
	switch s {
	case Banned:
		return "banned"
	case Deprovisioned:
		return "deprovisioned"
	case Locked:
		return "locked"
	case Unverified:
		return "unverified"
	case NoWayIn:
		return "no way in"
	case MissingFactor:
		return "lacks factor"
	case NewPassword:
		return "new password"
	case NeverSignedIn:
		return "never signed in"
	}
	return "active"
}

// String returns the name of the state in machine-readable output.
func (s State) String() string {
	return [...]string{"banned", "deprovisioned", "locked", "unverified", "no_way_in", "missing_second_factor", "new_password_required", "not_fully_known", "never_signed_in", "not_blocked"}[s]
}

// Why somebody cannot sign in, what they see, and what helps.
const (
	banned             = "Banned: they cannot sign in until they are unbanned."
	bannedSees         = "Signing in is refused, whichever way they try."
	deprovisioned      = "Deprovisioned: the company directory that manages this user has deactivated them."
	deprovisionedHelps = "Only that directory can undo it."

	lockedSees        = "They see that the account is locked, and when to try again."
	lockedForGoodSees = "They see that the account is locked."

	nothingVerified = "None of the addresses, numbers and accounts they could sign in with is verified."
	verifyHelps     = "They finish the verification themselves, or you verify it."
	onceItIsTheirs  = "once you know it is theirs"
	noIdentifier    = "They have no e-mail address, phone number, username or account to sign in with."
	nothingToProve  = "They have a name to sign in with, and no password, passkey or code to go with it."

	missingFactor = "They are asked for a second factor, but none is on record."
	compromised   = "Their password was set as compromised: whoever signs in with it must choose a new one."
	// compromisedHelps is said instead of offering to unset the mark, which protects them.
	compromisedHelps = "They choose it themselves at the next sign-in, with a code sent to them."
	forTheCode       = "for the code that a new password needs"
	ifTheyLostIt     = "if they lost it"
)

// Sentences about people whom nothing blocks.
const (
	notBlocked            = "Neither banned nor locked."
	notBlockedAsFarAsRead = "Nothing that could be read keeps them from signing in."
	partUnread            = "Part of their record could not be read."
	neverSignedIn         = "They have never signed in."

	codeByEmail = "a code by e-mail"
	codeBySMS   = "a code by SMS"
)

// The signs of a takeover, each followed by its time, and related sentences.
const (
	passwordChanged  = "password changed"
	mfaSwitchedOff   = "MFA switched off"
	emailAdded       = "e-mail address added"
	emailMadePrimary = "e-mail address added, now primary"
	phoneAdded       = "phone number added"
	phoneMadePrimary = "phone number added, now primary"
	walletAdded      = "web3 wallet added"
	newCountry       = "signed in from a new country"
	severalCountries = "in use from several countries"

	ifItWasNotThem  = "if it was not them"
	onceChecked     = "once you have checked who is calling"
	takeoverHelps   = "Somebody else may be using this account: check who is calling first."
	blockedTakeover = "Somebody else may have used this account: check who is calling before you let them in."
)

func accountAdded(provider string) string { return provider + " account connected" }

// lockedBy says whether the account was locked by hand or by wrong attempts, judging by
// the attempts left.
func lockedBy(attempts *int64) string {
	switch {
	case attempts == nil:
		return "Locked."
	case *attempts > 0:
		return fmt.Sprintf("Locked with %s left, so probably by hand.", api.CountNoun(*attempts, "attempt", "attempts"))
	}
	return "Locked after too many wrong attempts."
}

// lockEnd says when a lock ends. A negative left means never.
func lockEnd(left time.Duration, unknown bool) string {
	switch {
	case unknown:
		return "When the lock ends could not be read."
	case left < 0:
		return "It does not unlock by itself."
	}
	return "Unlocks by itself in " + api.FormatDuration(left) + "."
}

// fewAttempts warns if the account is about to be locked; otherwise it returns "".
func fewAttempts(left *int64) string {
	const few = 3
	if left == nil || *left > few || *left < 1 {
		return ""
	}
	return "Only " + api.CountNoun(*left, "more wrong attempt", "more wrong attempts") + " until the account is locked."
}

// changedJustNow says why undoing a recent ban or lock is not suggested.
func changedJustNow(since time.Duration) string {
	ago := "just now"
	if since >= time.Minute {
		ago = api.FormatDuration(since.Truncate(time.Minute)) + " ago"
	}
	return "Something changed here " + ago + ": ask who did it, and why, before you undo it."
}

// otherWays says that a compromised password does not keep the user out if they can sign in
// another way.
func otherWays(ways []string) string {
	if len(ways) == 0 {
		return ""
	}
	return "They may still get in with " + api.JoinWords(ways, "or") + "."
}

func secondFactor(have []string) string {
	return "They are asked for a second factor: " + api.JoinWords(have, "or") + "."
}

// withoutPassword says how somebody without a password signs in.
func withoutPassword(ways []string) string {
	only := len(ways) > 0
	for _, w := range ways {
		only = only && (w == codeByEmail || w == codeBySMS)
	}
	switch {
	case only:
		return "They have no password: only " + api.JoinWords(ways, "or") + " gets them in, if this instance sends one."
	case len(ways) > 0:
		return "They have no password; they sign in with " + api.JoinWords(ways, "or") + "."
	}
	return ""
}
