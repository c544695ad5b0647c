package e2e

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// startWith runs the program with arguments, in a home of its own.
func startWith(t *testing.T, args []string, home string, cols, rows int) term {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	return term{tuitest.Start(t, bin, args, []string{"COLORTERM=truecolor", "TZ=UTC", "HOME=" + home}, cols, rows), t}
}

// at waits for a step of the tour.
func (m term) at(progress string, says ...string) {
	m.t.Helper()
	m.WaitFor(append(says, progress+"  Tour: ")...)
}

// press sends a key until the screen has the text: a key that moves with rows which have
// just moved is ignored.
func (m term) press(key, until string) {
	m.t.Helper()
	for range 20 {
		m.Send(key)
		m.Quiet(400 * time.Millisecond)
		if strings.Contains(m.Screen(), until) {
			return
		}
	}
	require.FailNow(m.t, key+" does not lead to "+until, "%s", m.Screen())
}

// The first start to the end of the tour, and the demo reset for the next person.
func TestTour_FromTheFirstStartToTheEnd(t *testing.T) {
	t.Parallel()
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			tm := startWith(t, nil, home, size[0], size[1])
			tm.list()
			tm.WaitFor("Nothing leaves this machine.", "Try / 0142, or :tour for five minutes.")
			tm.Send(":")
			tm.WaitFor(" choices")
			tm.Type("tour")
			tm.WaitFor("Take the tour")
			tm.Send("enter")

			tm.at("●○○○○○○", "/, then type 0142")
			tm.Send("/")
			tm.Type("0142")
			tm.at("✓●○○○○○", "enter opens her")
			tm.press("enter", "Users › Maya Okafor")
			tm.at("✓✓●○○○○", "unlocks her, after a question")
			tm.press("l", "y unlocks her, esc leaves it")
			tm.press("y", "✓✓✓●○○○")
			tm.press("z", "esc: she stays unlocked")
			tm.press("esc", "✓✓✓✓●○○")
			tm.press("A", "have a look, then q goes back")
			tm.press("q", "✓✓✓✓✓●○")
			tm.Send("/")
			tm.Quiet(300 * time.Millisecond)
			tm.Send("ctrl+u")
			tm.Type("sam carter")
			tm.WaitFor("enter, then b on one of them")
			tm.press("enter", "b on one of them")
			tm.press("b", "see whom it names, then esc")
			tm.WaitFor("Ban user", "Sam Carter")
			tm.press("esc", "✓✓✓✓✓✓●")
			tm.Send("/")
			tm.Quiet(300 * time.Millisecond)
			tm.Send("ctrl+u")
			tm.Type("mail-drop.example")
			tm.WaitFor("enter, then * marks them all")
			tm.Send("enter")
			tm.WaitFor("37 found")
			tm.press("*", "37 marked")
			tm.press("b", "ban 37")
			tm.at("✓✓✓✓✓✓●", "read it, then esc")
			tm.press("esc", "✓✓✓✓✓✓✓")
			tm.WaitFor("Tour: that was all")
			tm.Send("T")
			tm.WaitGone("Tour:")

			tm.Send(":")
			tm.WaitFor(" choices")
			tm.Type("reset-demo")
			tm.WaitFor("Reset the demo…")
			tm.Send("enter")
			tm.WaitFor("as on the first day", "37 users are marked")
			tm.press("y", "The demo is as on its first day")
			tm.WaitUntil("Maya to be locked again", func(screen string) bool {
				for line := range strings.SplitSeq(screen, "\n") {
					if strings.Contains(line, "Maya Okafor") && strings.Contains(line, "locked 4") {
						return true
					}
				}
				return false
			})
			tm.leave("ctrl+c")

			next := startWith(t, nil, home, size[0], size[1])
			next.list()
			require.NotContains(t, next.Screen(), "or :tour")
			next.leave("ctrl+c")
		})
	}
}

func TestTour_GoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	tm := startWith(t, []string{"tour"}, home, 60, 20)
	tm.WaitFor("1/7  /, then type 0142")
	tm.press(">", "2/7")
	tm.press(">", "3/7")
	tm.WaitFor("/, then 0142 and enter")
	tm.Quiet(300 * time.Millisecond) // until it is written down
	tm.leave("ctrl+c")

	tm = startWith(t, []string{"tour", "--mask"}, home, 80, 24)
	tm.at("––●○○○○", "Let her in")
	tm.Send("/")
	tm.Type("0142")
	tm.press("enter", "unlocks her, after a question")
	require.NotContains(t, tm.Screen(), "Maya")
	tm.leave("ctrl+c")
}

func TestTour_IsNeverOnARealInstance(t *testing.T) {
	t.Parallel()
	base, key := served(t)
	bin, err := built()
	require.NoError(t, err)
	env := []string{"CLERK_API_URL=" + base, "CLERK_SECRET_KEY=" + key, "COLORTERM=truecolor"}
	tm := tuitest.Start(t, bin, []string{"tour"}, env, 80, 24)
	require.Equal(t, 2, tm.WaitExit())
	require.Contains(t, strings.Join(strings.Fields(string(tm.Output())), " "), "frontdesk tour --instance demo")

	on := term{tuitest.Start(t, bin, nil, env, 80, 24), t}
	on.list()
	require.NotContains(t, on.Screen(), "or :tour")
	on.Send("T")
	on.WaitFor("it is on the demo only")
	on.leave("ctrl+c")

	demo := term{tuitest.Start(t, bin, []string{"tour", "--instance", "demo"}, env, 80, 24), t}
	demo.at("●○○○○○○", "DEMO")
	demo.leave("ctrl+c")

	out, err := exec.Command(bin, "tour", "--help").CombinedOutput()
	require.NoError(t, err)
	require.Contains(t, string(out), "demo")
}

func TestTour_IsOfferedWhereNothingCanBeKept(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	for range 2 {
		tm := term{tuitest.Start(t, bin, nil, []string{"COLORTERM=truecolor", "XDG_STATE_HOME=/dev/null/nowhere"}, 120, 40), t}
		tm.list()
		tm.WaitFor("Try / 0142, or :tour for five minutes.")
		tm.press("/", "esc clear")
		tm.WaitGone("or :tour")
		tm.leave("ctrl+c")
	}
}
