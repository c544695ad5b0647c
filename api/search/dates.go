package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
)

// dateField is one of a user's timestamps.
type dateField int

const (
	dateCreated dateField = iota
	dateActive
	dateSignedIn
)

func (m dateField) value(u *api.User) time.Time {
	switch m {
	case dateActive:
		return u.LastActiveAt.Time
	case dateSignedIn:
		return u.LastSignInAt.Time
	}
	return u.CreatedAt.Time
}

func (m dateField) label() string {
	return [...]string{"created", "last active", "last signed in"}[m]
}

// timeRange is a half-open range of time; a zero bound is open.
type timeRange struct{ from, until time.Time }

// intersect returns the intersection of both ranges.
func (s timeRange) intersect(o timeRange) timeRange {
	if o.from.After(s.from) {
		s.from = o.from
	}
	if s.until.IsZero() || !o.until.IsZero() && o.until.Before(s.until) {
		s.until = o.until
	}
	return s
}

func (s timeRange) contains(t time.Time) bool {
	return !t.IsZero() && !t.Before(s.from) && (s.until.IsZero() || t.Before(s.until))
}

// queryBounds returns the query's filters for a timestamp. The server's are exclusive,
// "after" and "before", in milliseconds.
func (p *parser) queryBounds(m dateField) (after, before *time.Time) {
	q := &p.s.Query
	switch m {
	case dateActive:
		return &q.ActiveAfter, &q.ActiveBefore
	case dateSignedIn:
		return &q.SignInAfter, &q.SignInBefore
	}
	return &q.CreatedAfter, &q.CreatedBefore
}

// parseDates parses a created:, active: or signed-in: token.
func (p *parser) parseDates(t *Token, m dateField) {
	if strings.EqualFold(t.Value, "never") {
		if m == dateCreated {
			t.Problem = "Every user has a creation date."
			t.Suggestion = "signed-in:never"
			return
		}
		t.Meaning = [...]string{dateActive: "never active", dateSignedIn: "never signed in"}[m]
		t.needsScan = true
		t.matches = func(u *api.User, _ time.Time) bool { return m.value(u).IsZero() }
		return
	}
	s, means, wrong := parseRange(t.Value, p.now)
	if wrong != "" {
		t.Problem = t.Name + ": " + wrong
		if near := closestWord(strings.ToLower(t.Value), []string{"today", "yesterday", "never"}); near != "" {
			t.Suggestion = t.Name + ":" + near
		}
		return
	}
	t.Meaning = m.label() + " " + means
	t.matches = func(u *api.User, _ time.Time) bool { return s.contains(m.value(u)) }
	after, before := p.queryBounds(m)
	had := timeRange{until: *before}
	if !after.IsZero() {
		had.from = after.Add(time.Millisecond)
	}
	both := had.intersect(s)
	if !both.until.IsZero() && !both.from.Before(both.until) {
		t.Problem = "Nobody can be " + m.label() + " at both times: they do not overlap."
		return
	}
	if !both.from.IsZero() {
		*after = both.from.Add(-time.Millisecond)
	}
	*before = both.until
}

// parseRange parses "today", "2026-11-01", ">=2026-11", "<7d", "a..b". means continues a
// sentence that begins with "created"; wrong continues one that begins with "created: ".
func parseRange(value string, now time.Time) (s timeRange, means, wrong string) {
	if first, last, ok := strings.Cut(value, ".."); ok {
		a, _, wrongA := parseDay(first, now)
		b, _, wrongB := parseDay(last, now)
		switch {
		case wrongA != "" || wrongB != "":
			return s, "", cmp.Or(wrongA, wrongB)
		case !a.from.Before(b.until):
			return s, "", "the end is before the start."
		}
		return timeRange{a.from, b.until}, "from " + formatDay(a.from, now) + " to " + formatDay(b.until.Add(-time.Second), now), ""
	}
	op := value[:len(value)-len(strings.TrimLeft(value, "<>="))]
	rest := value[len(op):]
	if !slices.Contains([]string{"", "=", "<", "<=", ">", ">="}, op) {
		return s, "", "needs one of < <= > >= before a day."
	}
	if ago, words, ok := parseAge(rest, now); ok {
		switch op {
		case "<", "<=", "", "=":
			return timeRange{from: ago}, "in the last " + words, ""
		default:
			return timeRange{until: ago}, "more than " + words + " ago", ""
		}
	}
	day, says, wrong := parseDay(rest, now)
	if wrong != "" {
		return s, "", wrong
	}
	switch op {
	case "", "=":
		return day, says, ""
	case ">":
		return timeRange{from: day.until}, "after " + strings.TrimPrefix(says, "on "), ""
	case ">=":
		return timeRange{from: day.from}, "since " + strings.TrimPrefix(says, "on "), ""
	case "<":
		return timeRange{until: day.from}, "before " + strings.TrimPrefix(says, "on "), ""
	}
	return timeRange{until: day.until}, "up to " + strings.TrimPrefix(says, "on "), ""
}

