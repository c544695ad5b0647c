package user

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/api"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// plainWidth keeps the tabs in one column.
const plainWidth = 76

// drawPlain draws the screen as lines of words, for screen readers. Without a row under
// the cursor, the cursor is at the first visible line of the tab.
func (d *detail) drawPlain(s tui.Screen) tui.Frame {
	r, wide := text.CellWidth(s.Cells), min(s.Width-2*margin, plainWidth)
	head := newSheet(s, wide)
	d.addPlainHead(head, s)
	lines := append(head.lines[:min(len(head.lines), max(1, s.Height-3))],
		r.Cut(fmt.Sprintf("%s, tab %d of %d", d.tabs[d.tabIndex].Title(), d.tabIndex+1, len(d.tabs)), wide))
	top := len(lines)
	body, shown := newSheet(s, wide), d.shown()
	body.heights, body.cache = d.knownHeights(wide, r), d.cache.forUser(shown, wide, r)
	body.known = d.env.Facts(d.user)
	body.find = func() []userfmt.Finding { return d.env.Findings(d.user) }
	d.tabs[d.tabIndex].Draw(body, shown)
	d.viewport = d.layOut(body, top, max(1, s.Height-top))
	e := d.viewport
	body.drawVisible(e.offset, e.offset+e.height)
	if e.hasRow() {
		body.drawSelected(e.areas[e.row])
	}
	lines = indent(append(lines, body.lines[e.offset:e.lastLine(body.headings)]...), s.Height)
	frame := tui.Frame{Status: d.status(e)}
	if e.hasRow() {
		e.markRow(lines, tui.CursorMark, true)
	} else {
		frame.Cursor = tea.NewCursor(margin, min(top, s.Height-1))
	}
	frame.Content = strings.Join(lines, "\n")
	return frame
}

// addPlainHead adds who it is, whether they can sign in, and what helps.
func (d *detail) addPlainHead(p *sheet, s tui.Screen) {
	p.lines = append(p.lines, p.cells.Breadcrumb(s.Breadcrumb, p.width, p.styles.Dim, p.styles.Bold))
	switch age := "as of " + userfmt.Ago(d.user.ReadAt, p.now); {
	case d.isGone:
		p.addWrapped(goneTitle+". Below is what was last read; "+backKey(s.Keys)+" goes back.", p.styles.Bad)
	case d.readErr != nil:
		p.addWrapped("This is "+age+". Reading it again failed: "+d.env.Mask.Text(shortReason(d.readErr)), p.styles.Warn)
	case d.isStale():
		p.addWrapped(age+", reading again", p.styles.Text)
	}
	u, v := d.shown(), d.env.VerdictOf(d.user, p.now)
	status := userfmt.StatusOf(u, p.now)
	if d.isGone {
		status = userfmt.Status{Word: "deleted"}
	}
	label, when := userfmt.JoinedAt(u, p.now)
	p.wrapWords(p.styles.Text, ", ", userfmt.Name(u), status.Word+status.Extra, strings.TrimSpace(label+" "+when), "last active "+userfmt.LastActive(u, p.now))
	if d.isGone {
		if back := action.Recreation(d.env, d.user); back != "" {
			p.addWrapped("Key "+s.Keys.Label("app.undo")+": "+back, p.styles.Text)
		}
		return
	}
	p.addWrapped(v.Title, p.styles.Tone(v.Tone).Bold(true))
	for _, sentence := range verdictSentences(v) {
		p.addWrapped(sentence, p.styles.Text)
	}
	for _, sign := range v.Signs {
		p.addWrapped("Sign of a takeover: "+userfmt.SignText(sign, p.now)+" "+userfmt.SignValue(sign), p.styles.Warn)
	}
	for _, r := range action.Remedies(d.env, d.user) {
		key := s.Keys.Label(r.ID)
		if key == "" {
			key = s.Keys.Label(action.RemedyID)
		}
		says := "Key " + key + ": " + r.Title
		if r.When != "" {
			says += ", " + r.When
		}
		p.addWrapped(says, p.styles.Text)
	}
	p.addWithheldInWords(d.env, d.user)
}

// addWithheldInWords adds what would help and the operator may not do.
func (p *sheet) addWithheldInWords(env *action.Env, u *api.User) {
	for _, r := range action.WithheldRemedies(env, u) {
		p.addWrapped(r.Why+".", p.styles.Text)
	}
}

// addFieldInWords adds a label, its value and the notes as one sentence.
func (p *sheet) addFieldInWords(label string, value span, notes []span) {
	says := []string{value.text}
	for _, n := range notes {
		if note := strings.TrimSpace(n.text); note != "" {
			says = append(says, note)
		}
	}
	p.addWrapped(label+": "+strings.Join(says, ", "), p.styles.Text)
}
