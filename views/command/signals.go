package command

import (
	"context"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// pendingWrite is the write that is under way, if any.
type pendingWrite struct {
	lost atomic.Pointer[string] // says that its outcome is unknown; nil if there is none
}

// begin notes the beginning of a write; the returned function notes its end.
func (f *pendingWrite) begin(lost string) (end func()) {
	f.lost.Store(&lost)
	return func() { f.lost.Store(nil) }
}

// leaver ends the program on a signal without hiding the outcome of a write. After the
// first signal nothing new is sent, and the program waits for the answer to what was
// sent. A second ctrl-c ends it at once, with the message and the exit code of an
// unknown outcome.
type leaver struct {
	pendingWrite
	stderr io.Writer
	leave  func(code int) // ends the program; nil cannot
}

// stoppable returns a context that ends with the first signal. stop ends the handling
// of signals.
func (l *leaver) stoppable(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	// Handling SIGPIPE turns a write to a closed pipe into an error instead of the end
	// of the program. It is handled until the program ends.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	signals, stopped := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		defer cancel()
		for first := true; ; {
			select {
			case <-stopped:
				return
			case s := <-signals:
				switch {
				case first:
					first = false
					l.wait()
					cancel()
				case s != syscall.SIGHUP: // a closing terminal may send it twice
					l.now()
				}
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(stopped)
	}
}

// wait says what the program waits for, if a write is under way.
func (l *leaver) wait() {
	if l.lost.Load() != nil {
		_, _ = io.WriteString(l.stderr, "frontdesk: waiting for the answer to the request already sent; ctrl-c again quits at once\n")
	}
}

// now ends the program.
func (l *leaver) now() {
	code := CodeFailed
	if lost := l.lost.Load(); lost != nil {
		_, _ = io.WriteString(l.stderr, "frontdesk: "+*lost+"\n")
		code = CodeUnknown
	}
	if l.leave != nil {
		l.leave(code)
	}
}
