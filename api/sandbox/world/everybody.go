package world

import (
	"iter"
	"slices"
	"time"
)

const (
	years = 4 * 365 * 24 * time.Hour // how long the shop has been open
	quiet = 11 * time.Hour           // since then only the cast signed up
)

// connections are the organizations whose employees sign in through their own
// identity provider.
var connections = []struct{ org, domain, provider, name string }{
	{"tessera-events", "tessera.example", "saml_okta", "Tessera Okta"},
	{"northwind-stage", "northwind.example", "saml_microsoft", "Northwind Entra ID"},
	{"lantern-guild", "lantern.example", "saml_google", "Lantern Workspace"},
}

// everybody gives the people in the order in which they signed up, oldest
// first, the cast among them.
func everybody(o Options) iter.Seq[*person] {
	cast := fixedPeople(o)
	slices.SortStableFunc(cast, func(a, b *person) int { return int(a.created - b.created) })
	g := newCrowd(o, cast)
	return func(yield func(*person) bool) {
		last := int64(0)
		next := func(p *person) bool {
			p.created = max(p.created, last+1) // nobody at the same instant as another
			if p.signedIn > 0 {
				p.signedIn, p.active = max(p.signedIn, p.created), max(p.active, p.created)
			}
			last = p.created
			return yield(p)
		}
		for j := range g.census.others {
			p := g.person(j)
			for len(cast) > 0 && cast[0].created <= p.created {
				if !next(cast[0]) {
					return
				}
				cast = cast[1:]
			}
			if !next(p) {
				return
			}
		}
		for _, p := range cast {
			if !next(p) {
				return
			}
		}
	}
}

// A crowd is everybody who is not told by hand.
type crowd struct {
	options  Options
	now      int64
	census   census
	contacts contacts
	regions  []region
	weights  []int // index into regions, as often as its weight
	span     span
	numbers  shuffle
	dice     dice
}

func newCrowd(o Options, cast []*person) *crowd {
	now := o.Now.UnixMilli()
	regions, err := readRegions(namesText)
	if err != nil {
		panic(err) // the file is embedded and tested
	}
	g := &crowd{
		options: o, now: now, census: newCensus(o.Users, cast, o.Seed), contacts: newContacts(o.Users, cast), regions: regions,
		span: span{now - years.Milliseconds(), now - quiet.Milliseconds()}, numbers: newShuffle(numbersAt(o.Users), o.Seed, 40), dice: newDice(),
	}
	for i, r := range g.regions {
		g.weights = append(g.weights, slices.Repeat([]int{i}, r.weight)...)
	}
	return g
}

// person is the j-th of the crowd.
func (g *crowd) person(j int) *person {
	d := g.dice
	d.of(g.options.Seed, uint64(j)*2)
	t, number := g.census.of(j)
	p := &person{number: uint64(j), traits: t}
	p.created = g.span.at((float64(j) + d.Float64()) / float64(max(g.census.others, 1)))
	r := g.regions[pick(d, g.weights)]
	p.town = pick(d, r.towns)
	if d.percent(70) {
		p.locale = pick(d, r.locales)
	}
	if number >= 0 {
		p.phone = phoneNumber(g.numbers, g.options.Users, number)
	}
	if !t.has(phoneOnly) {
		g.name(p, r, j)
	}
	g.activity(p)
	if t.has(locked) {
		p.lockLeft = time.Duration(3+d.IntN(55)) * time.Minute
	}
	if t.has(banned) && d.percent(60) {
		p.active, p.signedIn = shrink(p, 2), shrink(p, 2)
	}
	return p
}

// shrink moves a banned person's last visit into the past: nobody comes back.
func shrink(p *person, by int64) int64 { return p.created + (p.signedIn-p.created)/by }

func (g *crowd) name(p *person, r region, j int) {
	d := g.dice
	given, family := pick(d, r.first), pick(d, r.last)
	switch r.order {
	case familyJoined:
		p.first = family.native + given.native
	case familySpaced:
		p.first = family.native + " " + given.native
	default:
		p.first, p.last = given.native, family.native
	}
	domain := pick(d, domains)
	if p.traits.has(enterprise) {
		c := pick(d, connections[:])
		p.org, domain = c.org, c.domain
	}
	p.email = g.contacts.address(d, j, given.roman, family.roman, domain)
	if d.percent(38) {
		p.username = g.contacts.username(d, j, given.roman, family.roman)
	}
	if d.percent(3) { // some give only what is asked for
		p.last = ""
	}
}

// recency is how long ago people were last seen: most within the month.
var recency = []struct {
	percent  int
	from, to time.Duration
}{
	{9, time.Minute, 5 * time.Hour}, {17, 5 * time.Hour, 48 * time.Hour}, {26, 48 * time.Hour, 14 * 24 * time.Hour},
	{28, 14 * 24 * time.Hour, 120 * 24 * time.Hour}, {20, 120 * 24 * time.Hour, 700 * 24 * time.Hour},
}

// activity sets when somebody was last seen and last signed in, never before
// they came.
func (g *crowd) activity(p *person) {
	d := g.dice
	if p.traits.has(neverSignedIn) {
		return
	}
	at, ago := d.IntN(100), time.Duration(0)
	for _, r := range recency {
		if at -= r.percent; at < 0 {
			ago = r.from + time.Duration(d.Int64N(int64(r.to-r.from)))
			break
		}
	}
	p.active = g.now - ago.Milliseconds()
	if p.active <= p.created {
		p.active = p.created + d.Int64N(max(g.now-p.created, 2)/2) + 1
	}
	p.signedIn = max(p.created+1, p.active-d.Int64N((6*24*time.Hour).Milliseconds()))
	if p.traits.has(locked) { // they tried just now
		p.active = g.now - (time.Duration(5+d.IntN(90)) * time.Minute).Milliseconds()
	}
}
