package shell

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/dialog"
	"frontdesk/tui/help"
	"frontdesk/tui/palette"
	"frontdesk/tui/toast"
)

// overlay takes the keys before the views: a question, a menu, the help.
type overlay interface {
	// Update handles keys, pastes, the mouse, ticks and the size.
	Update(tea.Msg) tea.Cmd
	// View draws into at most s.Width × s.Height cells.
	View(s tui.Screen) tui.Panel
	// Done reports whether it is to be closed.
	Done() bool
	// WantsTick reports whether it needs a tui.TickMsg about every second.
	WantsTick() bool
}

func (m *Model) overlay() overlay {
	if len(m.overlays) == 0 {
		return nil
	}
	return m.overlays[len(m.overlays)-1]
}

// removeDone closes overlays that are done. A question that is uncovered restarts its
// grace period: keys on their way were meant for what was above it.
func (m *Model) removeDone() {
	kept := m.overlays[:0]
	for _, o := range m.overlays {
		if !o.Done() {
			kept = append(kept, o)
		}
	}
	changed := len(kept) != len(m.overlays)
	m.overlays = kept
	if d := m.Dialog(); changed && d != nil {
		d.RestartGrace()
	}
}

// sendKeyToOverlay passes a key to an overlay.
func (m *Model) sendKeyToOverlay(o overlay, msg tea.KeyPressMsg) tea.Cmd {
	d, asks := o.(*dialog.Model)
	if asks && m.overlayFailed && msg.Code != tea.KeyEscape {
		return nil
	}
	cmd := o.Update(msg)
	if !asks {
		m.removeDone()
		return cmd
	}
	if d.IsSending() && msg.Text != "" {
		m.lettersTakenAt = m.conf.Clock()
	}
	switch {
	case !d.Done():
	case msg.Code == tea.KeyEscape:
		m.acceptLetters()
	default:
		m.ignoreLetters()
	}
	cmd = m.carryOut(d, cmd)
	if d.Done() && !d.Confirmed() && msg.Code == tea.KeyEnter && !d.Prompt().ReadOnly {
		// Enter at Cancel is easily taken for a yes.
		return tea.Batch(cmd, m.notify(tui.Toast{ID: "shell.cancelled", Text: "Cancelled. Nothing was changed.", Transient: true}))
	}
	return cmd
}

// openOverlay puts an overlay on top and tells it its size.
func (m *Model) openOverlay(o overlay) tea.Cmd {
	if m.leaving {
		return nil
	}
	m.overlays = append(m.overlays, o)
	return o.Update(m.innerSize())
}

// innerSize returns the size inside an overlay's frame.
func (m *Model) innerSize() tea.WindowSizeMsg {
	if m.tooSmall() {
		return tea.WindowSizeMsg{}
	}
	if m.conf.Plain {
		return tea.WindowSizeMsg{Width: m.width - 2*plainMargin, Height: m.bodyHeight() - 2} // the title, and a line for what is beside the buttons
	}
	return tea.WindowSizeMsg{Width: m.width - 2 - 2*m.padding(), Height: m.overlayRows() - 2}
}

// padding returns the number of blank columns at each side of an overlay.
func (m *Model) padding() int {
	if m.width < 60 {
		return 1
	}
	return 2
}

func (m *Model) resize(msg tea.WindowSizeMsg) tea.Cmd {
	m.width, m.height = msg.Width, msg.Height
	cmds := make([]tea.Cmd, 0, len(m.overlays))
	for _, o := range m.overlays {
		cmds = append(cmds, o.Update(m.innerSize()))
	}
	return tea.Batch(cmds...)
}

// openQuestion opens a question: on top or, if it is unprompted, below what is open.
func (m *Model) openQuestion(p tui.Prompt) tea.Cmd {
	if m.leaving {
		return nil
	}
	p = m.maskedPrompt(p)
	d := dialog.New(p, m.conf.Keys, m.conf.Clock)
	if !p.Unprompted || !m.isStillTyping() { // letters are visible in it, and confirm nothing
		m.acceptLetters()
	}
	cmd := m.openOverlay(d)
	if n := len(m.overlays) - 1; p.Unprompted && n > 0 {
		m.overlays = slices.Insert(m.overlays[:n], n-1, overlay(d))
	}
	if p.Lookup == nil {
		return cmd
	}
	return tea.Batch(cmd, m.startTask(*p.Lookup))
}

// deliverLookup passes the result of a Lookup to the open questions.
func (m *Model) deliverLookup(msg tui.LookupMsg) tea.Cmd {
	for _, d := range m.questions() {
		d.Update(m.maskedLookup(msg))
	}
	return nil
}

func (m *Model) openMenu(menu tui.Menu) tea.Cmd {
	return m.openOverlay(palette.New(m.maskedMenu(menu), m.conf.Keys, m.perform))
}

func (m *Model) showPalette() tea.Cmd {
	items := slices.DeleteFunc(m.allActions(), func(a tui.Action) bool { return a.ID == actPalette })
	for i := range items {
		if items[i].Off != "" && items[i].Group != tui.GroupMove {
			items[i].Group = groupNotNow
		}
	}
	slices.SortStableFunc(items, func(a, b tui.Action) int { return menuRank(a) - menuRank(b) })
	return m.openMenu(tui.Menu{Title: "Go to", Items: items, Sections: true, Interpret: m.interpreter()})
}

