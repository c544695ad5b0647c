//go:build unix

package tuitest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

// Term is a program in a PTY, with the terminal at the other end.
type Term struct {
	t   testing.TB
	cmd *exec.Cmd
	tty *os.File

	mu         sync.Mutex
	moved      *sync.Cond // signals output, or the end of the program
	em         *vt.Emulator
	modes      *modes
	cols, rows int
	out        []byte
	silent     bool // the output has ended
	exited     bool
	code       int
	broken     string // why the emulator failed
}

// Start runs a program in a PTY of cols × rows. Its environment is env on top of a
// minimal one: PATH, an empty HOME, TERM=xterm-256color. It is killed when the test
// ends.
func Start(t testing.TB, bin string, args, env []string, cols, rows int) *Term {
	t.Helper()
	term := &Term{t: t, cmd: exec.Command(bin, args...), em: vt.NewEmulator(cols, rows), modes: newModes(), cols: cols, rows: rows}
	term.moved = sync.NewCond(&term.mu)
	term.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TERM=xterm-256color", "LANG=C.UTF-8"}, env...)
	var err error
	term.tty, err = pty.StartWithSize(term.cmd, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
	require.NoError(t, err, "start %s", bin)
	replied := make(chan struct{})
	go term.reply(replied)
	go term.read()
	go term.wait()
	t.Cleanup(func() {
		term.Kill(syscall.SIGKILL)
		term.await("the killed program to end", func() bool { return term.exited })
		// In this order nobody reads the emulator while it is closed.
		term.tty.Close()
		term.await("the end of the output", func() bool { return term.silent })
		term.em.InputPipe().(interface{ Close() error }).Close()
		<-replied
	})
	return term
}

// read feeds the program's output to the emulator and wakes waiters.
func (m *Term) read() {
	buf := make([]byte, 1<<15)
	for {
		n, err := m.tty.Read(buf)
		m.mu.Lock()
		m.out = append(m.out, buf[:n]...)
		m.feed(buf[:n])
		m.silent = err != nil
		m.moved.Broadcast()
		m.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// feed writes to the emulator; a panic in it ends the picture, not the test run.
func (m *Term) feed(p []byte) {
	m.modes.write(p)
	if m.broken != "" {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			m.broken = fmt.Sprint(r)
		}
	}()
	m.em.Write(p) //nolint:errcheck // it fails only once it is closed
}

// reply passes the emulator's answers to the program; unread they block it.
func (m *Term) reply(done chan struct{}) {
	defer close(done)
	buf := make([]byte, 1<<10)
	for {
		n, err := m.em.Read(buf)
		if err != nil {
			return
		}
		m.tty.Write(buf[:n]) //nolint:errcheck // a program that ended needs no answers
	}
}

func (m *Term) wait() {
	err := m.cmd.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.exited, m.code = true, m.cmd.ProcessState.ExitCode()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		m.broken = err.Error()
	}
	m.moved.Broadcast()
}

// await waits until ok, which runs under the lock, returns true, or fails the test.
func (m *Term) await(what string, ok func() bool) {
	m.t.Helper()
	late := false
	m.mu.Lock()
	limit := time.AfterFunc(Limit, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		late = true
		m.moved.Broadcast()
	})
	defer limit.Stop()
	for !ok() && !late {
		m.moved.Wait()
	}
	failed, screen := !ok(), ""
	if failed {
		screen = strings.Join(text(m.em, m.cols, m.rows), "\n")
	}
	m.mu.Unlock()
	if failed {
		m.t.Fatalf("waited too long for %s; the screen:\n%s", what, screen)
	}
}

// over reports whether no more output can come, so that waiting is pointless.
func (m *Term) over() bool { return m.exited && m.silent }

// WaitFor waits until all texts are on the screen at once.
func (m *Term) WaitFor(texts ...string) {
	m.t.Helper()
	m.WaitUntil(fmt.Sprintf("%q", texts), func(screen string) bool {
		for _, t := range texts {
			if !strings.Contains(screen, t) {
				return false
			}
		}
		return true
	})
}

// WaitGone waits until a text is not on the screen.
func (m *Term) WaitGone(gone string) {
	m.t.Helper()
	m.WaitUntil(fmt.Sprintf("%q to go", gone), func(screen string) bool { return !strings.Contains(screen, gone) })
}

// WaitUntil waits until ok returns true for the screen; what names the condition in the
// failure.
func (m *Term) WaitUntil(what string, ok func(screen string) bool) {
	m.t.Helper()
	found := false
	m.await(what, func() bool {
		found = found || ok(strings.Join(text(m.em, m.cols, m.rows), "\n"))
		return found || m.over() || m.broken != ""
	})
	if !found {
		m.t.Fatalf("waited for %s, but the program ended (code %d, %s); the screen:\n%s", what, m.code, m.broken, m.Screen())
	}
}

// WaitExit waits for the program's end and returns its exit code, -1 after a signal.
func (m *Term) WaitExit() int {
	m.t.Helper()
	m.await("the program's end", m.over)
	return m.code
}

// Kill sends a signal to the program and everything it started.
func (m *Term) Kill(sig syscall.Signal) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.exited {
		syscall.Kill(-m.cmd.Process.Pid, sig) //nolint:errcheck // it may end at this moment
	}
}

// Hangup closes the terminal, as a lost connection does.
func (m *Term) Hangup() { m.tty.Close() }

// Resize changes the window's size.
func (m *Term) Resize(cols, rows int) {
	m.t.Helper()
	m.mu.Lock()
	m.cols, m.rows = cols, rows
	m.em.Resize(cols, rows)
	m.mu.Unlock()
	require.NoError(m.t, pty.Setsize(m.tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}))
}
