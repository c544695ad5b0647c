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
	p.lines = append(p.lines, p.cells.Breadcrumb(s.Breadcrumb, wide, s.Styles.Dim, s.Styles.Bold), "")
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

// headLayout is how the lines above the tabs are divided. It depends on the size of the
// screen alone: the tabs stay where they are whoever is shown and whatever is known.
type headLayout struct {
	rows      int         // below the first line and its gap
	picture   avatar.Size // the place at the left, zero for none
	hasNames  bool        // name, id and dates have lines of their own
	above     int         // blank lines above the first line
	gap       int         // blank lines below it
	blankLine bool        // above the tabs
}

// headLayoutOf returns the layout for a screen; hasPhotos says that it can show them. A low
// screen has a low head, so that the tab has room; a notice that takes a few rows of a usual
// screen changes nothing.
func headLayoutOf(wide, height int, hasPhotos bool) headLayout {
	tile := avatar.TileSize()
	switch {
	case wide >= 96 && height >= 32 && hasPhotos:
		return headLayout{rows: avatar.Photo().Height + 1, picture: avatar.Photo(), hasNames: true, above: 1, gap: 1, blankLine: true}
	case wide >= 60 && height >= 32:
		return headLayout{rows: 13, picture: tile, hasNames: true, above: 1, gap: 1, blankLine: true}
	case wide >= 60 && height >= 30:
		return headLayout{rows: 10, picture: tile, hasNames: true, gap: 1, blankLine: true}
	case wide >= 60 && height >= 26:
		return headLayout{rows: 8, picture: tile, hasNames: true, blankLine: true}
	case wide >= 60 && height >= 14:
		return headLayout{rows: 4, picture: tile}
	case height >= 19:
		return headLayout{rows: 5}
	case height >= 12:
		return headLayout{rows: 3}
	}
	return headLayout{}
}

// head is what was drawn above the tabs. The tab Overview says the rest of the verdict.
type head struct {
	lines []string
	verdictRest
}

// drawHead draws everything above the tabs.
func (d *detail) drawHead(s tui.Screen, wide int) head {
	photos := s.Styles.Theme.Accent != nil && d.env.Avatars().ShowsPictures()
	at := headLayoutOf(wide, s.Height, photos)
	r := text.CellWidth(s.Cells)
	crumb := r.Breadcrumb(s.Breadcrumb, wide, s.Styles.Dim, s.Styles.Bold)
	room := wide // for news
	if !at.blankLine {
		room -= r.Width(crumb) + 3
	}
	news := ""
	if !d.isGone || at.rows == 0 { // else it is said in place of the verdict
		news = d.news(s, room)
	}
	h := head{lines: make([]string, at.above, 20)}
	h.lines = append(h.lines, d.firstLine(s, wide, at, crumb, news))
	if at.rows == 0 {
		return h
	}
	h.lines = append(h.lines, make([]string, at.gap)...)
	gap := 3
	if !at.hasNames {
		gap = 2
	}
	indent := 0
	var picture []string
	if at.picture.Width > 0 {
		indent = at.picture.Width + gap
		picture = d.drawPicture(at.picture, s.Styles)
	}
	var names []string
	if at.hasNames {
		names = d.drawNames(s, wide-indent)
	}
	// The verdict is as wide as the screen where the picture ends above it.
	below := len(names) >= at.picture.Height
	block := newSheet(s, wide-indent)
	if below && at.hasNames {
		block.width = wide
		block.lines = append(block.lines, "")
	}
	if room := at.rows - len(names) - len(block.lines); d.isGone {
		d.addGoneBlock(block, room)
	} else {
		h.verdictRest = block.addVerdictBlock(d.env, d.user, room)
	}
	if below {
		h.lines = append(append(h.lines, beside(r, picture, indent, names)...), block.lines...)
	} else {
		h.lines = append(h.lines, beside(r, picture, indent, append(names, block.lines...))...)
	}
	if at.blankLine {
		h.lines = append(h.lines, r.Cut(news, wide))
	}
	return h
}

