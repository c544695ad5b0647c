package world

import (
	"strconv"
	"time"

	"frontdesk/api/sandbox/store"
)

// A device is what a session runs on.
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

// addSessions adds the current session and sometimes an earlier one. An active one is at
// most a week old, as in Clerk's default settings.
func (m *maker) addSessions(r *record, p *person) {
	if p.traits.has(neverSignedIn) || p.signedIn == 0 {
		return
	}
	d := m.random
	current := m.addSession(r, pick(d, devices), p.town, p.signedIn, p.active)
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
	if m.total > maxRemembered {
		keep = week // otherwise sessions would be half of a large file
	}
	if m.now-p.active > keep.Milliseconds() {
		r.sessions = nil // Clerk purges old inactive sessions
		return
	}
	if d.percent(30) && p.signedIn-p.created > day.Milliseconds() {
		at := m.between(max(p.created, p.signedIn-month.Milliseconds()), p.signedIn)
		s := m.addSession(r, pick(d, devices), p.town, at, m.between(at, min(p.active, at+week.Milliseconds())))
		s.Status = pick(d, []string{"ended", "expired", "removed", "replaced"})
		if m.now < s.ExpireAt && m.now-s.LastActiveAt < week.Milliseconds() && p.traits&(banned|deprovisioned) == 0 && d.percent(60) {
			s.Status = "active"
		}
	}
}

// addSession adds an active session of r's user from created to active, at most a week.
func (m *maker) addSession(r *record, on device, at place, created, active int64) *store.Session {
	d := m.random
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

// ago returns the time d before now in milliseconds.
func (m *maker) ago(d time.Duration) int64 { return m.now - d.Milliseconds() }
