package user

import (
	"strconv"

	"frontdesk/api"
	"frontdesk/api/wire"
	"frontdesk/views/userfmt"
)

// drawOverview draws what matters most often, on one screen: in two columns where there is
// room for them.
func drawOverview(p *sheet, u *api.User) {
	p.addVerdictRest()
	found := p.findingsOf(u)
	p.addFindings(found[min(p.above.signs, len(found)):])
	p.addBlocks(
		func(p *sheet) { p.addPerson(u) },
		func(p *sheet) { p.addSection("CONTACT DETAILS"); p.addContacts(u) },
		func(p *sheet) { p.addSection("SIGN-IN METHODS"); p.addFactors(u) },
		func(p *sheet) { p.addDates(u) },
		func(p *sheet) { p.addPermissions(u) },
	)
}

// addVerdictRest adds what the verdict says where the lines above the tabs do not have
// room for it.
func (p *sheet) addVerdictRest() {
	if len(p.above.sentences) == 0 {
		return
	}
	p.addSection("CAN THEY SIGN IN?")
	for _, sentence := range p.above.sentences {
		p.addWrapped(sentence, p.styles.Text)
	}
}

func (p *sheet) addPerson(u *api.User) {
	p.addSection("PERSON")
	p.addText("Name", userfmt.FullName(u), "no name")
	p.addText("Username", u.Username.Display(), "none")
	p.addField("Id", p.plain(u.ID.Display()))
	if !u.ExternalID.Empty() {
		p.addField("External id", p.plain(u.ExternalID.Display()))
	}
	if !u.Locale.Empty() {
		p.addField("Locale", p.plain(u.Locale.Display()))
	}
	if !u.Timezone.Empty() {
		p.addField("Time zone", p.plain(u.Timezone.Display()))
	}
	for _, m := range u.OrganizationMemberships {
		p.addField("Organization", p.plain(m.Organization.Name.Display()), p.dim(roleName(m)))
	}
}

func (p *sheet) addDates(u *api.User) {
	p.addSection("DATES")
	p.addDateOf(u, "Joined", "created_at", u.CreatedAt)
	p.addDateOf(u, "Changed", "updated_at", u.UpdatedAt)
	p.addDateOf(u, "Last sign-in", "last_sign_in_at", u.LastSignInAt)
	p.addDateOf(u, "Last active", "last_active_at", u.LastActiveAt)
	if !u.LegalAcceptedAt.IsZero() {
		p.addDate("Terms accepted", u.LegalAcceptedAt)
	}
}

func (p *sheet) addPermissions(u *api.User) {
	p.addSection("PERMISSIONS")
	p.addField("Delete their account", p.yesNo(u.DeleteSelfEnabled))
	limit := p.dim("")
	if n := u.CreateOrganizationsLimit; n != nil && *n > 0 {
		limit = p.dim("at most " + strconv.FormatInt(*n, 10))
	}
	p.addField("Create organizations", p.yesNo(u.CreateOrganizationEnabled), limit)
}

// addFactors adds what the user signs in with. Without a factor, the instance may send a
// code.
func (p *sheet) addFactors(u *api.User) {
	ways, code := userfmt.Factors(u), userfmt.CodeChannels(u)
	switch {
	case len(ways) > 0:
		p.addWords(ways)
	case code != "":
		p.add(p.plain(code))
		p.add(p.dim("if this instance sends one"))
	default:
		p.add(p.dim("no sign-in method is set up"))
	}
}

// addFindings adds what deserves a second look.
func (p *sheet) addFindings(found []userfmt.Finding) {
	if len(found) == 0 {
		return
	}
	p.addSection("WORTH A LOOK")
	if len(found) <= maxFindings+1 {
		for _, f := range found {
			p.addFinding(f)
		}
		return
	}
	for _, f := range found[:maxFindings] {
		p.addFinding(f)
	}
	p.addMore(len(found)-maxFindings, "")
}

// withoutSigns leaves out the signs, which come first: they stand above the tabs.
func withoutSigns(found []userfmt.Finding) []userfmt.Finding {
	for len(found) > 0 && found[0].IsSign {
		found = found[1:]
	}
	return found
}

func (p *sheet) addFinding(f userfmt.Finding) {
	spans := []span{{"! ", p.styles.Warn}, p.plain(f.Text)}
	inner := p.newInner(p.width - 2)
	at := len(p.lines)
	line := joinSpans(p.cells, p.width, spans...)
	if inner.fitsOnLine(f) {
		p.lines = append(p.lines, line+p.styles.Text.Render("   ")+p.styles.Warn.Render(f.Value)+p.styles.Dim.Render(findingNote(f)))
		return
	}
	inner.addWrapped(f.Text, p.styles.Text)
	if f.Value != "" {
		inner.addWrapped(f.Value, p.styles.Warn)
	}
	if f.Note != "" {
		inner.addWrapped(f.Note, p.styles.Dim)
	}
	for _, l := range inner.lines {
		p.lines = append(p.lines, "  "+l)
	}
	p.lines[at] = p.styles.Warn.Render("! ") + inner.lines[0]
}

func (p *sheet) fitsOnLine(f userfmt.Finding) bool {
	return p.cells.Width(f.Text)+3+p.cells.Width(f.Value)+p.cells.Width(findingNote(f)) <= p.width
}

func findingNote(f userfmt.Finding) string {
	if f.Note == "" {
		return ""
	}
	return "   " + f.Note
}

// addText adds a field, or none dimmed if the value is empty.
func (p *sheet) addText(label, value, none string) {
	if value == "" {
		p.addField(label, p.dim(none))
		return
	}
	p.addField(label, p.plain(value))
}

// addDateOf adds the user's time in an API field, which may not have been readable.
func (p *sheet) addDateOf(u *api.User, label, field string, t wire.Time) {
	if t.IsZero() && u.HasProblem(field) {
		p.addField(label, p.warn(userfmt.UserTime(u, field, t.Time, p.now)))
		return
	}
	p.addDate(label, t)
}

func (p *sheet) addDate(label string, t wire.Time) {
	if t.IsZero() {
		p.addField(label, p.dim("never"))
		return
	}
	moment, ago := userfmt.Moment(t.Time, p.now), userfmt.Ago(t.Time, p.now)
	if ago == userfmt.Day(t.Time, p.now) || ago == "yesterday" {
		p.addField(label, p.plain(moment))
		return
	}
	p.addField(label, p.plain(moment), p.dim(ago))
}

func (p *sheet) yesNo(yes bool) span {
	if yes {
		return p.plain("yes")
	}
	return p.dim("no")
}
