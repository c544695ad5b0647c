package user

import (
	"slices"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/person"
	"frontdesk/views/portrait"
)

const margin = 2

// View draws the way here, who it is, whether they can sign in, and the tab.
func (d *detail) View(s tui.Screen) tui.Frame {
	r := text.Ruler(s.Cells)
	wide := s.Width - 2*margin
	if wide < 8 || s.Height < 3 {
		return tui.Frame{Content: r.Cut(d.Title(), s.Width)}
	}
	if !d.known() {
		return tui.Frame{Content: indent(d.unknown(s, wide), s.Height)}
	}
	lines := d.top(s, wide)
	lines = append(lines, d.tabRow(r, wide, s.Styles)...)
	if s.Height >= 26 {
		lines = append(lines, "")
	}
	top := len(lines)
	body := newSheet(s, wide)
	d.tabs[d.at].Draw(body, d.user)
	d.shown = d.look(body, top, max(1, s.Height-top))
	if d.shown.has() {
		body.raise(d.shown.spots[d.shown.row])
	}
	e := d.shown
	lines = append(lines, body.lines[e.offset:min(e.offset+e.rows, e.lines)]...)
	content := []string{indent(lines, s.Height)}
	if e.has() {
		content = strings.Split(content[0], "\n")
		mark := s.Styles.Accent.Render("▌") + strings.Repeat(" ", margin-1)
		for at := max(e.spots[e.row].at-e.offset, 0); at < min(e.spots[e.row].end-e.offset, e.rows); at++ {
			if i := top + at; i < len(content) {
				content[i] = mark + strings.TrimPrefix(content[i], strings.Repeat(" ", margin))
			}
		}
	}
	return tui.Frame{Content: strings.Join(content, "\n"), Status: e.status()}
}

// look is what of a tab shows below top, with the rows one can do something at.
func (d *detail) look(body *sheet, top, rows int) extent {
	acts := map[ops.Part]bool{}
	for _, s := range body.spots {
		if _, known := acts[s.row.Part]; !known {
			acts[s.row.Part] = action.Acts(d.env, s.row.Part)
		}
	}
	spots := slices.DeleteFunc(body.spots, func(s spot) bool { return !acts[s.row.Part] })
	e := d.places[d.at].look(len(body.lines), rows, spots)
	e.top = top
	return e
}

