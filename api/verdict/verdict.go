// Package verdict answers what the desk is asked most: can this person sign in, if not
// why and until when, what do they see, what helps, and does anything look like somebody
// else's doing. It is a pure function of what the API says; all its words are in words.go.
//
// Whether a remedy is available and which key opens it is for the catalogue and the screens
// to say. Nothing here knows a terminal.
package verdict

import (
	"time"

	"frontdesk/api"
)

// Known is what is known of a user.
type Known struct {
	User *api.User
	// Sessions are meaningful only if SessionsRead.
	Sessions     []api.Session
	SessionsRead bool
}

// State is what matters most about a user's sign-in, the most severe first.
type State int

const (
	Banned State = iota
	Deprovisioned
	Locked
	// Unverified: nothing they could sign in with is verified.
	Unverified
	// NoWayIn: nothing on record could be used to sign in.
	NoWayIn
	// MissingFactor: a second factor is required and none is on record.
	MissingFactor
	// NewPassword: the password was set as compromised.
	NewPassword
	// Unread: part of the answer could not be decoded, so nothing is sure.
	Unread
	NeverSignedIn
	Open
)

// A Remedy is an operation that may help.
type Remedy struct {
	Operation string // its id in the catalogue
	// When says in which case it helps, "" if it is sure to.
	When string
}

// Verdict is the answer. It never says that all is well, only that nothing blocks.
type Verdict struct {
	State State
	Title string // the short answer: "Can't sign in"
	// Sentences are the reasons, the most severe first, then what else is to know.
	Sentences []string
	// Blocked reports whether one of the reasons certainly prevents sign-in.
	Blocked bool
	// Until is when the block ends by itself, zero if it does not or that is not known.
	Until time.Time
	Sees  string // what signing in shows them, "" if nothing special
	Helps string // what helps besides the remedies, "" if nothing
	// Remedies are what may help, the most likely first.
	Remedies []Remedy
	// Ways are what the user could sign in with.
	Ways []string
	// Signs are what may be somebody else's doing, the newest first.
	Signs []Sign
}

// Of returns the verdict on what is known of a user at now.
func Of(k Known, now time.Time) Verdict {
	u := k.User
	b := builder{known: k, user: u, now: now}
	b.Signs, b.Ways = Signs(k, now), ways(u)
	b.State = Open
	b.addStanding()
	b.addWayIn()
	b.Blocked = b.State <= NoWayIn
	b.addFactors()
	if b.hasNeverSignedIn() {
		b.reach(NeverSignedIn)
		b.say(neverSignedIn)
	}
	if len(u.Problems) > 0 {
		b.reach(Unread)
		b.say(partUnread)
	}
	if !b.Blocked {
		b.addOpen()
	}
	b.addTakeover()
	b.Title = titleOf(b.State)
	return b.Verdict
}

// StateOf returns the state alone, which a list needs for every row.
func StateOf(u *api.User, now time.Time) State {
	switch u.Status(now) {
	case api.StatusBanned:
		return Banned
	case api.StatusDeprovisioned:
		return Deprovisioned
	case api.StatusLocked:
		return Locked
	}
	switch why := noWayIn(u); {
	case why == nothingVerified:
		return Unverified
	case why != "":
		return NoWayIn
	case lacksFactor(u):
		return MissingFactor
	case u.RequiresPasswordReset:
		return NewPassword
	case len(u.Problems) > 0:
		return Unread
	case u.Status(now) == api.StatusNeverSignedIn:
		return NeverSignedIn
	}
	return Open
}

// builder collects a verdict.
type builder struct {
	Verdict
	known Known
	user  *api.User
	now   time.Time
}

// reach sets the state if it is more severe than the one so far.
func (b *builder) reach(s State) { b.State = min(b.State, s) }

func (b *builder) say(sentence string) {
	if sentence != "" {
		b.Sentences = append(b.Sentences, sentence)
	}
}

func (b *builder) offer(operation, when string) {
	b.Remedies = append(b.Remedies, Remedy{operation, when})
}

// hasNeverSignedIn reports whether the user never signed in, as far as that could be read.
func (b *builder) hasNeverSignedIn() bool {
	return b.user.LastSignInAt.IsZero() && !b.user.HasProblem("last_sign_in_at")
}

// What was put on to protect the account is not offered to be taken off for a while: a ban
// or a lock, of which only the time of some change is known, for justNow, MFA for settling.
const justNow, settling = 10 * time.Minute, time.Hour

func (b *builder) isRecent(t time.Time) bool { return within(t, b.now, justNow) }

