package terminal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/terminal"
	"frontdesk/tui/tuitest"
)

// child is the variable that makes this test binary a program with a broken screen.
const child = "TERMINAL_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	keys, err := tui.NewKeyMap([]tui.Binding{{Scope: "everywhere", Actions: []string{"app.quit"}, Keys: []string{"ctrl+c"}}})
	if err != nil {
		os.Exit(4)
	}
	model := shell.New(shell.Config{Root: &broken{}, Keys: keys, Clock: time.Now, Brand: "frontdesk"})
	if err := terminal.New(os.Stdin, os.Stdout).Run(model, nil); err != nil {
		os.Exit(3)
	}
	if f := model.FatalError(); f != "" {
		fmt.Fprintln(os.Stderr, f)
		os.Exit(1)
	}
}

// broken is a screen on which a key panics.
type broken struct{ text string }

func (b *broken) Title() string         { return "Broken" }
func (b *broken) Init() tea.Cmd         { return nil }
func (b *broken) Actions() []tui.Action { return nil }
func (b *broken) Typing() bool          { return true }
func (b *broken) View(tui.Screen) tui.Frame {
	return tui.Frame{Content: "typed: " + b.text}
}

func (b *broken) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if k.Text == "" {
			panic("sk_live_secret")
		}
		b.text += k.Text
	}
	return nil
}

func TestTerminal_ReportsAPanicAndRestoresTheTerminal(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	tm := tuitest.Start(t, self, nil, []string{child + "=1"}, 100, 24)
	tm.WaitFor("typed:")
	tm.Type("maya")
	tm.WaitFor("typed: maya")
	tm.Send("ctrl+t")
	tm.WaitFor("Something went wrong; what you typed is still here", "typed: maya")
	tm.Type("!")
	tm.WaitFor("typed: maya!")
	tm.Send("ctrl+t")
	require.Equal(t, 1, tm.WaitExit())
	tm.Restored()
	tm.WaitFor("The same error happened twice, so frontdesk quit")
	require.NotContains(t, string(tm.Output()), "sk_live")
}

// contextSwitches returns how often the program's threads have slept.
func contextSwitches(t *testing.T, pid int) (n int) {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	require.NoError(t, err)
	for _, path := range threads {
		status, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		_, after, _ := strings.Cut(string(status), "\nvoluntary_ctxt_switches:")
		count, _, _ := strings.Cut(after, "\n")
		one, err := strconv.Atoi(strings.TrimSpace(count))
		require.NoError(t, err)
		n += one
	}
	return n
}

func TestTerminal_SleepsWhileNothingHappens(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("counts context switches in /proc")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	tm := tuitest.Start(t, self, nil, []string{child + "=1"}, 100, 24)
	tm.WaitFor("typed:")
	last := contextSwitches(t, tm.PID())
	asleep := func() bool {
		now := contextSwitches(t, tm.PID())
		woke := now - last
		last = now
		return woke < 20 // of at least 60 frames in half a second
	}
	require.Eventually(t, asleep, time.Minute, 500*time.Millisecond)
	before := len(tm.Output())
	tm.Type("maya")
	tm.WaitFor("typed: maya")
	require.Eventually(t, asleep, time.Minute, 500*time.Millisecond)
	tm.Resize(90, 20)
	tm.Type("!")
	tm.WaitFor("typed: maya!")
	require.NotContains(t, string(tm.Output()[before:]), "sleep")
	require.Eventually(t, asleep, time.Minute, 500*time.Millisecond)
	tm.Send("ctrl+c")
	require.Zero(t, tm.WaitExit())
	tm.Restored()
}
