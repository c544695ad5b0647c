package store

import "encoding/json"

// PutOrganization inserts or replaces.
func (t *Tx) PutOrganization(o *Organization) error {
	doc, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO organizations (id, doc) VALUES (?,?)", o.ID, string(doc))
}

// Organization is the organization with that id, or ErrNotFound.
func (t *Tx) Organization(id string) (*Organization, error) {
	return one[Organization](t, "SELECT doc FROM organizations WHERE id = ?", id)
}

// Organizations are all of them, by id.
func (t *Tx) Organizations() ([]*Organization, error) {
	return docs[Organization](t, "SELECT doc FROM organizations ORDER BY id")
}

// PutMembership inserts or replaces.
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

// DeleteMembership removes it, or gives ErrNotFound.
func (t *Tx) DeleteMembership(id string) error {
	return t.gone(t.c.execCount(t.ctx, "DELETE FROM memberships WHERE id = ?", id))
}

// Memberships are newest first, with the total; a limit of 0 is none.
func (t *Tx) Memberships(userID string, limit, offset int) ([]*Membership, int, error) {
	var total int
	if err := t.c.row(t.ctx, "SELECT count(*) FROM memberships WHERE user_id = ?", []any{userID}, &total); err != nil {
		return nil, 0, err
	}
	all, err := docs[Membership](t, "SELECT doc FROM memberships WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
		userID, orAll(limit), offset)
	return all, total, err
}

// Members are the memberships of an organization, newest first, with the total;
// a limit of 0 is none.
func (t *Tx) Members(organizationID string, limit, offset int) ([]*Membership, int, error) {
	total, err := t.CountMembers(organizationID)
	if err != nil {
		return nil, 0, err
	}
	all, err := docs[Membership](t, "SELECT doc FROM memberships WHERE organization_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
		organizationID, orAll(limit), offset)
	return all, total, err
}

// CountMembers is how many users belong to the organization.
func (t *Tx) CountMembers(organizationID string) (n int, err error) {
	err = t.c.row(t.ctx, "SELECT count(*) FROM memberships WHERE organization_id = ?", []any{organizationID}, &n)
	return n, err
}

// PutInvitation inserts or replaces.
func (t *Tx) PutInvitation(i *Invitation) error {
	doc, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return t.c.exec(t.ctx, "INSERT OR REPLACE INTO invitations (id, email_address, status, created_at, doc) VALUES (?,?,?,?,?)",
		i.ID, foldEmail(i.EmailAddress), i.Status, i.CreatedAt, string(doc))
}

// Invitations are those sent to any of the user's e-mail addresses, newest
// first, with the total; an empty status does not filter, a limit of 0 is none.
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
	args := []any{list(addresses), status}
	var total int
	if err := t.c.row(t.ctx, "SELECT count(*)"+from, args, &total); err != nil {
		return nil, 0, err
	}
	all, err := docs[Invitation](t, "SELECT doc"+from+" ORDER BY created_at DESC, id DESC LIMIT ?3 OFFSET ?4", append(args, orAll(limit), offset)...)
	return all, total, err
}

// AllInvitations are those of every organization, by id.
func (t *Tx) AllInvitations() ([]*Invitation, error) {
	return docs[Invitation](t, "SELECT doc FROM invitations ORDER BY id")
}
