package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// Keys come faster than screens: a hand that knows the way types on before it
// sees where it is. What opens a question opens it before the next key is read;
// where none opened, and where one was closed, the rest of the word is dropped.

// grant carries out a wish at once, not by way of the loop: keys that come in one
// burst would be read before it, by the screen below the question they were typed
// for. What is no wish of ours goes to the loop as it came.
func (m *Model) grant(wish tea.Cmd) tea.Cmd {
	if wish == nil {
		return nil
	}
	msg := wish()
	if all, several := msg.(tea.BatchMsg); several {
		cmds := make([]tea.Cmd, 0, len(all))
		for _, one := range all {
			cmds = append(cmds, m.grant(one))
		}
		return tea.Batch(cmds...)
	}
	if cmd, ok := m.wish(msg); ok {
		return cmd
	}
	return func() tea.Msg { return msg }
}

// wake is how long letters are dropped: what was typed at a question that is not
// there is no key of the screen below.
const wake = 300 * time.Millisecond

func (m *Model) mute() { m.deaf, m.unheard = m.conf.Clock().Add(wake), false }

func (m *Model) unmute() { m.deaf = time.Time{} }

// swallow drops a key that is such a letter, and says so once. Each makes it go on.
func (m *Model) swallow(k tea.Key) (tea.Cmd, bool) {
	now := m.conf.Clock()
	if k.Text == "" || !now.Before(m.deaf) {
		return nil, false
	}
	m.deaf = now.Add(wake)
	if m.unheard {
		return nil, true
	}
	m.unheard = true
	return m.notify(tui.Toast{ID: "shell.unheard", Text: "The letters that followed were not taken", Next: "No question is open.", Passing: true}), true
}