// drawPicture draws the photograph where there is room for one, else the tile. Both wait
// until the operator rests on the user.
func (d *detail) drawPicture(size avatar.Size, s *tui.Styles) []string {
	u := d.shown()
	if size != avatar.Photo() {
		return d.env.Avatars().Tile(u, s)
	}
	if !d.isRested {
		return nil
	}
	if photo := d.env.Avatars().Picture(u, size); photo != nil {
		return photo
	}
	return d.env.Avatars().LargeTile(u, s)
}

// firstLine draws where the operator is, with the status if that has no line of its own.
// News replaces the status where there is no blank line for it. crumb is the breadcrumb with
// the whole width to itself.
func (d *detail) firstLine(s tui.Screen, wide int, at headLayout, crumb, news string) string {
	r := text.CellWidth(s.Cells)
	if news != "" && !at.blankLine {
		const least = 10 // of the name
		news = r.Cut(news, max(1, wide-least-3))
		room := wide - r.Width(news) - 3
		return r.Pad(r.Breadcrumb(s.Breadcrumb, room, s.Styles.Dim, s.Styles.Bold), room) + "   " + news
	}
	if at.hasNames {
		return crumb
	}
	badges := joinSpans(r, max(wide/2, wide-r.Width(crumb)-3), d.badges(newSheet(s, wide))...)
	if room := wide - r.Width(badges) - 3; r.Width(crumb) > room { // a long name gives way to the status
		crumb = r.Breadcrumb(s.Breadcrumb, max(1, room), s.Styles.Dim, s.Styles.Bold)
	}
	return crumb + "   " + badges
}

// news says that the user was deleted or how old the data is, "" for neither, in fewer
// words where room is short.
func (d *detail) news(s tui.Screen, room int) string {
	if news := d.notice(s, room); news != "" || !d.isStale() {
		return news
	}
	return s.Styles.Dim.Render("as of " + userfmt.Ago(d.user.ReadAt, s.Now) + ", reading again")
}

// drawNames draws three lines: name, username and id; status; dates.
func (d *detail) drawNames(s tui.Screen, wide int) []string {
	u, p := d.shown(), newSheet(s, wide)
	name := []span{{userfmt.Name(u), p.styles.Bold}}
	if !u.Username.Empty() {
		name = append(name, p.dim("   @"+u.Username.Display()))
	}
	p.add(append(name, p.dim("   "+userfmt.ShortID(u.ID)))...)
	p.add(d.badges(p)...)
	label, when := userfmt.JoinedAt(u, p.now)
	joined := strings.TrimSpace(label + " " + when)
	if joined != "" {
		joined += "  ·  "
	}
	p.add(p.dim(joined + "last active " + userfmt.LastActive(u, p.now)))
	return p.lines
}

// badges returns the status, MFA and organizations, side by side.
func (d *detail) badges(p *sheet) []span {
	u := d.shown()
	st := userfmt.StatusOf(u, p.now)
	if d.isGone {
		st = userfmt.Status{Shape: "!", Word: "deleted", Tone: tui.ToneBad}
	}
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

// notice says that the user was deleted or that the data is old, "" for neither.
func (d *detail) notice(s tui.Screen, room int) string {
	p := newSheet(s, s.Width)
	switch {
	case d.isGone:
		gone, rest := "! "+goneTitle+". ", "Below is what was last read; "+backKey(s.Keys)+" goes back."
		if p.cells.Width(gone+rest) > room {
			gone, rest = "! No longer exists: ", backKey(s.Keys)+" goes back"
		}
		p.add(span{gone, p.styles.Bad}, p.dim(rest))
	case d.readErr != nil:
		lead, why := "! as of "+userfmt.Ago(d.user.ReadAt, s.Now)+": ", shortReason(d.readErr)
		if p.cells.Width(lead+why) > room {
			why = briefReason(d.readErr)
		}
		p.add(span{lead, p.styles.Warn}, p.plain(d.env.Mask.Text(why)))
	default:
		return ""
	}
	return p.lines[0]
}
