package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawContact draws every identification: how it was verified, what is linked to it.
func drawContact(p *sheet, u *api.User) {
	p.addSection("E-MAIL ADDRESSES")
	p.addParts(u, ops.PartEmail, func(p *sheet, i int, head lipgloss.Style) {
		e := u.EmailAddresses[i]
		p.addIdentification(span{e.EmailAddress.Display(), head}, e.Verification, e.Reserved, e.ID == u.PrimaryEmailAddressID && !e.ID.Empty())
		p.addBelow(userfmt.ReadsAs(e.EmailAddress))
		p.addBelow(verifiedBy(e.Verification), added(p, e.CreatedAt), linked(e.LinkedTo), sso(e.MatchesSSOConnection))
		p.warnMixed(e.EmailAddress)
		p.warnMixed(userfmt.ReadableEmail(e.EmailAddress))
	})
	p.addIfNone(len(u.EmailAddresses), "no e-mail address")
	p.addSection("PHONE NUMBERS")
	p.addParts(u, ops.PartPhone, func(p *sheet, i int, head lipgloss.Style) {
		n := u.PhoneNumbers[i]
		p.addIdentification(span{userfmt.Phone(n.PhoneNumber), head}, n.Verification, n.Reserved, n.ID == u.PrimaryPhoneNumberID && !n.ID.Empty())
		p.addBelow(verifiedBy(n.Verification), added(p, n.CreatedAt), factorUse(n), linked(n.LinkedTo))
	})
	p.addIfNone(len(u.PhoneNumbers), "no phone number")
	p.addSection("WEB3 WALLETS")
	p.addParts(u, ops.PartWallet, func(p *sheet, i int, head lipgloss.Style) {
		w := u.Web3Wallets[i]
		p.addIdentification(span{w.Web3Wallet.Display(), head}, w.Verification, false, w.ID == u.PrimaryWeb3WalletID && !w.ID.Empty())
		p.addBelow(verifiedBy(w.Verification), added(p, w.CreatedAt))
	})
	p.addIfNone(len(u.Web3Wallets), "no wallet")
}

// addParts adds the user's parts of one kind as rows; draw gets the index of the part.
func (p *sheet) addParts(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) {
	if p.cache != nil && part.Count(u) > bigPartCount {
		p.addBigParts(u, part, draw)
		return
	}
	for i, item := range part.Items(u) {
		p.addRow(action.PartRow{Part: part, Item: item}, func(p *sheet, head lipgloss.Style) { draw(p, i, head) })
	}
}

// addContacts adds the first addresses and numbers, in short.
func (p *sheet) addContacts(u *api.User) {
	const where = ": on the tab Contact"
	mails, more := firstEmails(u, maxOnOverview)
	for _, i := range mails {
		e := &u.EmailAddresses[i]
		p.addAddress(e.EmailAddress.Display(), e.Verification, e.Reserved, e.ID == u.PrimaryEmailAddressID && !e.ID.Empty())
		p.addBelow(userfmt.ReadsAs(e.EmailAddress))
	}
	p.addMore(more, where)
	phones, more := firstPhones(u, maxOnOverview)
	for _, i := range phones {
		n := &u.PhoneNumbers[i]
		p.addAddress(userfmt.Phone(n.PhoneNumber), n.Verification, n.Reserved, n.ID == u.PrimaryPhoneNumberID && !n.ID.Empty())
	}
	p.addMore(more, where)
	p.addIfNone(len(u.EmailAddresses)+len(u.PhoneNumbers), "no e-mail address, no phone")
}

func (p *sheet) addAddress(address string, v *api.Verification, reserved, primary bool) {
	notes := []span{p.verification(v, reserved)}
	if primary {
		notes = append(notes, p.dim("primary"))
	}
	p.addValue(span{address, p.styles.Text}, notes...)
}

// addIdentification adds an identification with its status.
func (p *sheet) addIdentification(address span, v *api.Verification, reserved, primary bool) {
	notes := []span{p.verification(v, reserved)}
	if primary {
		notes = append(notes, span{"primary", p.styles.Info})
	}
	p.addValue(address, notes...)
}

