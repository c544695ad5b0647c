// Package keyinput reads the terminal and passes on whole keys, replies and pastes,
// however the connection splits them. Bubble Tea's reader treats a sequence that pauses
// for 50 ms as finished, and looks for keys inside a paste: on a slow connection half a
// reply becomes text, and a paste with the wrong bytes in it never ends.
//
// It decides where one unit of input ends and the next begins. What keys mean is left
// to Bubble Tea, output to tui/outputfilter, signals to tui/terminal.
package keyinput

import (
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

const (
	// readTimeout is how long Read waits before it returns nothing: only then can its
	// caller notice that it was told to stop.
	readTimeout = 150 * time.Millisecond
	// awakeFor is how long Read goes on doing so after the last input or Wake. After that
	// it waits without a limit, at no cost: its caller is told to stop only by a message,
	// and Wake is called at every message.
	awakeFor = 4 * readTimeout
)

// Reader reads a terminal. It is a term.File, so that Bubble Tea recognizes the
// terminal behind it, but has no name, so that Bubble Tea calls Read instead of polling
// the file itself. Its methods are safe for concurrent use.
type Reader struct {
	file   *os.File
	closed atomic.Bool
	// woken becomes readable at Wake, which writes a byte to waker while Read waits without
	// a limit, and at Close, which closes waker. err is why there is no such pipe.
	woken, waker *os.File
	err          error
	// wakeRequested is set by Wake; asleep is set while Read waits without a limit.
	wakeRequested, asleep atomic.Bool

	mu      sync.Mutex
	framer  framer
	polled  bool // returned once without data since input became available
	in      [4096]byte
	out     []byte        // complete, not yet read
	silence time.Duration // since the last byte arrived
	idle    time.Duration // since the last byte or Wake
}

var _ term.File = (*Reader)(nil)

// New returns a Reader of a terminal.
func New(file *os.File) *Reader {
	r := &Reader{file: file}
	r.woken, r.waker, r.err = os.Pipe()
	return r
}

// Read returns what is complete. If nothing arrives within readTimeout it returns 0 and no
// error, until it has been idle for awakeFor. It also does so once before it takes input
// from the terminal: a caller that was told to stop meanwhile stops there, and the key is
// not lost. Its errors are the terminal's, and io.EOF after Close.
func (r *Reader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for waited := time.Duration(0); ; {
		if n := r.deliver(p); n > 0 || waited >= readTimeout {
			return n, nil
		}
		if r.closed.Load() {
			return 0, io.EOF
		}
		if r.err != nil {
			return 0, r.err
		}
		if r.wakeRequested.Swap(false) {
			r.idle = 0
		}
		most, rest := readTimeout, r.framer.pending()
		switch {
		case rest > 0:
			most = min(readTimeout, rest-r.silence)
		case r.idle >= awakeFor:
			most = forever
		}
		ready, err := r.wait(most)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, err
		case !ready && most == forever: // woken
			r.polled = false
			continue
		case !ready:
			r.polled = false
			waited += most
			r.idle += most
			r.noteSilence(most)
			continue
		}
		r.idle = 0
		if r.polled = !r.polled; r.polled {
			return 0, nil
		}
		n, err := r.file.Read(r.in[:])
		awaited := r.framer.tail.kind != 0
		r.out = r.framer.feed(r.out, r.in[:n])
		if !awaited || r.framer.tail.kind == 0 { // the wait for a tail ends even while somebody types
			r.silence = 0
		}
		if err != nil {
			return r.deliver(p), err
		}
	}
}

// noteSilence records that nothing has arrived for a time, after what is held.
func (r *Reader) noteSilence(by time.Duration) {
	rest := r.framer.pending()
	if rest == 0 {
		r.silence = 0
		return
	}
	if r.silence += by; rest > 0 && r.silence >= rest {
		r.out, r.silence = r.framer.flush(r.out), 0
	}
}

// deliver returns what is complete, never part of a character.
func (r *Reader) deliver(p []byte) int {
	n := copy(p, r.out)
	for n < len(r.out) && n > 0 && !utf8.RuneStart(r.out[n]) {
		n--
	}
	if r.out = r.out[n:]; len(r.out) == 0 {
		r.out = nil
	}
	return n
}

// forever is no limit for wait.
const forever time.Duration = -1

// wait waits at most that long; ready reports whether a read would not block. It may
// return earlier, also if Wake is called while it waits forever. The error is unix.EINTR if a
// signal interrupted it.
func (r *Reader) wait(most time.Duration) (ready bool, err error) {
	timeout := int(max(1, most.Milliseconds()))
	if most == forever {
		timeout = -1
		r.asleep.Store(true)
		defer r.asleep.Store(false)
		if r.wakeRequested.Load() { // by a Wake that did not see the Reader asleep yet
			return false, nil
		}
	}
	fds := []unix.PollFd{{Fd: int32(r.file.Fd()), Events: unix.POLLIN}, {Fd: int32(r.woken.Fd()), Events: unix.POLLIN}}
	_, err = unix.Poll(fds, timeout)
	if fds[1].Revents != 0 && !r.closed.Load() {
		_, _ = r.woken.Read(make([]byte, 1))
		return false, nil
	}
	return fds[0].Revents != 0 && fds[1].Revents == 0, err
}

// Wake makes Read return every readTimeout again, so that its caller can notice that it
// was told to stop. Call it at every message that may tell it so.
func (r *Reader) Wake() {
	r.wakeRequested.Store(true)
	if r.err == nil && r.asleep.Swap(false) {
		_, _ = r.waker.Write([]byte{0})
	}
}

// Fd returns the terminal's descriptor.
func (r *Reader) Fd() uintptr { return r.file.Fd() }

// Write writes to the terminal.
func (r *Reader) Write(p []byte) (int, error) { return r.file.Write(p) }

// Close ends reading. When it returns, further input is left to whoever uses the
// terminal next. The terminal stays open.
func (r *Reader) Close() error {
	if r.closed.Swap(true) || r.err != nil {
		return nil
	}
	err := r.waker.Close()
	r.mu.Lock() // wait for a Read in progress to return
	defer r.mu.Unlock()
	return errors.Join(err, r.woken.Close())
}
