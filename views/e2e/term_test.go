package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// buildFolder holds the program that was built here, until the tests are over.
var buildFolder string

// built is the program under test: FRONTDESK_BIN, or one built here once.
var built = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("FRONTDESK_BIN"); bin != "" {
		_, err := os.Stat(bin) // tells go test that a cached result is for another binary
		return bin, err
	}
	dir, err := os.MkdirTemp("", "frontdesk-e2e-")
	if err != nil {
		return "", err
	}
	buildFolder = dir
	bin := filepath.Join(dir, "frontdesk")
	build := exec.Command("go", "build", "-o", bin, "frontdesk")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

// term is the built program in a PTY with an emulated screen.
type term struct {
	*tuitest.Term
	t *testing.T
}

// start runs the program on a demo of its own.
func start(t *testing.T, cols, rows int, env ...string) term {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	env = append([]string{"COLORTERM=truecolor", "TZ=UTC"}, env...)
	return term{tuitest.Start(t, bin, nil, env, cols, rows), t}
}

// total matches the demo's number of users, more or less those that a test created.
var total = regexp.MustCompile(`of 1,24\d`)

// open searches for a user and opens them.
func (m term) open(search, name string) {
	m.t.Helper()
	m.WaitUntil("the list and its total", func(screen string) bool { return total.MatchString(screen) })
	m.Send("/")
	m.Type(search)
	m.WaitUntil("the cursor on "+name, func(screen string) bool {
		for line := range strings.SplitSeq(screen, "\n") {
			if strings.Contains(line, "▌ "+name) {
				return true
			}
		}
		return false
	})
	for range 20 {
		m.Send("enter") // ignored while the rows have just moved
		m.Quiet(400 * time.Millisecond)
		if strings.Contains(m.Screen(), "Users › "+name) {
			return
		}
	}
	require.FailNow(m.t, "enter does not open them", "%s", m.Screen())
}

// confirm presses y until the question is closed. A y within the dialog's grace period
// is ignored and restarts it, so the presses are further apart than that.
func (m term) confirm(question string) {
	m.t.Helper()
	m.WaitFor(question)
	for range 20 {
		m.Send("y")
		m.Quiet(400 * time.Millisecond)
		if !strings.Contains(m.Screen(), question) {
			return
		}
	}
	require.FailNow(m.t, "y does not confirm", "%s", m.Screen())
}

// leave quits and checks that the terminal is as it was.
func (m term) leave(keys ...string) {
	m.t.Helper()
	m.Send(keys...)
	require.Zero(m.t, m.WaitExit())
	m.Restored()
}
