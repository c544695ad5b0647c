package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawAccounts is what the person has connected, and what their company did.
func drawAccounts(p *sheet, u *api.User) {
	p.heading("CONNECTED ACCOUNTS")
	for i, item := range ops.PartExternalAccount.Items(u) {
		if i > 0 {
			p.gap()
		}
		row := action.PartRow{Part: ops.PartExternalAccount, Item: item}
		p.item(row, func(p *sheet, head lipgloss.Style) { p.external(u.ExternalAccounts[i], head) })
	}
	p.none(len(u.ExternalAccounts), "no connected account")
	if len(u.EnterpriseAccounts) == 0 && len(u.SAMLAccounts) == 0 {
		return
	}
	p.heading("ENTERPRISE ACCOUNTS")
	for _, a := range u.EnterpriseAccounts {
		p.enterprise(a)
	}
	for _, a := range u.SAMLAccounts {
		if !alsoEnterprise(u, a) {
			p.enterprise(api.EnterpriseAccount{ID: a.ID, Protocol: clean.NewText("saml"), Provider: a.Provider, Active: a.Active,
				EmailAddress: a.EmailAddress, ProviderUserID: a.ProviderUserID, LastAuthenticatedAt: a.LastAuthenticatedAt,
				Verification: a.Verification, Connection: a.Connection})
		}
	}
}

func (p *sheet) external(a api.ExternalAccount, head lipgloss.Style) {
	p.entry(span{userfmt.Provider(a.Provider), head}, p.verification(a.Verification, false))
	verified := p.dim("")
	if v := a.EmailAddressVerified; v != nil && *v {
		verified = p.dim("verified by " + userfmt.Provider(a.Provider))
	}
	p.text("E-mail", a.EmailAddress.Display(), "none given")
	if verified.text != "" && !a.EmailAddress.Empty() {
		p.below(verified.text)
	}
	p.mixed(a.EmailAddress)
	p.ifAny("Name", clean.NewText(join(a.FirstName.Raw(), a.LastName.Raw())))
	p.ifAny("Username", a.Username)
	p.ifAny("Label", a.Label)
	p.ifAny("Their id there", a.ProviderUserID)
	p.ifAny("Scopes", a.ApprovedScopes)
	if !a.CreatedAt.IsZero() {
		p.date("Connected", a.CreatedAt)
	}
	if v := a.Verification; v != nil && v.Error != nil {
		p.row("Went wrong", p.warn(firstOf(v.Error.LongMessage, v.Error.Message, v.Error.Code)))
	}
}

func (p *sheet) enterprise(a api.EnterpriseAccount) {
	name := userfmt.Provider(a.Provider)
	if c := a.Connection; c != nil && !c.Name.Empty() {
		name = c.Name.Display()
	}
	state := p.warn("! not active")
	if a.Active {
		state = p.ok("✓ active")
	}
	p.entry(p.plain(name), state, p.dim(a.Protocol.Display()))
	p.ifAny("Provider", clean.NewText(userfmt.Provider(a.Provider)))
	p.ifAny("E-mail", a.EmailAddress)
	p.ifAny("Their id there", a.ProviderUserID)
	if c := a.Connection; c != nil {
		p.ifAny("Domain", c.Domain)
		for _, d := range c.Domains {
			p.ifAny("Domain", d)
		}
		if !c.Active {
			p.row("Connection", p.warn("! switched off"))
		}
	}
	p.date("Last sign-in", a.LastAuthenticatedAt)
}

// alsoEnterprise says that the legacy view repeats an enterprise account.
func alsoEnterprise(u *api.User, a api.SAMLAccount) bool {
	for _, e := range u.EnterpriseAccounts {
		if e.ID == a.ID || e.EmailAddress == a.EmailAddress && e.Provider == a.Provider {
			return true
		}
	}
	return false
}

func (p *sheet) ifAny(label string, value clean.Text) {
	if !value.Empty() {
		p.row(label, p.plain(value.Display()))
	}
}

func join(first, last string) string {
	if first == "" || last == "" {
		return first + last
	}
	return first + " " + last
}

func firstOf(words ...clean.Text) string {
	for _, w := range words {
		if !w.Empty() {
			return w.Display()
		}
	}
	return "unknown"
}