// parseAge parses "7d" as the moment seven days before now.
func parseAge(s string, now time.Time) (at time.Time, words string, ok bool) {
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 9999 || number == s {
		return at, "", false
	}
	say := func(noun string) string { return strings.TrimPrefix(api.CountNoun(n, noun, noun+"s"), "1 ") }
	switch s[len(number):] {
	case "m", "min":
		return now.Add(-time.Duration(n) * time.Minute), say("minute"), true
	case "h":
		return now.Add(-time.Duration(n) * time.Hour), say("hour"), true
	case "d":
		return now.AddDate(0, 0, -n), say("day"), true
	case "w":
		return now.AddDate(0, 0, -7*n), say("week"), true
	case "mo":
		return now.AddDate(0, -n, 0), say("month"), true
	case "y":
		return now.AddDate(-n, 0, 0), say("year"), true
	}
	return at, "", false
}

// parseDay parses a day, month, year or minute in now's time zone.
func parseDay(s string, now time.Time) (day timeRange, means, wrong string) {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch strings.ToLower(s) {
	case "today":
		return timeRange{midnight, midnight.AddDate(0, 0, 1)}, "today", ""
	case "yesterday":
		return timeRange{midnight.AddDate(0, 0, -1), midnight}, "yesterday", ""
	}
	for _, l := range []struct {
		layout  string
		y, m, d int
		step    time.Duration
		say     string
	}{
		{"2006-1-2", 0, 0, 1, 0, "on 2 Jan 2006"},
		{"2.1.2006", 0, 0, 1, 0, "on 2 Jan 2006"},
		{"2006-1", 0, 1, 0, 0, "in January 2006"},
		{"2006", 1, 0, 0, 0, "in 2006"},
		{"2006-1-2T15:04", 0, 0, 0, time.Minute, "on 2 Jan 2006 15:04"},
		{"2006-1-2 15:04", 0, 0, 0, time.Minute, "on 2 Jan 2006 15:04"},
	} {
		if at, err := time.ParseInLocation(l.layout, s, now.Location()); err == nil && at.Year() >= 1970 {
			return timeRange{at, at.AddDate(l.y, l.m, l.d).Add(l.step)}, at.Format(l.say), ""
		}
	}
	return day, "", cmp.Or(explainBadDay(s), "needs a day like today or 2026-11-01, or an age like <7d or >30d.")
}

// explainBadDay says which part of a day or month does not exist, or returns "" for
// anything else.
func explainBadDay(s string) string {
	date, _, _ := strings.Cut(strings.Replace(s, " ", "T", 1), "T")
	parts := strings.Split(date, "-")
	if german := strings.Split(date, "."); len(german) == 3 {
		parts = []string{german[2], german[1], german[0]}
	}
	var n []int
	for _, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil {
			return ""
		}
		n = append(n, v)
	}
	switch {
	case len(n) < 2 || len(n) > 3 || len(parts[0]) != 4:
		return ""
	case n[0] < 1970:
		return "the earliest year is 1970."
	case n[1] < 1 || n[1] > 12:
		return "there is no month " + strconv.Itoa(n[1]) + "."
	}
	first := time.Date(n[0], time.Month(n[1]), 1, 0, 0, 0, 0, time.UTC)
	if days := first.AddDate(0, 1, -1).Day(); len(n) == 3 && (n[2] < 1 || n[2] > days) {
		return first.Format("January 2006") + " has no day " + strconv.Itoa(n[2]) + "."
	}
	return ""
}

func formatDay(t, now time.Time) string { return t.In(now.Location()).Format("2 Jan 2006") }
