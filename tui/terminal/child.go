package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"frontdesk/tui/shell"
)

// childExitTimeout is how long a child may take to end when asked to.
const childExitTimeout = 3 * time.Second

// child is the program that currently has the terminal, by its process group: an editor
// started by a shell, for example. It has a group of its own so that a signal reaches
// all of it and nobody else.
type child struct {
	mu     sync.Mutex
	group  int // 0 if there is none
	ending bool
}

var errLeaving = errors.New("frontdesk is quitting")

// RunChild runs cmd with the terminal and waits for its end; it is for tea.Exec. If the
// child is stopped by ctrl-z, this program stops with it. If this program is asked to
// quit, the child is ended first, within a bounded time. The error is the child's exit
// status.
func (t *Terminal) RunChild(cmd *exec.Cmd) error {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = t.in, t.out, t.out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	modes, _ := term.GetState(t.in.Fd())
	time.Sleep(releaseDelay)
	if err := t.child.start(cmd); err != nil {
		return err
	}
	defer t.child.finish()
	// A process in the background may neither give the terminal away nor take it back,
	// unless it ignores this signal. The child, which has already started, does not.
	signal.Ignore(syscall.SIGTTOU)
	defer signal.Reset(syscall.SIGTTOU)
	group := cmd.Process.Pid
	t.setForeground(group)
	err := t.waitChild(group)
	_ = cmd.Process.Release()
	t.setForeground(syscall.Getpgrp())
	if modes != nil && term.Restore(t.in.Fd(), modes) != nil {
		t.send(shell.RequestQuitMsg{}) // the terminal is gone
	}
	return err
}

// waitChild waits for the child's end, and stops with it.
func (t *Terminal) waitChild(group int) error {
	for {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(group, &status, syscall.WUNTRACED, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return err
		case status.Stopped() && (status.StopSignal() == syscall.SIGTTIN || status.StopSignal() == syscall.SIGTTOU):
			t.resumeChild() // it used the terminal before it was given it
		case status.Stopped():
			t.stopWithChild(group)
		case status.Signaled():
			return fmt.Errorf("signal: %v", status.Signal())
		case status.ExitStatus() != 0:
			return fmt.Errorf("exit status %d", status.ExitStatus())
		default:
			return nil
		}
	}
}

// stopWithChild returns the terminal to whoever started this program, and stops. A
// SIGCONT continues both.
func (t *Terminal) stopWithChild(group int) {
	t.setForeground(syscall.Getpgrp())
	if isOrphaned() {
		t.resumeChild()
		return
	}
	_ = syscall.Kill(0, syscall.SIGSTOP)
}

// resumeChild gives the terminal to the child again, if this program has it. In the
// background it does not have it, and stops again.
func (t *Terminal) resumeChild() {
	t.child.mu.Lock()
	defer t.child.mu.Unlock()
	if t.child.group == 0 {
		return
	}
	switch front, err := unix.IoctlGetInt(int(t.in.Fd()), unix.TIOCGPGRP); {
	case err == nil && front != syscall.Getpgrp() && front != t.child.group:
		_ = syscall.Kill(0, syscall.SIGSTOP)
		return
	default:
		t.setForeground(t.child.group)
	}
	_ = syscall.Kill(-t.child.group, syscall.SIGCONT)
}

// setForeground puts a process group into the terminal's foreground.
func (t *Terminal) setForeground(group int) {
	_ = unix.IoctlSetPointerInt(int(t.in.Fd()), unix.TIOCSPGRP, group) // without a terminal there is nothing to give
}

func (c *child) start(cmd *exec.Cmd) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending {
		return errLeaving
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.group = cmd.Process.Pid
	return nil
}

func (c *child) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.group = 0
}

func (c *child) isRunning() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.group != 0
}

// terminate asks the child to end and, after a while, kills it. No child starts after
// this call.
func (c *child) terminate(s syscall.Signal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ending = true
	if c.group == 0 {
		return
	}
	c.kill(s)
	time.AfterFunc(childExitTimeout, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.group != 0 {
			c.kill(syscall.SIGKILL)
		}
	})
}

// kill signals the group; it reaches a stopped child too. The group must not be 0.
func (c *child) kill(s syscall.Signal) {
	_ = syscall.Kill(-c.group, s)
	_ = syscall.Kill(-c.group, syscall.SIGCONT)
}

// suspend stops the child; it returns false if there is none.
func (c *child) suspend() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.group == 0 {
		return false
	}
	_ = syscall.Kill(-c.group, syscall.SIGTSTP)
	return true
}

// isOrphaned reports whether no shell could continue this program after a stop: its
// process group has no parent in the same session.
func isOrphaned() bool {
	session, err := unix.Getsid(0)
	if err != nil || syscall.Getpgrp() == session {
		return true
	}
	if syscall.Getpgrp() != os.Getpid() {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err != nil || parents != session
}

// noopCommand is a command that does nothing: giving the terminal away and taking it
// back sets it up again.
type noopCommand struct{}

func (noopCommand) Run() error          { time.Sleep(releaseDelay); return nil }
func (noopCommand) SetStdin(io.Reader)  {}
func (noopCommand) SetStdout(io.Writer) {}
func (noopCommand) SetStderr(io.Writer) {}
