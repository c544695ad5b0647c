package api

import (
	"math"
	"time"

	"frontdesk/api/clean"
)

// Name returns the name to call the person by: first and last name, else the username,
// else the primary e-mail or phone, else the id. Never empty for a user that has an id.
func (u *User) Name() clean.Text {
	first, last := u.FirstName, u.LastName
	switch {
	case isBlank(first) && isBlank(last):
	case isBlank(last):
		return first
	case isBlank(first):
		return last
	default:
		return clean.NewText(first.Raw() + " " + last.Raw())
	}
	for _, t := range []clean.Text{u.Username, u.Email(), u.Phone()} {
		if !isBlank(t) {
			return t
		}
	}
	return u.ID
}

// isBlank reports whether a text has nothing but spaces in it.
func isBlank(t clean.Text) bool {
	for _, r := range t.Raw() {
		if r != ' ' && r != '\u00a0' {
			return false
		}
	}
	return true
}

// Email returns the primary e-mail address (else the first one), empty where there is
// none.
func (u *User) Email() clean.Text {
	for _, e := range u.EmailAddresses {
		if !e.ID.Empty() && e.ID == u.PrimaryEmailAddressID {
			return e.EmailAddress
		}
	}
	if len(u.EmailAddresses) > 0 {
		return u.EmailAddresses[0].EmailAddress
	}
	return clean.Text{}
}

// Phone returns the primary phone number (else the first one), empty where there is none.
func (u *User) Phone() clean.Text {
	for _, p := range u.PhoneNumbers {
		if !p.ID.Empty() && p.ID == u.PrimaryPhoneNumberID {
			return p.PhoneNumber
		}
	}
	if len(u.PhoneNumbers) > 0 {
		return u.PhoneNumbers[0].PhoneNumber
	}
	return clean.Text{}
}

// HasMFA reports whether a second factor is asked of this user.
func (u *User) HasMFA() bool { return u.TwoFactorEnabled }

// LockRemaining returns how long the lock still holds at now; never is true where it does
// not open by itself, or where it is not known when ([User.IsLockEndUnknown]); both are
// zero for a user who is not (any more) locked. The answer counted from ReadAt. A lock
// that is up to a second over is over: the server counts in whole seconds. A time.Duration
// ends after 292 years, and so does what is given here.
func (u *User) LockRemaining(now time.Time) (left time.Duration, never bool) {
	if !u.Locked {
		return 0, false
	}
	if u.LockoutExpiresInSeconds == nil {
		return 0, true
	}
	const most = int64(math.MaxInt64 / time.Second)
	seconds := min(max(*u.LockoutExpiresInSeconds, 0), most)
	left = time.Duration(seconds) * time.Second
	if !u.ReadAt.IsZero() {
		left -= max(now.Sub(u.ReadAt), 0)
	}
	return max(left, 0), false
}

// IsLockEndUnknown reports whether the user is locked and that what the server said about
// the end of it could not be read, so that neither a time nor "never" is known.
func (u *User) IsLockEndUnknown() bool {
	return u.Locked && u.LockoutExpiresInSeconds == nil && u.HasProblem("lockout_expires_in_seconds")
}

// isLockedAt reports whether the lock holds at now.
func (u *User) isLockedAt(now time.Time) bool {
	left, never := u.LockRemaining(now)
	return left > 0 || never
}

// Status returns the one word of the user's state at now.
func (u *User) Status(now time.Time) Status {
	switch {
	case u.Banned:
		return StatusBanned
	case u.Deprovisioned:
		return StatusDeprovisioned
	case u.isLockedAt(now):
		return StatusLocked
	case u.LastSignInAt.IsZero() && !u.HasProblem("last_sign_in_at"):
		return StatusNeverSignedIn
	}
	return StatusActive
}

// Status is what the desk calls a user's state; String gives the word
// ("active", "locked", "banned", "never signed in", "deprovisioned").
type Status int

// The states, the gravest first where several hold.
const (
	StatusActive Status = iota
	StatusBanned
	StatusDeprovisioned
	StatusLocked
	StatusNeverSignedIn
)

// String returns the word for the state.
func (s Status) String() string {
	switch s {
	case StatusActive:
		return "active"
	case StatusBanned:
		return "banned"
	case StatusDeprovisioned:
		return "deprovisioned"
	case StatusLocked:
		return "locked"
	case StatusNeverSignedIn:
		return "never signed in"
	}
	return "unknown"
}
