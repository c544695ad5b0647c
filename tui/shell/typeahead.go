package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// An operator who knows the keys types ahead of the screen. An action that opens a
// question therefore opens it before the next key is read. If no question opened, or a
// letter closed one, the letters that follow immediately are dropped: they were meant
// for the question. After esc nothing is dropped, because whoever presses esc has seen
// the question.

// runNow carries out a request immediately instead of through the loop: otherwise keys
// that arrive in one burst would be read before it, by the screen below the question
// they were typed for. Other messages go to the loop.
func (m *Model) runNow(request tea.Cmd) tea.Cmd {
	if request == nil {
		return nil
	}
	msg := request()
	if all, several := msg.(tea.BatchMsg); several {
		cmds := make([]tea.Cmd, 0, len(all))
		for _, one := range all {
			cmds = append(cmds, m.runNow(one))
		}
		return tea.Batch(cmds...)
	}
	if cmd, ok := m.handleRequest(msg); ok {
		return cmd
	}
	return func() tea.Msg { return msg }
}

// typeAheadWindow is how long letters are dropped: what was typed for a question that
// is not open must not reach the screen below.
const typeAheadWindow = 300 * time.Millisecond

func (m *Model) ignoreLetters() {
	m.ignoreLettersUntil, m.reportedIgnored = m.conf.Clock().Add(typeAheadWindow), false
}

func (m *Model) acceptLetters() { m.ignoreLettersUntil = time.Time{} }

// dropTypeAhead drops such a letter and reports the first one. Each letter extends the
// window. A key that cannot be part of a word ends it, and so does the key of the
// search box, where a word does no harm.
func (m *Model) dropTypeAhead(k tea.Key) (tea.Cmd, bool) {
	now := m.conf.Clock()
	if !now.Before(m.ignoreLettersUntil) {
		return nil, false
	}
	if k.Text == "" || m.conf.Keys.Match(k, actSearch) {
		if k.Code != tea.KeyEnter && k.Code != tea.KeyTab && k.Code != tea.KeyBackspace {
			m.acceptLetters()
		}
		return nil, false
	}
	m.ignoreLettersUntil = now.Add(typeAheadWindow)
	if m.reportedIgnored {
		return nil, true
	}
	m.reportedIgnored = true
	ignored := tui.Toast{ID: "shell.ignored", Text: "Keys typed just now were ignored", Transient: true}
	if m.overlay() == nil {
		ignored.Next = "There is no question on the screen."
	}
	return m.notify(ignored), true
}