// interpreter returns how the palette interprets text here: the top view does it or, if
// that is read-only, the nearest view below, which is then shown.
func (m *Model) interpreter() func(string) []tui.Meaning {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if v, ok := m.stack[i].(tui.Interpreter); ok {
			return func(text string) []tui.Meaning { return m.meaningsBelow(i, v.Interpret(text)) }
		}
		if _, ok := m.stack[i].(tui.ReadOnly); !ok {
			return nil
		}
	}
	return nil
}

// meaningsBelow makes meanings of the view at this index of the stack return to it
// first.
func (m *Model) meaningsBelow(place int, meanings []tui.Meaning) []tui.Meaning {
	for i, meaning := range meanings {
		if place == len(m.stack)-1 || meaning.Do == nil {
			continue
		}
		meanings[i].Do = func() tea.Cmd {
			left := m.top()
			for len(m.stack)-1 > place {
				m.pop()
			}
			m.last = left
			return meaning.Do()
		}
	}
	return meanings
}

// menuRank returns how far down an action is in the palette: what people look for is
// first, keys that everybody knows are last.
func menuRank(a tui.Action) int {
	switch {
	case a.Group == tui.GroupMove:
		return 5
	case a.Off != "":
		return 4
	case a.Group == tui.GroupEverywhere:
		return 3
	case a.Group == tui.GroupTabs:
		return 2
	case a.Group == tui.GroupFind:
		return 1
	}
	return 0
}

func (m *Model) showHelp() tea.Cmd {
	page := help.Page{Screen: m.masked(m.top().Title()), Items: m.maskedActions(m.allActions()), Glossary: m.conf.Glossary}
	return m.openOverlay(help.New(page, m.conf.Keys, m.perform))
}

func (m *Model) showNotices() tea.Cmd {
	return m.openOverlay(toast.NewHistory(m.shownToasts().History(), m.conf.Keys))
}

// allActions returns what can be done here, the screen's own actions first. An action
// of the screen replaces the global one with the same id.
func (m *Model) allActions() []tui.Action {
	own := m.top().Actions()
	global := slices.DeleteFunc(m.globalActions(), func(g tui.Action) bool {
		return slices.ContainsFunc(own, func(a tui.Action) bool { return a.ID == g.ID })
	})
	return slices.Concat(own, global)
}

// dropQuestions cancels all open questions; dropped reports whether there were any.
func (m *Model) dropQuestions() (cmd tea.Cmd, dropped bool) {
	var cmds []tea.Cmd
	for _, d := range m.questions() {
		dropped = true
		cmds = append(cmds, d.Cancel())
	}
	m.stashes = nil
	m.removeDone()
	return tea.Batch(cmds...), dropped
}

// drawOnto draws a box over lines at column x, row y. What is on either side of it
// stays in place.
func (m *Model) drawOnto(lines, box []string, x, y, width int) {
	for i, b := range box {
		if y+i < 0 || y+i >= len(lines) {
			continue
		}
		behind := lines[y+i]
		bw := m.cells.Width(b)
		left := m.cutLine(behind, x)
		left += strings.Repeat(" ", max(0, x-m.cells.Width(left)))
		rest := max(0, width-x-bw)
		right := m.widthMethod().TruncateLeft(behind, x+bw, "")
		for more := 1; m.cells.Width(right) > rest; more++ {
			// The cut was inside a wide cluster, which was kept whole.
			right = m.widthMethod().TruncateLeft(behind, x+bw+more, "")
		}
		if whole := m.cells.Width(behind) - x - bw; whole > 0 {
			right = strings.Repeat(" ", max(0, min(whole, rest)-m.cells.Width(right))) + right
		}
		lines[y+i] = left + b + right
	}
}

// frameLines draws a panel's rounded frame, with the title in its upper edge.
func (m *Model) frameLines(p tui.Panel, pad int) []string {
	s, width := m.styles, m.width
	body := strings.Split(p.Content, "\n")
	inner := 0
	for _, l := range body {
		inner = max(inner, m.cells.Width(l))
	}
	inner = min(inner, width-2-2*pad)
	edge, title := s.Faint, s.Bold
	if p.Tone != tui.ToneNone {
		edge, title = s.Tone(p.Tone), s.Tone(p.Tone).Bold(true)
	}
	span := inner + 2*pad
	tag, taken := "", 0
	if word := m.titleTag(); word != "" && span >= m.cells.Width(word)+8 {
		tag = " " + s.HeaderProduction.Bold(true).Render(" "+word+" ") + edge.Render(" ─")
		taken = m.cells.Width(tag)
	}
	head := m.cells.Cut(p.Title, max(0, span-4-taken))
	out := make([]string, 0, len(body)+2)
	if head == "" {
		out = append(out, edge.Render("╭"+strings.Repeat("─", span-taken))+tag+edge.Render("╮"))
	} else {
		fill := max(0, span-3-taken-m.cells.Width(head))
		out = append(out, edge.Render("╭─ ")+title.Render(head)+edge.Render(" "+strings.Repeat("─", fill))+tag+edge.Render("╮"))
	}
	side, gap := edge.Render("│"), strings.Repeat(" ", pad)
	for _, l := range body {
		l = m.fitLine(l, inner)
		out = append(out, side+gap+l+strings.Repeat(" ", max(0, inner-m.cells.Width(l)))+gap+side)
	}
	return append(out, edge.Render("╰"+strings.Repeat("─", span)+"╯"))
}
