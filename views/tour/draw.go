package tour

import (
	"regexp"
	"strconv"
	"strings"

	"frontdesk/api/profile"
	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	// From this size on the panel has a title and two lines; below, one line.
	wideWidth, wideHeight = 70, 22
	wideRows              = 3
)

// Rows implements [tui.Guide].
func (g *guide) Rows(width, height int) int {
	switch {
	case !g.isShown():
		return 0
	case width >= wideWidth && height >= wideHeight:
		return wideRows
	}
	return 1
}

// Note implements [tui.Guide]: the offer.
func (g *guide) Note(s tui.Screen) string {
	if !g.offers() || g.env.Instance.Kind != profile.Demo {
		return ""
	}
	try := "{list.search} `" + tail + "`, or {app.palette}`tour`"
	for _, words := range []string{
		"First time here? Nothing leaves this machine. Try " + try + " for five minutes.",
		"Nothing leaves this machine. Try " + try + " for five minutes.",
		"Nothing leaves this machine. Try " + try + ".",
		"Try " + try + ".",
	} {
		if line := draw(s, words, s.Styles.Text); text.CellWidth(s.Cells).Width(line) <= s.Width {
			return line
		}
	}
	return ""
}

// View implements [tui.Guide].
func (g *guide) View(s tui.Screen, now tui.Stage) string {
	n, says, rule := g.state.step(), g.advice(now), s.Styles.Line.Render(line)
	if s.Height < wideRows {
		where := strconv.Itoa(min(n+1, len(steps))) + "/" + strconv.Itoa(len(steps))
		row := rule + " " + s.Styles.AccentBold.Render(where) + "  " + draw(s, says.press, s.Styles.Text) + " "
		return justify(s, row, frame(g.hints(s, now, actSkip), rule))
	}
	title := rule + " " + g.progress(s) + s.Styles.Bold.Render("  Tour: "+g.title()) + " "
	return strings.Join([]string{
		justify(s, title, frame(g.hints(s, now, actSkip, actTour), rule)),
		"  " + cut(s, draw(s, says.press, s.Styles.Text)),
		"  " + cut(s, draw(s, says.why, s.Styles.Dim)),
	}, "\n")
}

func (g *guide) title() string {
	if n := g.state.step(); n < len(steps) {
		return steps[n].title
	}
	return "that was all"
}

// advice returns the advice for the current situation.
func (g *guide) advice(now tui.Stage) advice {
	n := g.state.step()
	switch {
	case n == len(steps):
		return finished
	case steps[n].needsName && g.env.Mask.On():
		return unmasked
	}
	f := g.look(nil, now)
	says := steps[n].advise(f)
	if f.isJournal && (steps[n].isShown == nil || !steps[n].isShown(f)) {
		says.press = "{app.back} leaves the journal" // its own search is another one
	}
	return says
}

// progress is a mark for each step.
func (g *guide) progress(s tui.Screen) string {
	var out strings.Builder
	for i := range steps {
		switch {
		case i < len(g.state.Steps) && g.state.Steps[i] == done:
			out.WriteString(s.Styles.OK.Render("✓"))
		case i < len(g.state.Steps):
			out.WriteString(s.Styles.Dim.Render("–"))
		case i == g.state.step():
			out.WriteString(s.Styles.Accent.Render("●"))
		default:
			out.WriteString(s.Styles.Dim.Render("○"))
		}
	}
	return out.String()
}

// hints are the panel's own keys, "" while they are text.
func (g *guide) hints(s tui.Screen, now tui.Stage, actions ...string) string {
	if now.IsTyping() {
		return ""
	}
	words := map[string]string{actSkip: " skip", actTour: " leave"}
	var out []string
	for _, id := range actions {
		if label := s.Keys.Label(id); label != "" && (id != actSkip || g.state.step() < len(steps)) {
			out = append(out, s.Styles.Key.Render(label)+s.Styles.Dim.Render(words[id]))
		}
	}
	return strings.Join(out, "   ")
}

// marked are the places in an advice that are keys, or text to type.
var marked = regexp.MustCompile("\\{[^}]+\\}|`[^`]+`")

// draw draws advice with its keys highlighted.
func draw(s tui.Screen, words string, style interface{ Render(...string) string }) string {
	var out strings.Builder
	at := 0
	for _, m := range marked.FindAllStringIndex(words, -1) {
		if m[0] > at {
			out.WriteString(style.Render(words[at:m[0]]))
		}
		if inner := words[m[0]+1 : m[1]-1]; words[m[0]] == '`' {
			out.WriteString(s.Styles.Bold.Render(inner))
		} else {
			out.WriteString(s.Styles.Key.Render(keyOf(s, inner)))
		}
		at = m[1]
	}
	if at < len(words) {
		out.WriteString(style.Render(words[at:]))
	}
	return out.String()
}

// keyOf returns the first key of an action, or the key itself.
func keyOf(s tui.Screen, id string) string {
	if label := s.Keys.Label(id); label != "" {
		return label
	}
	return id
}

func cut(s tui.Screen, line string) string { return text.CellWidth(s.Cells).Cut(line, s.Width-4) }

// line is what the first row of the panel is made of.
const line = "─"

// frame puts hints into a rule.
func frame(hints, rule string) string {
	if hints == "" {
		return ""
	}
	return " " + hints + " " + rule
}

// justify puts left and right at the two ends of a rule.
func justify(s tui.Screen, left, right string) string {
	cells := text.CellWidth(s.Cells)
	room := s.Width - cells.Width(right)
	left = cells.Cut(left, max(0, room-1))
	return left + s.Styles.Line.Render(strings.Repeat(line, max(0, room-cells.Width(left)))) + right
}
