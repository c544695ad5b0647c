package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
)

// Keys come faster than screens: a hand that knows the way types on before it
// sees where it is. What opens a question opens it before the next key is read;
// where none opened, and where one was closed by a letter, the rest of the word is
// dropped. Who presses esc has seen the question, and what comes then is meant.

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

// swallow drops a key that is such a letter, and says so once. Each makes it go on. A
// key that stands in no word ends it, and so does the one that opens the search box,
// in which a word does no harm.
func (m *Model) swallow(k tea.Key) (tea.Cmd, bool) {
	now := m.conf.Clock()
	if !now.Before(m.deaf) {
		return nil, false
	}
	if k.Text == "" || m.conf.Keys.Match(k, actSearch) {
		if k.Code != tea.KeyEnter && k.Code != tea.KeyTab && k.Code != tea.KeyBackspace {
			m.unmute()
		}
		return nil, false
	}
	m.deaf = now.Add(wake)
	if m.unheard {
		return nil, true
	}
	m.unheard = true
	return m.notify(tui.Toast{ID: "shell.unheard", Text: "Extra keys ignored", Next: "No question is open.", NextExpires: true, CollapseRepeats: true}), true
}
