package api

import (
	"math"
	"strings"
	"time"

	"frontdesk/api/clean"
)

// Name returns the user's display name: first and last name, else the username, else the
// primary e-mail or phone, else the id. It is never empty for a user with an id.
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

// isBlank reports whether a text is empty or only spaces.
func isBlank(t clean.Text) bool {
	for _, r := range t.Raw() {
		if r != ' ' && r != '\u00a0' {
			return false
		}
	}
	return true
}

// Email returns the primary e-mail address, else the first one, else empty text.
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

// Phone returns the primary phone number, else the first one, else empty text.
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

// HasMFA reports whether the user has to give a second factor.
func (u *User) HasMFA() bool { return u.TwoFactorEnabled }

// LockRemaining returns how long the lock still lasts at now. never is true if it does not
// expire, or if its end is unknown ([User.IsLockEndUnknown]). Both are zero for a user who
// is not, or no longer, locked. The API's seconds count from ReadAt, and are whole, so a
// lock that is up to a second over counts as over. The result is at most 292 years, the
// limit of a time.Duration.
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

// IsLockEndUnknown reports whether the user is locked and the end of the lock could not be
// decoded, so that neither a time nor "never" is known.
func (u *User) IsLockEndUnknown() bool {
	return u.Locked && u.LockoutExpiresInSeconds == nil && u.HasProblem("lockout_expires_in_seconds")
}

// isLockedAt reports whether the user is locked at now.
func (u *User) isLockedAt(now time.Time) bool {
	left, never := u.LockRemaining(now)
	return left > 0 || never
}

// Status returns the user's state at now.
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

// Status is the state of a user, as shown in the list. String returns "active", "locked",
// "banned", "never signed in" or "deprovisioned".
type Status int

// The states. Where several apply, the most severe one counts.
const (
	StatusActive Status = iota
	StatusBanned
	StatusDeprovisioned
	StatusLocked
	StatusNeverSignedIn
)

// String returns the state in words.
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

// HasProblem reports whether Problems has an entry for the field.
func (u *User) HasProblem(field string) bool {
	for _, p := range u.Problems {
		if strings.HasPrefix(p.Raw(), field+" ") {
			return true
		}
	}
	return false
}
