package runbook

import (
	"fmt"
	"strings"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// indent is where the lines below a step's title begin.
const indent = 9

// canvas collects the lines of the steps and where the cursor's are.
type canvas struct {
	s          tui.Screen
	r          text.CellWidth
	lines      []string
	rows       []int // the step that each line belongs to, -1 for none
	begin, end int   // the lines of the step under the cursor
}

func (c *canvas) add(row int, line string) {
	c.lines, c.rows = append(c.lines, line), append(c.rows, row)
}

// View draws who it is about, the steps, and below the step under the cursor what there
// is to know about it.
func (v *View) View(s tui.Screen) tui.Frame {
	r := text.CellWidth(s.Cells)
	head := v.headLines(s, r)
	c := &canvas{s: s, r: r}
	at := v.at()
	for i, step := range v.c.Steps {
		v.drawStep(c, i, step, i == at)
	}
	v.drawSummary(c, at == len(v.c.Steps))
	room := max(1, s.Height-len(head))
	from := firstLine(c.begin, c.end, len(c.lines), room)
	frame := tui.Frame{Status: v.left()}
	lines := head
	for i := from; i < min(len(c.lines), from+room); i++ {
		if c.rows[i] >= 0 {
			frame.HitAreas = append(frame.HitAreas, tui.HitArea{Y: len(lines), Width: s.Width, ID: c.rows[i] + 1})
		}
		lines = append(lines, c.lines[i])
	}
	frame.Content = strings.Join(lines[:min(len(lines), max(1, s.Height))], "\n")
	return frame
}

// firstLine returns the line at which a window of room lines begins, so that the lines
// begin to end are in it, or else begin.
func firstLine(begin, end, all, room int) int {
	from := 0
	if end > room {
		from = end - room
	}
	return max(0, min(from, begin, all-1))
}

const (
	// roomy is the height from which the head has a breadcrumb and a line below it; from
	// airy it has blank lines, and a line for each sign.
	roomy, airy = 10, 30
	// maxStepWidth keeps the outcome of a step near its title.
	maxStepWidth = 104
)

func (v *View) headLines(s tui.Screen, r text.CellWidth) []string {
	line := func(style interface{ Render(...string) string }, t string) string {
		return "  " + style.Render(r.Cut(t, max(1, s.Width-4)))
	}
	who := line(s.Styles.Bold, strings.Join(userfmt.Identify(v.env.Shown(v.user)), "   "))
	if s.Height < roomy {
		return []string{who}
	}
	out := []string{"  " + r.Breadcrumb(s.Breadcrumb, max(1, s.Width-4), s.Styles.Dim, s.Styles.Bold), who}
	if s.Height >= airy {
		out = []string{"", out[0], "", who}
	}
	if how, bad := v.progress(); bad {
		out = append(out, line(s.Styles.Warn, how))
	} else {
		out = append(out, line(s.Styles.Dim, how))
	}
	if v.q.showsSigns && s.Height >= roomy+4 {
		out = append(out, v.signLines(s, r)...)
	}
	return append(out, s.Styles.Line.Render(strings.Repeat("─", s.Width)))
}

// signLines returns the signs of a takeover: each on a line of its own where there is room,
// else as many as fit on one.
func (v *View) signLines(s tui.Screen, r text.CellWidth) []string {
	var all []string
	for _, sign := range v.env.VerdictOf(v.user, s.Now).Signs {
		all = append(all, strings.TrimSpace(userfmt.SignText(sign, s.Now)+"   "+userfmt.SignValue(sign)))
	}
	wide := max(1, s.Width-6)
	if len(all) == 0 {
		return nil
	}
	if s.Height < airy && !s.Styles.Plain {
		return []string{"  " + s.Styles.Warn.Render("! "+r.Cut(wording.Dotted(all...), wide))}
	}
	out := []string{""}
	for _, sign := range all {
		out = append(out, "  "+s.Styles.Warn.Render("! ")+s.Styles.Text.Render(r.Cut(sign, wide)))
	}
	return out
}

// progress says how far the case is, and which it is.
func (v *View) progress() (words string, bad bool) {
	if v.readErr != nil {
		return "could not be read again: " + wording.Error(v.readErr), true
	}
	count := map[kind]int{}
	for _, s := range v.c.Steps {
		count[v.status(s).kind]++
	}
	words = v.left()
	if count[kindOpen]+count[kindAsk] == 0 {
		bad = count[kindOff]+count[kindFailed]+count[kindUnknown] > 0
	}
	for _, k := range []kind{kindFailed, kindUnknown, kindOff} {
		if n := count[k]; n > 0 {
			_, word, _ := status{kind: k}.look()
			words += fmt.Sprintf(", %d %s", n, word)
		}
	}
	since := ""
	if !v.c.Resumed.IsZero() {
		since = "goes on from " + userfmt.TimeOfDay(v.c.Resumed, v.env.Now())
	}
	id := ""
	if v.c.ID != "" {
		id = "case " + v.c.ID
	}
	return wording.Dotted(words, since, id), bad
}

// left says how many steps the sequence still waits for.
func (v *View) left() string {
	n := 0
	for _, s := range v.c.Steps {
		if v.status(s).kind.isPending() {
			n++
		}
	}
	if n == 0 {
		return "No step left"
	}
	return userfmt.Count(n, "step") + " left"
}

func (v *View) drawStep(c *canvas, i int, s action.CaseStep, isCursor bool) {
	how := v.status(s)
	glyph, word, tone := how.look()
	st := c.s.Styles
	style, mark := st.Text, " "
	if !how.kind.isPending() {
		style = st.Dim
	}
	if isCursor {
		style, mark = st.Bold, st.AccentBold.Render("▌")
		c.begin = len(c.lines)
	}
	toneStyle := st.Dim
	if tone != tui.ToneNone {
		toneStyle = st.Tone(tone)
	}
	right := word
	switch {
	case how.again:
		right = how.words
	case how.kind == kindDone, how.kind == kindSkipped:
		right += " " + userfmt.TimeOfDay(s.At, v.env.Now())
	case how.kind == kindNotNeeded, how.kind == kindOff:
		right += ": " + how.words
	}
	if st.Plain {
		v.drawStepInWords(c, i, s, how, right, isCursor)
		return
	}
	title := fmt.Sprintf("%2d  %s", i+1, v.q.titleOf(s, v.env.Catalogue))
	label := labelOf(v.env, v.user, s)
	taken := 5 + c.r.Width(title) + 2
	if label != "" {
		taken += 2 + c.r.Width(label)
	}
	width := max(1, min(c.s.Width, max(maxStepWidth, taken+c.r.Width(right)+2))-2)
	if (how.kind == kindNotNeeded || how.kind == kindOff) && taken+c.r.Width(right) > width {
		right = word // the reason is below the step, under the cursor
	}
	right = c.r.Cut(right, max(len(word), width/2-4, width-taken))
	room := max(1, width-5-c.r.Width(right)-1)
	left := c.r.Cut(title, room)
	if more := room - c.r.Width(left) - 2; label != "" && more > 8 {
		left = style.Render(left) + "  " + st.Accent.Render(c.r.CutMiddle(label, more))
		if c.r.Width(label) <= more {
			label = "" // it is all there
		}
	} else {
		left = style.Render(left)
	}
	gap := max(1, width-5-c.r.Width(left)-c.r.Width(right))
	c.add(i, " "+mark+" "+toneStyle.Render(glyph)+" "+left+strings.Repeat(" ", gap)+toneStyle.Render(right))
	if isCursor {
		v.drawDetails(c, i, s, label, how)
		c.end = len(c.lines)
	}
}

// drawStepInWords draws a step as a line of words, for screen readers, and below it what
// there is to know about it if it is under the cursor.
func (v *View) drawStepInWords(c *canvas, i int, s action.CaseStep, how status, outcome string, isCursor bool) {
	mark := " "
	if isCursor {
		mark = tui.CursorMark
	}
	says := fmt.Sprintf(" %s Step %d: %s", mark, i+1, v.q.titleOf(s, v.env.Catalogue))
	for _, more := range []string{labelOf(v.env, v.user, s), outcome} {
		if more != "" {
			says += ", " + more
		}
	}
	c.add(i, c.s.Styles.Text.Render(c.r.Cut(says, max(1, c.s.Width-1))))
	if isCursor {
		v.drawDetails(c, i, s, "", how)
		c.end = len(c.lines)
	}
}

// drawDetails draws what there is to know about a step: the part where the title's line had
// no room for it, why it is there,
// what the caller is asked or told, and why it failed.
func (v *View) drawDetails(c *canvas, i int, s action.CaseStep, label string, how status) {
	st, row := c.s.Styles, v.q.row(s)
	wrap := func(style interface{ Render(...string) string }, t, bullet string) {
		in := indent + c.r.Width(bullet)
		for n, l := range c.r.Wrap(t, max(10, c.s.Width-in-2)) {
			lead := strings.Repeat(" ", indent) + bullet
			if n > 0 {
				lead = strings.Repeat(" ", in)
			}
			c.add(i, lead+style.Render(l))
		}
	}
	if label != "" || s.Why != "" {
		wrap(st.Text, wording.Dotted(label, s.Why), "")
	}
	if how.kind == kindAsk {
		wrap(st.Info, how.words, "")
	}
	if how.kind != kindNotNeeded && row.why != "" {
		wrap(st.Dim, row.why, "")
	}
	switch {
	case how.kind == kindFailed || how.kind == kindUnknown:
		wrap(st.Bad, wording.Sentence(how.words), "")
	case how.words != "" && how.kind != kindAsk && !how.again:
		wrap(st.Dim, wording.Sentence(how.words), "")
	}
	if row.tell != nil {
		for _, l := range row.tell(v.shownFacts()) {
			wrap(st.Text, l, "• ")
		}
	}
	if s.Record != "" {
		wrap(st.Faint, "journal record "+s.Record, "")
	}
}

// drawSummary draws the row below the steps, and on it the text to copy.
func (v *View) drawSummary(c *canvas, isCursor bool) {
	st := c.s.Styles
	c.add(-1, "")
	style, mark := st.Dim, " "
	if isCursor {
		style, mark = st.Bold, st.AccentBold.Render("▌")
		c.begin = len(c.lines)
	}
	c.add(len(v.c.Steps), " "+mark+" "+style.Render("Summary for the ticket"))
	if !isCursor {
		return
	}
	for _, l := range strings.Split(strings.TrimRight(v.summary(), "\n"), "\n") {
		for _, part := range c.r.Wrap(l, max(10, c.s.Width-7)) {
			c.add(len(v.c.Steps), "     "+st.Text.Render(part))
		}
	}
	c.end = len(c.lines)
}
