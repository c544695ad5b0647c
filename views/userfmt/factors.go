package userfmt

import (
	"strings"
	"time"

	"frontdesk/api"
)

// FactorsInShort names the second factor and the passkey of a user in a narrow column:
// "MFA", "passkey", "MFA+key", "" for neither.
func FactorsInShort(u *api.User) string {
	mfa, passkey := u.HasMFA(), len(u.Passkeys) > 0
	switch {
	case mfa && passkey:
		return "MFA+key"
	case mfa:
		return "MFA"
	case passkey:
		return "passkey"
	}
	return ""
}

// WithoutFactors returns what follows a status without its note on factors, for a list
// that has a column for them.
func WithoutFactors(u *api.User, extra string) string {
	if note := secondFactorNote(u); note != "" {
		return strings.TrimSuffix(extra, note)
	}
	return extra
}

// ShortFactor returns what follows a status with its note on factors in fewer letters.
func ShortFactor(u *api.User, extra string) string {
	if note := secondFactorNote(u); note == passkeyNote && strings.HasSuffix(extra, note) {
		return strings.TrimSuffix(extra, note) + " · key"
	}
	return extra
}

// RecentTime returns a time of today as "07:12", of yesterday with its day as "Sun
// 23:40", an earlier day as "12 Nov" and "Nov 2024". It is at most 9 cells wide, and
// stays right while it is on the screen.
func RecentTime(t, now time.Time) string {
	if t.IsZero() {
		return Day(t, now)
	}
	t = t.In(now.Location())
	day := Day(t, now)
	switch {
	case sameDay(t, now):
		return t.Format("15:04")
	case sameDay(t, now.AddDate(0, 0, -1)):
		return t.Format("Mon 15:04")
	case strings.HasSuffix(day, t.Format(" 2006")):
		return t.Format("Jan 2006")
	}
	return day
}
