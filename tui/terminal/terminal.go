// Package terminal runs the shell on a real terminal: it handles signals, suspending
// and resuming, and lends the terminal to another program. What is drawn is
// tui/shell's, what is printed on exit main's.
package terminal

import (
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/keyinput"
	"frontdesk/tui/outputfilter"
	"frontdesk/tui/shell"
)

// releaseDelay is the least time the terminal is given away. Bubble Tea's old renderer
// stops the shared ticker a moment after it was asked to end; a new renderer that
// started before would never draw.
const releaseDelay = 30 * time.Millisecond

// blockedWait is how long a terminal may accept no output before the output is discarded,
// once the program was asked to quit.
const blockedWait = 2 * time.Second

// framesPerSecond is how often the screen may change. The effect of a key waits for the
// next frame: at 60 it is on the screen after 15 ms, at 120 after 8 (medians). While
// nothing happens there are none at all: see idleWriter.
const framesPerSecond = 120

// Terminal is the one terminal of this process.
type Terminal struct {
	in, out *os.File
	keys    *keyinput.Reader     // reads from in
	output  *outputfilter.Writer // writes to out
	idle    *idleWriter          // writes to output
	program *tea.Program
	signals chan os.Signal
	// suspended is true from the request to suspend to the first message afterwards.
	suspended atomic.Bool
	child     child
	plainKeys bool
	// discarding starts discardBlockedOutput.
	discarding sync.Once
}

// New returns the terminal that is read through in and written through out.
func New(in, out *os.File) *Terminal {
	return &Terminal{in: in, out: out, keys: keyinput.New(in), output: outputfilter.New(out), signals: make(chan os.Signal, 16)}
}

// DisableKeyboardProtocol keeps the terminal's keyboard mode: neither kitty's protocol
// nor modifyOtherKeys is turned on. Call it before Run.
func (t *Terminal) DisableKeyboardProtocol() { t.plainKeys = true }

// Run shows the model until it ends, and restores the terminal. SIGTERM, SIGHUP,
// SIGQUIT, SIGINT and broken, which may be nil, ask it to quit: a write in progress
// finishes first. SIGTSTP suspends it as its key does; after any stop the terminal is
// set up again and an open question is dropped. Call it once.
func (t *Terminal) Run(model *shell.Model, broken <-chan struct{}, options ...tea.ProgramOption) error {
	if t.plainKeys {
		t.output.DisableKeyboardProtocol()
	}
	t.idle = newIdleWriter(t.output, func(msg tea.Msg) { t.send(msg) })
	defer t.idle.stop()
	options = append([]tea.ProgramOption{
		tea.WithInput(t.keys), tea.WithOutput(t.idle), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(), tea.WithFilter(t.filter),
	}, options...)
	t.program = tea.NewProgram(model, options...)
	signal.Notify(t.signals, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGINT, syscall.SIGTSTP, syscall.SIGCONT)
	defer signal.Stop(t.signals)
	over := make(chan struct{})
	defer close(over)
	go t.handleSignals(broken, over)
	_, err := t.program.Run()
	_ = t.keys.Close()
	return err
}

// handleSignals never waits for the loop, which may itself be waiting for another
// program that has the terminal.
func (t *Terminal) handleSignals(broken <-chan struct{}, over <-chan struct{}) {
	for {
		select {
		case s := <-t.signals:
			t.handleSignal(s)
		case <-broken:
			broken = nil
			t.send(shell.RequestQuitMsg{})
		case <-over:
			return
		}
	}
}

// handleSignal handles one signal.
func (t *Terminal) handleSignal(s os.Signal) {
	switch s {
	case syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT:
		t.child.terminate(s.(syscall.Signal))
		t.send(shell.RequestQuitMsg{})
		t.discarding.Do(func() { go t.discardBlockedOutput() })
	case syscall.SIGINT:
		// With another program on the terminal, ctrl-c is meant for that one.
		if !t.child.isRunning() {
			t.send(shell.RequestQuitMsg{})
		}
	case syscall.SIGTSTP:
		// Go does not restore the default action of a signal that was caught once, so
		// the signal with which Bubble Tea stops itself arrives here too.
		switch {
		case t.suspended.Load():
			time.Sleep(releaseDelay)
			_ = syscall.Kill(0, syscall.SIGSTOP)
		case !t.child.suspend():
			t.send(shell.RequestSuspendMsg{})
		}
	case syscall.SIGCONT:
		if t.child.isRunning() {
			t.resumeChild()
		} else if !t.suspended.Load() {
			// After a stop that could not be caught the terminal may be in any state.
			// Drop the question first, then set everything up again.
			t.send(tea.ResumeMsg{}, tea.Exec(noopCommand{}, func(error) tea.Msg { return tea.ResumeMsg{} })())
		}
	}
}

// discardBlockedOutput lets the program quit although nobody reads the terminal, as on a
// stalled connection, where the loop waits for its output to be written. It runs until the
// program ends, because restoring the terminal is output too.
func (t *Terminal) discardBlockedOutput() {
	for range time.Tick(blockedWait / 4) {
		if t.output.IsBlocked(blockedWait) {
			discardOutput(t.out)
		}
	}
}

// send delivers messages to the loop in order, as soon as it accepts them.
func (t *Terminal) send(msgs ...tea.Msg) {
	go func() {
		for _, msg := range msgs {
			t.program.Send(msg)
		}
	}()
}

// filter sees every message before Bubble Tea does; the loop stands still while the
// program is suspended.
func (t *Terminal) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	t.suspended.Store(false)
	t.idle.noteMessage(msg)
	if isSleepRequest(msg) {
		return msg
	}
	t.keys.Wake()
	switch msg.(type) {
	case tea.QuitMsg, tea.InterruptMsg:
		t.idle.stop()
		_ = t.keys.Close() // what is typed from now on is the shell's
		return msg
	case tea.SuspendMsg:
	default:
		return msg
	}
	if isOrphaned() {
		return tui.NotifyMsg{Toast: tui.Toast{ID: "terminal.alone", Tone: tui.ToneWarn, Text: "Cannot suspend: frontdesk was not started from a shell"}}
	}
	t.suspended.Store(true)
	return msg
}
