package world

import (
	"encoding/json"
	"time"

	"frontdesk/api/sandbox/store"
)

const day = 24 * time.Hour

// organizations are the shop itself and five that buy in bulk or sell with it.
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

// joinableOrganizations can be joined without an identity provider. A repeated one is
// joined more often.
var joinableOrganizations = []string{"harbor-and-pine", "pine-outfitters", "pine-outfitters", "fjord-festival"}

var adminPermissions = []string{"org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage", "org:sys_domains:read", "org:sys_domains:manage"}
var memberPermissions = []string{"org:sys_memberships:read"}

const (
	roleAdmin  = "org:admin"
	roleMember = "org:member"
)

// createInstance creates the instance's settings and the organizations, which exist before
// the first user.
func (m *maker) createInstance() store.Settings {
	d := m.random
	d.reseed(m.seed, 1<<60)
	settings := store.Settings{
		InstanceID: d.id("ins", m.now-shopAge.Milliseconds()), Environment: "development", Name: "Harbor & Pine",
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

// writeInstance writes the settings and the organizations.
func (w *writer) writeInstance() error {
	if err := w.tx.PutSettings(w.createInstance()); err != nil {
		return err
	}
	for _, o := range organizations {
		if err := w.tx.PutOrganization(w.orgs[o.slug]); err != nil {
			return err
		}
	}
	return nil
}

// addMembership makes r's user a member. Without a role the first two members become
// admins; the first admin is the organization's creator.
func (m *maker) addMembership(r *record, slug, role string) {
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
	since := max(r.user.CreatedAt, org.CreatedAt) + m.random.Int64N((2 * day).Milliseconds())
	since = min(since, m.now)
	if org.CreatedBy == "" && role == roleAdmin {
		org.CreatedBy = r.user.ID
		r.organization = org
	}
	r.memberships = append(r.memberships, &store.Membership{
		ID: m.random.id("orgmem", since), UserID: r.user.ID, OrganizationID: org.ID, Role: role, Permissions: permissions,
		CreatedAt: since, UpdatedAt: since,
	})
}

// addInvitation adds the invitation by which some members joined, or one that is not
// accepted.
func (m *maker) addInvitation(r *record) {
	d, u := m.random, r.user
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
		i.OrganizationID, i.Status = m.orgs[pick(d, joinableOrganizations)].ID, "pending"
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
