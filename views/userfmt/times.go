package userfmt

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"frontdesk/api"
)

// Ago returns a time relative to now: "3 min ago", "2 h ago", "yesterday", "12 Nov",
// "12 Nov 2024", "never" for the zero time. It is at most 11 cells wide. Days are
// those of now's zone.
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	past := now.Sub(t)
	switch {
	case past < -time.Minute:
		return Day(t, now) // a clock is wrong: the date only
	case past < time.Minute:
		return "just now"
	case past < time.Hour:
		return fmt.Sprintf("%d min ago", past/time.Minute)
	case past < 12*time.Hour, past < 24*time.Hour && sameDay(t, now):
		return fmt.Sprintf("%d h ago", past/time.Hour)
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "yesterday"
	}
	return Day(t, now)
}

// Day returns a date, with the year if it is not obvious: "12 Nov", "12 Nov 2024";
// "never" for the zero time.
func Day(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	t = t.In(now.Location())
	if t.Year() > 9999 || t.Year() < 1 {
		return "unknown day"
	}
	const halfYear = 183 * 24 * time.Hour
	if gap := now.Sub(t).Abs(); t.Year() == now.Year() || gap < halfYear {
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// unreadable stands for a time that could not be parsed: "never" would be a claim.
const unreadable = "unreadable"

// LastActive returns when a user was last active, as Ago does.
func LastActive(u *api.User, now time.Time) string {
	if u.LastActiveAt.IsZero() && u.HasProblem("last_active_at") {
		return unreadable
	}
	return Ago(u.LastActiveAt.Time, now)
}

// UserTime returns the user's time in an API field, as Moment does.
func UserTime(u *api.User, field string, t, now time.Time) string {
	if t.IsZero() && u.HasProblem(field) {
		return unreadable
	}
	return Moment(t, now)
}

// TimeOfDay returns a time of today as "07:12", another day's as Day does. Unlike Ago
// it stays right while it is on the screen.
func TimeOfDay(t, now time.Time) string {
	if t = t.In(now.Location()); !t.IsZero() && sameDay(t, now) {
		return t.Format("15:04")
	}
	return Day(t, now)
}

// Moment returns a time to the minute: "today 07:12", "yesterday 23:40", "12 Nov 2024
// 07:12"; "never" for the zero time.
func Moment(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	t = t.In(now.Location())
	clock := t.Format(" 15:04")
	switch {
	case sameDay(t, now):
		return "today" + clock
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "yesterday" + clock
	}
	return Day(t, now) + clock
}

// Month returns a month and its year, "March 2024"; "" for the zero time.
func Month(t, now time.Time) string {
	t = t.In(now.Location())
	if t.IsZero() || t.Year() > 9999 || t.Year() < 1 {
		return ""
	}
	return t.Format("January 2006")
}

// JoinedAt returns since when a user exists, in two parts: "joined", "March 2024"; for
// a new user "3 min ago". Both are "" if it is not known.
func JoinedAt(u *api.User, now time.Time) (label, when string) {
	const young = 31 * 24 * time.Hour
	created := u.CreatedAt.Time
	if age := now.Sub(created); !created.IsZero() && age < young {
		return "joined", Ago(created, now)
	}
	if month := Month(created, now); month != "" {
		return "joined", month
	}
	return "", ""
}

// Duration returns a span in words: "47 min", "2 h 5 min", "3 days", "2+ years"; under
// two minutes in seconds. It rounds up: what unlocks in 46 min 10 s unlocks within 47.
// Only years are rounded down, marked by the +.
func Duration(d time.Duration) string { return api.FormatDuration(d) }

// LockChange returns after how long the text for the rest of a user's lock changes, 0 if
// the user has no lock that expires.
func LockChange(u *api.User, now time.Time) time.Duration {
	left, _ := u.LockRemaining(now)
	switch {
	case left <= 0:
		return 0
	case left <= 2*time.Minute: // counted in seconds
		return time.Second
	}
	return (left-1)%time.Minute + 1
}

// Until returns a time to come: "in 58 min · 15:24"; a past one is "3 min ago ·
// 15:24".
func Until(t, now time.Time) string {
	if left := t.Sub(now); left > 0 {
		return "in " + Duration(left) + " · " + TimeOfDay(t, now)
	}
	return Ago(t, now) + " · " + TimeOfDay(t, now)
}

// Count returns "1 passkey", "2 passkeys"; the plural only adds an s.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Number(n) + " " + noun + "s"
}

// Number returns a number with commas: "1,248".
func Number(n int) string { return humanize.Comma(int64(n)) }

func sameDay(a, b time.Time) bool {
	a = a.In(b.Location())
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
