package shell

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// The global actions' ids in the key map.
const (
	actQuit    = "app.quit"
	actBack    = "app.back"
	actLeave   = "app.out" // back on the first screen; esc does not do it
	actHelp    = "app.help"
	actPalette = "app.palette"
	actNotices = "app.notices"
	actLast    = "app.last"
	actMouse   = "app.mouse"
	actMask    = "app.mask"
	actRedraw  = "app.redraw"
	actSuspend = "app.suspend"
	actSearch  = "app.search"
)

const (
	groupEverywhere = tui.GroupEverywhere
	groupNotNow     = "Not now"
)

// globalActions returns what can be done on every screen, in the order of the help
// page.
func (m *Model) globalActions() []tui.Action {
	return slices.Concat(m.searchActions(), []tui.Action{
		m.backAction(),
		{ID: actHelp, Title: "Help", FooterLabel: "help", Group: groupEverywhere, Help: "All keys of this screen, and the meaning of terms.", Do: m.showHelp},
		{ID: actPalette, Title: "Go to, or run an action", FooterLabel: "go to", Group: groupEverywhere, FooterRank: 1, Help: "Finds any action as you type.", Do: m.showPalette},
		m.lastScreenAction(),
		{ID: actNotices, Title: "Notices", Group: groupEverywhere, Help: "Messages shown in this session, newest first.", Do: m.showNotices},
		m.maskAction(),
		m.mouseAction(),
	}, m.conf.GlobalActions(), m.alwaysActions())
}

// alwaysActions returns the global actions that also work over a dialog and in a text
// box.
func (m *Model) alwaysActions() []tui.Action {
	return []tui.Action{
		{ID: actRedraw, Title: "Redraw", Group: groupEverywhere, Help: "Redraws the whole screen.", Do: func() tea.Cmd { return tea.ClearScreen }},
		m.suspendAction(),
		{ID: actQuit, Title: "Quit", FooterLabel: "quit", Group: groupEverywhere, Help: "Quits frontdesk; a change in progress finishes first.", Do: requestQuit},
	}
}

func requestQuit() tea.Cmd { return func() tea.Msg { return RequestQuitMsg{} } }

func (m *Model) suspendAction() tui.Action {
	a := tui.Action{ID: actSuspend, Title: "Suspend", Group: groupEverywhere, Help: "Returns to the shell; type fg to come back.", Do: func() tea.Cmd { return tea.Suspend }}
	if m.tasks.oldestWrite() != nil {
		a.Off = "a change is in progress"
	}
	return a
}

func (m *Model) backAction() tui.Action {
	if len(m.stack) == 1 {
		return tui.Action{ID: actLeave, Title: "Quit", FooterLabel: "quit", Group: groupEverywhere, Help: "Back quits from the first screen.", Do: tui.Pop}
	}
	return tui.Action{ID: actBack, Title: "Back", FooterLabel: "back", Group: groupEverywhere, FooterRank: 2, Help: "Returns to the previous screen.", Do: tui.Pop}
}

// lastScreenAction goes to the screen that was left most recently, as cd - does.
func (m *Model) lastScreenAction() tui.Action {
	a := tui.Action{ID: actLast, Title: "Last screen", Group: groupEverywhere, Help: "Switches between this screen and the previous one."}
	if m.last == nil {
		a.Off = "no other screen was open yet"
		return a
	}
	a.Do = func() tea.Cmd {
		to := m.last
		if len(m.stack) > 1 { // not popped: a question that is stashed for this screen stays stashed
			m.last = m.top()
			m.stack = m.stack[:len(m.stack)-1]
		}
		return tui.Push(to)
	}
	return a
}

func (m *Model) mouseAction() tui.Action {
	a := tui.Action{ID: actMouse, Title: "Mouse on", Group: groupEverywhere, Help: "Clicks and wheel; off lets the terminal select text."}
	if m.mouse {
		a.Title = "Mouse off"
	}
	a.Do = func() tea.Cmd {
		m.mouse = !m.mouse
		text := "Mouse off: the terminal selects text again"
		if m.mouse {
			text = "Mouse on: click and wheel"
		}
		return tui.Notify(tui.Toast{ID: "shell.mouse", Text: text})
	}
	return a
}

// copyText copies text to the operator's clipboard with OSC 52, wrapped for tmux if the
// program runs in it.
func (m *Model) copyText(msg tui.CopyMsg) tea.Cmd {
	msg.Text, msg.Label = m.masked(msg.Text), m.masked(msg.Label)
	set := tea.SetClipboard(msg.Text)
	if m.conf.Env("TMUX") != "" {
		set = tea.Batch(set, tea.Raw(ansi.TmuxPassthrough(ansi.SetSystemClipboard(msg.Text))))
	}
	label := msg.Label
	if label == "" {
		label = "text"
	}
	if m.isMasked() {
		label += ", masked"
	}
	return tea.Batch(set, m.notify(tui.Toast{ID: "shell.copied", Tone: tui.ToneOK, Text: "Copied " + label}))
}

// afterResume repaints after a stop and drops an open question: the person who returns
// may be another one, and the data may have changed.
func (m *Model) afterResume() tea.Cmd { return tea.Batch(tea.ClearScreen, m.closeAbandonedQuestions()) }

// closeAbandonedQuestions drops the open questions because nobody was watching.
func (m *Model) closeAbandonedQuestions() tea.Cmd {
	cmd, dropped := m.dropQuestions()
	if !dropped {
		return nil
	}
	return tea.Batch(cmd, m.notify(tui.Toast{
		ID: "shell.dropped", Tone: tui.ToneInfo,
		Text: "The open question was closed while you were away", Next: "Nothing was done; ask again.",
	}))
}

// beginQuit ends the program: at once, or when the write in progress is done.
func (m *Model) beginQuit() tea.Cmd {
	if m.leaving {
		return nil
	}
	m.leaving, m.leavingSince = true, m.conf.Clock()
	cmd, _ := m.dropQuestions()
	m.overlays = nil
	m.tasks.stopReads()
	m.tasks.stopWrites()
	limit, busy := m.tasks.longestWriteWait()
	if !busy {
		return tea.Quit
	}
	return tea.Batch(cmd, m.conf.After(limit, leaveTimeoutMsg{}))
}
