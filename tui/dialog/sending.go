package dialog

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"frontdesk/tui"
)

// A question that was confirmed can stay on the screen until what it started has ended.
// It is read-only then and takes every key: who still types does not see yet that
// something else would get it.

// SendingDelay is how long after that the question looks as before: an answer that comes
// sooner only closes it.
const SendingDelay = 150 * time.Millisecond

// leaveID is the HitArea that closes such a question.
const leaveID = -2

// Keep keeps a question that was just confirmed until Close. leaveLabel is what esc
// does then, beside closing the question; leave does it and may be nil.
func (m *Model) Keep(leaveLabel string, leave func() tea.Cmd) {
	m.done, m.sending, m.note = false, true, ""
	m.leaveLabel, m.leave = leaveLabel, leave
}

// ShowSending says that the answer is awaited, and that esc closes the question. Call it
// after SendingDelay.
func (m *Model) ShowSending() { m.showSending = m.sending }

// IsSending reports whether the question was kept after it was confirmed.
func (m *Model) IsSending() bool { return m.sending }

// Close closes a question that was kept.
func (m *Model) Close() { m.done = true }

// updateSending handles a message while the question is kept. Only esc, and a click on
// it, does anything.
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
		mark = " " // nothing moves when it appears
	}
	esc := p.s.Key.Render("esc") + p.s.Dim.Render(" "+m.leaveLabel)
	text := p.r.Cut("Sending"+s.Progress+"…", max(0, width-p.r.Width(esc)-5))
	line := mark + " " + p.s.Text.Render(text) + "   " + esc
	at := p.r.Width(line) - p.r.Width(esc)
	return line, []tui.HitArea{{X: at, Width: p.r.Width(esc), ID: leaveID}}
}

// dimForm dims the rows of the form, of which those above are none.
func (p renderer) dimForm(rows []row) { p.dim(rows[headRows(rows):]) }

// dim dims rows.
func (p renderer) dim(rows []row) {
	for i := range rows {
		rows[i].text = p.s.Dim.Render(ansi.Strip(rows[i].text))
	}
}