// within reports whether t is at most d before now.
func within(t, now time.Time, d time.Duration) bool {
	age := now.Sub(t)
	return !t.IsZero() && age >= 0 && age < d
}

// addStanding adds ban, deprovisioning and lock.
func (b *builder) addStanding() {
	u := b.user
	if u.Banned {
		b.reach(Banned)
		b.say(banned)
		b.Sees = bannedSees
		if b.isRecent(u.UpdatedAt.Time) {
			b.Helps = changedJustNow(b.now.Sub(u.UpdatedAt.Time))
		} else {
			b.offer("unban_user", "")
		}
	}
	if u.Deprovisioned {
		b.reach(Deprovisioned)
		b.say(deprovisioned)
		b.Helps = deprovisionedHelps
	}
	b.addLock()
}

func (b *builder) addLock() {
	u := b.user
	left, never := u.LockRemaining(b.now)
	unknown := u.IsLockEndUnknown()
	if left <= 0 && !never && !unknown {
		return
	}
	b.reach(Locked)
	attempts := u.VerificationAttemptsRemaining
	byHand := attempts != nil && *attempts > 0
	if never || unknown {
		left = -1
	} else if b.State == Locked {
		b.Until = b.now.Add(left)
	}
	b.say(lockedBy(attempts))
	b.say(lockEnd(left, unknown))
	if b.Sees == "" {
		b.Sees = choose(left >= 0, lockedSees, lockedForGoodSees)
	}
	if byHand && b.isRecent(u.UpdatedAt.Time) {
		b.Helps = changedJustNow(b.now.Sub(u.UpdatedAt.Time))
		return
	}
	b.offer("unlock_user", "")
}

// addWayIn says that nothing on record could be used to sign in, if so.
func (b *builder) addWayIn() {
	why := noWayIn(b.user)
	if why == "" {
		return
	}
	b.say(why)
	switch why {
	case nothingVerified:
		b.reach(Unverified)
		b.Helps = verifyHelps
		if len(b.user.EmailAddresses) > 0 {
			b.offer("verify_email_address", onceItIsTheirs)
		}
		if len(b.user.PhoneNumbers) > 0 {
			b.offer("verify_phone_number", onceItIsTheirs)
		}
	case noIdentifier:
		b.reach(NoWayIn)
		b.offer("create_email_address", "")
	case nothingToProve:
		b.reach(NoWayIn)
		b.offer("set_user_password", "")
	}
}

// addFactors says what is asked of the user when they sign in.
func (b *builder) addFactors() {
	u := b.user
	if u.RequiresPasswordReset {
		b.reach(NewPassword)
		b.say(compromised)
		b.say(otherWays(b.waysBesides(wayPassword)))
		if canReceiveCode(u) {
			b.Helps = choose(b.Blocked, b.Helps, compromisedHelps)
		} else {
			b.offer("create_email_address", forTheCode)
		}
	}
	if lacksFactor(u) {
		b.reach(MissingFactor)
		b.say(missingFactor)
		b.offer("disable_mfa", "")
		return
	}
	if u.TwoFactorEnabled && !b.Blocked {
		b.say(secondFactor(secondFactors(u)))
		if !within(u.MFAEnabledAt.Time, b.now, settling) {
			b.offer("disable_mfa", ifTheyLostIt)
		}
	}
}

// addOpen says that nothing blocks, and what else decides whether they get in.
func (b *builder) addOpen() {
	first := notBlocked
	if len(b.user.Problems) > 0 {
		first = notBlockedAsFarAsRead
	}
	b.Sentences = append([]string{first}, b.Sentences...)
	b.say(fewAttempts(b.user.VerificationAttemptsRemaining))
	if b.user.PasswordEnabled || b.user.RequiresPasswordReset || len(b.user.Problems) > 0 {
		return
	}
	b.say(withoutPassword(b.Ways))
}

// addTakeover offers what stops an intruder, if the signs are strong, and never what would
// help one.
func (b *builder) addTakeover() {
	if !isTakeover(b.Signs) {
		return
	}
	if b.Blocked {
		for i := range b.Remedies {
			b.Remedies[i].When = onceChecked
		}
		b.Helps = choose(b.Helps == "", blockedTakeover, b.Helps)
		return
	}
	b.Helps = takeoverHelps
	b.Remedies = nil
	b.offer("revoke_all_sessions", ifItWasNotThem)
	if b.user.PasswordEnabled && !b.user.RequiresPasswordReset {
		b.offer("set_user_password_compromised", ifItWasNotThem)
	}
}

func choose(is bool, then, otherwise string) string {
	if is {
		return then
	}
	return otherwise
}
