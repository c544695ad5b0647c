//go:build unix

package tuitest_test

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/tuitest"
)

// TestMain is also the program that the tests here start in a PTY.
func TestMain(m *testing.M) {
	switch os.Getenv("TUITEST_PROGRAM") {
	case "":
		os.Exit(m.Run())
	case "rude":
		// Turns everything on and exits.
		fmt.Print("\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1002;1006h\x1b[?1004h\x1b[>1u\x1b[>4;2m\x1b[5 q\x1b]12;#ff0000\x07rude")
		os.Exit(3)
	}
	keys, _ := tui.NewKeyMap([]tui.Binding{tuitest.Bind("app.quit", "ctrl+c"), tuitest.Bind("app.mouse", "M"), tuitest.Bind("app.help", "?"), tuitest.Bind("app.suspend", "ctrl+z"), tuitest.Bind("page.close", "esc")})
	model := shell.New(shell.Config{
		Root: &echo{}, Keys: keys, Themes: tui.Themes{Dark: tuitest.Theme("dark"), Light: tuitest.Theme("light")}, Brand: "frontdesk",
		Instance: tui.Instance{Word: "DEMO"}, Clock: time.Now, Mouse: true,
	})
	if _, err := tea.NewProgram(model).Run(); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// echo shows what it receives.
type echo struct{ said []string }

func (e *echo) Title() string { return "Echo" }
func (e *echo) Init() tea.Cmd { return nil }
func (e *echo) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		e.said = append(e.said, "key "+msg.Keystroke())
		if msg.Text == "l" {
			return tui.Ask(tui.Prompt{
				Tier: tui.T1, Title: "Unlock user", Verb: "Unlock", Subject: []string{"Sam Carter"},
				OnConfirm: func(tui.Answers) tea.Cmd { return tui.Notify(tui.Toast{Text: "Sam Carter is unlocked"}) },
			})
		}
	case tea.PasteMsg:
		e.said = append(e.said, "paste "+msg.Content)
	case tea.MouseClickMsg:
		e.said = append(e.said, fmt.Sprintf("click %d %d", msg.X, msg.Y))
	}
	return nil
}
func (e *echo) Actions() []tui.Action { return nil }
func (e *echo) Typing() bool          { return false }
func (e *echo) View(s tui.Screen) tui.Frame {
	return tui.Frame{Content: strings.Join(e.said, "\n"), Status: fmt.Sprintf("%d×%d 王小明", s.Width, s.Height)}
}

func start(t *testing.T, which string, cols, rows int) *tuitest.Term {
	self, err := os.Executable()
	require.NoError(t, err)
	return tuitest.Start(t, self, nil, []string{"TUITEST_PROGRAM=" + which}, cols, rows)
}

func TestTerm_DrivesAProgramThatRestoresTheTerminal(t *testing.T) {
	term := start(t, "polite", 80, 24)
	term.WaitFor("frontdesk", "DEMO", "80×21 王小明")
	require.Contains(t, term.Modes(), "alternate screen (1049)")
	require.Contains(t, term.Modes(), "mouse (1002)")
	require.Equal(t, "frontdesk · DEMO", term.Title())
	term.Send("j", "pgdown", "space", "alt+x", "shift+tab")
	term.WaitFor("key j", "key pgdown", "key space", "key alt+x", "key shift+tab")
	term.Paste("two words")
	term.WaitFor("paste two words")
	term.Click(9, 4)
	term.WaitFor("click 9 3")
	term.Send("?")
	term.WaitFor("Help · Echo")
	term.Send("esc")
	term.WaitGone("Help · Echo")
	term.Resize(60, 16)
	term.WaitFor("60×13")
	term.Send("ctrl+c")
	require.Zero(t, term.WaitExit())
	term.Restored()
}

func TestTerm_IdleProgramSendsNothing(t *testing.T) {
	term := start(t, "polite", 80, 24)
	term.WaitFor("80×21")
	first := term.Quiet(100 * time.Millisecond)
	require.Equal(t, first, term.Quiet(500*time.Millisecond))
	term.Send("j")
	term.WaitFor("key j")
	require.Greater(t, len(term.Output()), first)
}

func TestTerm_KeysInFlightConfirmNothing(t *testing.T) {
	term := start(t, "polite", 80, 24)
	term.WaitFor("80×21")
	term.Type("lyyy")
	term.WaitFor("Unlock Sam Carter?")
	term.Quiet(300 * time.Millisecond)
	require.Contains(t, term.Screen(), "Unlock Sam Carter?")
	term.Paste("y")
	term.Quiet(100 * time.Millisecond)
	require.Contains(t, term.Screen(), "Unlock Sam Carter?")
	term.Send("y")
	term.WaitFor("Sam Carter is unlocked")
}

func TestTerm_SuspendRestoresTheTerminalAndDropsTheQuestion(t *testing.T) {
	term := start(t, "polite", 80, 24)
	term.WaitFor("80×21")
	term.Send("l")
	term.WaitFor("Unlock Sam Carter?")
	term.Send("ctrl+z")
	term.WaitRestored()
	// It is not visible from outside when the program starts to listen for the signal,
	// so it is sent until it has an effect.
	for tries := 0; tries < 100 && !strings.Contains(term.Screen(), "frontdesk"); tries++ {
		term.Kill(syscall.SIGCONT)
		term.Quiet(30 * time.Millisecond)
	}
	term.WaitFor("closed while you were away", "frontdesk")
	term.WaitGone("Unlock Sam Carter?")
	term.Send("ctrl+c")
	require.Zero(t, term.WaitExit())
	term.Restored()
}

func TestTerm_NamesModesLeftOn(t *testing.T) {
	term := start(t, "rude", 80, 24)
	require.Equal(t, 3, term.WaitExit())
	require.Equal(t, []string{
		"alternate screen (1049)", "bracketed paste (2004)", "colour 12", "cursor hidden (25)", "cursor shape", "focus reports (1004)",
		"kitty keys on the alternate screen (+1)", "modifyOtherKeys", "mouse (1002)", "mouse (SGR) (1006)",
	}, term.Modes())
}

func TestTerm_SignalEndsTheProgram(t *testing.T) {
	term := start(t, "polite", 80, 24)
	term.WaitFor("80×21")
	term.Kill(syscall.SIGKILL)
	require.Equal(t, -1, term.WaitExit())
	require.NotEmpty(t, term.Modes(), "nobody could put the terminal back")
}
