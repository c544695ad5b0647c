package toast

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

const (
	widest    = 60 // cells of one notice
	textLines = 3  // what happened, at most
	nextLines = 2  // what to do, at most
)

// Mark is the shape that goes with a tone, so that colour is never alone.
func Mark(t tui.Tone) string {
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

// View draws the notices as lines of one width, at most width × height cells:
// the newest at the bottom; of older ones only those that fit whole.
func (m *Model) View(width, height int, s *tui.Styles) []string {
	inner := min(widest, width) - 4
	if inner < 12 || height < 1 {
		return nil
	}
	var out []string
	for i := len(m.live) - 1; i >= 0; i-- {
		lines := draw(m.live[i].toast, inner, s)
		if len(lines)+len(out) > height {
			if len(out) == 0 {
				out = lines[:height]
			}
			break
		}
		out = append(lines, out...)
	}
	return pad(out)
}

// draw is one notice: a gutter in its tone, the mark, what happened, what next.
func draw(t tui.Toast, inner int, s *tui.Styles) []string {
	tone := s.Tone(t.Tone)
	gutter := tone.Render("▌")
	var out []string
	add := func(mark, line string) { out = append(out, gutter+" "+mark+" "+line+" ") }
	mark := tone.Bold(true).Render(Mark(t.Tone))
	for _, line := range fold(t.Text, inner, textLines) {
		add(mark, s.Text.Render(line))
		mark = " "
	}
	next := fold(t.Next, inner, nextLines)
	for i, line := range next {
		line = s.Dim.Render(line)
		if i == len(next)-1 {
			line = withDismiss(t, line, inner, s)
		}
		add(" ", line)
	}
	if len(next) == 0 && sticky(t) {
		add(" ", withDismiss(t, "", inner, s))
	}
	return out
}

// withDismiss adds how to be rid of a notice that stays, where there is room.
func withDismiss(t tui.Toast, line string, inner int, s *tui.Styles) string {
	if !sticky(t) {
		return line
	}
	hint := s.Key.Render("esc") + s.Dim.Render(" dismiss")
	if line == "" {
		return hint
	}
	if ansi.StringWidth(line)+3+ansi.StringWidth(hint) > inner {
		return line
	}
	return line + "   " + hint
}

// fold wraps text into at most lines lines and marks what was cut.
func fold(text string, width, lines int) []string {
	if text == "" {
		return nil
	}
	out := strings.Split(ansi.Wrap(text, width, ""), "\n")
	if len(out) > lines {
		out = out[:lines]
		out[lines-1] = ansi.Truncate(out[lines-1], width-1, "") + "…"
	}
	for i := range out {
		out[i] = ansi.Truncate(strings.TrimRight(out[i], " "), width, "…")
	}
	return out
}

func pad(lines []string) []string {
	w := 0
	for _, l := range lines {
		w = max(w, ansi.StringWidth(l))
	}
	for i, l := range lines {
		lines[i] = l + strings.Repeat(" ", w-lipgloss.Width(l))
	}
	return lines
}
