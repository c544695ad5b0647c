// Package verdict answers the question support is asked most: can this person sign in? If
// not, it says why and until when, what the person sees, and what helps. It also reports
// signs that the account may have been taken over.
//
// What may live here: pure functions of the API's data, and their sentences (words.go).
// What may not: requests, whether a remedy is available to the operator (api/ops,
// api/policy), and anything about screens or keys.
package verdict

import (
	"time"

	"frontdesk/api"
)

// Facts holds what is known about a user.
type Facts struct {
	User *api.User
	// Sessions are meaningful only if SessionsRead.
	Sessions     []api.Session
	SessionsRead bool
	// ChangedByOperator reports that the last change to the user is a ban or lock by the
	// operator themself, who need not be told to ask about it.
	ChangedByOperator bool
}

// A Remedy is an operation that may help.
type Remedy struct {
	Operation string // id in the catalogue
	// When says in which case it helps; "" if it helps in any case.
	When string
}

// Verdict is the answer. It never claims that the user can sign in, only that nothing
// blocks them.
type Verdict struct {
	State State
	Title string // the short answer: "Can't sign in"
	// Sentences are the reasons, most severe first, followed by other information.
	Sentences []string
	// Blocked reports whether one of the reasons certainly prevents sign-in.
	Blocked bool
	// Until is when the block ends by itself; zero if it does not or if that is unknown.
	Until time.Time
	Sees  string // what they see when they sign in, "" if nothing special
	Helps string // what else helps, "" if nothing
	// Remedies are operations that may help, most likely first.
	Remedies []Remedy
	// Ways are the ways in which the user could sign in.
	Ways []string
	// Signs are signs of a takeover, newest first.
	Signs []Sign
}

// Of returns the verdict for a user at the time now.
func Of(k Facts, now time.Time) Verdict {
	u := k.User
	b := builder{known: k, user: u, now: now}
	b.Signs, b.Ways = Signs(k, now), ways(u)
	b.State = Open
	b.addStanding()
	b.addWayIn()
	b.Blocked = b.State <= NoWayIn
	b.addFactors()
	if b.hasNeverSignedIn() {
		if b.reach(NeverSignedIn); b.State != NeverSignedIn || len(u.Problems) > 0 { // else the title says it
			b.say(neverSignedIn)
		}
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

// builder collects a verdict.
type builder struct {
	Verdict
	known Facts
	user  *api.User
	now   time.Time
}

// reach sets the state unless it is already more severe.
func (b *builder) reach(s State) { b.State = min(b.State, s) }

func (b *builder) say(sentence string) {
	if sentence != "" {
		b.Sentences = append(b.Sentences, sentence)
	}
}

func (b *builder) offer(operation, when string) {
	b.Remedies = append(b.Remedies, Remedy{operation, when})
}

// hasNeverSignedIn reports whether the user is known never to have signed in.
func (b *builder) hasNeverSignedIn() bool {
	return b.user.LastSignInAt.IsZero() && !b.user.HasProblem("last_sign_in_at")
}

// A recent protective measure may have been taken for good reason, so removing it is not
// suggested for a while: a ban or lock for justNow, MFA for settling.
const justNow, settling = 10 * time.Minute, time.Hour

// isProtected reports whether somebody else has just banned or locked the user.
func (b *builder) isProtected() bool {
	return !b.known.ChangedByOperator && within(b.user.UpdatedAt.Time, b.now, justNow)
}

// within reports whether t is at most d before now.
func within(t, now time.Time, d time.Duration) bool {
	age := now.Sub(t)
	return !t.IsZero() && age >= 0 && age < d
}

// addStanding handles bans, deprovisioning and locks.
func (b *builder) addStanding() {
	u := b.user
	if u.Banned {
		b.reach(Banned)
		b.say(banned)
		b.Sees = bannedSees
		if b.isProtected() {
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
	if byHand && b.isProtected() {
		b.Helps = changedJustNow(b.now.Sub(u.UpdatedAt.Time))
		return
	}
	b.offer("unlock_user", "")
}

// addWayIn handles the case that nothing on record can be used to sign in.
func (b *builder) addWayIn() {
	why := noWayIn(b.user)
	if why == "" {
		return
	}
	b.say(why)
	if b.user.Banned { // the ban comes first; it may stand for good reason
		return
	}
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

// addFactors describes what the user is asked for when they sign in.
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

// addOpen handles the case that nothing blocks the user.
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

// addTakeover replaces the suggestions by those that stop an intruder if there are strong
// signs of a takeover. If the user is blocked, it only asks to check who is calling.
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
