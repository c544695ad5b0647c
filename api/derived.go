package api

import "time"

// Name is the name to call the person by: first and last name, else the
// username, else the primary e-mail or phone, else the id. Never empty for a
// user that has an id.
func (u *User) Name() Text { panic("unwritten") }

// Email is the primary e-mail address (else the first one), empty where there is none.
func (u *User) Email() Text { panic("unwritten") }

// Phone is the primary phone number (else the first one), empty where there is none.
func (u *User) Phone() Text { panic("unwritten") }

// HasMFA says whether a second factor is asked of this user.
func (u *User) HasMFA() bool { panic("unwritten") }

// LockLeft is how long the lock still holds at now; never is true where it does
// not open by itself; both are zero for a user who is not (any more) locked.
func (u *User) LockLeft(now time.Time) (left time.Duration, never bool) { panic("unwritten") }

// Status is the one word of the user's state at now.
func (u *User) Status(now time.Time) Status { panic("unwritten") }

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
