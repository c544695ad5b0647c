package command

import (
	"context"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// pendingWrite is the write that is under way, for who is told to leave meanwhile.
type pendingWrite struct {
	lost atomic.Pointer[string] // says that nobody knows how it ended; nil while none is
}

// begin notes a write; the returned function notes its end.
func (f *pendingWrite) begin(lost string) (end func()) {
	f.lost.Store(&lost)
	return func() { f.lost.Store(nil) }
}

// leaver ends the program at the operator's wish. The exit code never says other
// than what became of a write: the first signal begins nothing new and waits for
// the answer of what was sent; a second ctrl-c leaves at once, with what is not
// known.
type leaver struct {
	pendingWrite
	stderr io.Writer
	leave  func(code int) // ends the program; nil cannot
}

// stoppable is ctx that ends with the first signal. stop ends the watch.
func (l *leaver) stoppable(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	// Somebody who waits for SIGPIPE gets an error from writing to a pipe that was
	// closed, and not the end of the program. That holds until it ends.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	told, over := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(told, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	go func() {
		defer cancel()
		for first := true; ; {
			select {
			case <-over:
				return
			case s := <-told:
				switch {
				case first:
					first = false
					l.wait()
					cancel()
				case s != syscall.SIGHUP: // a terminal that goes away may say so twice
					l.now()
				}
			}
		}
	}()
	return ctx, func() {
		signal.Stop(told)
		close(over)
	}
}

// wait says what is waited for, where a write is under way.
func (l *leaver) wait() {
	if l.lost.Load() != nil {
		_, _ = io.WriteString(l.stderr, "frontdesk: waiting for the answer to what was sent; ctrl-c again leaves at once\n")
	}
}

// now leaves at once.
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
