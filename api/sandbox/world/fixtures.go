package world

import (
	"fmt"
	"strings"
	"time"
)

// castNumber is where the numbers of those begin who are told by hand.
const castNumber = 1 << 40

// smallWorld is how many users a world must have for the sign-ups of today and
// the ring to be part of it.
const smallWorld = 300

// castOf are the people told by hand, in the order in which a world too small
// for all of them keeps them. Nobody is in two minds about who they are: each
// has a number of their own.
func castOf(o Options) []*person {
	now := o.Now.UnixMilli()
	cast := stories(now)
	if o.Users >= smallWorld {
		cast = append(cast, today(now)...)
		cast = append(cast, mayas(now)...)
		cast = append(cast, ring(now, o.Seed)...)
	}
	cast = cast[:min(len(cast), o.Users)]
	for i, p := range cast {
		p.number = castNumber + uint64(i)
	}
	return cast
}

// A line tells one person: "first/last | address | username | traits | town,
// country | locale", and how long ago they came, signed in and were seen.
type line struct {
	text                 string
	came, signedIn, seen time.Duration
}

// tell reads a line.
func (l line) tell(now int64) *person {
	f := strings.Split(l.text, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	first, last, _ := strings.Cut(f[0], "/")
	city, country, _ := strings.Cut(f[4], ", ")
	p := &person{first: first, last: last, email: f[1], username: f[2], town: place{city, country}, locale: f[5], created: now - l.came.Milliseconds()}
	for _, word := range strings.Fields(f[3]) {
		if !p.take(word) {
			panic(fmt.Sprintf("the cast's %q has the unknown trait %q", l.text, word)) // a typo in a table of this package
		}
	}
	if !p.traits.has(neverSignedIn) {
		p.signedIn, p.active = now-l.signedIn.Milliseconds(), now-l.seen.Milliseconds()
	}
	return p
}

// take reads a trait; "locked:47", "org:slug", "admin:slug" and "tel:503-0117"
// carry more.
func (p *person) take(word string) bool {
	key, value, _ := strings.Cut(word, ":")
	switch key {
	case "locked":
		var minutes int
		if _, err := fmt.Sscan(value, &minutes); err != nil {
			return false
		}
		p.lockLeft = time.Duration(minutes) * time.Minute
	case "org":
		p.org = value
		return true
	case "admin":
		p.org, p.role = value, roleAdmin
		return true
	case "tel":
		area, ending, _ := strings.Cut(value, "-")
		p.phone = "+1" + area + "555" + ending
		return true
	}
	t, known := traitWords[key]
	p.traits |= t
	return known
}

// ring is thirty-seven sign-ups in nine minutes, some time in the night.
func ring(now int64, seed uint64) []*person {
	const size = 37
	d := newDice()
	d.of(seed, 1<<62)
	given := []string{"Kelly", "Jason", "Linda", "Marko", "Petra", "Victor", "Diane", "Steve", "Rosa", "Allan"}
	family := []string{"Ward", "Klein", "Novak", "Price", "Stone", "Grant", "Cole", "Frost", "Hale", "Rush"}
	all := make([]*person, 0, size)
	at := now - (ringAgo + 9*time.Minute).Milliseconds()
	for i := range size {
		n := pick(d, given)
		p := &person{
			first: n, last: pick(d, family), created: at, town: place{"Nowhere", "XX"}, locale: "en-US",
			email: fmt.Sprintf("%s%c%04d@mail-drop.example", strings.ToLower(n), 'a'+rune(d.IntN(26)), i*263+d.IntN(200)),
			tell:  tellRing,
		}
		if i%3 == 2 {
			p.traits = unverified | neverSignedIn
		} else {
			p.signedIn, p.active = at+1500, at+int64(d.IntN(40000))+2000
		}
		all = append(all, p)
		at += int64(9*time.Minute/time.Millisecond)/size - int64(d.IntN(4000))
	}
	return all
}

const ringAgo = 10 * time.Hour

// tellRing: one address on the net, one browser, and what the script left.
func tellRing(r *record, m *maker) {
	u := r.user
	r.memberships, r.tokens, r.invitations, u.Emails = nil, nil, nil, u.Emails[:1]
	u.Public, u.Private, u.Unsafe = nil, nil, object(`{"ref":"launch-50-off","script":"signup.js/0.3"}`)
	u.Passkeys, u.ExternalID, u.LegalAcceptedAt = nil, "", u.CreatedAt
	u.CreateOrganizationsLimit = nil
	for _, s := range r.sessions {
		s.Status, s.IPAddress, s.City, s.Country, s.OrganizationID = "active", "203.0.113.66", "", "", ""
		s.DeviceType, s.BrowserName, s.BrowserVersion, s.IsMobile = "Linux", "HeadlessChrome", "126.0", false
		s.ExpireAt = s.CreatedAt + week.Milliseconds()
	}
}
