package dialog

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// A question that was confirmed can stay on the screen, sending, until the task that it
// started has ended. It is read-only then and takes every key, because somebody who is
// still typing has not seen yet that something else would get the keys.

// SendingDelay is how long a question that is sending looks as before: an answer that comes
// sooner only closes it.
const SendingDelay = 150 * time.Millisecond

// leaveID is the HitArea that leaves a question that is sending.
const leaveID = -2

// StartSending keeps a question that was just confirmed until EndSending. esc closes it
// earlier and calls leave, which may be nil; leaveLabel says what that does.
func (m *Model) StartSending(leaveLabel string, leave func() tea.Cmd) {
	m.done, m.sending, m.note = false, true, ""
	m.leaveLabel, m.leave = leaveLabel, leave
}

// ShowSending makes the question say that it is sending, and what esc does. Call it after
// SendingDelay.
func (m *Model) ShowSending() { m.showSending = m.sending }

// IsSending reports whether the question is sending, or was until it closed.
func (m *Model) IsSending() bool { return m.sending }

// EndSending closes a question that is sending.
func (m *Model) EndSending() { m.done = true }

// updateSending handles a message while the question is sending. Only esc and a click on
// its hint do anything.
func (m *Model) updateSending(msg tea.Msg) tea.Cmd {
	left := false
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		left = tea.Key(msg).Keystroke() == "esc"
	case tui.ClickMsg:
		left = msg.ID == leaveID
	}
	if !left {
		return nil
	}
	m.done = true
	if m.leave == nil {
		return nil
	}
	return m.leave()
}

// sendingLine returns what takes the place of the buttons, in width cells.
func (m *Model) sendingLine(p renderer, s tui.Screen, width int) (string, []tui.HitArea) {
	mark := s.Spinner
	if mark == "" {
		mark = " " // so that nothing moves when it appears
	}
	esc := p.s.Key.Render("esc") + p.s.Dim.Render(" "+m.leaveLabel)
	text := p.r.Cut("Sending"+s.Progress+"…", max(0, width-p.r.Width(esc)-5))
	line := mark + " " + p.s.Text.Render(text) + "   " + esc
	at := p.r.Width(line) - p.r.Width(esc)
	return line, []tui.HitArea{{X: at, Width: p.r.Width(esc), ID: leaveID}}
}

// dimForm dims the rows of the form, but not those above it.
func (p renderer) dimForm(rows []row) { p.dim(rows[headRows(rows):]) }

// dim dims rows.
func (p renderer) dim(rows []row) {
	for i := range rows {
		rows[i].text = p.s.Dim.Render(ansi.Strip(rows[i].text))
	}
}
