package verdict

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
)

const (
	// A burst is at least burstSize sign-ups from one domain, each at most burstGap after
	// the one before.
	burstSize = 10
	burstGap  = 2 * time.Minute
)

// A Burst is a series of sign-ups from one e-mail domain in quick succession.
type Burst struct {
	Domain string
	Users  []*api.User // in the order of sign-up
	Took   time.Duration
}

// BurstAround returns the burst among all users that u is part of. If there is none, ok is
// false. It ignores public e-mail domains.
func BurstAround(u *api.User, all func(yield func(*api.User) bool)) (b Burst, ok bool) {
	domain := domainOf(u)
	if domain == "" || u.CreatedAt.IsZero() || isPublic(domain) {
		return b, false
	}
	var same []*api.User
	for one := range all {
		if domainOf(one) == domain && !one.CreatedAt.IsZero() {
			same = append(same, one)
		}
	}
	if len(same) < burstSize {
		return b, false
	}
	slices.SortStableFunc(same, func(a, b *api.User) int { return a.CreatedAt.Compare(b.CreatedAt.Time) })
	at := slices.IndexFunc(same, func(one *api.User) bool { return one.ID == u.ID })
	if at < 0 {
		return b, false
	}
	from, to := at, at
	for from > 0 && gap(same[from-1], same[from]) <= burstGap {
		from--
	}
	for to < len(same)-1 && gap(same[to], same[to+1]) <= burstGap {
		to++
	}
	b = Burst{Domain: domain, Users: same[from : to+1], Took: gap(same[from], same[to])}
	if len(b.Users) < burstSize {
		return Burst{}, false
	}
	return b, true
}

func gap(a, b *api.User) time.Duration { return b.CreatedAt.Sub(a.CreatedAt.Time) }

// domainOf returns the domain of the user's e-mail address, or "" if there is none.
func domainOf(u *api.User) string {
	mail := u.Email().Raw()
	return strings.ToLower(mail[strings.LastIndexByte(mail, '@')+1:])
}

// isPublic reports whether anybody can get an address on the domain.
func isPublic(domain string) bool {
	switch name, _, _ := strings.Cut(domain, "."); name {
	case "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "icloud", "aol", "proton", "protonmail", "gmx", "web", "mail", "yandex", "qq", "163":
		return !strings.HasSuffix(domain, ".example")
	}
	return false
}
