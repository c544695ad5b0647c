package user

import (
	"strings"

	"frontdesk/api"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

// drawHead draws the tile with the name beside it.
func (c *Card) drawHead(p *sheet, u *api.User) {
	const gap = 2
	size := avatar.TileSize()
	if p.width < 3*size.Width {
		drawCardNames(p, u)
		return
	}
	side := p.newInner(p.width - size.Width - gap)
	drawCardNames(side, u)
	p.lines = append(p.lines, beside(p.cells, c.env.Avatars().Tile(u, p.styles), size.Width+gap, side.lines)...)
}

// drawCardNames draws the name on two lines if it needs them.
func drawCardNames(p *sheet, u *api.User) {
	name := p.cells.Wrap(userfmt.Name(u), p.width)
	for i, l := range name[:min(len(name), 2)] {
		if i == 1 && len(name) > 2 {
			l = p.cells.Cut(l+"…", p.width)
		}
		p.add(span{l, p.styles.Bold})
	}
	if !u.Username.Empty() {
		p.add(p.dim("@" + u.Username.Display()))
	}
	p.add(p.dim(userfmt.ShortID(u.ID)))
}

func (c *Card) drawFindings(p *sheet) {
	found := p.findingsOf(c.user)
	if len(found) == 0 {
		return
	}
	p.addSection("WORTH A LOOK")
	for _, f := range found[:min(len(found), 2)] {
		lead := p.warn("! ")
		for _, l := range p.cells.Wrap(f.Text, max(1, p.width-2)) {
			p.add(lead, p.plain(l))
			lead = p.blank(2)
		}
		if f.Value != "" {
			before, value := p.splitAddress(f.Value, p.width-2)
			if before != "" {
				p.add(p.blank(2), p.warn(before))
			}
			p.add(p.blank(2), p.warn(value))
		}
	}
	if more := len(found) - 2; more > 0 {
		p.add(p.dim("  and " + userfmt.Number(more) + " more"))
	}
}

func drawCardContact(p *sheet, u *api.User) {
	if len(u.EmailAddresses)+len(u.PhoneNumbers) == 0 {
		p.addSection("CONTACT")
		p.add(p.dim("no e-mail address, no phone"))
		return
	}
	p.addSection("CONTACT")
	mails, more := firstEmails(u, maxOnCard)
	for _, i := range mails {
		e := &u.EmailAddresses[i]
		p.addVerifiedAddress(e.EmailAddress.Display(), e.Verification, e.Reserved)
		p.addBelow(userfmt.ReadsAs(e.EmailAddress))
	}
	p.addMore(more, "")
	phones, more := firstPhones(u, maxOnCard)
	for _, i := range phones {
		n := &u.PhoneNumbers[i]
		p.addVerifiedAddress(userfmt.Phone(n.PhoneNumber), n.Verification, n.Reserved)
	}
	p.addMore(more, "")
}

// splitAddress splits an e-mail address wider than width before its @; before is "" for
// any other.
func (p *sheet) splitAddress(address string, width int) (before, rest string) {
	if at := strings.LastIndexByte(address, '@'); at > 0 && p.cells.Width(address) > width {
		return address[:at], address[at:]
	}
	return "", address
}

// addVerifiedAddress adds an address with a mark if it is verified, else with words,
// which get a line of their own if the address needs the width.
func (p *sheet) addVerifiedAddress(address string, v *api.Verification, reserved bool) {
	word, ok := userfmt.VerificationText(v, reserved)
	before, address := p.splitAddress(address, p.width-2)
	if before != "" {
		p.add(p.plain(before))
	}
	if ok {
		p.addMarked(address, "✓", p.styles.OK)
		return
	}
	p.addMarked(address, word, p.styles.Warn)
}

// drawCardRest draws what is shown only where there is room below the rest.
func drawCardRest(p *sheet, u *api.User) {
	if len(u.OrganizationMemberships) > 0 {
		p.addSection("ORGANIZATIONS")
		for _, m := range u.OrganizationMemberships {
			p.add(p.plain(m.Organization.Name.Display()), p.dim("  "+roleName(m)))
		}
	}
	p.addGap()
	joined := ""
	if label, when := userfmt.JoinedAt(u, p.now); label != "" {
		joined = label + " " + when
	}
	p.addDimWords(" · ", joined, "last seen "+userfmt.LastActive(u, p.now))
}

func roleName(m api.OrganizationMembership) string {
	if !m.RoleName.Empty() {
		return m.RoleName.Display()
	}
	return strings.TrimPrefix(m.Role.Display(), "org:")
}
