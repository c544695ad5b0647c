package toast

import (
	"slices"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	maxWidth    = 60 // width of a notice
	textLines   = 3  // rows for what happened
	stickyLines = 5  // the same for sticky notices, whose end may be the reason
	nextLines   = 2  // rows for what to do next
)

// Icon returns the shape that goes with a tone, so that colour is never the only sign.
func Icon(t tui.Tone) string {
	switch t {
	case tui.ToneOK:
		return "✓"
	case tui.ToneWarn:
		return "!"
	case tui.ToneBad:
		return "✗"
	case tui.ToneInfo:
		return "i"
	default:
		return "·"
	}
}

// View draws the notices as lines of equal width within the screen, newest at the
// bottom; older ones are drawn only if they fit whole. serials holds the notice of each
// line.
func (m *Model) View(s tui.Screen) (lines []string, serials []int) {
	r, inner, height := text.CellWidth(s.Cells), min(maxWidth, s.Width)-5, s.Height
	if inner < 12 || height < 1 {
		return nil, nil
	}
	for _, n := range slices.Backward(m.live) {
		one := noticeLines(n.toast, inner, r, s.Styles)
		if len(one)+len(lines) > height {
			if len(lines) > 0 {
				break
			}
			one = one[:height]
		}
		lines = append(one, lines...)
		serials = append(slices.Repeat([]int{n.serial}, len(one)), serials...)
	}
	return padLines(r, lines), serials
}

// Line draws the newest notice on one line of the screen's width. It returns "" if it
// does not fit, or if another notice waits to be dismissed.
func (m *Model) Line(s tui.Screen) (line string, serial int) {
	if len(m.live) == 0 {
		return "", 0
	}
	n, r, st := m.live[len(m.live)-1], text.CellWidth(s.Cells), s.Styles
	for _, other := range m.live[:len(m.live)-1] {
		if isSticky(other.toast) {
			return "", 0
		}
	}
	tone := st.Tone(n.toast.Tone)
	line = tone.Render("▌") + " " + tone.Bold(true).Render(Icon(n.toast.Tone)) + " " + st.Text.Render(n.toast.Text)
	if n.toast.Next != "" {
		line += "   " + st.Dim.Render(n.toast.Next)
	}
	if isSticky(n.toast) {
		line += "   " + st.Key.Render("esc") + st.Dim.Render(" dismiss")
	}
	if r.Width(line)+1 > s.Width {
		return "", 0
	}
	return line + " ", n.serial
}

// PlainLine returns the newest notice as one line of words for the screen's width, "" if
// there is none.
func (m *Model) PlainLine(s tui.Screen) string {
	if len(m.live) == 0 {
		return ""
	}
	t := m.live[len(m.live)-1].toast
	says := t.Text
	switch t.Tone {
	case tui.ToneBad:
		says = "Failed: " + says
	case tui.ToneWarn:
		says = "Note: " + says
	}
	if t.Next != "" {
		says += ". " + t.Next
	}
	hint := ""
	if isSticky(t) {
		hint = ", esc dismisses"
	}
	return s.Styles.Text.Render(text.CellWidth(s.Cells).Cut(says, s.Width-len(hint)) + hint)
}

// noticeLines draws one notice: a gutter in its tone, the icon, what happened, what to
// do next.
func noticeLines(t tui.Toast, inner int, r text.CellWidth, s *tui.Styles) []string {
	tone := s.Tone(t.Tone)
	gutter := tone.Render("▌")
	var out []string
	add := func(mark, line string) { out = append(out, gutter+" "+mark+" "+line+" ") }
	mark := tone.Bold(true).Render(Icon(t.Tone))
	most := textLines
	if isSticky(t) {
		most = stickyLines
	}
	for _, line := range wrapLines(r, t.Text, inner, most) {
		add(mark, s.Text.Render(line))
		mark = " "
	}
	next := wrapLines(r, t.Next, inner, nextLines)
	for i, line := range next {
		next[i] = s.Dim.Render(line)
	}
	if isSticky(t) {
		next = addDismissHint(next, inner, r, s)
	}
	for _, line := range next {
		add(" ", line)
	}
	return out
}

// addDismissHint adds how to dismiss a sticky notice, on the last line if there is
// room.
func addDismissHint(lines []string, inner int, r text.CellWidth, s *tui.Styles) []string {
	hint := s.Key.Render("esc") + s.Dim.Render(" dismiss")
	if last := len(lines) - 1; last >= 0 && r.Width(lines[last])+3+r.Width(hint) <= inner {
		lines[last] += "   " + hint
		return lines
	}
	return append(lines, hint)
}

// wrapLines wraps text into at most lines lines and marks what was cut.
func wrapLines(r text.CellWidth, long string, width, lines int) []string {
	out := r.Wrap(long, width)
	if len(out) > lines {
		out = out[:lines]
		out[lines-1] = r.Cut(out[lines-1]+" …", width)
	}
	return out
}

func padLines(r text.CellWidth, lines []string) []string {
	w := 0
	for _, l := range lines {
		w = max(w, r.Width(l))
	}
	for i, l := range lines {
		lines[i] = r.Pad(l, w)
	}
	return lines
}
