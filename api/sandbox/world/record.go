package world

import (
	"cmp"
	"encoding/json"
	"strconv"
	"time"

	"frontdesk/api/sandbox/store"
)

const (
	maxAttempts = 10

	// digest is argon2id of "tickets-please-2024", made once: everybody who has
	// a password has this one.
	digest       = "$argon2id$v=19$m=19456,t=2,p=1$aGFyYm9yLWFuZC1waW5lIQ$J34lWFibA/p8HT4vTSjhaR119Hi0/on/Yb2ldYv7+6o"
	digestHasher = "argon2id"
)

// A record is all that is written of one person.
type record struct {
	user         *store.User
	told         bool                // by hand, not thrown
	packed       *store.PreparedUser // user, ready to be written
	err          error               // why it is not
	sessions     []*store.Session
	memberships  []*store.Membership
	tokens       []*store.Token
	invitations  []*store.Invitation
	image        *store.Image
	organization *store.Organization // one that this person made
}

// A maker turns people into records.
type maker struct {
	seed     uint64
	now      int64
	total    int
	dice     dice
	orgs     map[string]*store.Organization
	admins   map[string]int
	pictures [][]byte
}

// pack makes a record ready to be written.
func (r *record) pack() { r.packed, r.err = store.PrepareUser(r.user) }

// A writer puts them into the directory.
type writer struct {
	maker
	tx      *store.Tx
	options Options
	cast    []string // ids
}

func newWriter(tx *store.Tx, o Options) *writer {
	if len(o.Pictures) == 0 {
		o.Pictures = paintings()
	}
	return &writer{tx: tx, options: o, maker: maker{
		seed: o.Seed, now: o.Now.UnixMilli(), total: o.Users, dice: newDice(),
		orgs: map[string]*store.Organization{}, admins: map[string]int{}, pictures: o.Pictures,
	}}
}

func (w *writer) put(r *record) error {
	if r.err != nil {
		return r.err
	}
	if err := w.tx.PutPrepared(r.packed); err != nil {
		return err
	}
	if r.told {
		w.cast = append(w.cast, r.user.ID)
	}
	if r.image != nil {
		if err := w.tx.PutImage(r.image); err != nil {
			return err
		}
	}
	if r.organization != nil {
		if err := w.tx.PutOrganization(r.organization); err != nil {
			return err
		}
	}
	return cmp.Or(
		each(r.sessions, w.tx.PutSession), each(r.memberships, w.tx.PutMembership),
		each(r.tokens, w.tx.PutToken), each(r.invitations, w.tx.PutInvitation),
	)
}

func each[T any](all []T, put func(T) error) error {
	for _, v := range all {
		if err := put(v); err != nil {
			return err
		}
	}
	return nil
}

// record throws what is not told of p.
func (m *maker) record(p *person) *record {
	d := m.dice
	d.of(m.seed, p.number*2+1)
	u := &store.User{
		ID: d.id("user", p.created), Username: p.username, FirstName: p.first, LastName: p.last, Locale: p.locale,
		CreatedAt: p.created, UpdatedAt: max(p.created, p.signedIn), LastSignInAt: p.signedIn, LastActiveAt: p.active,
		Banned: p.traits.has(banned), Deprovisioned: p.traits.has(deprovisioned),
		DeleteSelfEnabled: true, CreateOrganizationEnabled: !p.traits.has(enterprise),
	}
	r := &record{user: u, told: p.number >= firstFixedNumber}
	m.contact(r, p)
	m.factors(r, p)
	m.accounts(r, p)
	m.standing(r, p)
	m.metadata(r, p)
	if slug := p.org; slug != "" {
		m.membership(r, slug, p.role)
	} else if p.traits&(phoneOnly|neverSignedIn|banned) == 0 && d.percent(9) {
		m.membership(r, pick(d, openOrganizations), "")
	}
	m.invited(r)
	m.sessions(r, p)
	m.picture(r, p)
	r.override(p)
	if p.finish != nil {
		p.finish(r, m)
	}
	return r
}

// override puts what people.txt says of p in the place of what was generated.
func (r *record) override(p *person) {
	if p.externalID != "" {
		r.user.ExternalID = p.externalID
	}
	for _, o := range []struct{ given, into *json.RawMessage }{{&p.public, &r.user.Public}, {&p.private, &r.user.Private}, {&p.unsafe, &r.user.Unsafe}} {
		if *o.given != nil {
			*o.into = *o.given
		}
	}
}

