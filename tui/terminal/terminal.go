// Package terminal runs the shell on a real terminal: what signals mean to it,
// how it is stopped and goes on, and how another program has the terminal for a
// while.
//
// What may live here: signals, process groups, terminal modes. What may not: what
// is drawn (tui/shell), what is said on the way out (main).
package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"frontdesk/tui"
	"frontdesk/tui/keyinput"
	"frontdesk/tui/outputfilter"
	"frontdesk/tui/shell"
)

// releaseDelay is how long the terminal stays given away at least. Bubble Tea's old
// painter stops the common ticker a moment after it was asked to end; a new one
// that began before that would never paint.
const releaseDelay = 30 * time.Millisecond

// framesPerSecond is how often the screen may change. What a key did waits for the
// next frame, at Bubble Tea's usual 60 for up to 17 ms: as long as the search itself.
const framesPerSecond = 120

// Terminal is the one terminal that this process has.
type Terminal struct {
	in, out *os.File
	keys    *keyinput.Reader // of in
	program *tea.Program
	signals chan os.Signal
	// suspended is true from the request to suspend to the first message afterwards.
	suspended atomic.Bool
	child     child
	plainKeys bool
}

// New is the terminal that is read from in and written to on out.
func New(in, out *os.File) *Terminal {
	return &Terminal{in: in, out: out, keys: keyinput.New(in), signals: make(chan os.Signal, 16)}
}

// DisableKeyboardProtocol leaves the terminal's keyboard as it is: neither kitty's protocol nor
// modifyOtherKeys is turned on. It is called before Run.
func (t *Terminal) DisableKeyboardProtocol() { t.plainKeys = true }

// Run shows the model until it ends, and puts the terminal back. SIGTERM, SIGHUP,
// SIGQUIT, SIGINT and broken, which may be nil, ask it to leave: a write under way is
// finished first. SIGTSTP suspends it as its key does; after any stop the
// terminal is set up anew and the open question is gone. It is called once.
func (t *Terminal) Run(model *shell.Model, broken <-chan struct{}, options ...tea.ProgramOption) error {
	out := outputfilter.New(t.out)
	if t.plainKeys {
		out.DisableKeyboardProtocol()
	}
	options = append([]tea.ProgramOption{
		tea.WithInput(t.keys), tea.WithOutput(out), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler(), tea.WithFilter(t.filter),
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

// handleSignals never waits for the loop, which may be waiting itself: for another
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

// handleSignal is what a signal means.
func (t *Terminal) handleSignal(s os.Signal) {
	switch s {
	case syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT:
		t.child.terminate(s.(syscall.Signal))
		t.send(shell.RequestQuitMsg{})
	case syscall.SIGINT:
		// With another program on the terminal a ctrl-c is meant for that one.
		if !t.child.isRunning() {
			t.send(shell.RequestQuitMsg{})
		}
	case syscall.SIGTSTP:
		// Go does not give back the default of a signal that was caught once, so what
		// Bubble Tea sends itself to be stopped comes here too.
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
			// A stop that could not be caught: who had the terminal meanwhile may have
			// left it in any state. The question goes first, then all is set up anew.
			t.send(tea.ResumeMsg{}, tea.Exec(noopCommand{}, func(error) tea.Msg { return tea.ResumeMsg{} })())
		}
	}
}

// send gives messages to the loop, in their order, as soon as it takes them.
func (t *Terminal) send(msgs ...tea.Msg) {
	go func() {
		for _, msg := range msgs {
			t.program.Send(msg)
		}
	}()
}

// filter sees every message before Bubble Tea does; the loop stands still while
// it is suspended.
func (t *Terminal) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	t.suspended.Store(false)
	switch msg.(type) {
	case tea.QuitMsg, tea.InterruptMsg:
		_ = t.keys.Close() // what is typed from now on is the shell's
		return msg
	case tea.SuspendMsg:
	default:
		return msg
	}
	if isOrphaned() {
		return tui.NotifyMsg{Toast: tui.Toast{ID: "terminal.alone", Tone: tui.ToneWarn, Text: "Cannot suspend: there is no shell here to return to"}}
	}
	t.suspended.Store(true)
	return msg
}
