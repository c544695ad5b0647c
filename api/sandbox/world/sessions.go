package world

import (
	"strconv"
	"time"

	"frontdesk/api/sandbox/store"
)

// A device is what somebody sits at.
type device struct {
	kind, browser, version string
	mobile                 bool
}

var devices = []device{
	{"iPhone", "Mobile Safari", "18.5", true}, {"iPhone", "Mobile Safari", "18.3", true}, {"Android", "Chrome Mobile", "138.0", true},
	{"Android", "Samsung Internet", "27.0", true}, {"Macintosh", "Safari", "18.4", false}, {"Macintosh", "Chrome", "138.0", false},
	{"Windows", "Chrome", "138.0", false}, {"Windows", "Edge", "137.0", false}, {"Windows", "Firefox", "140.0", false}, {"Linux", "Firefox", "139.0", false},
	{"iPad", "Mobile Safari", "18.5", true},
}

const (
	week  = 7 * day
	month = 30 * day
)

// sessions are where somebody is signed in, and was. An active one is at most
// a week old, as Clerk's default has it.
func (m *maker) sessions(r *record, p *person) {
	if p.traits.has(neverSignedIn) || p.signedIn == 0 {
		return
	}
	d := m.dice
	current := m.session(r, pick(d, devices), p.town, p.signedIn, p.active)
	switch {
	case p.traits.has(banned):
		current.Status = "revoked"
	case p.traits.has(deprovisioned):
		current.Status = "removed"
	case m.now-current.LastActiveAt > week.Milliseconds() || m.now > current.ExpireAt:
		current.Status = "expired"
	case d.percent(15):
		current.Status = "ended"
	}
	keep := 45 * day
	if m.total > rememberUpTo {
		keep = week // half of a large file would be what nobody looks at
	}
	if m.now-p.active > keep.Milliseconds() {
		r.sessions = nil // old inactive ones are purged
		return
	}
	if d.percent(30) && p.signedIn-p.created > day.Milliseconds() {
		at := m.between(max(p.created, p.signedIn-month.Milliseconds()), p.signedIn)
		s := m.session(r, pick(d, devices), p.town, at, m.between(at, min(p.active, at+week.Milliseconds())))
		s.Status = pick(d, []string{"ended", "expired", "removed", "replaced"})
		if m.now < s.ExpireAt && m.now-s.LastActiveAt < week.Milliseconds() && p.traits&(banned|deprovisioned) == 0 && d.percent(60) {
			s.Status = "active"
		}
	}
}

// session adds an active session of r's user, from created to active, a week at
// most.
func (m *maker) session(r *record, on device, at place, created, active int64) *store.Session {
	d := m.dice
	active = min(max(active, created), created+week.Milliseconds())
	s := &store.Session{
		ID: d.id("sess", created), UserID: r.user.ID, ClientID: d.id("client", created), Status: "active",
		LastActiveAt: active, ExpireAt: created + week.Milliseconds(), AbandonAt: created + month.Milliseconds(),
		CreatedAt: created, UpdatedAt: active,
		IsMobile: on.mobile, DeviceType: on.kind, BrowserName: on.browser, BrowserVersion: on.version,
		IPAddress: "203.0.113." + strconv.Itoa(1+d.IntN(254)), City: at.city, Country: at.country,
	}
	if len(r.memberships) > 0 {
		s.OrganizationID = r.memberships[0].OrganizationID
	}
	r.sessions = append(r.sessions, s)
	return s
}

// minutes before now, in milliseconds.
func (m *maker) ago(d time.Duration) int64 { return m.now - d.Milliseconds() }
