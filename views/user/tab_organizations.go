package user

import (
	"context"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/mask"
	"frontdesk/views/usercache"
	"frontdesk/views/userfmt"
)

// organizations is the tab of memberships and invitations.
type organizations struct {
	memberships remoteList[api.OrganizationMembership]
	invitations remoteList[api.OrganizationInvitation]
}

func newOrganizations(d *detail) *organizations {
	return &organizations{
		remoteList[api.OrganizationMembership]{
			env: d.env, detail: d, noun: "organization",
			list: func() *usercache.List[api.OrganizationMembership] { return &d.known.Memberships },
			source: listSource[api.OrganizationMembership]{
				call: func(ctx context.Context, c *api.Client, id clean.Text, limit, offset int) (api.Page[api.OrganizationMembership], error) {
					return c.Memberships(ctx, id, limit, offset)
				},
				id: func(m api.OrganizationMembership) clean.Text { return m.Organization.ID },
			},
		},
		remoteList[api.OrganizationInvitation]{
			env: d.env, detail: d, noun: "invitation",
			list: func() *usercache.List[api.OrganizationInvitation] { return &d.known.Invitations },
			source: listSource[api.OrganizationInvitation]{
				call: func(ctx context.Context, c *api.Client, id clean.Text, limit, offset int) (api.Page[api.OrganizationInvitation], error) {
					return c.Invitations(ctx, id, "", limit, offset)
				},
				id: func(i api.OrganizationInvitation) clean.Text { return i.ID },
			},
		},
	}
}

func (t *organizations) ID() string         { return "organizations" }
func (t *organizations) Title() string      { return "Organizations" }
func (t *organizations) ShortTitle() string { return "Orgs" }

func (t *organizations) Open() tea.Cmd {
	return tea.Batch(t.memberships.open(), t.invitations.open())
}

func (t *organizations) Reread() tea.Cmd {
	return tea.Batch(t.memberships.reread(), t.invitations.reread())
}

func (t *organizations) Cancel() tea.Cmd {
	return tea.Batch(t.memberships.cancel(), t.invitations.cancel())
}

func (t *organizations) Update(msg tea.Msg) {
	t.memberships.takeFact(msg)
	t.invitations.takeFact(msg)
}

func (t *organizations) ShowsAge() bool { return t.memberships.showsAge() || t.invitations.showsAge() }

func (t *organizations) Draw(p *sheet, _ *api.User) {
	for i, m := range t.memberships.drawHead(p, "ORGANIZATIONS", "no organizations") {
		row := func() action.PartRow {
			return action.PartRow{Part: ops.PartOrganization, Item: ops.Item{ID: m.Organization.ID, Label: m.Organization.Name, Note: roleName(m)}}
		}
		p.addListRow(rowEntry{rowKey: rowKey{ops.PartOrganization, m.Organization.ID}, row: row, draw: func(p *sheet, head lipgloss.Style) { p.membership(mask.Copy(t.memberships.env.Mask, m), head) }, position: t.memberships.position(i),
			open: t.memberships.detail.membersOpener(m.Organization), openTitle: "Show the members"})
	}
	t.memberships.drawTail(p)
	for _, i := range t.invitations.drawHead(p, "INVITATIONS", "no invitation") {
		p.addListRow(rowEntry{rowKey: rowKey{ops.PartNone, i.ID}, draw: func(p *sheet, _ lipgloss.Style) { p.invitation(mask.Copy(t.invitations.env.Mask, i)) }})
	}
	t.invitations.drawTail(p)
}

// organizationColumns returns the widths of name, role and date.
func (p *sheet) organizationColumns() []int {
	if p.width < 96 {
		return []int{32, 18}
	}
	return []int{46, 28}
}

func (p *sheet) membership(m api.OrganizationMembership, head lipgloss.Style) {
	p.addColumns(span{}, 0, p.organizationColumns(), span{organizationName(m.Organization), head}, p.plain(roleName(m)), p.dim("since "+userfmt.Day(m.CreatedAt.Time, p.now)))
}

func (p *sheet) invitation(i api.OrganizationInvitation) {
	role := i.RoleName.Display()
	if role == "" {
		role = roleName(api.OrganizationMembership{Role: i.Role})
	}
	status := span{"○ " + i.Status.Display(), p.styles.Dim}
	end := ""
	if i.Status.Raw() == "pending" {
		status = span{"◐ pending", p.styles.Warn}
		if !i.ExpiresAt.IsZero() {
			end = expiryText(i.ExpiresAt.Time, p.now)
		}
	}
	p.addColumns(span{}, 0, p.organizationColumns(), p.plain(organizationName(i.Organization)), p.plain(role), status)
	p.addBelow("to "+i.EmailAddress.Display(), "sent "+userfmt.Ago(i.CreatedAt.Time, p.now), end)
}

// organizationName returns the name of an organization, else what identifies it.
func organizationName(o api.Organization) string {
	return firstOf(o.Name, o.Slug, o.ID)
}
