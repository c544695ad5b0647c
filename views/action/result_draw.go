package action

import (
	"fmt"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

// View draws who it is about, the answer in words, and its lines; or the QR
// code alone, which needs the room.
func (v *resultView) View(s tui.Screen) tui.Frame {
	r := text.CellWidth(s.Cells)
	wide := s.Width - 4
	if wide < 8 || s.Height < 3 {
		return tui.Frame{Content: r.Cut(v.title, s.Width)}
	}
	var lines []string
	if v.code != nil {
		lines = v.code.page(s, wide)
	} else {
		lines = v.page(s, wide)
	}
	for i, l := range lines {
		if l != "" {
			lines[i] = "  " + l
		}
	}
	return tui.Frame{Content: strings.Join(lines[:min(len(lines), s.Height)], "\n"), Status: v.status()}
}

func (v *resultView) status() string {
	if n := len(v.res.Lines); n > 1 {
		return fmt.Sprintf("%d of %d", v.cursor+1, n)
	}
	return ""
}

func (v *resultView) page(s tui.Screen, wide int) []string {
	r, st := text.CellWidth(s.Cells), s.Styles
	var top []string
	if s.Height > 12 {
		top = append(top, "")
	}
	top = append(top, st.Bold.Render(r.Cut(v.title, wide)))
	if len(v.who) > 0 {
		top = append(top, st.Dim.Render(r.Cut(strings.Join(v.who, "   "), wide)))
	}
	says, tone := v.res.Summary, st.Text
	switch {
	case v.left:
		says, tone = sentence(forgotten), st.Dim
	case v.res.IsNo:
		tone = st.Warn
	}
	if s.Height > 12 {
		top = append(top, "")
	}
	for _, l := range r.Wrap(says, wide) {
		top = append(top, tone.Render(l))
	}
	if v.res.HasSecret() {
		for _, l := range r.Wrap("What is hidden is nobody's but the user's. Leaving this screen forgets it.", wide) {
			top = append(top, st.Dim.Render(l))
		}
	}
	if s.Height > len(top)+4 {
		top = append(top, "")
	}
	return append(top, v.body(s, wide, s.Height-len(top))...)
}

// body is the lines around the mark that height takes.
func (v *resultView) body(s tui.Screen, wide, height int) []string {
	if height < 1 {
		return nil
	}
	var rows []string
	from, to := 0, 0
	for i, l := range v.res.Lines {
		if i == v.cursor {
			from = len(rows)
		}
		rows = append(rows, v.line(s, wide, l, i == v.cursor)...)
		if i == v.cursor {
			to = len(rows)
		}
	}
	start := max(0, min(to-height, from))
	return rows[start:min(len(rows), start+height)]
}

// line is one value beside its label, wrapped, with the mark where it is.
func (v *resultView) line(s tui.Screen, wide int, l ops.Line, here bool) []string {
	r, st := text.CellWidth(s.Cells), s.Styles
	col := v.labels(r, wide)
	mark, label := "  ", st.Dim
	if here {
		mark, label = st.AccentBold.Render("› "), st.Bold
	}
	value := st.Text
	if !l.Secret.Empty() {
		value = st.Accent
	}
	wrapped := r.Wrap(v.shown(l), max(1, wide-col-4))
	if len(wrapped) == 0 {
		wrapped = []string{"none"}
		value = st.Dim
	}
	rows := make([]string, len(wrapped))
	for i, w := range wrapped {
		head := strings.Repeat(" ", col+2)
		if i == 0 {
			head = mark + label.Render(r.Pad(r.Cut(l.Label, col), col))
		}
		rows[i] = head + "  " + value.Render(w)
	}
	return rows
}

// labels is how wide the column of labels is.
func (v *resultView) labels(r text.CellWidth, wide int) int {
	col := 8
	for _, l := range v.res.Lines {
		col = max(col, r.Width(l.Label))
	}
	return max(1, min(col, wide/2))
}
