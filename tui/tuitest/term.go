//go:build unix

package tuitest

import (
	"fmt"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// Send presses keys by name: "j", "enter", "esc", "ctrl+d", "pgdown", "space".
func (m *Term) Send(keys ...string) {
	m.t.Helper()
	for _, k := range keys {
		m.Type(keyBytes(k))
	}
}

// Type sends text unchanged.
func (m *Term) Type(s string) {
	m.t.Helper()
	_, err := m.tty.WriteString(s)
	require.NoError(m.t, err)
}

// Paste sends text as a terminal pastes it: bracketed if that mode is on.
func (m *Term) Paste(s string) {
	m.t.Helper()
	m.mu.Lock()
	bracketed := m.modes.private[2004]
	m.mu.Unlock()
	if bracketed {
		s = "\x1b[200~" + s + "\x1b[201~"
	}
	m.Type(s)
}

// Click presses and releases the left button at a cell, counted from 0.
func (m *Term) Click(x, y int) {
	m.t.Helper()
	m.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// Screen returns what a person reads: lines without trailing spaces.
func (m *Term) Screen() string { return strings.Join(m.Lines(), "\n") }

// Lines returns the rows of the screen.
func (m *Term) Lines() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return text(m.em, m.cols, m.rows)
}

// WaitUnderCursor waits until want is in the cursor's cell.
func (m *Term) WaitUnderCursor(want string) {
	m.t.Helper()
	m.await(fmt.Sprintf("%q under the cursor", want), func() bool {
		at := m.em.CursorPosition()
		cell := m.em.CellAt(at.X, at.Y)
		return cell != nil && cell.Content == want
	})
}

// WaitCursorLine waits until the cursor is visible on a line with the text.
func (m *Term) WaitCursorLine(want string) {
	m.t.Helper()
	m.await(fmt.Sprintf("the cursor on the line of %q", want), func() bool {
		shown, changed := m.modes.private[25]
		at := m.em.CursorPosition().Y
		lines := text(m.em, m.cols, m.rows)
		return (shown || !changed) && at < len(lines) && strings.Contains(lines[at], want)
	})
}

// Title returns the window's title as the program last set it.
func (m *Term) Title() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.modes.title
}

// Output returns every byte the program has written.
func (m *Term) Output() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]byte(nil), m.out...)
}

// Modes describes the terminal modes that the program has changed and not restored.
func (m *Term) Modes() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.modes.left()
}

// Restored fails the test unless the program has restored every mode.
func (m *Term) Restored() {
	m.t.Helper()
	require.Empty(m.t, m.Modes(), "left on at the program's end")
}

// WaitRestored waits until the program has restored every mode, as it does when it is
// suspended.
func (m *Term) WaitRestored() {
	m.t.Helper()
	m.await("the terminal to be put back", func() bool { return len(m.modes.left()) == 0 })
}

// Quiet waits until there has been no output for d, and returns the number of bytes
// written since the program started, to count what a key costs. It is the only wait
// here that always takes its time.
func (m *Term) Quiet(d time.Duration) int {
	m.t.Helper()
	for {
		m.mu.Lock()
		before, over := len(m.out), m.over()
		m.mu.Unlock()
		timer := time.NewTimer(d)
		<-timer.C
		m.mu.Lock()
		after := len(m.out)
		m.mu.Unlock()
		if after == before || over {
			return after
		}
	}
}

// PID returns the program's process id.
func (m *Term) PID() int { return m.cmd.Process.Pid }

// keyBytes returns what a terminal sends for a key.
func keyBytes(name string) string {
	if s, ok := keySequences[name]; ok {
		return s
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 {
		return string(rune(letter[0] & 0x1f))
	}
	if letter, ok := strings.CutPrefix(name, "alt+"); ok {
		return "\x1b" + letter
	}
	if len([]rune(name)) != 1 {
		panic(fmt.Sprintf("tuitest: no key is called %q", name))
	}
	return name
}

var keySequences = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~",
}
