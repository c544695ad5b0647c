package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/tui/toast"
)

// The shell's own timers.
type (
	tickMsg         struct{ due time.Time }
	clockCheckMsg   struct{}
	spinMsg         struct{}
	toastExpiredMsg struct{ serial int }
	leaveTimeoutMsg struct{} // a write outlived its deadline while quitting
)

// Update handles a message, then starts the clocks that are needed.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	missed := m.protect(msg, m.checkClockGap)
	handle, observe := m.handle, m.observe
	if marked, is := msg.(generationMsg); is {
		if msg = marked.msg; marked.generation != m.generation {
			handle = func(msg tea.Msg) tea.Cmd { return m.handleOld(msg, marked.generation) }
			observe = func(tea.Msg) tea.Cmd { return nil }
		}
	}
	cmd := m.protect(msg, func() tea.Cmd { return handle(msg) })
	seen := m.protect(msg, func() tea.Cmd { return observe(msg) })
	m.tasks.noteNamed()
	return m, guardCmd(tea.Batch(missed, cmd, seen, m.protect(msg, m.startClocks)), m.generation)
}

// handle handles a message from the terminal, a request or a timer; everything else is
// for the views.
func (m *Model) handle(msg tea.Msg) tea.Cmd {
	if cmd, ok := m.handleTerminal(msg); ok {
		return cmd
	}
	if cmd, ok := m.handleRequest(msg); ok {
		return cmd
	}
	if cmd, ok := m.handleTimer(msg); ok {
		return cmd
	}
	return m.broadcast(msg)
}

// handleTerminal handles messages from the terminal and the process.
func (m *Model) handleTerminal(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.handleKey(m.normalizeKey(msg)), true
	case tea.PasteMsg:
		return m.handlePaste(msg), true
	case tea.MouseMsg:
		return m.handleMouse(msg), true
	case tea.WindowSizeMsg:
		return m.resize(msg), true
	case tea.BackgroundColorMsg:
		m.isLight = !msg.IsDark()
		m.chooseTheme()
	case tea.ColorProfileMsg:
		m.colors = &msg
		m.chooseTheme()
		return nil, false
	case tea.ModeReportMsg:
		m.updateCellWidth(msg)
	case tea.SuspendMsg, tea.ResumeMsg:
		// The first one arrives as soon as the program runs again, before any key.
		return m.afterResume(), true
	case RequestSuspendMsg:
		return m.perform(m.suspendAction()), true
	case tea.BatchMsg:
		// Only a task can return one; it holds commands and is not for the views.
		return func() tea.Msg { return msg }, true
	case tea.KeyReleaseMsg, tea.PasteStartMsg, tea.PasteEndMsg:
	default:
		return nil, false
	}
	return nil, true
}

// handleRequest handles the requests of views.
func (m *Model) handleRequest(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case tui.PushMsg:
		return m.push(msg.View), true
	case tui.VisitMsg:
		return m.stashAndPush(msg.View), true
	case tui.PopMsg:
		return m.pop(), true
	case tui.AskMsg:
		return m.openQuestion(msg.Prompt), true
	case tui.LookupMsg:
		return m.deliverLookup(msg), true
	case tui.MenuMsg:
		return m.openMenu(msg.Menu), true
	case tui.NotifyMsg:
		return m.notify(msg.Toast), true
	case tui.DismissMsg:
		m.toasts.RemoveID(msg.ID)
		return nil, true
	case tui.StartMsg:
		return m.startTask(msg.Task), true
	case tui.CancelMsg:
		return m.cancelRead(msg.Key), true
	case tui.OutcomeMsg: // the screens show the result themselves
	case tui.CopyMsg:
		return m.copyText(msg), true
	case tui.LeaveMsg:
		return m.leave(msg), true
	case tui.ReplaceRootMsg:
		return m.replaceRoot(msg), true
	case tui.LaterMsg:
		return m.conf.After(msg.After, withGeneration(msg.Msg, m.generation)), true
	case RequestQuitMsg:
		return m.beginQuit(), true
	default:
		return nil, false
	}
	return nil, true
}

// handleTimer handles the shell's timers and the ends of tasks.
func (m *Model) handleTimer(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case doneMsg:
		return m.finishTask(msg), true
	case clockCheckMsg:
		m.clockCheckPending = false
	case tickMsg:
		if !msg.due.Equal(m.tickDue) { // an earlier one took its place
			return nil, true
		}
		m.tickDue = time.Time{}
		return m.sendTick(), true
	case spinMsg:
		m.spinPending = false
		m.spinFrame++
		return m.dropStuckTasks(), true
	case toastExpiredMsg:
		if m.toasts.Expire(msg.serial) {
			return m.conf.After(toast.HintLifetime, msg), true
		}
	case showSendingMsg:
		m.showSending(msg.task)
		return nil, true
	case leaveTimeoutMsg:
		return tea.Quit, true
	case faultMsg:
		return m.reportFault(msg.fault), true
	default:
		return nil, false
	}
	return nil, true
}

// broadcast sends a message to every view on the stack, the root first.
func (m *Model) broadcast(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(m.stack))
	for _, v := range m.stack { // a panic in one view must not keep the message from the others
		cmds = append(cmds, m.protect(msg, func() tea.Cmd { return v.Update(msg) }))
	}
	return tea.Batch(cmds...)
}

// updateCellWidth follows the renderer, which counts cells by clusters once the
// terminal reports that it does.
func (m *Model) updateCellWidth(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet) {
		m.cells = text.Clusters
	}
}

// chooseTheme chooses the theme by what is known of the terminal.
func (m *Model) chooseTheme() {
	profile := colorprofile.Unknown
	if m.colors != nil {
		profile = m.colors.Profile
	}
	theme := m.conf.Themes.For(profile, m.isLight)
	if theme.Name != m.styles.Theme.Name {
		m.styles = m.newStyles(theme)
	}
}

func (m *Model) newStyles(theme tui.Theme) *tui.Styles {
	s := tui.NewStyles(theme)
	s.Plain = m.conf.Plain
	return s
}

func (m *Model) push(v tui.View) tea.Cmd {
	if v == nil || m.leaving {
		return nil
	}
	m.stack = append(m.stack, v)
	return v.Init()
}

// pop leaves the top view; leaving the root quits the program.
func (m *Model) pop() tea.Cmd {
	if len(m.stack) == 1 {
		return m.beginQuit()
	}
	m.last = m.top()
	m.stack = m.stack[:len(m.stack)-1]
	return m.restoreStash()
}

func (m *Model) notify(t tui.Toast) tea.Cmd {
	serial, fades := m.toasts.Add(t, m.conf.Clock())
	if !fades {
		return nil
	}
	return m.conf.After(toast.Lifetime(t), toastExpiredMsg{serial})
}
