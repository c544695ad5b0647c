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

// overlay is what takes the keys before the views: a question, a menu, the help.
type overlay interface {
	// Update takes keys, pastes and ticks.
	Update(tea.Msg) tea.Cmd
	// View draws into at most s.Width × s.Height cells.
	View(s tui.Screen) tui.Panel
	// Done says that it wants to go away.
	Done() bool
	// WantsTick asks for a tui.TickMsg about every second.
	WantsTick() bool
}

func (m *Model) overlay() overlay {
	if len(m.overlays) == 0 {
		return nil
	}
	return m.overlays[len(m.overlays)-1]
}

// removeDone takes overlays away that are done. A question that comes to light under
// one starts its grace again: keys were meant for what lay above.
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

// sendKeyToOverlay gives a key to an overlay.
func (m *Model) sendKeyToOverlay(o overlay, msg tea.KeyPressMsg) tea.Cmd {
	d, asks := o.(*dialog.Model)
	if asks && m.overlayFailed && msg.Code != tea.KeyEscape {
		return nil
	}
	cmd := o.Update(msg)
	switch {
	case !asks || !d.Done():
	case msg.Code == tea.KeyEscape:
		m.acceptLetters()
	default:
		m.ignoreLetters()
	}
	m.removeDone()
	if !asks {
		return cmd
	}
	cmd = m.runNow(cmd)
	if d.Done() && !d.Confirmed() && msg.Code == tea.KeyEnter && !d.Prompt().ReadOnly {
		// Enter is easily taken for a yes.
		return tea.Batch(cmd, m.notify(tui.Toast{ID: "shell.cancelled", Text: "Cancelled. Nothing was changed.", Transient: true}))
	}
	return cmd
}

// openOverlay lays an overlay on top and tells it its size.
func (m *Model) openOverlay(o overlay) tea.Cmd {
	if m.leaving {
		return nil
	}
	m.overlays = append(m.overlays, o)
	return o.Update(m.innerSize())
}

// innerSize is the room within an overlay's frame.
func (m *Model) innerSize() tea.WindowSizeMsg {
	if m.tooSmall() {
		return tea.WindowSizeMsg{}
	}
	return tea.WindowSizeMsg{Width: m.width - 2 - 2*m.padding(), Height: m.height - 4}
}

// padding is the air at an overlay's sides.
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

// openQuestion opens a question, above what is open or, where it comes up by itself, below.
func (m *Model) openQuestion(p tui.Prompt) tea.Cmd {
	if m.leaving {
		return nil
	}
	p = m.maskedPrompt(p)
	d := dialog.New(p, m.conf.Keys, m.conf.Clock)
	m.acceptLetters() // letters are seen in it, and do no harm
	cmd := m.openOverlay(d)
	if n := len(m.overlays) - 1; p.Unprompted && n > 0 {
		m.overlays = slices.Insert(m.overlays[:n], n-1, overlay(d))
	}
	if p.Lookup == nil {
		return cmd
	}
	return tea.Batch(cmd, m.startTask(*p.Lookup))
}

// deliverLookup tells the open questions what one of them wanted to know.
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

// interpreter says what a text means here: to the top view, or, where that only shows
// something, to the one below, to which one then goes.
func (m *Model) interpreter() func(string) []tui.Meaning {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if v, means := m.stack[i].(tui.Interpreter); means {
			return func(text string) []tui.Meaning { return m.meaningsBelow(i, v.Interpret(text)) }
		}
		if _, shows := m.stack[i].(tui.ReadOnly); !shows {
			return nil
		}
	}
	return nil
}

// meaningsBelow are meanings to the view at that place of the stack.
func (m *Model) meaningsBelow(place int, meanings []tui.Meaning) []tui.Meaning {
	for i, means := range meanings {
		if place == len(m.stack)-1 || means.Do == nil {
			continue
		}
		meanings[i].Do = func() tea.Cmd {
			left := m.top()
			for len(m.stack)-1 > place {
				m.pop()
			}
			m.last = left
			return means.Do()
		}
	}
	return meanings
}

// menuRank is how far down in go-to an action stands. What one comes for is first,
// what every hand knows without a list is last.
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
	return m.openOverlay(help.New(m.masked(m.top().Title()), m.maskedActions(m.allActions()), m.conf.Keys))
}

func (m *Model) showNotices() tea.Cmd {
	return m.openOverlay(toast.NewHistory(m.shownToasts().History(), m.conf.Keys))
}

// allActions is what can be done here, the screen's own first. What a screen does
// in place of a global action stands for that too.
func (m *Model) allActions() []tui.Action {
	own := m.top().Actions()
	global := slices.DeleteFunc(m.globalActions(), func(g tui.Action) bool {
		return slices.ContainsFunc(own, func(a tui.Action) bool { return a.ID == g.ID })
	})
	return slices.Concat(own, global)
}

// Dialog is the open question, nil when none has the keys.
func (m *Model) Dialog() *dialog.Model {
	d, _ := m.overlay().(*dialog.Model)
	return d
}

// dropQuestions cancels every open question; dropped says that there was one.
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

// drawOnto puts a box over lines at column x, row y; what stands behind keeps its
// place on both sides.
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
			// The cut fell into a wide cluster, which came along whole.
			right = m.widthMethod().TruncateLeft(behind, x+bw+more, "")
		}
		if whole := m.cells.Width(behind) - x - bw; whole > 0 {
			right = strings.Repeat(" ", max(0, min(whole, rest)-m.cells.Width(right))) + right
		}
		lines[y+i] = left + b + right
	}
}

// frameLines draws a panel's box: rounded, the title in the upper edge.
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
	head := m.cells.Cut(p.Title, max(0, span-4))
	out := make([]string, 0, len(body)+2)
	if head == "" {
		out = append(out, edge.Render("╭"+strings.Repeat("─", span)+"╮"))
	} else {
		fill := max(0, span-3-m.cells.Width(head))
		out = append(out, edge.Render("╭─ ")+title.Render(head)+edge.Render(" "+strings.Repeat("─", fill)+"╮"))
	}
	side, gap := edge.Render("│"), strings.Repeat(" ", pad)
	for _, l := range body {
		l = m.fitLine(l, inner)
		out = append(out, side+gap+l+strings.Repeat(" ", max(0, inner-m.cells.Width(l)))+gap+side)
	}
	return append(out, edge.Render("╰"+strings.Repeat("─", span)+"╯"))
}
