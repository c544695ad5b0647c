package action

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// canvas is what drawing needs: styles, cell widths, and the width inside the margins.
type canvas struct {
	s    *tui.Styles
	r    text.CellWidth
	wide int
}

const (
	canvasMargin = 2
	// statusRows are reserved for the status of the text, so that the box does not
	// move when it changes.
	statusRows = 2
	// minHeightRuled is the height from which on there is room for statusRows and a
	// line above the box.
	minHeightRuled = 8
)

// View implements [tui.View].
func (v *metadataView) View(s tui.Screen) tui.Frame {
	p := canvas{s.Styles, text.CellWidth(s.Cells), s.Width - 2*canvasMargin}
	if p.wide < 20 || s.Height < 5 {
		return tui.Frame{Content: p.r.Cut(v.op.Title, s.Width)}
	}
	pad := strings.Repeat(" ", canvasMargin)
	lines := []string{pad + p.r.Cut(v.userLine(s), p.wide)}
	if s.Height >= 14 {
		lines = []string{"", screenPath(s, pad), "", lines[0], ""}
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

// userLine identifies the user. The instance comes second, where a narrow window
// does not cut it off.
func (v *metadataView) userLine(s tui.Screen) string {
	who := userfmt.Identify(v.env.Shown(v.user))
	where := s.Styles.Tone(whereTone(v.env.Instance.Kind)).Bold(true).Render("on " + v.env.Instance.Kind.String())
	r := text.CellWidth(s.Cells)
	name := s.Styles.Bold.Render(r.Cut(who[0], max(10, s.Width/2)))
	return name + "   " + where + s.Styles.Dim.Render("   "+strings.Join(who[1:], "   "))
}

// drawBox draws the names of the objects, the status of the text, and the text.
func (v *metadataView) drawBox(p canvas, height int) ([]string, *tea.Cursor) {
	d := v.draft()
	// The status is above the text, because toasts cover the rows at the bottom.
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

// sizeBox sets the size and colours of the box. The box needs its size to move the
// cursor, but only drawing knows it.
func (v *metadataView) sizeBox(p canvas, height int) {
	box := &v.draft().box
	st := box.Styles()
	st.Focused.Base, st.Focused.Text, st.Focused.CursorLine = p.s.Text.UnsetForeground(), p.s.Text, p.s.Text
	st.Focused.LineNumber, st.Focused.CursorLineNumber = p.s.Faint, p.s.Accent
	st.Focused.EndOfBuffer, st.Focused.Placeholder = p.s.Faint, p.s.Faint
	st.Focused.Selection = p.s.Text.Reverse(true)
	st.Blurred = st.Focused
	st.Cursor.Color, st.Cursor.Blink, st.Cursor.Shape = p.s.CursorColor(), false, tea.CursorBar
	box.SetStyles(st)
	box.SetWidth(p.wide)
	box.SetHeight(height)
}

// cursorDrift returns by how many cells the cursor is off, because the box measures
// grapheme clusters and the terminal may measure runes.
func (d *draft) cursorDrift(r text.CellWidth) int {
	at := d.box.LineInfo()
	row := strings.Split(d.box.Value(), "\n")[d.box.Line()]
	line := []rune(row)
	from := min(at.StartColumn, len(line))
	before := string(line[from:min(from+at.ColumnOffset, len(line))])
	return r.Width(before) - at.CharOffset
}

// drawKinds draws the names of the objects, and how full the current one is.
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

// statusLines draws the status of the text: whether it is being sent, was refused,
// is invalid or in conflict, or what it changes.
func (v *metadataView) statusLines(p canvas) []string {
	d := v.draft()
	switch {
	case v.gone:
		return p.markedLines("! ", p.s.Warn, "This user no longer exists.")
	case v.busy:
		return p.markedLines("… ", p.s.Dim, "The change is being sent.")
	case v.inEditor:
		return p.markedLines("… ", p.s.Dim, "The text is open in your editor.")
	case d.refused != "":
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(d.refused))
	case d.invalid != "":
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(d.invalid))
	case d.hasConflict():
		return p.markedLines("! ", p.s.Warn, "Someone else changed the "+d.label+" metadata meanwhile. The review compares with the current value.")
	}
	if _, err := v.value(d); err != nil {
		return p.markedLines("✗ ", p.s.Bad, wording.Sentence(wording.Error(err)))
	}
	changes := d.changes()
	if len(changes) == 0 {
		return p.markedLines("✓ ", p.s.OK, "Valid. No changes yet.")
	}
	return p.markedLines("✓ ", p.s.OK, "Valid. "+countChanges(changes)+".")
}

func (p canvas) markedLines(mark string, style interface{ Render(...string) string }, says string) []string {
	out := wrap(p.r, says, p.wide-2, statusRows)
	for i, l := range out {
		out[i] = style.Render(mark + l)
		mark = "  "
	}
	return out
}
