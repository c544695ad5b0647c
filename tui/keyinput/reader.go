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

// readTimeout is how long Read waits before it returns nothing: only then can its
// caller notice that it was told to stop.
const readTimeout = 150 * time.Millisecond

// Reader reads a terminal. It is a term.File, so that Bubble Tea recognizes the
// terminal behind it, but has no name, so that Bubble Tea calls Read instead of polling
// the file itself. Its methods are safe for concurrent use.
type Reader struct {
	file   *os.File
	closed atomic.Bool
	// closing becomes readable when the Reader is closed: Close closes closingWriter, to
	// which nothing is written. err is why there is no such pipe.
	closing, closingWriter *os.File
	err                    error

	mu      sync.Mutex
	framer  framer
	polled  bool // returned once without data since input became available
	in      [4096]byte
	out     []byte        // complete, not yet read
	silence time.Duration // since the last byte arrived
}

var _ term.File = (*Reader)(nil)

// New returns a Reader of a terminal.
func New(file *os.File) *Reader {
	r := &Reader{file: file}
	r.closing, r.closingWriter, r.err = os.Pipe()
	return r
}

// Read returns what is complete. If nothing arrives for a while it returns 0 and no
// error. It does so once, too, before it takes input from the terminal: a caller that
// was told to stop meanwhile stops there, and the key is not lost. Its errors are the
// terminal's, and io.EOF after Close.
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
		most := readTimeout
		if rest := r.framer.pending(); rest > 0 {
			most = min(readTimeout, rest-r.silence)
		}
		ready, err := r.wait(most)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, err
		case !ready:
			r.polled = false
			waited += most
			r.noteSilence(most)
			continue
		}
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

// wait waits at most so long; ready reports whether a read would not block. The error
// is unix.EINTR if a signal interrupted it.
func (r *Reader) wait(most time.Duration) (ready bool, err error) {
	fds := []unix.PollFd{{Fd: int32(r.file.Fd()), Events: unix.POLLIN}, {Fd: int32(r.closing.Fd()), Events: unix.POLLIN}}
	_, err = unix.Poll(fds, int(max(1, most.Milliseconds())))
	return fds[0].Revents != 0 && fds[1].Revents == 0, err
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
	err := r.closingWriter.Close()
	r.mu.Lock() // wait for a Read in progress to return
	defer r.mu.Unlock()
	return errors.Join(err, r.closing.Close())
}
