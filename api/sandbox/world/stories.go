package world

import (
	"time"

	"frontdesk/api/sandbox/store"
)

// stories are the people whom a visitor is told about.
func stories(now int64) []*person {
	const m = time.Minute
	all := tellAll([]line{
		{"Maya/Okafor | maya@harborpine.example | maya.o | locked:47 google totp backup picture tel:415-0142 | Lisbon, PT | en-GB", 76 * m, 71 * m, 3 * m},
		{"Daniel/Reyes | dreyes@pine.example | dreyes | totp backup passkey picture org:pine-outfitters | Portland, US | en-US", 1130 * day, 9 * time.Hour, 9 * time.Hour},
		{"Priya/Raman | priya.raman@mail.example | priya.r | google passkey tel:415-0171 picture | Pune, IN | en-IN", 433 * day, 26 * m, 4 * m},
		{"Sam/Carter | sam.c@pine.example | | picture org:pine-outfitters | Portland, US | en-US", 1012 * day, 2 * day, 31 * time.Hour},
		{"Sam/Carter | sam.carter@mail.example | samcarter | totp google | Leeds, GB | en-GB", 247 * day, 23 * day, 22 * day},
		{"Sam/Carter | scarter@northwind.example | | sso org:northwind-stage | Boston, US | en-US", 271 * m, 270 * m, 54 * m},
		{"Elin/Berg | elin.berg@fjord.example | elinb | sms tel:415-0119 | Gothenburg, SE | sv-SE", 168 * m, 168 * m, 41 * m},
		{hostileFirst + "/" + hostileLast + " | e.mallory@postbox.example | | | Oakland, US | en-US", 11*day + 4*time.Hour, 10 * day, 10 * day},
		{"Tomasz/Wilk | tomasz.wilk@northwind.example | | sso deprovisioned org:northwind-stage | Gdańsk, PL | pl-PL", 388 * day, 34 * day, 33 * day},
		{"Ada/Harborside | ada@harborpine.example | ada.desk | totp backup passkey admin:harbor-and-pine | Seattle, US | en-US", 4 * 363 * day, 17 * time.Hour, 80 * m},
		{"/ | | | phoneonly tel:415-0156 | Oakland, US | ", 52 * day, 6 * day, 5 * day},
	}, now)
	for i, tell := range map[int]func(*record, *maker){
		0: tellMaya, 1: tellDaniel, 2: tellPriya, 3: tellSamOfPine, 4: tellSamOfLeeds, 6: tellElin, 7: tellHostile, 8: tellTomasz,
	} {
		all[i].tell = tell
	}
	return all
}

// The hostile name: what somebody who knows that it will be read in a terminal
// calls themselves. Clear the screen, set the title, turn the text around,
// forge a row, hide, go invisible, and leave a sequence open.
const (
	hostileFirst = "Eve\x1b[2J\x1b]0;root# ops\x07\u202e"
	hostileLast  = "Mallory\r\n\u2067 ■ banned\u2069 \u200b\u009b8m\U000E0041\x1b[8mhidden\x1b]8;;https://pine.example\x1b\\\x7f\x1b["
)

// tellHostile: the name is in every field that a name can be in.
func tellHostile(r *record, m *maker) {
	u := r.user
	u.Public = object(`{"plan":"guest","nickname":"\u001b[31mEve\u001b[0m \u202eevE","note":"line one\nline two\ttabbed"}`)
	m.passkey(u, "key\x1b[5m\u2028ring", u.CreatedAt, u.LastActiveAt)
}

// tellMaya: ten wrong passwords at the airport; the tab at home is still open.
func tellMaya(r *record, m *maker) {
	u := r.user
	u.LockedUntil = m.ago(-47 * time.Minute)
	u.UpdatedAt = m.ago(13 * time.Minute)
	u.BackupCodes = u.BackupCodes[:6]
	u.ExternalID = "cust_MO104817"
	u.Public = object(`{"plan":"patron","seats":[{"hall":"Main Hall","row":"C","seat":11},{"hall":"Main Hall","row":"C","seat":12}],"preferences":{"genres":["jazz","opera"],"contact":"sms"}}`)
	u.Private = object(`{"crm":{"id":"HP-104817","segment":"vip","score":92},"lifetime_value":{"amount":2214.5,"currency":"USD"}}`)
	u.Unsafe = object(`{"theme":"dark","newsletter":true,"travel":{"from":"LIS","to":"OSL","gate":"S17"}}`)
	r.sessions, r.memberships = nil, nil
	lisbon := place{"Lisbon", "PT"}
	m.session(r, device{"Macintosh", "Safari", "18.4", false}, lisbon, u.LastSignInAt, m.ago(58*time.Minute))
	phone := m.session(r, device{"Android", "Chrome Mobile", "138.0", true}, place{"Lisbon Airport", "PT"}, m.ago(40*time.Minute), u.LastActiveAt)
	phone.Status, phone.UpdatedAt = "ended", u.LastActiveAt
}