// indent moves lines to where the margin ends, and leaves out what is below height.
func indent(lines []string, height int) string {
	pad := strings.Repeat(" ", margin)
	for i, l := range lines {
		if l != "" {
			lines[i] = pad + l
		}
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

// unknown stands in the place of somebody of whom nothing was read yet.
func (d *detail) unknown(s tui.Screen, wide int) []string {
	p := newSheet(s, wide)
	p.lines = append(p.lines, breadcrumb(p.r, s.Trail, wide, s.Styles), "")
	p.row("Id", p.plain(d.user.ID.Display()))
	p.gap()
	switch {
	case d.gone:
		p.prose("There is no user with this id.", p.s.Warn)
	case d.failed != nil:
		p.prose("! Not read: "+problem(d.failed), p.s.Warn)
		p.add(p.hint("user.refresh", "reads again")...)
	default:
		p.add(p.dim("Reading…"))
	}
	return p.lines
}

// top is everything above the tabs, as airy as the height allows: the tab gets
// the larger half. What is wrong takes the place of an empty line where there is
// one, so that it moves nothing.
func (d *detail) top(s tui.Screen, wide int) []string {
	r := text.Ruler(s.Cells)
	crumb := breadcrumb(r, s.Trail, wide, s.Styles)
	news := d.news(s, wide)
	switch {
	case wide >= 96 && s.Height >= 26:
		return append(append([]string{news, d.aged(s, wide, crumb)}, d.wideHead(s, wide)...), "")
	case wide >= 60 && s.Height >= 19:
		head := beside(r, d.env.Portraits().Lines(d.user, portrait.Small(), s.Styles), portrait.Small().Width+2, d.names(s, wide-portrait.Small().Width-2))
		rows := 2
		if s.Height >= 26 {
			rows = 3
		}
		lines := append([]string{d.aged(s, wide, crumb)}, head...)
		return append(append(append(lines, news), d.verdictLines(s, wide, rows)...), "")
	}
	p := newSheet(s, wide)
	badges := run(r, wide-r.Width(crumb)-3, d.badges(p)...)
	lines := []string{d.aged(s, wide, crumb+"   "+badges)}
	if news != "" {
		lines = append(lines, news)
	}
	if s.Height >= 12 {
		lines = append(lines, d.verdictLines(s, wide, 2)...)
	}
	return lines
}

// aged is a line with the age of what is known at its end, while newer is on its way.
func (d *detail) aged(s tui.Screen, wide int, line string) string {
	r := text.Ruler(s.Cells)
	if !d.late() || d.failed != nil {
		return r.Cut(line, wide)
	}
	age := "as of " + person.Ago(d.user.ReadAt, s.Now) + ", reading again"
	room := wide - r.Width(age) - 3
	if room < 8 {
		return s.Styles.Dim.Render(r.Cut(age, wide))
	}
	return r.Pad(r.Cut(line, room), room) + "   " + s.Styles.Dim.Render(age)
}

// wideHead is the portrait, the names, and at the right the box with the verdict.
func (d *detail) wideHead(s tui.Screen, wide int) []string {
	const boxWidth = 46
	r, size := text.Ruler(s.Cells), portrait.Large()
	left := beside(r, d.env.Portraits().Lines(d.user, size, s.Styles), size.Width+3, append([]string{""}, d.names(s, wide-boxWidth-size.Width-5)...))
	inner := newSheet(s, boxWidth-4)
	drawVerdict(inner, s.Keys, d.env, d.user)
	box := framed(r, "Can they sign in?", inner.lines, boxWidth, s.Styles)
	return beside(r, append([]string{""}, left...), wide-boxWidth, box)
}

// names are who it is.
func (d *detail) names(s tui.Screen, wide int) []string {
	u, p := d.user, newSheet(s, wide)
	handle := []span{}
	if !u.Username.Empty() {
		handle = append(handle, p.dim("@"+u.Username.Display()+"   "))
	}
	handle = append(handle, p.dim(person.ShortID(u.ID)))
	p.add(span{person.Name(u), p.s.Bold})
	p.add(handle...)
	if s.Height >= 26 {
		p.gap()
	}
	p.add(d.badges(p)...)
	label, when := person.Since(u, p.now)
	p.words("  ·  ", strings.TrimSpace(label+" "+when), "last active "+person.Ago(u.LastActiveAt.Time, p.now))
	return p.lines
}

// badges are the status and what goes with it, each a word.
func (d *detail) badges(p *sheet) []span {
	u := d.user
	st := person.StatusOf(u, p.now)
	tone := p.s.Tone(st.Tone)
	out := []span{{st.Shape + " ", tone}, {st.Word, tone}}
	switch {
	case u.HasMFA():
		out = append(out, span{"   MFA", p.s.Info.Bold(true)})
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

// verdictLines is the verdict without a box, in at most so many lines and what
// would help.
func (d *detail) verdictLines(s tui.Screen, wide, rows int) []string {
	v := person.VerdictOf(d.user, s.Now)
	p := newSheet(s, wide)
	tone := p.s.Tone(v.Tone).Bold(true)
	head := []span{{v.Shape + " " + v.Title, tone}}
	if hint := suggestion(s.Styles, s.Keys, d.env, d.user); len(hint) > 0 {
		head = append(head, span{"   ", p.s.Text})
		head = append(head, hint...)
	}
	p.add(head...)
	for i, sentence := range v.Sentences {
		more := p.inner(p.width)
		more.prose(sentence, p.s.Text)
		if room := rows - len(p.lines); len(more.lines) > room {
			if i == 0 && room > 0 {
				p.lines = append(p.lines, more.lines[:room]...)
				p.lines[len(p.lines)-1] = p.r.Cut(p.lines[len(p.lines)-1]+p.s.Text.Render("…"), wide)
			}
			break
		}
		p.lines = append(p.lines, more.lines...)
	}
	return p.lines
}

// news is what is wrong with what is on the screen, "" for nothing: it is old,
// or nobody is there.
func (d *detail) news(s tui.Screen, wide int) string {
	p := newSheet(s, wide)
	switch {
	case d.gone:
		back := "the key for back"
		if s.Keys != nil && s.Keys.Label("app.back") != "" {
			back = s.Keys.Label("app.back")
		}
		p.add(span{"! ", p.s.Bad}, span{"This user is not there any more. ", p.s.Bad}, p.dim("What is below is the last that was known; "+back+" goes back."))
	case d.failed != nil:
		p.add(span{"! as of " + person.Ago(d.user.ReadAt, s.Now) + ": ", p.s.Warn}, p.plain(brief(d.failed)))
	default:
		return ""
	}
	return p.lines[0]
}

func breadcrumb(r text.Ruler, trail []string, wide int, s *tui.Styles) string {
	if len(trail) == 0 {
		return ""
	}
	here := r.Cut(trail[len(trail)-1], wide)
	before := ""
	for i := len(trail) - 2; i >= 0; i-- {
		more := s.Dim.Render(trail[i]) + s.Faint.Render(" › ") + before
		if r.Width(more+here) > wide {
			break
		}
		before = more
	}
	return before + s.Bold.Render(here)
}

// tabRow is the tabs and below them the line with the open one marked. Where
// they do not fit there is only the open one and where it stands.
func (d *detail) tabRow(r text.Ruler, wide int, s *tui.Styles) []string {
	for _, gap := range []int{3, 2, 1} {
		var names, rule strings.Builder
		used := 0
		for i, t := range d.tabs {
			if i > 0 {
				names.WriteString(strings.Repeat(" ", gap))
				rule.WriteString(s.Line.Render(strings.Repeat("─", gap)))
				used += gap
			}
			w := r.Width(t.Title())
			used += w
			if i == d.at {
				names.WriteString(s.AccentBold.Render(t.Title()))
				rule.WriteString(s.AccentBold.Render(strings.Repeat("━", w)))
				continue
			}
			names.WriteString(s.Dim.Render(t.Title()))
			rule.WriteString(s.Line.Render(strings.Repeat("─", w)))
		}
		if used <= wide {
			return []string{names.String(), rule.String() + s.Line.Render(strings.Repeat("─", wide-used))}
		}
	}
	here := r.Cut(d.tabs[d.at].Title(), max(1, wide-12))
	place := r.Cut("  "+ordinal(d.at, len(d.tabs)), wide-4-r.Width(here))
	return []string{
		s.Faint.Render("‹ ") + s.AccentBold.Render(here) + s.Faint.Render(" ›") + s.Dim.Render(place),
		s.Line.Render(strings.Repeat("─", wide)),
	}
}

// framed is lines in a rounded frame of width cells with a title in its edge.
func framed(r text.Ruler, title string, lines []string, width int, s *tui.Styles) []string {
	fill := max(0, width-5-r.Width(title))
	out := []string{s.Line.Render("╭─ ") + s.Bold.Render(title) + s.Line.Render(" "+strings.Repeat("─", fill)+"╮")}
	side := s.Line.Render("│")
	for _, l := range lines {
		out = append(out, side+" "+r.Pad(l, width-4)+" "+side)
	}
	return append(out, s.Line.Render("╰"+strings.Repeat("─", width-2)+"╯"))
}
