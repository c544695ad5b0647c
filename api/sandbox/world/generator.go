package world

import (
	"iter"
	"slices"
	"time"
)

const (
	shopAge     = 4 * 365 * 24 * time.Hour // how long the shop has been open
	quietPeriod = 11 * time.Hour           // nobody was generated since then
)

// connections are the organizations whose members sign in through an identity provider.
var connections = []struct{ org, domain, provider, name string }{
	{"tessera-events", "tessera.example", "saml_okta", "Tessera Okta"},
	{"northwind-stage", "northwind.example", "saml_microsoft", "Northwind Entra ID"},
	{"lantern-guild", "lantern.example", "saml_google", "Lantern Workspace"},
}

// people yields everybody in the order of sign-up, oldest first, the fixed people among
// the generated ones.
func people(o Options) iter.Seq[*person] {
	fixed := fixedPeople(o)
	slices.SortStableFunc(fixed, func(a, b *person) int { return int(a.created - b.created) })
	g := newGenerator(o, fixed)
	return func(yield func(*person) bool) {
		last := int64(0)
		next := func(p *person) bool {
			p.created = max(p.created, last+1) // no two at the same time
			if p.signedIn > 0 {
				p.signedIn, p.active = max(p.signedIn, p.created), max(p.active, p.created)
			}
			last = p.created
			return yield(p)
		}
		for j := range g.quotas.generated {
			p := g.person(j)
			for len(fixed) > 0 && fixed[0].created <= p.created {
				if !next(fixed[0]) {
					return
				}
				fixed = fixed[1:]
			}
			if !next(p) {
				return
			}
		}
		for _, p := range fixed {
			if !next(p) {
				return
			}
		}
	}
}

// A generator creates the people who are not in people.txt.
type generator struct {
	options  Options
	now      int64
	quotas   quotas
	contacts contacts
	regions  []region
	weights  []int // indexes into regions, each as often as its weight says
	span     span
	numbers  shuffle
	random   random
}

func newGenerator(o Options, fixed []*person) *generator {
	now := o.Now.UnixMilli()
	regions, err := readRegions(namesText)
	if err != nil {
		panic(err) // the file is embedded and tested
	}
	g := &generator{
		options: o, now: now, quotas: newQuotas(o.Users, fixed, o.Seed), contacts: newContacts(o.Users, fixed), regions: regions,
		span: span{now - shopAge.Milliseconds(), now - quietPeriod.Milliseconds()}, numbers: newShuffle(phoneNumbersOf(o.Users), o.Seed, 40), random: newRandom(),
	}
	for i, r := range g.regions {
		g.weights = append(g.weights, slices.Repeat([]int{i}, r.weight)...)
	}
	return g
}

// person returns the j-th generated person, in the order of sign-up.
func (g *generator) person(j int) *person {
	d := g.random
	d.reseed(g.options.Seed, uint64(j)*2)
	t, number := g.quotas.traitsOf(j)
	p := &person{number: uint64(j), traits: t}
	p.created = g.span.at((float64(j) + d.Float64()) / float64(max(g.quotas.generated, 1)))
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
		p.active, p.signedIn = visitBeforeBan(p, 2), visitBeforeBan(p, 2)
	}
	return p
}

// visitBeforeBan moves a banned person's last visit into the past, to a fraction 1/by of
// the time since they signed up.
func visitBeforeBan(p *person, by int64) int64 { return p.created + (p.signedIn-p.created)/by }

func (g *generator) name(p *person, r region, j int) {
	d := g.random
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
	if d.percent(3) { // some leave the last name empty
		p.last = ""
	}
}

// recency is how long ago people were last active: most within the month.
var recency = []struct {
	percent  int
	from, to time.Duration
}{
	{9, time.Minute, 5 * time.Hour}, {17, 5 * time.Hour, 48 * time.Hour}, {26, 48 * time.Hour, 14 * 24 * time.Hour},
	{28, 14 * 24 * time.Hour, 120 * 24 * time.Hour}, {20, 120 * 24 * time.Hour, 700 * 24 * time.Hour},
}

// activity sets the last activity and the last sign-in, never before the sign-up.
func (g *generator) activity(p *person) {
	d := g.random
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
	if p.traits.has(locked) { // they have just tried
		p.active = g.now - (time.Duration(5+d.IntN(90)) * time.Minute).Milliseconds()
	}
}
