package action

import (
	"fmt"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action/wording"
	"frontdesk/views/userfmt"
)

// View implements [tui.View]. The QR code takes the whole screen.
func (v *resultView) View(s tui.Screen) tui.Frame {
	r := text.CellWidth(s.Cells)
	wide := s.Width - 4
	if wide < 8 || s.Height < 3 {
		return tui.Frame{Content: r.Cut(v.title, s.Width)}
	}
	var lines []string
	if v.code != nil && !v.env.Mask.On() {
		lines = v.code.drawPage(s, wide)
	} else {
		lines = v.drawPage(s, wide)
	}
	for i, l := range lines {
		if l != "" {
			lines[i] = "  " + l
		}
	}
	return tui.Frame{Content: strings.Join(lines[:min(len(lines), s.Height)], "\n"), Status: v.status()}
}

func (v *resultView) status() string {
	if n := len(v.result.Lines); n > 1 {
		return fmt.Sprintf("%d of %d", v.cursor+1, n)
	}
	return ""
}

func (v *resultView) drawPage(s tui.Screen, wide int) []string {
	r, st := text.CellWidth(s.Cells), s.Styles
	var top []string
	if s.Height > 12 {
		top = append(top, "")
	}
	top = append(top, st.Bold.Render(r.Cut(v.title, wide)))
	if v.user != nil {
		top = append(top, st.Dim.Render(r.Cut(strings.Join(userfmt.Identify(v.env.Shown(v.user)), "   "), wide)))
	}
	summary, style := v.env.Mask.Text(v.result.Summary), st.Text
	switch {
	case v.isForgotten:
		summary, style = wording.Sentence(forgottenNote), st.Dim
	case v.result.IsNo:
		style = st.Warn
	}
	if s.Height > 12 {
		top = append(top, "")
	}
	for _, l := range r.Wrap(summary, wide) {
		top = append(top, style.Render(l))
	}
	if v.result.HasSecret() {
		for _, l := range r.Wrap("Hidden values are for the user only. They are forgotten when you leave this screen.", wide) {
			top = append(top, st.Dim.Render(l))
		}
	}
	if s.Height > len(top)+4 {
		top = append(top, "")
	}
	return append(top, v.drawBody(s, wide, s.Height-len(top))...)
}

// drawBody draws the lines around the cursor that fit the height.
func (v *resultView) drawBody(s tui.Screen, wide, height int) []string {
	if height < 1 {
		return nil
	}
	var rows []string
	from, to := 0, 0
	for i, l := range v.result.Lines {
		if i == v.cursor {
			from = len(rows)
		}
		rows = append(rows, v.drawLine(s, wide, l, i == v.cursor)...)
		if i == v.cursor {
			to = len(rows)
		}
	}
	start := max(0, min(to-height, from))
	return rows[start:min(len(rows), start+height)]
}

// drawLine draws a label and its value, wrapped; here marks the current line.
func (v *resultView) drawLine(s tui.Screen, wide int, l ops.Line, here bool) []string {
	r, st := text.CellWidth(s.Cells), s.Styles
	col := v.labelWidth(r, wide)
	mark, label := "  ", st.Dim
	if here {
		mark, label = st.AccentBold.Render("› "), st.Bold
	}
	value := st.Text
	if !l.Secret.Empty() {
		value = st.Accent
	}
	wrapped := r.Wrap(v.displayValue(l), max(1, wide-col-4))
	if len(wrapped) == 0 {
		wrapped = []string{"none"}
		value = st.Dim
	}
	rows := make([]string, len(wrapped))
	for i, w := range wrapped {
		head := strings.Repeat(" ", col+2)
		if i == 0 {
			head = mark + label.Render(r.Pad(r.Cut(v.env.Mask.Value(l.Label), col), col))
		}
		rows[i] = head + "  " + value.Render(w)
	}
	return rows
}

// labelWidth returns the width of the column of labels.
func (v *resultView) labelWidth(r text.CellWidth, wide int) int {
	col := 8
	for _, l := range v.result.Lines {
		col = max(col, r.Width(v.env.Mask.Value(l.Label)))
	}
	return max(1, min(col, wide/2))
}
