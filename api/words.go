package api

import (
	"fmt"
	"strings"
	"time"
)

// CountNoun returns "1 session", "2 sessions".
func CountNoun[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// JoinWords returns "a", "a and b", "a, b and c" for the conjunction "and".
func JoinWords(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + conjunction + " " + words[last]
}

// FormatDuration returns a span in words: "47 min", "2 h 5 min", "3 days", "2+ years"; under
// two minutes in seconds. It rounds up: what unlocks in 46 min 10 s unlocks within 47.
// Only years are rounded down, marked by the +.
func FormatDuration(d time.Duration) string {
	d = max(d, 0)
	up := func(unit time.Duration) int64 { // adding to d first would overflow for a long d
		n := int64(d / unit)
		if d%unit > 0 {
			n++
		}
		return n
	}
	const year = 365*24*time.Hour + 6*time.Hour
	minutes, years := up(time.Minute), int64(d/year)
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", up(time.Second))
	case years >= 2:
		return fmt.Sprintf("%d+ years", years)
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes >= 48*60:
		return fmt.Sprintf("%d days", up(24*time.Hour))
	case minutes%60 == 0:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}
