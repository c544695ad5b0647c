package store

import "encoding/json"

// PutOrganization inserts or replaces o.
func (t *Tx) PutOrganization(o *Organization) error {
	doc, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO organizations (id, doc) VALUES (?,?)", o.ID, string(doc))
}

// Organization returns the organization with that id, or ErrNotFound.
func (t *Tx) Organization(id string) (*Organization, error) {
	return getDoc[Organization](t, "SELECT doc FROM organizations WHERE id = ?", id)
}

// Organizations returns all organizations, ordered by id.
func (t *Tx) Organizations() ([]*Organization, error) {
	return getDocs[Organization](t, "SELECT doc FROM organizations ORDER BY id")
}

// PutMembership inserts or replaces m.
func (t *Tx) PutMembership(m *Membership) error {
	doc, err := json.Marshal(m)
	if err != nil {
		return err
	}
	row := []any{m.ID, m.UserID, m.OrganizationID, m.CreatedAt, string(doc)}
	if t.bulk != nil {
		return t.bulk.memberships.add(t, row...)
	}
	return t.c.exec(t.ctx, insertMembership+placeholders(len(row)), row...)
}

// DeleteMembership deletes the membership, or returns ErrNotFound.
func (t *Tx) DeleteMembership(id string) error {
	return t.requireDeleted(t.c.execCount(t.ctx, "DELETE FROM memberships WHERE id = ?", id))
}

// Memberships returns the user's memberships, newest first, and the total; a limit of 0
// means no limit.
func (t *Tx) Memberships(userID string, limit, offset int) ([]*Membership, int, error) {
	var total int
	if err := t.c.row(t.ctx, "SELECT count(*) FROM memberships WHERE user_id = ?", []any{userID}, &total); err != nil {
		return nil, 0, err
	}
	all, err := getDocs[Membership](t, "SELECT doc FROM memberships WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
		userID, limitOrAll(limit), offset)
	return all, total, err
}

// Members returns the organization's memberships, newest first, and the total; a limit of
// 0 means no limit.
func (t *Tx) Members(organizationID string, limit, offset int) ([]*Membership, int, error) {
	total, err := t.CountMembers(organizationID)
	if err != nil {
		return nil, 0, err
	}
	all, err := getDocs[Membership](t, "SELECT doc FROM memberships WHERE organization_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
		organizationID, limitOrAll(limit), offset)
	return all, total, err
}

// CountMembers returns the number of the organization's members.
func (t *Tx) CountMembers(organizationID string) (n int, err error) {
	err = t.c.row(t.ctx, "SELECT count(*) FROM memberships WHERE organization_id = ?", []any{organizationID}, &n)
	return n, err
}

// PutInvitation inserts or replaces i.
func (t *Tx) PutInvitation(i *Invitation) error {
	doc, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO invitations (id, email_address, status, created_at, doc) VALUES (?,?,?,?,?)",
		i.ID, foldEmail(i.EmailAddress), i.Status, i.CreatedAt, string(doc))
}

// Invitations returns those sent to any of the user's e-mail addresses, newest first, and
// the total; an empty status does not filter, a limit of 0 means no limit.
func (t *Tx) Invitations(userID, status string, limit, offset int) ([]*Invitation, int, error) {
	u, err := t.User(userID)
	if err != nil {
		return nil, 0, err
	}
	addresses := []string{}
	for _, e := range u.Emails {
		addresses = append(addresses, foldEmail(e.Address))
	}
	const from = " FROM invitations WHERE email_address IN (SELECT value FROM json_each(?1)) AND (?2 = '' OR status = ?2)"
	args := []any{jsonArray(addresses), status}
	var total int
	if err := t.c.row(t.ctx, "SELECT count(*)"+from, args, &total); err != nil {
		return nil, 0, err
	}
	all, err := getDocs[Invitation](t, "SELECT doc"+from+" ORDER BY created_at DESC, id DESC LIMIT ?3 OFFSET ?4", append(args, limitOrAll(limit), offset)...)
	return all, total, err
}

// AllInvitations returns those of all organizations, ordered by id.
func (t *Tx) AllInvitations() ([]*Invitation, error) {
	return getDocs[Invitation](t, "SELECT doc FROM invitations ORDER BY id")
}
