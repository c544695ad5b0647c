package user

import (
	"strconv"

	"frontdesk/api"
	"frontdesk/api/wire"
	"frontdesk/views/userfmt"
)

// drawOverview is who it is and what matters at the desk, in one screen.
func drawOverview(p *sheet, u *api.User) {
	p.findings(u)
	p.heading("PERSON")
	p.text("Name", userfmt.FullName(u), "no name")
	p.text("Username", u.Username.Display(), "none")
	p.row("Id", p.plain(u.ID.Display()))
	if !u.ExternalID.Empty() {
		p.row("External id", p.plain(u.ExternalID.Display()))
	}
	if !u.Locale.Empty() {
		p.row("Locale", p.plain(u.Locale.Display()))
	}
	if !u.Timezone.Empty() {
		p.row("Time zone", p.plain(u.Timezone.Display()))
	}
	for _, m := range u.OrganizationMemberships {
		p.row("Organization", p.plain(m.Organization.Name.Display()), p.dim(roleName(m)))
	}
	p.heading("REACHED AT")
	p.contactRows(u)
	p.heading("SIGNS IN WITH")
	p.waysIn(u)
	p.heading("DATES")
	p.dated(u, "Joined", "created_at", u.CreatedAt)
	p.dated(u, "Changed", "updated_at", u.UpdatedAt)
	p.dated(u, "Last sign-in", "last_sign_in_at", u.LastSignInAt)
	p.dated(u, "Last active", "last_active_at", u.LastActiveAt)
	if !u.LegalAcceptedAt.IsZero() {
		p.date("Terms accepted", u.LegalAcceptedAt)
	}
	p.heading("ALLOWED TO")
	p.row("Delete themselves", p.yesNo(u.DeleteSelfEnabled))
	limit := p.dim("")
	if n := u.CreateOrganizationsLimit; n != nil && *n > 0 {
		limit = p.dim("at most " + strconv.FormatInt(*n, 10))
	}
	p.row("Create organizations", p.yesNo(u.CreateOrganizationEnabled), limit)
}

// waysIn is what a person signs in with. Who has nothing set up may be sent a code.
func (p *sheet) waysIn(u *api.User) {
	ways, code := userfmt.Factors(u), userfmt.Codes(u)
	switch {
	case len(ways) > 0:
		p.flow(ways)
	case code != "":
		p.add(p.plain(code))
		p.add(p.dim("where this instance sends one"))
	default:
		p.add(p.dim("no way in is set up"))
	}
}

// findings are the things worth a look, first on the page.
func (p *sheet) findings(u *api.User) {
	found := p.worthALook(u)
	if len(found) == 0 {
		return
	}
	p.heading("WORTH A LOOK")
	if len(found) <= findings+1 {
		for _, f := range found {
			p.finding(f)
		}
		return
	}
	for _, f := range found[:findings] {
		p.finding(f)
	}
	p.more(len(found)-findings, "")
}

func (p *sheet) finding(f userfmt.Finding) {
	spans := []span{{"! ", p.s.Warn}, p.plain(f.Text)}
	inner := p.inner(p.width - 2)
	at := len(p.lines)
	line := run(p.r, p.width, spans...)
	if inner.fits(f) {
		p.lines = append(p.lines, line+p.s.Text.Render("   ")+p.s.Warn.Render(f.Value)+p.s.Dim.Render(note(f)))
		return
	}
	inner.prose(f.Text, p.s.Text)
	if f.Value != "" {
		inner.prose(f.Value, p.s.Warn)
	}
	if f.Note != "" {
		inner.prose(f.Note, p.s.Dim)
	}
	for _, l := range inner.lines {
		p.lines = append(p.lines, "  "+l)
	}
	p.lines[at] = p.s.Warn.Render("! ") + inner.lines[0]
}

func (p *sheet) fits(f userfmt.Finding) bool {
	return p.r.Width(f.Text)+3+p.r.Width(f.Value)+p.r.Width(note(f)) <= p.width
}

func note(f userfmt.Finding) string {
	if f.Note == "" {
		return ""
	}
	return "   " + f.Note
}

// text is a row, or the word for nothing where there is nothing.
func (p *sheet) text(label, value, none string) {
	if value == "" {
		p.row(label, p.dim(none))
		return
	}
	p.row(label, p.plain(value))
}

// date is a row with a time to the minute and how long ago that is.
// dated is date of the user's time in that field of the API.
func (p *sheet) dated(u *api.User, label, field string, t wire.Time) {
	if t.IsZero() && u.Doubtful(field) {
		p.row(label, p.warn(userfmt.Dated(u, field, t.Time, p.now)))
		return
	}
	p.date(label, t)
}

func (p *sheet) date(label string, t wire.Time) {
	if t.IsZero() {
		p.row(label, p.dim("never"))
		return
	}
	moment, ago := userfmt.Moment(t.Time, p.now), userfmt.Ago(t.Time, p.now)
	if ago == userfmt.Day(t.Time, p.now) || ago == "yesterday" {
		p.row(label, p.plain(moment))
		return
	}
	p.row(label, p.plain(moment), p.dim(ago))
}

func (p *sheet) yesNo(yes bool) span {
	if yes {
		return p.plain("yes")
	}
	return p.dim("no")
}
