package shell

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
)

const (
	// Below this size only a message about the size is drawn.
	minWidth, minHeight = 40, 8
	// Below this height the body gets the row of the rule above the footer.
	minRuleHeight = 12
	// Notices take at most maxNoticeRows above the footer and leave the screen
	// minBodyRows.
	maxNoticeRows, minBodyRows = 8, 4
)

// spinner is one cell of Braille: the smallest thing that can move.
var spinner = [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

func (m *Model) tooSmall() bool { return m.width < minWidth || m.height < minHeight }

func (m *Model) bodyHeight() int { return m.height - 2 - m.ruleRows() - m.guideRows() }

// View draws the screen, never wider or higher than the terminal.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.KeyboardEnhancements.ReportAlternateKeys = true // reports a key's position, for layouts that are not Latin
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
		v.SetContent(m.tooSmallText())
	default:
		shown := m.drawSafely()
		content := text.IsolateRTL(strings.Join(shown.lines, "\n"))
		if m.cells == text.Runes {
			content = text.SplitEmoji(content)
		}
		v.SetContent(content)
		v.Cursor = shown.cursor
	}
	return v
}

// draw draws the whole screen.
func (m *Model) draw() scene {
	if m.conf.Plain {
		return m.drawPlain()
	}
	frame, notices := m.topFrame()
	lines := make([]string, 0, m.height)
	head, help := m.header()
	lines = append(lines, head)
	lines = append(lines, m.fitLines(frame.Content, m.width, m.bodyHeight())...)
	lines = append(lines, m.drawGuide()...)
	if m.height >= minRuleHeight {
		lines = append(lines, m.drawNote(m.rule()))
	}
	o := m.overlay()
	if o == nil {
		m.drawEdge(lines[1 : 1+m.bodyHeight()])
		foot, keys := m.footer(m.styles.Dim.Render(frame.Status), m.footerHints())
		shown := scene{append(lines, foot), offsetCursor(frame.Cursor, 0, 1), append(append(m.viewTargets(frame.HitAreas), help...), keys...)}
		shown.targets = append(shown.targets, m.drawNotices(shown.lines, notices)...)
		return shown
	}
	return m.drawOver(lines, frame.Status, o, notices)
}

// drawOver dims the screen and draws the top overlay over it.
func (m *Model) drawOver(lines []string, status string, o overlay, notices noticeBox) scene {
	pad, in := m.padding(), m.innerSize()
	area := m.overlayRows()
	p := m.drawOverlay(o, m.screen(in.Width, in.Height))
	if p.Bar {
		m.drawEdge(lines[1 : 1+m.bodyHeight()])
		return m.drawBar(lines, o, p)
	}
	for i, l := range lines[1 : 1+m.bodyHeight()] {
		lines[1+i] = m.dimLine(l)
	}
	if rule := 1 + m.bodyHeight() + m.guideRows(); rule < len(lines) && !m.isProduction() {
		lines[rule] = m.dimLine(lines[rule])
	}
	m.drawEdge(lines[1 : 1+m.bodyHeight()])
	foot, keys := m.footer(m.styles.Backdrop.Render(ansi.Strip(status)), p.Hints)
	lines = append(lines, foot)
	box := m.frameLines(p, pad)
	if len(box) > area {
		box = box[:area]
	}
	x, y := (m.width-m.cells.Width(box[0]))/2, 1+(area-len(box))*2/5
	m.drawOnto(lines, box, x, y, m.width)
	if _, lists := o.(*toast.History); !lists && y+len(box) <= 1+m.bodyHeight()-maxNoticeRows {
		m.drawNotices(lines, notices)
	}
	return scene{lines, offsetCursor(p.Cursor, x+1+pad, y+1), append(m.panelTargets(o, p, x+1+pad, y+1), keys...)}
}

// drawBar draws a one-line question across the bottom, in place of the hints.
func (m *Model) drawBar(lines []string, o overlay, p tui.Panel) scene {
	bar := m.fitLines(p.Content, m.width-2, strings.Count(p.Content, "\n")+1)
	for i := range bar {
		bar[i] = "  " + bar[i]
	}
	edge := m.styles.Line
	if p.Tone != tui.ToneNone {
		edge = m.styles.Tone(p.Tone)
	}
	rule := edge.Render(strings.Repeat("─", m.width))
	if tag := m.titleTag(); tag != "" {
		rule = edge.Render("─ ") + m.styles.HeaderProduction.Bold(true).Render(" "+tag+" ") + edge.Render(" "+strings.Repeat("─", max(0, m.width-m.cells.Width(tag)-5)))
	}
	bar = append([]string{rule}, bar...)
	guide := slices.Clone(lines[1+m.bodyHeight() : 1+m.bodyHeight()+m.guideRows()])
	top := max(1, m.height-len(bar)-len(guide))
	lines = slices.Concat(lines[:min(top, len(lines))], guide, bar)
	top += len(guide)
	return scene{lines[:min(len(lines), m.height)], offsetCursor(p.Cursor, 2, top+1), m.panelTargets(o, p, 2, top+1)}
}

func (m *Model) screen(width, height int) tui.Screen {
	s := tui.Screen{Width: width, Height: height, Breadcrumb: m.breadcrumb(), Styles: m.styles, Keys: m.conf.Keys, Cells: uint8(m.cells), Now: m.conf.Clock()}
	if r := m.tasks.visible(); r != nil {
		s.Spinner, s.Progress = m.styles.Accent.Render(m.spinMark()), m.masked(progressWords(r.currentProgress()))
	}
	return s
}

func (m *Model) spinMark() string {
	if m.conf.Plain {
		return "*" // it does not move
	}
	return spinner[m.spinFrame%len(spinner)]
}

// tooSmallText returns what is drawn below the minimum size: the size needed.
func (m *Model) tooSmallText() string {
	message := fmt.Sprintf("%s needs %d×%d, this window is %d×%d. Make it larger", m.conf.Brand, minWidth, minHeight, m.width, m.height)
	if quit := m.conf.Keys.Label(actQuit); quit != "" {
		message += "; " + quit + " quits"
	}
	out := m.cells.Wrap(message+".", m.width)
	return strings.Join(out[:min(m.height, len(out))], "\n")
}

// fitLines returns content as exactly height lines, none wider than width.
func (m *Model) fitLines(content string, width, height int) []string {
	out := make([]string, height)
	for i, l := range strings.SplitN(content, "\n", height+1) {
		if i < height {
			out[i] = m.fitLine(l, width)
		}
	}
	return out
}

// fitLine cuts a line that is too wide.
func (m *Model) fitLine(line string, width int) string {
	if m.cells.Width(line) <= width {
		return line
	}
	return m.cutLine(line, width)
}

// cutLine returns the start of a line in at most width cells, without an ellipsis.
func (m *Model) cutLine(line string, width int) string {
	// Truncate returns a string unchanged if it fits when counted by clusters, whatever
	// the method; the spaces added here prevent that and are cut off again.
	return m.widthMethod().Truncate(line+strings.Repeat(" ", width+1), width, "")
}

// widthMethod returns m.cells as the ansi package names it.
func (m *Model) widthMethod() ansi.Method {
	if m.cells == text.Clusters {
		return ansi.GraphemeWidth
	}
	return ansi.WcWidth
}

func offsetCursor(c *tea.Cursor, x, y int) *tea.Cursor {
	if c == nil {
		return nil
	}
	out := *c
	out.X, out.Y = c.X+x, c.Y+y
	return &out
}
