package world

import (
	"fmt"
	"strings"
	"time"
)

// firstFixedNumber is the first number of the people who are not generated.
const firstFixedNumber = 1 << 40

// smallWorld is how many users a world must have to include today's sign-ups, the
// namesakes and the ring.
const smallWorld = 300

// fixedPeople returns the people of people.txt and the fraud ring. A world too small for
// all of them has the first ones.
func fixedPeople(o Options) []*person {
	now := o.Now.UnixMilli()
	sections, err := readPeople(peopleText, now)
	if err != nil {
		panic(err) // the file is embedded and tested
	}
	people := sections[sectionStories]
	if o.Users >= smallWorld {
		people = append(people, sections[sectionToday]...)
		people = append(people, sections[sectionNamesakes]...)
		people = append(people, ring(now, o.Seed)...)
	}
	people = people[:min(len(people), o.Users)]
	for i, p := range people {
		p.number = firstFixedNumber + uint64(i)
	}
	return people
}

// ring returns a fraud ring: thirty-seven sign-ups within nine minutes of the night.
func ring(now int64, seed uint64) []*person {
	const size = 37
	d := newRandom()
	d.reseed(seed, 1<<62)
	given := []string{"Kelly", "Jason", "Linda", "Marko", "Petra", "Victor", "Diane", "Steve", "Rosa", "Allan"}
	family := []string{"Ward", "Klein", "Novak", "Price", "Stone", "Grant", "Cole", "Frost", "Hale", "Rush"}
	all := make([]*person, 0, size)
	at := now - (ringAgo + 9*time.Minute).Milliseconds()
	for i := range size {
		n := pick(d, given)
		p := &person{
			first: n, last: pick(d, family), created: at, town: place{"Nowhere", "XX"}, locale: "en-US",
			email:  fmt.Sprintf("%s%c%04d@mail-drop.example", strings.ToLower(n), 'a'+rune(d.IntN(26)), i*263+d.IntN(200)),
			finish: finishRing,
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

// finishRing gives the whole ring one IP address, one browser, and the metadata that a
// sign-up script left.
func finishRing(r *record, m *maker) {
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
