package shell

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const (
	// Below this size the screen only says so.
	minWidth, minHeight = 40, 8
	// Below this height the rule above the footer gives its row to the body.
	ruleHeight = 12
	// Notices take at most these rows above the footer, and leave the screen these.
	toastRows, leastRows = 8, 4
)

// The spinner is one cell of Braille: the least that can move.
var spinner = [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

func (m *Model) tooSmall() bool { return m.width < minWidth || m.height < minHeight }

func (m *Model) bodyHeight() int {
	if m.height < ruleHeight {
		return m.height - 2
	}
	return m.height - 3
}

// View draws the screen: never wider than the terminal, never higher.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.KeyboardEnhancements.ReportAlternateKeys = true // the place of a key, for layouts that are not Latin
	v.WindowTitle = m.conf.Brand
	if m.conf.Instance.Word != "" {
		v.WindowTitle += " · " + m.conf.Instance.Word
	}
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case m.width < 1 || m.height < 1:
	case m.tooSmall():
		v.SetContent(m.small())
	default:
		shown := m.drawSafely()
		v.SetContent(text.IsolateRTL(strings.Join(shown.lines, "\n")))
		v.Cursor = shown.cursor
	}
	return v
}

// draw is the whole screen.
func (m *Model) draw() scene {
	frame, said := m.topFrame()
	lines := make([]string, 0, m.height)
	head, help := m.header()
	lines = append(lines, head)
	lines = append(lines, m.block(frame.Content, m.width, m.bodyHeight())...)
	if m.height >= ruleHeight {
		lines = append(lines, m.styles.Line.Render(strings.Repeat("─", m.width)))
	}
	o := m.overlay()
	if o == nil {
		foot, keys := m.footer(m.styles.Dim.Render(frame.Status), m.hints())
		shown := scene{append(lines, foot), moved(frame.Cursor, 0, 1), append(append(m.spotted(frame.HitAreas), help...), keys...)}
		shown.targets = append(shown.targets, m.layNotices(shown.lines, said)...)
		return shown
	}
	return m.drawOver(lines, frame.Status, o, said)
}

// drawOver fades the screen and lays the top overlay on it.
func (m *Model) drawOver(lines []string, status string, o overlay, said notices) scene {
	pad, in := m.padding(), m.inside()
	area := m.height - 2 // between header and footer
	p := m.drawOverlay(o, m.screen(in.Width, in.Height))
	if p.Bar {
		return m.drawBar(lines, o, p)
	}
	for i, l := range lines[1:] {
		lines[1+i] = m.behind(l)
	}
	foot, keys := m.footer(m.styles.Backdrop.Render(ansi.Strip(status)), p.Hints)
	lines = append(lines, foot)
	box := m.framed(p, pad)
	if len(box) > area {
		box = box[:area]
	}
	x, y := (m.width-m.cells.Width(box[0]))/2, 1+(area-len(box))*2/5
	m.lay(lines, box, x, y, m.width)
	if y+len(box) <= 1+m.bodyHeight()-toastRows {
		m.layNotices(lines, said)
	}
	return scene{lines, moved(p.Cursor, x+1+pad, y+1), append(m.marked(o, p, x+1+pad, y+1), keys...)}
}

// drawBar lays a one-line question across the bottom, where the hints were.
func (m *Model) drawBar(lines []string, o overlay, p tui.Panel) scene {
	bar := m.block(p.Content, m.width-2, strings.Count(p.Content, "\n")+1)
	for i := range bar {
		bar[i] = "  " + bar[i]
	}
	edge := m.styles.Line
	if p.Tone != tui.ToneNone {
		edge = m.styles.Tone(p.Tone)
	}
	bar = append([]string{edge.Render(strings.Repeat("─", m.width))}, bar...)
	top := max(1, m.height-len(bar))
	lines = append(lines[:min(top, len(lines))], bar...)
	return scene{lines[:min(len(lines), m.height)], moved(p.Cursor, 2, top+1), m.marked(o, p, 2, top+1)}
}

func (m *Model) screen(width, height int) tui.Screen {
	s := tui.Screen{Width: width, Height: height, Breadcrumb: m.trail(), Styles: m.styles, Keys: m.conf.Keys, Cells: uint8(m.cells), Now: m.conf.Clock()}
	if m.tasks.visible() != nil {
		s.Spinner = m.styles.Accent.Render(m.spinMark())
	}
	return s
}

func (m *Model) spinMark() string { return spinner[m.spin%len(spinner)] }

// small says what size is needed; it is all that is drawn below it.
func (m *Model) small() string {
	say := fmt.Sprintf("%s needs %d×%d, this window is %d×%d. Make it larger", m.conf.Brand, minWidth, minHeight, m.width, m.height)
	if quit := m.conf.Keys.Label(actQuit); quit != "" {
		say += "; " + quit + " quits"
	}
	out := m.cells.Wrap(say+".", m.width)
	return strings.Join(out[:min(m.height, len(out))], "\n")
}

// block is content as exactly height lines, none wider than width.
func (m *Model) block(content string, width, height int) []string {
	out := make([]string, height)
	for i, l := range strings.SplitN(content, "\n", height+1) {
		if i < height {
			out[i] = m.fit(l, width)
		}
	}
	return out
}

// fit cuts a line that is too wide.
func (m *Model) fit(line string, width int) string {
	if m.cells.Width(line) <= width {
		return line
	}
	return m.cut(line, width)
}

// cut is the start of a line in at most width cells, without a mark.
func (m *Model) cut(line string, width int) string {
	// Truncate leaves a string alone that fits when counted by clusters, whatever
	// its method is; what is added here is cut off again.
	return m.method().Truncate(line+strings.Repeat(" ", width+1), width, "")
}

// method is the cell count as the ansi package names it.
func (m *Model) method() ansi.Method {
	if m.cells == text.Clusters {
		return ansi.GraphemeWidth
	}
	return ansi.WcWidth
}

func moved(c *tea.Cursor, x, y int) *tea.Cursor {
	if c == nil {
		return nil
	}
	out := *c
	out.X, out.Y = c.X+x, c.Y+y
	return &out
}
