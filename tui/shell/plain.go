package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
	"frontdesk/tui/palette"
)

// In plain mode the screen is lines of words, for screen readers. These read the line of
// the terminal's cursor, so it stands in the text box that has the focus, or on the chosen
// row. An overlay replaces the body of the screen and has no frame.

// plainMargin is the blank column at each side of an overlay.
const plainMargin = 1

// drawPlain draws the whole screen.
func (m *Model) drawPlain() scene {
	head, targets := m.header()
	body := m.plainBody()
	lines := append([]string{head}, body.lines...)
	lines = append(lines, m.drawGuide()...)
	if m.ruleRows() > 0 {
		lines = append(lines, m.plainNotice())
	}
	foot, keys := m.footer(m.styles.Dim.Render(ansi.Strip(body.status)), body.hints)
	lines = append(lines, foot)
	cursor := body.cursor
	if cursor == nil {
		cursor = markedRow(lines)
	}
	for i, line := range lines {
		lines[i] = plainGlyphs(line)
		if cursor != nil && cursor.Y == i {
			before := m.cutLine(line, cursor.X) + "x"
			cursor = offsetCursor(cursor, m.cells.Width(plainCommas(before))-m.cells.Width(before), 0)
		}
	}
	return scene{lines, cursor, append(append(targets, body.targets...), keys...)}
}

// plainScreen is the body of a screen, or the overlay in its place.
type plainScreen struct {
	lines   []string
	status  string
	cursor  *tea.Cursor // relative to the screen; nil if only tui.CursorMark shows it
	hints   []tui.Hint
	targets []clickTarget
}

func (m *Model) plainBody() plainScreen {
	frame := m.drawBody(m.screen(m.width, m.bodyHeight()))
	o := m.overlay()
	if o == nil {
		return plainScreen{
			lines: m.fitLines(frame.Content, m.width, m.bodyHeight()), status: frame.Status, hints: m.footerHints(),
			cursor: offsetCursor(frame.Cursor, 0, 1), targets: m.viewTargets(frame.HitAreas),
		}
	}
	in := m.innerSize()
	p := m.drawOverlay(o, m.screen(in.Width, in.Height))
	var lines []string
	if !p.Bar { // its first line is the question
		lines = append(lines, m.styles.Bold.Render(m.cells.Cut(p.Title, in.Width)))
	}
	above := len(lines)
	for line := range strings.SplitSeq(p.Content, "\n") {
		lines = append(lines, line)
	}
	out := plainScreen{
		lines: m.fitLines(strings.Repeat(" ", plainMargin)+strings.Join(lines, "\n"+strings.Repeat(" ", plainMargin)), m.width, m.bodyHeight()),
		hints: p.Hints, targets: m.panelTargets(o, p, plainMargin, 1+above),
	}
	if _, isMenu := o.(*palette.Model); !isMenu || markedRow(out.lines) == nil { // the row says more than the filter
		out.cursor = offsetCursor(p.Cursor, plainMargin, 1+above)
	}
	return out
}

// plainNotice draws the newest notice on a row of its own, or the note of the guide.
func (m *Model) plainNotice() string {
	if line := m.shownToasts().PlainLine(m.screen(m.width-2*plainMargin, 1)); line != "" {
		return strings.Repeat(" ", plainMargin) + line
	}
	return m.drawNote("")
}

// markedRow returns the place of the text of the first line that begins with
// tui.CursorMark, nil if there is none.
func markedRow(lines []string) *tea.Cursor {
	for y, line := range lines {
		bare := ansi.Strip(line)
		text := strings.TrimLeft(bare, " ")
		if rest, marked := strings.CutPrefix(text, tui.CursorMark); marked {
			margin := len(bare) - len(text) + 1 + len(rest) - len(strings.TrimLeft(rest, " "))
			return tea.NewCursor(margin, y)
		}
	}
	return nil
}

// plainGlyphs replaces marks by characters that every screen reader knows, and lines and
// blocks by spaces. Text at the right edge stays where it is.
func plainGlyphs(line string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case string(r) == tui.CursorMark:
			return '>'
		case r >= 0x2500 && r <= 0x259f:
			return ' '
		}
		return plainMark(r)
	}, plainCommas(line))
}

// plainCommas replaces the dots between words by commas. The cells that a comma saves are
// added to the next gap.
func plainCommas(line string) string {
	var out strings.Builder
	saved := 0
	for line != "" {
		at := strings.IndexByte(line, ' ')
		if at < 0 {
			break
		}
		out.WriteString(line[:at])
		line = line[at:]
		blank := len(line) - len(strings.TrimLeft(line, " "))
		rest := line[blank:]
		if after, dotted := strings.CutPrefix(rest, "· "); dotted && blank <= 2 && out.Len() > 0 {
			behind := len(after) - len(strings.TrimLeft(after, " "))
			out.WriteString(", ")
			saved += blank + behind
			line = after[behind:]
			continue
		}
		if blank > 1 && rest != "" {
			blank, saved = blank+saved, 0
		}
		out.WriteString(strings.Repeat(" ", blank))
		line = rest
	}
	return out.String() + line
}

func plainMark(r rune) rune {
	switch r {
	case '■', '◐', '●':
		return '*'
	case '□', '○', '•':
		return '-'
	case '✓':
		return '+'
	case '✗':
		return 'x'
	case '▸', '›':
		return '>'
	case '‹':
		return '<'
	case '↺':
		return ' '
	}
	return r
}