func (p *sheet) verification(v *api.Verification, reserved bool) span {
	word, ok := userfmt.VerificationText(v, reserved)
	if ok {
		return span{"✓ " + word, p.styles.OK}
	}
	return span{"! " + word, p.styles.Warn}
}

// addValue adds a value over the whole width with notes behind it, or below where
// there is no room.
func (p *sheet) addValue(value span, notes ...span) {
	wrapped := p.cells.Wrap(value.text, p.width)
	if len(wrapped) == 0 {
		wrapped = []string{p.empty()}
	}
	for _, l := range wrapped {
		p.lines = append(p.lines, p.paint(value.style, l))
	}
	used := p.cells.Width(wrapped[len(wrapped)-1])
	for _, n := range notes {
		if n.text == "" {
			continue
		}
		last := len(p.lines) - 1
		if w := p.cells.Width(n.text); used+3+w <= p.width {
			p.lines[last] += "   " + p.paint(n.style, n.text)
			used += 3 + w
			continue
		}
		for _, l := range p.cells.Wrap(n.text, max(1, p.width-2)) {
			p.lines = append(p.lines, "  "+p.paint(n.style, l))
			used = 2 + p.cells.Width(l)
		}
	}
}

func (p *sheet) empty() string { return "(empty)" }

// addBelow adds facts about the entry above, dimmed.
func (p *sheet) addBelow(facts ...string) {
	line := ""
	for _, f := range facts {
		if f == "" {
			continue
		}
		if line != "" {
			line += " · "
		}
		line += f
	}
	for _, l := range p.cells.Wrap(line, max(1, p.width-2)) {
		p.lines = append(p.lines, "  "+p.paint(p.styles.Dim, l))
	}
}

func (p *sheet) warnMixed(t clean.Text) {
	if t.IsLookalike() {
		p.addNotice(t.LookalikeReason()+": it may imitate another address", p.styles.Warn)
	}
}

func (p *sheet) addNotice(t string, style lipgloss.Style) {
	for i, l := range p.cells.Wrap(t, max(1, p.width-4)) {
		mark := "    "
		if i == 0 {
			mark = "  " + p.paint(style, "! ")
		}
		p.lines = append(p.lines, mark+p.paint(style, l))
	}
}

func (p *sheet) addIfNone(n int, words string) {
	if n == 0 {
		p.add(p.dim(words))
	}
}

func added(p *sheet, t wire.Time) string {
	if t.IsZero() {
		return ""
	}
	return "added " + userfmt.Ago(t.Time, p.now)
}

func linked(links []api.Link) string {
	out := ""
	for i, l := range links {
		if i > 0 {
			out += ", "
		}
		out += userfmt.Provider(l.Type)
	}
	if out == "" {
		return ""
	}
	return "connected to " + out
}

func sso(matches bool) string {
	if matches {
		return "its domain belongs to an enterprise connection"
	}
	return ""
}

func factorUse(n api.PhoneNumber) string {
	switch {
	case n.DefaultSecondFactor:
		return "second factor, the default one"
	case n.ReservedForSecondFactor:
		return "second factor"
	}
	return ""
}

// verifiedBy says how an identification was verified, "" if that is not known.
func verifiedBy(v *api.Verification) string {
	if v == nil || v.Strategy.Empty() {
		return ""
	}
	switch s := v.Strategy.Raw(); s {
	case "email_code", "phone_code":
		return "by code"
	case "reset_password_email_code":
		return "by a code to reset the password"
	case "email_link":
		return "by link"
	case "admin":
		return "set by an administrator"
	case "ticket":
		return "by invitation"
	case "saml":
		return "by SAML"
	case "scim":
		return "by directory sync"
	default:
		const from = "from_"
		if len(s) > len(from) && s[:len(from)] == from {
			return "by " + userfmt.Provider(clean.NewText(s[len(from):]))
		}
		return "by " + v.Strategy.Display()
	}
}
