package action

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// canvas is what the screen is drawn with: colours, cells, the width inside the margin.
type canvas struct {
	s    *tui.Styles
	r    text.CellWidth
	wide int
}

const (
	canvasMargin = 2
	// statusRows are kept for what is to be said of the text, so that nothing jumps.
	statusRows = 2
	// From this height on there are so many, and a rule above the box.
	minHeightRuled = 8
)

// View draws the box, or the review.
func (v *metadataView) View(s tui.Screen) tui.Frame {
	p := canvas{s.Styles, text.CellWidth(s.Cells), s.Width - 2*canvasMargin}
	if p.wide < 20 || s.Height < 5 {
		return tui.Frame{Content: p.r.Cut(v.op.Title, s.Width)}
	}
	pad := strings.Repeat(" ", canvasMargin)
	lines := []string{pad + p.r.Cut(v.userLine(s), p.wide)}
	if s.Height >= 14 {
		lines = []string{"", breadcrumbs(s, pad), "", lines[0], ""}
	}
	out := tui.Frame{}
	if v.reviewing {
		body := v.window(v.drawReview(p), s.Height-len(lines))
		for _, l := range body {
			lines = append(lines, pad+l)
		}
		out.Status = v.scrollPosition()
	} else {
		body, cursor := v.drawBox(p, s.Height-len(lines))
		if cursor != nil {
			cursor.X, cursor.Y = cursor.X+canvasMargin, cursor.Y+len(lines)
		}
		out.Cursor = cursor
		for _, l := range body {
			lines = append(lines, pad+l)
		}
	}
	out.Content = strings.Join(lines[:min(len(lines), s.Height)], "\n")
	return out
}

// userLine is the person, and the instance where no narrow window cuts it off.
func (v *metadataView) userLine(s tui.Screen) string {
	who := userfmt.Identify(v.env.Shown(v.user))
	where := s.Styles.Tone(whereTone(v.env.Instance.Kind)).Bold(true).Render("on " + v.env.Instance.Kind.String())
	r := text.CellWidth(s.Cells)
	name := s.Styles.Bold.Render(r.Cut(who[0], max(10, s.Width/2)))
	return name + "   " + where + s.Styles.Dim.Render("   "+strings.Join(who[1:], "   "))
}

// drawBox is the choice of the three, what is to be said of the text, the text.
func (v *metadataView) drawBox(p canvas, height int) ([]string, *tea.Cursor) {
	d := v.draft()
	// What is to be said stands above the text: notices cover the rows at the bottom.
	lines := append([]string{v.drawKinds(p)}, v.statusLines(p)...)
	if height >= minHeightRuled {
		for len(lines) < 1+statusRows {
			lines = append(lines, "")
		}
		lines = append(lines, p.s.Line.Render(strings.Repeat("─", p.wide)))
	} else {
		lines = lines[:2]
	}
	v.sizeBox(p, max(1, height-len(lines)))
	cursor := d.box.Cursor()
	if cursor != nil {
		cursor.X += d.cursorDrift(p.r)
		cursor.Y += len(lines)
	}
	return append(lines, strings.Split(d.box.View(), "\n")...), cursor
}

// sizeBox gives the box its size and colours. Only drawing knows the size; the box
// needs it when it moves its cursor.
func (v *metadataView) sizeBox(p canvas, height int) {
	box := &v.draft().box
	st := box.Styles()
	st.Focused.Base, st.Focused.Text, st.Focused.CursorLine = p.s.Text.UnsetForeground(), p.s.Text, p.s.Text
	st.Focused.LineNumber, st.Focused.CursorLineNumber = p.s.Faint, p.s.Accent
	st.Focused.EndOfBuffer, st.Focused.Placeholder = p.s.Faint, p.s.Faint
	st.Focused.Selection = p.s.Text.Reverse(true)
	st.Blurred = st.Focused
	st.Cursor.Color, st.Cursor.Blink, st.Cursor.Shape = p.s.Theme.Accent, false, tea.CursorBar
	box.SetStyles(st)
	box.SetWidth(p.wide)
	box.SetHeight(height)
}

// cursorDrift is how many cells the cursor stands further on than the box thinks: it counts
// a cluster as one picture, the renderer perhaps rune by rune.
func (d *draft) cursorDrift(r text.CellWidth) int {
	at := d.box.LineInfo()
	row := strings.Split(d.box.Value(), "\n")[d.box.Line()]
	line := []rune(row)
	from := min(at.StartColumn, len(line))
	before := string(line[from:min(from+at.ColumnOffset, len(line))])
	return r.Width(before) - at.CharOffset
}

// drawKinds are the three fields, and how full this one is.
func (v *metadataView) drawKinds(p canvas) string {
	var kinds []string
	for i, d := range v.drafts {
		word := d.label
		if d.isTouched() && (d.invalid != "" || len(d.changes()) > 0) {
			word += " changed"
		}
		if i == v.current {
			kinds = append(kinds, p.s.Key.Render("● ")+p.s.Bold.Render(word))
			continue
		}
		kinds = append(kinds, p.s.Faint.Render("○ ")+p.s.Dim.Render(word))
	}
	left := strings.Join(kinds, "   ")
	size, over := describeSize([]byte(v.draft().box.Value()))
	right := p.s.Dim.Render(size)
	if over {
		right = p.s.Bad.Render("✗ " + size)
	}
	if p.r.Width(left)+p.r.Width(right)+2 > p.wide {
		return p.r.Cut(left, p.wide)
	}
	return p.r.Pad(left, p.wide-p.r.Width(right)) + right
}

// statusLines is what is to be said of the text: the server's words, what is wrong,
// what changed, what somebody else changed.
func (v *metadataView) statusLines(p canvas) []string {
	d := v.draft()
	switch {
	case v.gone:
		return p.markedLines("! ", p.s.Warn, "This user is not there any more.")
	case v.busy:
		return p.markedLines("… ", p.s.Dim, "The change is on its way.")
	case v.inEditor:
		return p.markedLines("… ", p.s.Dim, "The text is in your editor.")
	case d.refused != "":
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(d.refused))
	case d.invalid != "":
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(d.invalid))
	case d.hasConflict():
		return p.markedLines("! ", p.s.Warn, "Somebody else changed the "+d.label+" metadata meanwhile. The review shows what would become of theirs.")
	}
	if _, err := v.value(d); err != nil {
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(wording.Error(err)))
	}
	changed := d.changes()
	if len(changed) == 0 {
		return p.markedLines("✓ ", p.s.OK, "Valid. Nothing is changed yet.")
	}
	return p.markedLines("✓ ", p.s.OK, "Valid. "+countChanges(changed)+".")
}

func (p canvas) markedLines(mark string, style interface{ Render(...string) string }, says string) []string {
	out := wrap(p.r, says, p.wide-2, statusRows)
	for i, l := range out {
		out[i] = style.Render(mark + l)
		mark = "  "
	}
	return out
}
