package verdict

import (
	"time"

	"frontdesk/api"
)

// State summarizes whether a user can sign in. The most severe state comes first.
type State int

const (
	Banned State = iota
	Deprovisioned
	Locked
	// Unverified means that none of their identifications is verified.
	Unverified
	// NoWayIn means that nothing on record can be used to sign in.
	NoWayIn
	// MissingFactor means that a second factor is required and none is on record.
	MissingFactor
	// NewPassword means that the password was set as compromised.
	NewPassword
	// Unread means that part of the record could not be decoded, so nothing is certain.
	Unread
	NeverSignedIn
	// Open means that nothing on record keeps them from signing in.
	Open
)

// StateOf returns the state without the rest of the verdict. It is fast enough for every row of a list.
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
