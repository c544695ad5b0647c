package keyinput_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"frontdesk/tui/keyinput"
)

// listener records what is typed and pasted, and ends at a key. The terminal is raw
// before it starts.
type listener struct {
	begins func()
	ends   string
	heard  []string
}

func (l *listener) Init() tea.Cmd { return func() tea.Msg { l.begins(); return nil } }

func (l *listener) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		l.heard = append(l.heard, "pasted "+msg.Content)
	case tea.KeyPressMsg:
		if msg.String() == l.ends {
			return l, tea.Quit
		}
		l.heard = append(l.heard, msg.String())
	}
	return l, nil
}

func (l *listener) View() tea.View { return tea.NewView("") }

// listen runs a program that reads what is written to its terminal, until the key that
// ends it, and returns what it received before that key.
func listen(t *testing.T, written, ends string) []string {
	t.Helper()
	master, tty, err := pty.Open()
	require.NoError(t, err)
	defer master.Close()
	defer tty.Close()
	go func() { _, _ = io.Copy(io.Discard, master) }()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	l := &listener{begins: func() { _, _ = io.WriteString(master, written) }, ends: ends}
	keys := keyinput.New(tty)
	p := tea.NewProgram(l, tea.WithContext(ctx), tea.WithInput(keys), tea.WithOutput(tty), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	_, err = p.Run()
	require.NoError(t, err)
	require.NoError(t, keys.Close())
	return l.heard
}

func TestReader_LoneEscapeIsAKey(t *testing.T) {
	require.Empty(t, listen(t, "\x1b", "esc"))
}

func TestReader_DoubleEscapeIsTwoKeys(t *testing.T) {
	require.Equal(t, []string{"esc"}, listen(t, "\x1b\x1bq", "alt+q"))
}

// A real program in a real PTY: whatever was pasted, the keys after it arrive.
func TestReader_NoPasteBlocksTheKeyboard(t *testing.T) {
	letters := strings.Repeat("Привет, ", 8000)
	for in, says := range map[string]string{
		"Ji\xf8\xed Ne\x9e\xe1dal \x9e\xe1dost": "Ji□□ Ne□□dal □□dost",
		"log \x1b]0;title without end":          "log ]0;title without end",
		"ends in \x9f":                          "ends in □",
		letters:                                 letters,
	} {
		master, tty, err := pty.Open()
		require.NoError(t, err)
		go func() { _, _ = io.Copy(io.Discard, master) }()
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		keys := keyinput.New(tty)
		l := &listener{begins: func() { _, _ = io.WriteString(master, "j\x1b[200~"+in+"\x1b[201~k\x1b[A\x03") }, ends: "ctrl+c"}
		p := tea.NewProgram(l, tea.WithContext(ctx), tea.WithInput(keys), tea.WithOutput(tty), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
		_, err = p.Run()
		require.NoError(t, err)
		require.Equal(t, []string{"j", "pasted " + says, "k", "up"}, l.heard)
		require.NoError(t, keys.Close())
		n, err := keys.Read(make([]byte, 8))
		require.Zero(t, n)
		require.ErrorIs(t, err, io.EOF, "what is typed now is left to others")
		cancel()
		master.Close()
		tty.Close()
	}
}