// tellDaniel: the phone with the authenticator is gone. Three backup codes are
// left, and a passkey on a telephone from years ago. The address that somebody
// added twenty minutes ago only looks like his employer's.
func tellDaniel(r *record, m *maker) {
	u := r.user
	u.Passkeys, u.BackupCodes = nil, u.BackupCodes[:3]
	m.passkey(u, "Daniel's iPhone 12", m.ago(900*day), m.ago(168*day))
	since := m.ago(830 * day)
	u.TOTP.CreatedAt, u.TOTP.UpdatedAt, u.MFAEnabledAt = since, since, since
	u.PasswordUpdatedAt = m.ago(122 * day)
	at := m.ago(20 * time.Minute)
	u.Emails = append(u.Emails[:1], store.Email{
		ID: m.dice.id("idn", at), Address: "d.reyes@pine-mail.example", CreatedAt: at, UpdatedAt: at,
		Verification: &store.Verification{Object: "verification_otp", Status: "unverified", Strategy: "email_code", Attempts: tries(0), ExpireAt: at + tenMinutes},
	})
	u.UpdatedAt = at
	u.Private = object(`{"crm":{"id":"HP-020713","segment":"corporate","score":71},"notes":[{"by":"amira","text":"Buys for the whole Pine Outfitters team."}]}`)
	r.sessions = nil
	portland := place{"Portland", "US"}
	m.session(r, device{"iPhone", "Mobile Safari", "18.5", true}, portland, u.LastSignInAt, u.LastActiveAt)
	old := m.session(r, device{"Windows", "Edge", "137.0", false}, portland, m.ago(19*day), m.ago(12*day))
	old.Status = "expired"
}

// tellPriya: within half an hour a sign-in from elsewhere, the second factor
// off, a new password and a new passkey.
func tellPriya(r *record, m *maker) {
	u := r.user
	home, away := place{"Pune", "IN"}, place{"Bucharest", "RO"}
	u.Passkeys = nil
	m.passkey(u, "MacBook Air", m.ago(402*day), m.ago(3*day))
	m.passkey(u, "Chrome on Windows", m.ago(20*time.Minute), m.ago(19*time.Minute))
	u.PasswordUpdatedAt = m.ago(23 * time.Minute)
	u.MFAEnabledAt, u.MFADisabledAt = m.ago(401*day), m.ago(22*time.Minute)
	u.UpdatedAt = m.ago(18 * time.Minute)
	u.Public = object(`{"plan":"patron","seats":[{"hall":"Quayside Stage","row":"A","seat":4}]}`)
	u.Private = object(`{"crm":{"id":"HP-051177","segment":"vip","score":88},"gift_cards":[{"code":"HPG-77","balance":{"amount":640,"currency":"USD"}}]}`)
	r.sessions = nil
	m.session(r, device{"Macintosh", "Safari", "18.4", false}, home, m.ago(5*day), m.ago(9*time.Hour))
	first := m.session(r, device{"Windows", "Chrome", "138.0", false}, away, u.LastSignInAt, m.ago(19*time.Minute))
	second := m.session(r, device{"Android", "Chrome Mobile", "138.0", true}, away, m.ago(19*time.Minute), u.LastActiveAt)
	first.IPAddress, second.IPAddress = "203.0.113.199", "203.0.113.199"
}

// tellSamOfPine is signed in twice, which a ban would end.
func tellSamOfPine(r *record, m *maker) {
	u := r.user
	r.sessions = nil
	m.session(r, device{"Windows", "Edge", "137.0", false}, place{"Portland", "US"}, u.LastSignInAt, u.LastActiveAt)
	m.session(r, device{"iPhone", "Mobile Safari", "18.3", true}, place{"Portland", "US"}, m.ago(4*day), m.ago(40*time.Hour))
}

// tellSamOfLeeds belongs to no organization.
func tellSamOfLeeds(r *record, m *maker) {
	r.memberships = nil
	for _, s := range r.sessions {
		s.OrganizationID = ""
	}
}

// tellElin asks to be deleted, and the shop does not let people do it themselves.
func tellElin(r *record, m *maker) {
	u := r.user
	u.DeleteSelfEnabled = false
	u.Private = object(`{"crm":{"id":"HP-300412","segment":"new","score":12},"tickets":[{"id":"GDPR-211","kind":"erasure","opened_by":"elin.berg@fjord.example"}]}`)
	r.memberships = nil
}

// tellTomasz left Northwind, and its directory said so.
func tellTomasz(r *record, m *maker) {
	r.user.UpdatedAt = m.ago(33 * day)
}
