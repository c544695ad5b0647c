// Package keyinput reads the terminal and passes on whole keys, replies and pastes,
// however the link cuts them up. Bubble Tea's reader treats a sequence that pauses for
// 50 ms as finished, and looks for keys inside a paste: on a slow link half a reply
// becomes text, and a paste with the wrong bytes in it never ends.
//
// What may live here: where one unit of input ends and the next begins, waiting for
// the terminal. What may not: what keys mean, output (tui/outputfilter), signals
// (tui/terminal).
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

// readTimeout is after how long a Read without news returns without any: who reads can
// only then see that they were told to stop.
const readTimeout = 150 * time.Millisecond

// Reader reads a terminal. It is a term.File, so that Bubble Tea recognises the
// terminal behind it, and has no name, so that Bubble Tea calls Read instead of polling
// the file itself. Its methods are safe for concurrent use.
type Reader struct {
	file   *os.File
	closed atomic.Bool
	// closing rings when the reader is closed: bellPull, which nothing is written to, is
	// closed then. err is why there is none.
	closing, closingWriter *os.File
	err                    error

	mu      sync.Mutex
	framer  framer
	polled  bool // whether who reads still wants it, since something came
	in      [4096]byte
	out     []byte        // whole, and not yet read
	silence time.Duration // since the last byte came
}

var _ term.File = (*Reader)(nil)

// New reads from a terminal.
func New(file *os.File) *Reader {
	r := &Reader{file: file}
	r.closing, r.closingWriter, r.err = os.Pipe()
	return r
}

// Read passes on what is whole. Where nothing comes for a moment it returns 0 and no
// error, and once before it takes something from the terminal: who was told to stop
// reading meanwhile stops there, and the key is not lost on them.
// Its errors are the terminal's, and io.EOF after Close.
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
		if !awaited || r.framer.tail.kind == 0 { // the wait for a tail ends although somebody types
			r.silence = 0
		}
		if err != nil {
			return r.deliver(p), err
		}
	}
}

// noteSilence takes it that nothing came for so long, after what is held.
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

// deliver gives out what is whole, in whole characters.
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

// wait waits so long at most; ready says that a read does not block. An error is
// unix.EINTR where a signal came in between.
func (r *Reader) wait(most time.Duration) (ready bool, err error) {
	fds := []unix.PollFd{{Fd: int32(r.file.Fd()), Events: unix.POLLIN}, {Fd: int32(r.closing.Fd()), Events: unix.POLLIN}}
	_, err = unix.Poll(fds, int(max(1, most.Milliseconds())))
	return fds[0].Revents != 0 && fds[1].Revents == 0, err
}

// Fd is the terminal's.
func (r *Reader) Fd() uintptr { return r.file.Fd() }

// Write writes to the terminal.
func (r *Reader) Write(p []byte) (int, error) { return r.file.Write(p) }

// Close ends reading: once it returns, what comes is for whoever has the terminal
// next. The terminal stays open.
func (r *Reader) Close() error {
	if r.closed.Swap(true) || r.err != nil {
		return nil
	}
	err := r.closingWriter.Close()
	r.mu.Lock() // a Read under way has heard it
	defer r.mu.Unlock()
	return errors.Join(err, r.closing.Close())
}
