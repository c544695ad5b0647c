// Package outputfilter is a writer in front of the terminal that lets through UTF-8
// text and the control sequences that Bubble Tea v2 emits, and nothing else. Text from
// outside is cleaned where it comes in (clean.Text); the filter is the second line of
// defence. It does not know what is drawn, and it buffers no more than one unfinished
// sequence.
//
// These pass: printable UTF-8; CR, LF, BS and TAB; cursor movement, erasing, inserting,
// scrolling, margins, REP and SGR without conceal; the private modes that Bubble Tea
// sets (cursor, wrap, mouse, focus, alternate screen, bracketed paste, synchronized
// output, grapheme clusters) and its queries; cursor shape; kitty's keyboard and
// modifyOtherKeys; XTVERSION and XTGETTCAP; OSC for the title, the colours of text,
// background and cursor, progress, program status, and writing the clipboard, also
// wrapped for tmux.
//
// These do not: every other sequence, among them hyperlinks, images, device strings,
// APC, PM and SOS, reading the clipboard, erasing the scrollback, character sets,
// resets; C1 controls in either form; bytes that are not UTF-8; bidi controls, line
// separators and tag characters. What does not pass leaves no trace. A sequence passes
// whole or not at all, so one that is never finished never reaches the terminal.
package outputfilter

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
)

// Writer filters what is written to it. It is a term.File, so that Bubble Tea
// recognizes the terminal behind it, and safe for concurrent use.
type Writer struct {
	mu  sync.Mutex
	to  io.Writer
	m   machine
	out []byte
	// since is when the write in progress began, in nanoseconds; 0 if there is none.
	since atomic.Int64
}

var _ term.File = (*Writer)(nil)

// New returns a Writer to w, which is a terminal's file or, in tests, any writer.
func New(w io.Writer) *Writer { return &Writer{to: w} }

// DisableKeyboardProtocol drops everything that would change how the terminal sends
// keys. Call it before the first Write.
func (w *Writer) DisableKeyboardProtocol() { w.m.plainKeys = true }

// maxKeptBuffer is the largest buffer kept between writes, in bytes.
const maxKeptBuffer = 256 << 10

// Write filters p and passes on the result in one write, or in none if nothing is left.
// An unfinished sequence or character at the end of p waits for the next call. It
// reports all of p as written, or the error of the underlying write, in which case none
// of p counts as written.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out = w.m.filter(w.out[:0], p)
	out := w.out
	if cap(w.out) > maxKeptBuffer {
		w.out = nil
	}
	if len(out) == 0 {
		return len(p), nil
	}
	w.since.Store(time.Now().UnixNano())
	n, err := w.to.Write(out)
	w.since.Store(0)
	if err == nil && n < len(out) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// IsBlocked reports whether the terminal has been keeping a write waiting for at least
// that long.
func (w *Writer) IsBlocked(atLeast time.Duration) bool {
	since := w.since.Load()
	return since != 0 && time.Since(time.Unix(0, since)) >= atLeast
}

// Read reads from the underlying file, or returns io.EOF if it cannot be read.
func (w *Writer) Read(p []byte) (int, error) {
	if r, ok := w.to.(io.Reader); ok {
		return r.Read(p)
	}
	return 0, io.EOF
}

// Close closes the underlying file, if it can be closed.
func (w *Writer) Close() error {
	if c, ok := w.to.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// Fd returns the descriptor of the underlying file or, if there is none, one that is
// not a terminal.
func (w *Writer) Fd() uintptr {
	if f, ok := w.to.(interface{ Fd() uintptr }); ok {
		return f.Fd()
	}
	return ^uintptr(0)
}
