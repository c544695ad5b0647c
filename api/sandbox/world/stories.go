package world

import (
	"time"

	"frontdesk/api/sandbox/store"
)

// stories finish the records of the people whose line in people.txt names one.
var stories = map[string]func(*record, *maker){
	"maya": finishMaya, "daniel": finishDaniel, "priya": finishPriya, "sam-of-pine": finishSamOfPine, "sam-of-leeds": finishSamOfLeeds,
	"elin": finishElin, "hostile": finishHostile, "tomasz": finishTomasz,
}

// finishHostile: the name is in every field that a name can be in.
func finishHostile(r *record, m *maker) {
	u := r.user
	m.passkey(u, "key\x1b[5m\u2028ring", u.CreatedAt, u.LastActiveAt)
}

// finishMaya: ten wrong passwords at the airport; the tab at home is still open.
func finishMaya(r *record, m *maker) {
	u := r.user
	u.LockedUntil = m.ago(-47 * time.Minute)
	u.UpdatedAt = m.ago(13 * time.Minute)
	u.BackupCodes = u.BackupCodes[:6]
	r.sessions, r.memberships = nil, nil
	lisbon := place{"Lisbon", "PT"}
	m.session(r, device{"Macintosh", "Safari", "18.4", false}, lisbon, u.LastSignInAt, m.ago(58*time.Minute))
	phone := m.session(r, device{"Android", "Chrome Mobile", "138.0", true}, place{"Lisbon Airport", "PT"}, m.ago(40*time.Minute), u.LastActiveAt)
	phone.Status, phone.UpdatedAt = "ended", u.LastActiveAt
}

// finishDaniel: the phone with the authenticator is gone. Three backup codes are
// left, and a passkey on a telephone from years ago. The address that somebody
// added twenty minutes ago only looks like his employer's.
func finishDaniel(r *record, m *maker) {
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
	r.sessions = nil
	portland := place{"Portland", "US"}
	m.session(r, device{"iPhone", "Mobile Safari", "18.5", true}, portland, u.LastSignInAt, u.LastActiveAt)
	old := m.session(r, device{"Windows", "Edge", "137.0", false}, portland, m.ago(19*day), m.ago(12*day))
	old.Status = "expired"
}

// finishPriya: within half an hour a sign-in from elsewhere, the second factor
// off, a new password and a new passkey.
func finishPriya(r *record, m *maker) {
	u := r.user
	home, away := place{"Pune", "IN"}, place{"Bucharest", "RO"}
	u.Passkeys = nil
	m.passkey(u, "MacBook Air", m.ago(402*day), m.ago(3*day))
	m.passkey(u, "Chrome on Windows", m.ago(20*time.Minute), m.ago(19*time.Minute))
	u.PasswordUpdatedAt = m.ago(23 * time.Minute)
	u.MFAEnabledAt, u.MFADisabledAt = m.ago(401*day), m.ago(22*time.Minute)
	u.UpdatedAt = m.ago(18 * time.Minute)
	r.sessions = nil
	m.session(r, device{"Macintosh", "Safari", "18.4", false}, home, m.ago(5*day), m.ago(9*time.Hour))
	first := m.session(r, device{"Windows", "Chrome", "138.0", false}, away, u.LastSignInAt, m.ago(19*time.Minute))
	second := m.session(r, device{"Android", "Chrome Mobile", "138.0", true}, away, m.ago(19*time.Minute), u.LastActiveAt)
	first.IPAddress, second.IPAddress = "203.0.113.199", "203.0.113.199"
}

// finishSamOfPine is signed in twice, which a ban would end.
func finishSamOfPine(r *record, m *maker) {
	u := r.user
	r.sessions = nil
	m.session(r, device{"Windows", "Edge", "137.0", false}, place{"Portland", "US"}, u.LastSignInAt, u.LastActiveAt)
	m.session(r, device{"iPhone", "Mobile Safari", "18.3", true}, place{"Portland", "US"}, m.ago(4*day), m.ago(40*time.Hour))
}

// finishSamOfLeeds belongs to no organization.
func finishSamOfLeeds(r *record, m *maker) {
	r.memberships = nil
	for _, s := range r.sessions {
		s.OrganizationID = ""
	}
}

// finishElin asks to be deleted, and the shop does not let people do it themselves.
func finishElin(r *record, m *maker) {
	u := r.user
	u.DeleteSelfEnabled = false
	r.memberships = nil
}

// finishTomasz left Northwind, and its directory said so.
func finishTomasz(r *record, m *maker) {
	r.user.UpdatedAt = m.ago(33 * day)
}
