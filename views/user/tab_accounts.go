package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawAccounts draws the connected accounts and the enterprise accounts.
func drawAccounts(p *sheet, u *api.User) {
	p.addSection("CONNECTED ACCOUNTS")
	for i, item := range ops.PartExternalAccount.Items(u) {
		if i > 0 {
			p.addGap()
		}
		row := action.PartRow{Part: ops.PartExternalAccount, Item: item}
		p.addRow(row, func(p *sheet, head lipgloss.Style) { p.addExternalAccount(u.ExternalAccounts[i], head) })
	}
	p.addIfNone(len(u.ExternalAccounts), "no connected account")
	if len(u.EnterpriseAccounts) == 0 && len(u.SAMLAccounts) == 0 {
		return
	}
	p.addSection("ENTERPRISE ACCOUNTS")
	for _, a := range u.EnterpriseAccounts {
		p.addEnterpriseAccount(a)
	}
	for _, a := range u.SAMLAccounts {
		if !alsoEnterprise(u, a) {
			p.addEnterpriseAccount(api.EnterpriseAccount{ID: a.ID, Protocol: clean.NewText("saml"), Provider: a.Provider, Active: a.Active,
				EmailAddress: a.EmailAddress, ProviderUserID: a.ProviderUserID, LastAuthenticatedAt: a.LastAuthenticatedAt,
				Verification: a.Verification, Connection: a.Connection})
		}
	}
}

func (p *sheet) addExternalAccount(a api.ExternalAccount, head lipgloss.Style) {
	p.addValue(span{userfmt.Provider(a.Provider), head}, p.verification(a.Verification, false))
	verified := p.dim("")
	if v := a.EmailAddressVerified; v != nil && *v {
		verified = p.dim("verified by " + userfmt.Provider(a.Provider))
	}
	p.addText("E-mail", a.EmailAddress.Display(), "none")
	if verified.text != "" && !a.EmailAddress.Empty() {
		p.addBelow(verified.text)
	}
	p.warnMixed(a.EmailAddress)
	p.addIfAny("Name", clean.NewText(joinNames(a.FirstName.Raw(), a.LastName.Raw())))
	p.addIfAny("Username", a.Username)
	p.addIfAny("Label", a.Label)
	p.addIfAny("Account id", a.ProviderUserID)
	p.addIfAny("Scopes", a.ApprovedScopes)
	if !a.CreatedAt.IsZero() {
		p.addDate("Connected", a.CreatedAt)
	}
	if v := a.Verification; v != nil && v.Error != nil {
		p.addField("Error", p.warn(firstOf(v.Error.LongMessage, v.Error.Message, v.Error.Code)))
	}
}

func (p *sheet) addEnterpriseAccount(a api.EnterpriseAccount) {
	name := userfmt.Provider(a.Provider)
	if c := a.Connection; c != nil && !c.Name.Empty() {
		name = c.Name.Display()
	}
	state := p.warn("! not active")
	if a.Active {
		state = p.ok("✓ active")
	}
	p.addValue(p.plain(name), state, p.dim(a.Protocol.Display()))
	p.addIfAny("Provider", clean.NewText(userfmt.Provider(a.Provider)))
	p.addIfAny("E-mail", a.EmailAddress)
	p.addIfAny("Account id", a.ProviderUserID)
	if c := a.Connection; c != nil {
		p.addIfAny("Domain", c.Domain)
		for _, d := range c.Domains {
			p.addIfAny("Domain", d)
		}
		if !c.Active {
			p.addField("Connection", p.warn("! switched off"))
		}
	}
	p.addDate("Last sign-in", a.LastAuthenticatedAt)
}

// alsoEnterprise reports whether a legacy SAML account is also in EnterpriseAccounts.
func alsoEnterprise(u *api.User, a api.SAMLAccount) bool {
	for _, e := range u.EnterpriseAccounts {
		if e.ID == a.ID || e.EmailAddress == a.EmailAddress && e.Provider == a.Provider {
			return true
		}
	}
	return false
}

func (p *sheet) addIfAny(label string, value clean.Text) {
	if !value.Empty() {
		p.addField(label, p.plain(value.Display()))
	}
}

func joinNames(first, last string) string {
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
