package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	// waitLimit is how long a text may take to appear.
	waitLimit = 20 * time.Second
	// stillFor is how long a screen must not change before the next step.
	stillFor = 120 * time.Millisecond
	// restFor is how long it must not change to be drawn: a preview appears when the
	// cursor rests.
	restFor = 450 * time.Millisecond
)

// session is the program in a PTY, with an emulated terminal at the other end.
type session struct {
	cmd        *exec.Cmd
	tty        *os.File
	cols, rows int
	replied    chan struct{}

	mu    sync.Mutex
	moved *sync.Cond // signals output, or the end of the program
	em    *vt.Emulator
	last  time.Time // of the last output
	count int       // bytes of output
	ended bool
}

// startSession starts a program in a terminal of cols × rows.
func startSession(bin string, args, env []string, cols, rows int) (*session, error) {
	s := &session{cmd: exec.Command(bin, args...), cols: cols, rows: rows, em: vt.NewEmulator(cols, rows), replied: make(chan struct{}), last: time.Now()}
	s.moved = sync.NewCond(&s.mu)
	s.cmd.Env = env
	s.em.WriteString("\x1b[?2027h\x1b[?2027l") //nolint:errcheck // tells it that it has the mode: it counts cells by clusters
	var err error
	if s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		return nil, fmt.Errorf("start %s: %w", bin, err)
	}
	go s.read()
	go s.reply()
	return s, nil
}

// read feeds the program's output to the emulator.
func (s *session) read() {
	buf := make([]byte, 1<<15)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.em.Write(buf[:n]) //nolint:errcheck // it fails only once it is closed
		s.count += n
		s.last = time.Now()
		s.ended = err != nil
		s.moved.Broadcast()
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// reply passes the emulator's answers to the program; unread they block it.
func (s *session) reply() {
	defer close(s.replied)
	io.Copy(s.tty, s.em) //nolint:errcheck // a program that ended needs no answers
}

// close ends the program.
func (s *session) close() {
	s.cmd.Process.Kill() //nolint:errcheck // it may have ended
	s.cmd.Wait()         //nolint:errcheck // it was killed
	s.await(func() bool { return s.ended })
	s.em.InputPipe().(io.Closer).Close() //nolint:errcheck // the reader's end
	<-s.replied
	s.tty.Close()
}

// await waits until ok, which runs under the lock, returns true; it reports false after
// waitLimit.
func (s *session) await(ok func() bool) bool {
	late := false
	limit := time.AfterFunc(waitLimit, func() {
		s.mu.Lock()
		late = true
		s.moved.Broadcast()
		s.mu.Unlock()
	})
	defer limit.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !ok() && !late {
		s.moved.Wait()
	}
	return ok()
}

// waitUntil waits until the screen is as expected.
func (s *session) waitUntil(what string, ok func(screen string) bool) error {
	found := false
	s.await(func() bool {
		found = found || ok(s.text())
		return found || s.ended
	})
	if !found {
		return fmt.Errorf("waited for %s; the screen:\n%s", what, s.screen().text())
	}
	return nil
}

// still waits until the screen has not changed for d, or for a second at most where
// something moves all the time.
func (s *session) still(d time.Duration) {
	for end := time.Now().Add(time.Second + d); time.Now().Before(end); {
		s.mu.Lock()
		left := d - time.Since(s.last)
		s.mu.Unlock()
		if left <= 0 {
			return
		}
		timer := time.NewTimer(left)
		<-timer.C
	}
}

// send writes to the program, and waits until its answer has been drawn.
func (s *session) send(bytes string, d time.Duration) error {
	s.mu.Lock()
	s.last = time.Now()
	s.mu.Unlock()
	if _, err := s.tty.WriteString(bytes); err != nil {
		return err
	}
	s.still(d)
	return nil
}

// shows waits at most d until a text is on the screen.
func (s *session) shows(text string, d time.Duration) bool {
	for end := time.Now().Add(d); ; {
		if strings.Contains(s.screen().text(), text) {
			return true
		}
		if time.Now().After(end) {
			return false
		}
		s.still(stillFor)
		s.mu.Lock()
		s.last = time.Now()
		s.mu.Unlock()
	}
}

// text returns the screen's rows; the caller holds the lock.
func (s *session) text() string { return readScreen(s.em, s.cols, s.rows).text() }

// screen returns what the terminal shows.
func (s *session) screen() *screen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return readScreen(s.em, s.cols, s.rows)
}

// keyBytes returns what a terminal sends for a key.
func keyBytes(name string) (string, error) {
	if bytes, ok := keySequences[name]; ok {
		return bytes, nil
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 {
		return string(rune(letter[0] & 0x1f)), nil
	}
	if len([]rune(name)) != 1 {
		return "", fmt.Errorf("no key is called %q", name)
	}
	return name, nil
}

var keySequences = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
}
