package shell

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
)

// The shell's own timers.
type (
	tickMsg struct{}
	beatMsg struct{}
	spinMsg struct{}
	fadeMsg struct{ serial int }
	giveUp  struct{} // a write outlived its deadline while leaving
)

// Update takes one message, then sees which clocks must run.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	missed := m.attempt(msg, m.watch)
	cmd := m.attempt(msg, func() tea.Cmd { return m.handle(msg) })
	return m, guarded(tea.Batch(missed, cmd, m.attempt(msg, m.clocks)))
}

// handle sorts a message: the terminal's, a wish, a timer's; the rest are facts.
func (m *Model) handle(msg tea.Msg) tea.Cmd {
	if cmd, ok := m.terminal(msg); ok {
		return cmd
	}
	if cmd, ok := m.wish(msg); ok {
		return cmd
	}
	if cmd, ok := m.timer(msg); ok {
		return cmd
	}
	return m.facts(msg)
}

// terminal takes what comes from the terminal and the process.
func (m *Model) terminal(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.key(m.plain(msg)), true
	case tea.PasteMsg:
		return m.paste(msg), true
	case tea.MouseMsg:
		return m.pointer(msg), true
	case tea.WindowSizeMsg:
		return m.resize(msg), true
	case tea.BackgroundColorMsg:
		m.background(msg)
	case tea.ModeReportMsg:
		m.counts(msg)
	case tea.SuspendMsg, tea.ResumeMsg:
		// The first comes as soon as the program runs again, before any key.
		return m.resume(), true
	case RequestSuspendMsg:
		return m.perform(m.suspend()), true
	case tea.BatchMsg:
		// Only a task can bring one here; it is commands, not a fact.
		return func() tea.Msg { return msg }, true
	case tea.KeyReleaseMsg, tea.PasteStartMsg, tea.PasteEndMsg:
	default:
		return nil, false
	}
	return nil, true
}

// wish takes what a view asks for.
func (m *Model) wish(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case tui.PushMsg:
		return m.push(msg.View), true
	case tui.VisitMsg:
		return m.visit(msg.View), true
	case tui.PopMsg:
		return m.pop(), true
	case tui.AskMsg:
		return m.ask(msg.Prompt), true
	case tui.LookupMsg:
		return m.learned(msg), true
	case tui.MenuMsg:
		return m.menu(msg.Menu), true
	case tui.NotifyMsg:
		return m.notify(msg.Toast), true
	case tui.StartMsg:
		return m.start(msg.Task), true
	case tui.CancelMsg:
		return m.cancel(msg.Key), true
	case tui.OutcomeMsg: // the screens have words of their own
	case tui.CopyMsg:
		return m.copy(msg), true
	case tui.LaterMsg:
		return m.conf.After(msg.After, msg.Msg), true
	case RequestQuitMsg:
		return m.leave(), true
	default:
		return nil, false
	}
	return nil, true
}

// timer takes the shell's own clock and the ends of tasks.
func (m *Model) timer(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case doneMsg:
		return m.finish(msg), true
	case beatMsg:
		m.beating = false
	case tickMsg:
		m.ticking = false
		return m.tick(), true
	case spinMsg:
		m.spinning = false
		m.spin++
		return m.reap(), true
	case fadeMsg:
		if m.toasts.Expire(msg.serial) {
			return m.conf.After(toast.HintLifetime, msg), true
		}
	case giveUp:
		return tea.Quit, true
	case faultMsg:
		return m.stumbled(msg.fault), true
	default:
		return nil, false
	}
	return nil, true
}

// facts tells every view on the stack, the root first.
func (m *Model) facts(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(m.stack))
	for _, v := range m.stack { // what one of them does not survive, the others are told all the same
		cmds = append(cmds, m.attempt(msg, func() tea.Cmd { return v.Update(msg) }))
	}
	return tea.Batch(cmds...)
}

// counts follows the renderer, which counts cells by clusters from the moment
// the terminal says that it does so too.
func (m *Model) counts(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet) {
		m.cells = text.Clusters
	}
}

func (m *Model) background(msg tea.BackgroundColorMsg) {
	theme := m.conf.Light
	if msg.IsDark() {
		theme = m.conf.Dark
	}
	if theme.Name != m.styles.Theme.Name {
		m.styles = tui.NewStyles(theme)
	}
}

func (m *Model) push(v tui.View) tea.Cmd {
	if v == nil || m.leaving {
		return nil
	}
	m.stack = append(m.stack, v)
	return v.Init()
}

// pop leaves the top view; leaving the root is leaving the program.
func (m *Model) pop() tea.Cmd {
	if len(m.stack) == 1 {
		return m.leave()
	}
	m.last = m.top()
	m.stack = m.stack[:len(m.stack)-1]
	return m.resumeVisited()
}

func (m *Model) notify(t tui.Toast) tea.Cmd {
	serial, fades := m.toasts.Add(t, m.conf.Clock())
	if !fades {
		return nil
	}
	return m.conf.After(toast.Lifetime(t), fadeMsg{serial})
}