// standing is what stands in somebody's way.
func (m *maker) standing(r *record, p *person) {
	d, u := m.dice, r.user
	switch {
	case p.traits.has(locked):
		u.Locked, u.FailedAttempts = true, maxAttempts
		if !p.traits.has(lockedForever) {
			u.LockedUntil = m.now + p.lockLeft.Milliseconds()
		}
		u.UpdatedAt = max(u.UpdatedAt, min(m.now, m.now-(time.Hour-p.lockLeft).Milliseconds()))
	case u.PasswordDigest != "" && d.percent(4):
		u.FailedAttempts = 1 + d.IntN(5)
	}
	if d.percent(80) {
		u.LegalAcceptedAt = p.created
	}
	if d.percent(55) {
		u.ExternalID = "cust_" + d.text(2, "ABCDEFGHJKLMNPQRSTUVWXYZ") + strconv.FormatUint(p.number%firstFixedNumber+100000, 10)
		if p.number >= firstFixedNumber {
			u.ExternalID += "C"
		}
	}
}

// contact is addresses, numbers and wallets.
func (m *maker) contact(r *record, p *person) {
	d, u := m.dice, r.user
	if p.email != "" {
		e := store.Email{ID: d.id("idn", p.created), Address: p.email, CreatedAt: p.created, UpdatedAt: p.created, MatchesSSO: p.traits.has(enterprise)}
		e.Verification = m.emailVerification(p)
		u.Emails, u.PrimaryEmailID = append(u.Emails, e), e.ID
	}
	if p.traits.has(secondEmail) || p.email != "" && p.traits&(enterprise|neverSignedIn) == 0 && d.percent(7) {
		m.otherEmail(r, p)
	}
	if p.phone != "" {
		n := store.Phone{
			ID: d.id("idn", p.created), Number: p.phone, CreatedAt: p.created, UpdatedAt: p.created,
			ReservedForSecondFactor: p.traits.has(smsCode), DefaultSecondFactor: p.traits.has(smsCode),
			Verification: code("phone_code", p.created),
		}
		u.Phones, u.PrimaryPhoneID = append(u.Phones, n), n.ID
	}
	if p.traits.has(wallet) {
		w := store.Wallet{
			ID: d.id("idn", p.created), Address: "0x" + d.text(40, "0123456789abcdef"), CreatedAt: p.created, UpdatedAt: p.created,
			Verification: &store.Verification{Object: "verification_web3", Status: "verified", Strategy: "web3_metamask_signature", Attempts: tries(1), ExpireAt: p.created + tenMinutes},
		}
		u.Wallets, u.PrimaryWalletID = append(u.Wallets, w), w.ID
	}
}

// otherEmail is an older or a work address, beside the primary one.
func (m *maker) otherEmail(r *record, p *person) {
	d := m.dice
	at := p.created + d.Int64N(max(p.signedIn-p.created, 1))
	local := romanise(p.first)
	if local == "" {
		local = "post"
	}
	v := code("email_code", at)
	if d.percent(20) {
		v.Status, v.Attempts = "expired", tries(0)
	}
	r.user.Emails = append(r.user.Emails, store.Email{
		ID: d.id("idn", at), Address: local + "." + d.text(2, "bcdfghjkmnpqrstvwxz") + strconv.FormatUint(p.number%firstFixedNumber, 10) + "@" + pick(d, []string{"work.example", "campus.example", "old-post.example"}),
		Verification: v, CreatedAt: at, UpdatedAt: at,
	})
}

var tenMinutes = (10 * time.Minute).Milliseconds()

func tries(n int) *int { return &n }

// code is a verification by a code that was sent and typed in.
func code(strategy string, at int64) *store.Verification {
	return &store.Verification{Object: "verification_otp", Status: "verified", Strategy: strategy, Attempts: tries(1), ExpireAt: at + tenMinutes}
}

func (m *maker) emailVerification(p *person) *store.Verification {
	d := m.dice
	switch t := p.traits; {
	case t.has(unverified):
		v := code("email_code", p.created)
		v.Status, v.Attempts = pick(d, []string{"unverified", "expired"}), tries(d.IntN(3))
		return v
	case t.has(neverSignedIn):
		return &store.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
	case t.has(enterprise):
		return &store.Verification{Object: "verification_saml", Status: "verified", Strategy: "saml", ExpireAt: p.created + tenMinutes}
	case t.has(google):
		return &store.Verification{Object: "verification_from_oauth", Status: "verified", Strategy: "from_oauth_google"}
	case d.percent(12):
		return &store.Verification{Object: "verification_email_link", Status: "verified", Strategy: "email_link", ExpireAt: p.created + tenMinutes}
	}
	return code("email_code", p.created)
}

// object is metadata as stored.
func object(text string) json.RawMessage { return json.RawMessage(text) }
