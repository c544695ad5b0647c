package user

import (
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/avatar"
	"frontdesk/views/userfmt"
)

// drawUnread draws the screen of a user who was not read yet.
func (d *detail) drawUnread(s tui.Screen, wide int) []string {
	p := newSheet(s, wide)
	p.lines = append(p.lines, p.cells.Path(s.Breadcrumb, wide, s.Styles.Dim, s.Styles.Bold), "")
	p.addField("Id", p.plain(d.shown().ID.Display()))
	p.addGap()
	switch {
	case d.isGone:
		p.addWrapped("There is no user with this id.", p.styles.Warn)
	case d.readErr != nil:
		p.addWrapped("! Not read: "+d.env.Mask.Text(describeError(d.readErr)), p.styles.Warn)
		p.add(p.hint("user.refresh", "retry")...)
	default:
		p.add(p.dim("Reading…"))
	}
	return p.lines
}

// drawTop draws everything above the tabs, sparser on a low screen so that the tab
// gets the larger half. An error replaces a blank line where there is one, so that
// nothing moves.
func (d *detail) drawTop(s tui.Screen, wide int) []string {
	r := text.CellWidth(s.Cells)
	crumb := r.Path(s.Breadcrumb, wide, s.Styles.Dim, s.Styles.Bold)
	news := d.notice(s, wide)
	switch {
	case wide >= 96 && s.Height >= 26:
		return append(append([]string{news, d.withAge(s, wide, crumb)}, d.drawWideHead(s, wide)...), d.signLine(s, wide))
	case wide >= 60 && s.Height >= 19:
		head := beside(r, d.env.Avatars().Tile(d.shown(), s.Styles), avatar.TileSize().Width+2, d.drawNames(s, wide-avatar.TileSize().Width-2))
		rows := 2
		if s.Height >= 26 {
			rows = 3
		}
		lines := append([]string{d.withAge(s, wide, crumb)}, head...)
		return append(append(append(lines, news), d.verdictLines(s, wide, rows)...), d.signLine(s, wide))
	}
	p := newSheet(s, wide)
	badges := joinSpans(r, wide-r.Width(crumb)-3, d.badges(p)...)
	lines := []string{d.withAge(s, wide, crumb+"   "+badges)}
	if news != "" {
		lines = append(lines, news)
	}
	if s.Height >= 12 {
		lines = append(lines, d.verdictLines(s, wide, 2)...)
	}
	return lines
}

// withAge appends the age of old data to a line while it is read again.
func (d *detail) withAge(s tui.Screen, wide int, line string) string {
	r := text.CellWidth(s.Cells)
	if !d.isStale() || d.readErr != nil {
		return r.Cut(line, wide)
	}
	age := "as of " + userfmt.Ago(d.user.ReadAt, s.Now) + ", reading again"
	room := wide - r.Width(age) - 3
	if room < 8 {
		return s.Styles.Dim.Render(r.Cut(age, wide))
	}
	return r.Pad(r.Cut(line, room), room) + "   " + s.Styles.Dim.Render(age)
}

// drawWideHead draws the picture, the names, and the verdict in a box at the right.
func (d *detail) drawWideHead(s tui.Screen, wide int) []string {
	const boxWidth, boxRows = 46, 7
	r, size := text.CellWidth(s.Cells), avatar.TileSize()
	left := beside(r, d.env.Avatars().Tile(d.shown(), s.Styles), size.Width+3, d.drawNames(s, wide-boxWidth-size.Width-5))
	inner := newSheet(s, boxWidth-4)
	drawVerdict(inner, d.env, d.user, boxRows)
	box := drawFrame(r, "Can they sign in?", inner.lines, boxWidth, s.Styles)
	return beside(r, append([]string{""}, left...), wide-boxWidth, box)
}

// drawNames draws name, username, id, status and dates.
func (d *detail) drawNames(s tui.Screen, wide int) []string {
	u, p := d.shown(), newSheet(s, wide)
	handle := []span{}
	if !u.Username.Empty() {
		handle = append(handle, p.dim("@"+u.Username.Display()+"   "))
	}
	handle = append(handle, p.dim(userfmt.ShortID(u.ID)))
	p.add(span{userfmt.Name(u), p.styles.Bold})
	p.add(handle...)
	if s.Height >= 26 {
		p.addGap()
	}
	p.add(d.badges(p)...)
	label, when := userfmt.JoinedAt(u, p.now)
	p.addDimWords("  ·  ", strings.TrimSpace(label+" "+when), "last active "+userfmt.LastActive(u, p.now))
	return p.lines
}

// badges returns the status, MFA and organizations, side by side.
func (d *detail) badges(p *sheet) []span {
	u := d.shown()
	st := userfmt.StatusOf(u, p.now)
	tone := p.styles.Tone(st.Tone)
	out := []span{{st.Shape + " ", tone}, {st.Word, tone}}
	switch {
	case u.HasMFA():
		out = append(out, span{"   MFA", p.styles.Info.Bold(true)})
	case st.Extra != "":
		out = append(out, p.dim(st.Extra))
	}
	for i, m := range u.OrganizationMemberships {
		lead := "   member of "
		if i > 0 {
			lead = ", "
		}
		out = append(out, p.dim(lead), p.plain(m.Organization.Name.Display()))
	}
	return out
}

// verdictLines draws the verdict without a box in exactly rows lines, with what would
// help.
func (d *detail) verdictLines(s tui.Screen, wide, rows int) []string {
	v := d.env.VerdictOf(d.user, s.Now)
	p := newSheet(s, wide)
	tone := p.styles.Tone(v.Tone).Bold(true)
	p.add(append([]span{{v.Shape + " " + v.Title, tone}}, p.remedySpans(d.env, d.user)...)...)
	for _, sentence := range verdictSentences(v) {
		p.wrapWords(p.styles.Text, " ", strings.Fields(sentence)...)
	}
	p.cutTo(rows)
	for len(p.lines) < rows {
		p.lines = append(p.lines, "")
	}
	return p.lines
}

// signLine returns the line above the tabs: signs, or nothing, so that nothing moves when
// sessions bring more. The overview lists them all, so there it stays empty.
func (d *detail) signLine(s tui.Screen, wide int) string {
	if d.tabs[d.tabIndex].ID() == overviewTab {
		return ""
	}
	p := newSheet(s, wide)
	return p.signLine(d.env.VerdictOf(d.user, s.Now))
}

// notice says that the user was deleted or that the data is old, "" for neither.
func (d *detail) notice(s tui.Screen, wide int) string {
	p := newSheet(s, wide)
	switch {
	case d.isGone:
		back := "the key for back"
		if s.Keys != nil && s.Keys.Label("app.back") != "" {
			back = s.Keys.Label("app.back")
		}
		p.add(span{"! ", p.styles.Bad}, span{"This user no longer exists. ", p.styles.Bad}, p.dim("Below is what was last read; "+back+" goes back."))
	case d.readErr != nil:
		p.add(span{"! as of " + userfmt.Ago(d.user.ReadAt, s.Now) + ": ", p.styles.Warn}, p.plain(d.env.Mask.Text(shortReason(d.readErr))))
	default:
		return ""
	}
	return p.lines[0]
}
