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

	// digest is argon2id of "tickets-please-2024", the password of everybody who has one.
	digest       = "$argon2id$v=19$m=19456,t=2,p=1$aGFyYm9yLWFuZC1waW5lIQ$J34lWFibA/p8HT4vTSjhaR119Hi0/on/Yb2ldYv7+6o"
	digestHasher = "argon2id"
)

// A record is everything that is written for one person.
type record struct {
	user         *store.User
	fixed        bool                // not generated
	prepared     *store.PreparedUser // user, ready to be written
	err          error               // why prepared is nil
	sessions     []*store.Session
	memberships  []*store.Membership
	tokens       []*store.Token
	invitations  []*store.Invitation
	image        *store.Image
	organization *store.Organization // that this person created
}

// A maker creates the records of people.
type maker struct {
	seed     uint64
	now      int64
	total    int
	random   random
	orgs     map[string]*store.Organization
	admins   map[string]int
	pictures [][]byte
}

// prepare does the part of writing the user that needs no transaction.
func (r *record) prepare() { r.prepared, r.err = store.PrepareUser(r.user) }

// A writer writes records into the directory.
type writer struct {
	maker
	tx       *store.Tx
	options  Options
	fixedIDs []string // ids of the people who are not generated
}

func newWriter(tx *store.Tx, o Options) *writer {
	if len(o.Pictures) == 0 {
		o.Pictures = paintings()
	}
	return &writer{tx: tx, options: o, maker: maker{
		seed: o.Seed, now: o.Now.UnixMilli(), total: o.Users, random: newRandom(),
		orgs: map[string]*store.Organization{}, admins: map[string]int{}, pictures: o.Pictures,
	}}
}

func (w *writer) put(r *record) error {
	if r.err != nil {
		return r.err
	}
	if err := w.tx.PutPrepared(r.prepared); err != nil {
		return err
	}
	if r.fixed {
		w.fixedIDs = append(w.fixedIDs, r.user.ID)
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
		putAll(r.sessions, w.tx.PutSession), putAll(r.memberships, w.tx.PutMembership),
		putAll(r.tokens, w.tx.PutToken), putAll(r.invitations, w.tx.PutInvitation),
	)
}

func putAll[T any](all []T, put func(T) error) error {
	for _, v := range all {
		if err := put(v); err != nil {
			return err
		}
	}
	return nil
}

// makeRecord generates what p does not specify.
func (m *maker) makeRecord(p *person) *record {
	d := m.random
	d.reseed(m.seed, p.number*2+1)
	u := &store.User{
		ID: d.id("user", p.created), Username: p.username, FirstName: p.first, LastName: p.last, Locale: p.locale,
		CreatedAt: p.created, UpdatedAt: max(p.created, p.signedIn), LastSignInAt: p.signedIn, LastActiveAt: p.active,
		Banned: p.traits.has(banned), Deprovisioned: p.traits.has(deprovisioned),
		DeleteSelfEnabled: true, CreateOrganizationEnabled: !p.traits.has(enterprise),
	}
	r := &record{user: u, fixed: p.number >= firstFixedNumber}
	m.addContact(r, p)
	m.addFactors(r, p)
	m.addAccounts(r, p)
	m.addStanding(r, p)
	m.addMetadata(r, p)
	if slug := p.org; slug != "" {
		m.addMembership(r, slug, p.role)
	} else if p.traits&(phoneOnly|neverSignedIn|banned) == 0 && d.percent(9) {
		m.addMembership(r, pick(d, joinableOrganizations), "")
	}
	m.addInvitation(r)
	m.addSessions(r, p)
	m.addPicture(r, p)
	r.override(p)
	if p.finish != nil {
		p.finish(r, m)
	}
	return r
}

// override replaces generated values with those that people.txt specifies for p.
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

// addStanding adds locks, failed attempts and the like.
func (m *maker) addStanding(r *record, p *person) {
	d, u := m.random, r.user
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

// addContact adds e-mail addresses, phone numbers and wallets.
func (m *maker) addContact(r *record, p *person) {
	d, u := m.random, r.user
	if p.email != "" {
		e := store.Email{ID: d.id("idn", p.created), Address: p.email, CreatedAt: p.created, UpdatedAt: p.created, MatchesSSO: p.traits.has(enterprise)}
		e.Verification = m.emailVerification(p)
		u.Emails, u.PrimaryEmailID = append(u.Emails, e), e.ID
	}
	if p.traits.has(secondEmail) || p.email != "" && p.traits&(enterprise|neverSignedIn) == 0 && d.percent(7) {
		m.addOtherEmail(r, p)
	}
	if p.phone != "" {
		n := store.Phone{
			ID: d.id("idn", p.created), Number: p.phone, CreatedAt: p.created, UpdatedAt: p.created,
			ReservedForSecondFactor: p.traits.has(smsCode), DefaultSecondFactor: p.traits.has(smsCode),
			Verification: codeVerification("phone_code", p.created),
		}
		u.Phones, u.PrimaryPhoneID = append(u.Phones, n), n.ID
	}
	if p.traits.has(wallet) {
		w := store.Wallet{
			ID: d.id("idn", p.created), Address: "0x" + d.text(40, "0123456789abcdef"), CreatedAt: p.created, UpdatedAt: p.created,
			Verification: &store.Verification{Object: "verification_web3", Status: "verified", Strategy: "web3_metamask_signature", Attempts: attempts(1), ExpireAt: p.created + tenMinutes},
		}
		u.Wallets, u.PrimaryWalletID = append(u.Wallets, w), w.ID
	}
}

// addOtherEmail adds a second address, an older one or one at work.
func (m *maker) addOtherEmail(r *record, p *person) {
	d := m.random
	at := p.created + d.Int64N(max(p.signedIn-p.created, 1))
	local := romanise(p.first)
	if local == "" {
		local = "post"
	}
	v := codeVerification("email_code", at)
	if d.percent(20) {
		v.Status, v.Attempts = "expired", attempts(0)
	}
	r.user.Emails = append(r.user.Emails, store.Email{
		ID: d.id("idn", at), Address: local + "." + d.text(2, "bcdfghjkmnpqrstvwxz") + strconv.FormatUint(p.number%firstFixedNumber, 10) + "@" + pick(d, []string{"work.example", "campus.example", "old-post.example"}),
		Verification: v, CreatedAt: at, UpdatedAt: at,
	})
}

var tenMinutes = (10 * time.Minute).Milliseconds()

func attempts(n int) *int { return &n }

// codeVerification returns a verification by a code that the user received and typed in.
func codeVerification(strategy string, at int64) *store.Verification {
	return &store.Verification{Object: "verification_otp", Status: "verified", Strategy: strategy, Attempts: attempts(1), ExpireAt: at + tenMinutes}
}

func (m *maker) emailVerification(p *person) *store.Verification {
	d := m.random
	switch t := p.traits; {
	case t.has(unverified):
		v := codeVerification("email_code", p.created)
		v.Status, v.Attempts = pick(d, []string{"unverified", "expired"}), attempts(d.IntN(3))
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
	return codeVerification("email_code", p.created)
}

// object is JSON text as the store keeps it.
func object(text string) json.RawMessage { return json.RawMessage(text) }
