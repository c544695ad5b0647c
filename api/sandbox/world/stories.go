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

// finishHostile: control characters are in every field that can hold a name.
func finishHostile(r *record, m *maker) {
	u := r.user
	m.addPasskey(u, "key\x1b[5m\u2028ring", u.CreatedAt, u.LastActiveAt)
}

// finishMaya: ten wrong passwords at the airport, while a session at home is still active.
func finishMaya(r *record, m *maker) {
	u := r.user
	u.LockedUntil = m.ago(-47 * time.Minute)
	u.UpdatedAt = m.ago(13 * time.Minute)
	u.BackupCodes = u.BackupCodes[:6]
	r.sessions, r.memberships = nil, nil
	lisbon := place{"Lisbon", "PT"}
	m.addSession(r, device{"Macintosh", "Safari", "18.4", false}, lisbon, u.LastSignInAt, m.ago(58*time.Minute))
	phone := m.addSession(r, device{"Android", "Chrome Mobile", "138.0", true}, place{"Lisbon Airport", "PT"}, m.ago(40*time.Minute), u.LastActiveAt)
	phone.Status, phone.UpdatedAt = "ended", u.LastActiveAt
}

// finishDaniel: he lost the phone with the authenticator app; three backup codes and a
// passkey on an old phone are left. The address added twenty minutes ago only looks like
// his employer's.
func finishDaniel(r *record, m *maker) {
	u := r.user
	u.Passkeys, u.BackupCodes = nil, u.BackupCodes[:3]
	m.addPasskey(u, "Daniel's iPhone 12", m.ago(900*day), m.ago(168*day))
	since := m.ago(830 * day)
	u.TOTP.CreatedAt, u.TOTP.UpdatedAt, u.MFAEnabledAt = since, since, since
	u.PasswordUpdatedAt = m.ago(122 * day)
	at := m.ago(20 * time.Minute)
	u.Emails = append(u.Emails[:1], store.Email{
		ID: m.random.id("idn", at), Address: "d.reyes@pine-mail.example", CreatedAt: at, UpdatedAt: at,
		Verification: &store.Verification{Object: "verification_otp", Status: "unverified", Strategy: "email_code", Attempts: attempts(0), ExpireAt: at + tenMinutes},
	})
	u.UpdatedAt = at
	r.sessions = nil
	portland := place{"Portland", "US"}
	m.addSession(r, device{"iPhone", "Mobile Safari", "18.5", true}, portland, u.LastSignInAt, u.LastActiveAt)
	old := m.addSession(r, device{"Windows", "Edge", "137.0", false}, portland, m.ago(19*day), m.ago(12*day))
	old.Status = "expired"
}

// finishPriya: within half an hour a sign-in from another country, a new password, MFA
// switched off, and an e-mail address of the intruder's that became the primary one. A
// session at home, two at work and one on an old phone are what came before.
func finishPriya(r *record, m *maker) {
	u := r.user
	home, work, away := place{"Pune", "IN"}, place{"Mumbai", "IN"}, place{"Bucharest", "RO"}
	u.Passkeys = nil
	m.addPasskey(u, "MacBook Air", m.ago(402*day), m.ago(3*day))
	m.addPasskey(u, "Chrome on Windows", m.ago(20*time.Minute), m.ago(19*time.Minute))
	u.PasswordUpdatedAt = m.ago(25 * time.Minute)
	u.MFAEnabledAt, u.MFADisabledAt = m.ago(401*day), m.ago(22*time.Minute)
	at := m.ago(21 * time.Minute)
	intruder := store.Email{ID: m.random.id("idn", at), Address: "priya.raman@mail-relay.example", CreatedAt: at, UpdatedAt: at, Verification: codeVerification("email_code", at)}
	u.Emails, u.PrimaryEmailID = append([]store.Email{intruder}, u.Emails[:1]...), intruder.ID
	u.UpdatedAt = m.ago(18 * time.Minute)
	r.sessions, r.memberships = nil, nil
	mac := device{"Macintosh", "Safari", "18.4", false}
	m.addSession(r, mac, home, m.ago(5*day), m.ago(9*time.Hour))
	m.addSession(r, mac, work, m.ago(16*day), m.ago(11*day)).Status = "expired"
	m.addSession(r, device{"iPhone", "Mobile Safari", "18.3", true}, work, m.ago(30*day), m.ago(24*day)).Status = "ended"
	first := m.addSession(r, device{"Windows", "Chrome", "138.0", false}, away, u.LastSignInAt, m.ago(19*time.Minute))
	second := m.addSession(r, device{"Android", "Chrome Mobile", "138.0", true}, away, m.ago(19*time.Minute), u.LastActiveAt)
	first.IPAddress, second.IPAddress = "203.0.113.199", "203.0.113.199"
}

// finishSamOfPine: two sessions that a ban would end.
func finishSamOfPine(r *record, m *maker) {
	u := r.user
	r.sessions = nil
	m.addSession(r, device{"Windows", "Edge", "137.0", false}, place{"Portland", "US"}, u.LastSignInAt, u.LastActiveAt)
	m.addSession(r, device{"iPhone", "Mobile Safari", "18.3", true}, place{"Portland", "US"}, m.ago(4*day), m.ago(40*time.Hour))
}

// finishSamOfLeeds: a member of no organization.
func finishSamOfLeeds(r *record, m *maker) {
	r.memberships = nil
	for _, s := range r.sessions {
		s.OrganizationID = ""
	}
}

// finishElin: she asks to be deleted, and cannot do it herself.
func finishElin(r *record, m *maker) {
	u := r.user
	u.DeleteSelfEnabled = false
	r.memberships = nil
}

// finishTomasz: he left Northwind, whose identity provider deprovisioned him.
func finishTomasz(r *record, m *maker) {
	r.user.UpdatedAt = m.ago(33 * day)
}
