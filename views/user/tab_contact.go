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

// drawContact is every address, how it was verified and what hangs on it.
func drawContact(p *sheet, u *api.User) {
	p.heading("E-MAIL ADDRESSES")
	p.parts(u, ops.PartEmail, func(p *sheet, i int, head lipgloss.Style) {
		e := u.EmailAddresses[i]
		p.identification(span{e.EmailAddress.Display(), head}, e.Verification, e.Reserved, e.ID == u.PrimaryEmailAddressID && !e.ID.Empty())
		p.below(userfmt.ReadsAs(e.EmailAddress))
		p.below(how(e.Verification), added(p, e.CreatedAt), linked(e.LinkedTo), sso(e.MatchesSSOConnection))
		p.mixed(e.EmailAddress)
		p.mixed(userfmt.Readable(e.EmailAddress))
	})
	p.none(len(u.EmailAddresses), "no e-mail address")
	p.heading("PHONE NUMBERS")
	p.parts(u, ops.PartPhone, func(p *sheet, i int, head lipgloss.Style) {
		n := u.PhoneNumbers[i]
		p.identification(span{userfmt.Phone(n.PhoneNumber), head}, n.Verification, n.Reserved, n.ID == u.PrimaryPhoneNumberID && !n.ID.Empty())
		p.below(how(n.Verification), added(p, n.CreatedAt), factorUse(n), linked(n.LinkedTo))
	})
	p.none(len(u.PhoneNumbers), "no phone number")
	p.heading("WEB3 WALLETS")
	p.parts(u, ops.PartWallet, func(p *sheet, i int, head lipgloss.Style) {
		w := u.Web3Wallets[i]
		p.identification(span{w.Web3Wallet.Display(), head}, w.Verification, false, w.ID == u.PrimaryWeb3WalletID && !w.ID.Empty())
		p.below(how(w.Verification), added(p, w.CreatedAt))
	})
	p.none(len(u.Web3Wallets), "no wallet")
}

// parts writes the user's parts of a kind, each a row that can be acted on; draw
// is given where in the user it stands.
func (p *sheet) parts(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) {
	if p.kept != nil && part.Count(u) > crowded {
		p.crowd(u, part, draw)
		return
	}
	for i, item := range part.Items(u) {
		p.item(action.PartRow{Part: part, Item: item}, func(p *sheet, head lipgloss.Style) { draw(p, i, head) })
	}
}

// contactRows are the foremost addresses in short.
func (p *sheet) contactRows(u *api.User) {
	const where = ": on the tab Contact"
	mails, more := foremostMails(u, inShort)
	for _, i := range mails {
		e := &u.EmailAddresses[i]
		p.short(e.EmailAddress.Display(), e.Verification, e.Reserved, e.ID == u.PrimaryEmailAddressID && !e.ID.Empty())
		p.below(userfmt.ReadsAs(e.EmailAddress))
	}
	p.more(more, where)
	phones, more := foremostPhones(u, inShort)
	for _, i := range phones {
		n := &u.PhoneNumbers[i]
		p.short(userfmt.Phone(n.PhoneNumber), n.Verification, n.Reserved, n.ID == u.PrimaryPhoneNumberID && !n.ID.Empty())
	}
	p.more(more, where)
	p.none(len(u.EmailAddresses)+len(u.PhoneNumbers), "no e-mail address, no phone")
}

func (p *sheet) short(address string, v *api.Verification, reserved, primary bool) {
	notes := []span{p.verification(v, reserved)}
	if primary {
		notes = append(notes, p.dim("primary"))
	}
	p.entry(span{address, p.s.Text}, notes...)
}

// identification is an address at the head of its facts.
func (p *sheet) identification(address span, v *api.Verification, reserved, primary bool) {
	notes := []span{p.verification(v, reserved)}
	if primary {
		notes = append(notes, span{"primary", p.s.Info})
	}
	p.entry(address, notes...)
}

func (p *sheet) verification(v *api.Verification, reserved bool) span {
	word, ok := userfmt.Verified(v, reserved)
	if ok {
		return span{"✓ " + word, p.s.OK}
	}
	return span{"! " + word, p.s.Warn}
}

// entry is a value over the whole width with notes behind it, or below where
// there is no room.
func (p *sheet) entry(value span, notes ...span) {
	wrapped := p.r.Wrap(value.text, p.width)
	if len(wrapped) == 0 {
		wrapped = []string{p.empty()}
	}
	for _, l := range wrapped {
		p.lines = append(p.lines, p.paint(value.style, l))
	}
	used := p.r.Width(wrapped[len(wrapped)-1])
	for _, n := range notes {
		if n.text == "" {
			continue
		}
		last := len(p.lines) - 1
		if w := p.r.Width(n.text); used+3+w <= p.width {
			p.lines[last] += "   " + p.paint(n.style, n.text)
			used += 3 + w
			continue
		}
		for _, l := range p.r.Wrap(n.text, max(1, p.width-2)) {
			p.lines = append(p.lines, "  "+p.paint(n.style, l))
			used = 2 + p.r.Width(l)
		}
	}
}

func (p *sheet) empty() string { return "(empty)" }

// below is what else is known of the entry above, dimly.
func (p *sheet) below(facts ...string) {
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
	for _, l := range p.r.Wrap(line, max(1, p.width-2)) {
		p.lines = append(p.lines, "  "+p.paint(p.s.Dim, l))
	}
}

func (p *sheet) mixed(t clean.Text) {
	if t.Mixed() {
		p.notice(t.Posing()+": it may be made to look like another address", p.s.Warn)
	}
}

func (p *sheet) notice(t string, style lipgloss.Style) {
	for i, l := range p.r.Wrap(t, max(1, p.width-4)) {
		mark := "    "
		if i == 0 {
			mark = "  " + p.paint(style, "! ")
		}
		p.lines = append(p.lines, mark+p.paint(style, l))
	}
}

func (p *sheet) none(n int, words string) {
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

// how says by what an identification was verified, as far as it is known.
func how(v *api.Verification) string {
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
