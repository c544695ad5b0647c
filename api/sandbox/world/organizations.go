package world

import (
	"encoding/json"
	"time"

	"frontdesk/api/sandbox/store"
)

const day = 24 * time.Hour

// organizations are the six that buy by the block or sell with the shop.
var organizations = []struct {
	name, slug string
	age        time.Duration
	seats      int
	public     string
}{
	{"Harbor & Pine", "harbor-and-pine", 4 * 364 * day, 60, `{"kind":"staff","desk":"front of house"}`},
	{"Pine Outfitters", "pine-outfitters", 1180 * day, 80, `{"kind":"corporate","discount":0.1,"invoice":{"terms":"net 30","currency":"USD"}}`},
	{"Tessera Events", "tessera-events", 990 * day, 150, `{"kind":"promoter","venues":["Mosaic Hall","The Kiln"]}`},
	{"Northwind Stage", "northwind-stage", 720 * day, 150, `{"kind":"venue","capacity":1850,"box_office":{"opens":"10:00","closes":"19:30"}}`},
	{"Lantern Theatre Guild", "lantern-guild", 510 * day, 150, `{"kind":"nonprofit","seasons":["spring","autumn"]}`},
	{"Fjord Festival", "fjord-festival", 260 * day, 40, `{"kind":"festival","dates":{"from":"06-18","to":"06-21"}}`},
}

// openOrganizations are those that people join without an identity provider.
var openOrganizations = []string{"harbor-and-pine", "pine-outfitters", "pine-outfitters", "fjord-festival"}

var adminPermissions = []string{"org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage", "org:sys_domains:read", "org:sys_domains:manage"}
var memberPermissions = []string{"org:sys_memberships:read"}

const (
	roleAdmin  = "org:admin"
	roleMember = "org:member"
)

// found makes the instance and the organizations: what is there before the
// first user.
func (m *maker) found() store.Settings {
	d := m.dice
	d.of(m.seed, 1<<60)
	settings := store.Settings{
		InstanceID: d.id("ins", m.now-years.Milliseconds()), Environment: "development", Name: "Harbor & Pine",
		LockoutMillis: time.Hour.Milliseconds(), MaxAttempts: maxAttempts,
	}
	for _, o := range organizations {
		created := m.now - o.age.Milliseconds()
		m.orgs[o.slug] = &store.Organization{
			ID: d.id("org", created), Name: o.name, Slug: o.slug, MaxMembers: o.seats, Public: json.RawMessage(o.public),
			CreatedAt: created, UpdatedAt: created + (40 * day).Milliseconds(),
		}
	}
	return settings
}

// instance writes them.
func (w *writer) instance() error {
	if err := w.tx.PutSettings(w.found()); err != nil {
		return err
	}
	for _, o := range organizations {
		if err := w.tx.PutOrganization(w.orgs[o.slug]); err != nil {
			return err
		}
	}
	return nil
}

// membership puts r's user into the organization. The first of each is its
// admin and the one who made it.
func (m *maker) membership(r *record, slug, role string) {
	org := m.orgs[slug]
	if org == nil {
		return
	}
	if role == "" {
		role = roleMember
		if m.admins[slug] < 2 {
			role = roleAdmin
		}
	}
	permissions := memberPermissions
	if role == roleAdmin {
		m.admins[slug]++
		permissions = adminPermissions
	}
	since := max(r.user.CreatedAt, org.CreatedAt) + m.dice.Int64N((2 * day).Milliseconds())
	since = min(since, m.now)
	if org.CreatedBy == "" && role == roleAdmin {
		org.CreatedBy = r.user.ID
		r.organization = org
	}
	r.memberships = append(r.memberships, &store.Membership{
		ID: m.dice.id("orgmem", since), UserID: r.user.ID, OrganizationID: org.ID, Role: role, Permissions: permissions,
		CreatedAt: since, UpdatedAt: since,
	})
}

// invited is how some members came, and what some others have not answered.
func (m *maker) invited(r *record) {
	d, u := m.dice, r.user
	if len(u.Emails) == 0 {
		return
	}
	i := &store.Invitation{EmailAddress: u.Emails[0].Address, Role: roleMember}
	switch {
	case len(r.memberships) > 0 && d.percent(25):
		joined := r.memberships[0]
		i.OrganizationID, i.Status, i.Role = joined.OrganizationID, "accepted", joined.Role
		i.CreatedAt, i.UpdatedAt = max(u.CreatedAt, joined.CreatedAt-(3*day).Milliseconds()), joined.CreatedAt
	case len(r.memberships) == 0 && d.percent(2):
		at := m.between(max(u.CreatedAt, m.ago(60*day)), m.now)
		i.OrganizationID, i.Status = m.orgs[pick(d, openOrganizations)].ID, "pending"
		i.CreatedAt, i.UpdatedAt = at, at
	default:
		return
	}
	for _, o := range organizations {
		if org := m.orgs[o.slug]; org.ID == i.OrganizationID {
			i.InviterID = org.CreatedBy
		}
	}
	i.ID, i.ExpiresAt = d.id("orginv", i.CreatedAt), i.CreatedAt+month.Milliseconds()
	if i.Status == "pending" && i.ExpiresAt < m.now {
		i.Status = "expired"
	}
	r.invitations = append(r.invitations, i)
}
