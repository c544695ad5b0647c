package keyinput

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	esc       = 0x1b
	interrupt = 0x03 // ctrl-c

	// escapeWait is how long an escape may be the beginning of a sequence.
	escapeWait = 50 * time.Millisecond
	// introducerWait is the same for ESC [ and the like, which could also be alt-[.
	introducerWait = 100 * time.Millisecond
	// restWait is how long the rest may take of what can only be a reply, a key or a
	// character.
	restWait = 2 * time.Second
	// pasteWait is how long a paste may pause. A paste that never ends must not block
	// the keyboard.
	pasteWait = 2 * time.Second

	// tailWait is how long the rest of an abandoned sequence is still not taken for
	// keys. For a string it is shorter, because a string that never ends must not block
	// the keyboard.
	tailWait, stringTailWait = time.Minute, 10 * time.Second

	// maxReply is the longest reply, in bytes.
	maxReply = 64 << 10
	// minBurst is how many bytes at once cannot have been typed.
	minBurst = 16

	// minRest is how many bytes arriving with an escape cannot have been typed after
	// it.
	minRest = 3

	// unreadable replaces a byte of a paste that is not UTF-8, so that it is visible.
	unreadable = '□'
)

var pasteStart, pasteEnd = []byte("\x1b[200~"), []byte("\x1b[201~")

// escapeKey is the escape key as terminals with kitty's protocol send it, so that
// Bubble Tea need not wait again for what may follow an ESC.
var escapeKey = []byte("\x1b[27u")

// escapeThenSearch is escape and a slash in one read. Nothing is bound to alt-/, and
// what follows would otherwise go to the screen that escape leaves.
var escapeThenSearch = []byte("\x1b/")

// framer splits what a terminal sends into whole keys, replies and pastes. It has no
// clock and does no I/O: pending says how long to wait for the rest of what is held,
// and flush gives up waiting.
type framer struct {
	held    []byte // an unfinished sequence; in a paste, of its end
	paste   []byte
	pasting bool
	// pasteAbandoned is set when a paste was given up whose end may still come,
	// escapeFlushed when an escape was taken for the key and its rest may still come.
	pasteAbandoned, escapeFlushed bool
	// tail is the sequence that was given up unfinished and whose rest may still come.
	tail tail
}

// feed appends to out what is complete of the held bytes and in.
func (f *framer) feed(out, in []byte) []byte {
	if f.pasteAbandoned {
		f.pasteAbandoned = false
		f.pasting = bytes.Contains(in, pasteEnd) || len(in) >= minBurst && in[0] != esc
	}
	if f.escapeFlushed && len(in) >= minRest && strings.IndexByte("[]P_", in[0]) >= 0 {
		in = append([]byte{esc}, in...)
	}
	f.escapeFlushed = false
	in = f.tail.drop(in)
	if len(in) == 1 && in[0] == interrupt && (f.pasting || len(f.held) > 0) {
		f.reset()
	}
	f.held = append(f.held, in...)
	for len(f.held) > 0 {
		if f.pasting {
			var ended bool
			if out, ended = f.feedPaste(out); !ended {
				break
			}
			continue
		}
		n := unitLength(f.held)
		if n == 0 {
			break
		}
		switch one := f.held[:n]; {
		case bytes.Equal(one, pasteStart):
			f.pasting = true
		case bytes.Equal(one, pasteEnd): // the end of no paste
		case bytes.Equal(one, escapeThenSearch):
			out = append(append(out, escapeKey...), '/')
		case n == 1 && one[0] == esc && !isAltSequence(f.held):
			out = append(out, escapeKey...)
		case n == 1 && one[0] >= utf8.RuneSelf: // neither a character nor a key
		default:
			out = append(out, one...)
		}
		f.held = f.held[n:]
	}
	f.held = append([]byte(nil), f.held...) // out shares the array with what was passed on
	return out
}

// feedPaste moves held bytes into the paste, up to its end if that is there.
func (f *framer) feedPaste(out []byte) (_ []byte, ended bool) {
	if at := bytes.Index(f.held, pasteEnd); at >= 0 {
		f.paste = append(f.paste, f.held[:at]...)
		f.held = f.held[at+len(pasteEnd):]
		return f.finishPaste(out), true
	}
	keep := min(len(f.held), len(pasteEnd)-1)
	for !bytes.HasPrefix(pasteEnd, f.held[len(f.held)-keep:]) {
		keep--
	}
	f.paste = append(f.paste, f.held[:len(f.held)-keep]...)
	f.held = f.held[len(f.held)-keep:]
	return out, false
}

// finishPaste passes the paste on without escape sequences and without anything that
// could be taken for its end.
func (f *framer) finishPaste(out []byte) []byte {
	out = append(out, pasteStart...)
	for text := f.paste; len(text) > 0; {
		r, size := utf8.DecodeRune(text)
		if n, is := sequenceText(text); n > 0 {
			out, text = append(out, is...), text[n:]
			continue
		}
		switch {
		case r == utf8.RuneError && size == 1:
			out = utf8.AppendRune(out, unreadable)
		case r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0x7f || r > 0x9f:
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	f.pasting, f.paste = false, nil
	return append(out, pasteEnd...)
}

// reset drops what is held and the paste.
func (f *framer) reset() { *f = framer{} }

// pending returns how long to wait for the rest; 0 if nothing is held.
func (f *framer) pending() time.Duration {
	switch {
	case f.pasting:
		return pasteWait
	case len(f.held) == 0 && f.tail.kind != 0:
		return f.tail.wait()
	case len(f.held) == 0:
		return 0
	case len(f.held) == 1 && f.held[0] == esc:
		return escapeWait
	case len(f.held) == 2 && f.held[0] == esc:
		return introducerWait
	}
	return restWait
}

// flush appends to out what is held as it is without its rest: a paste, or the keys it
// may have been. Part of a reply or of a character is dropped.
func (f *framer) flush(out []byte) []byte {
	switch {
	case len(f.held) == 0 && !f.pasting:
		f.tail = tail{}
	case f.pasting:
		f.paste = append(f.paste, f.held...)
		f.held, f.pasteAbandoned = nil, true
		return f.finishPaste(out)
	case len(f.held) == 1 && f.held[0] == esc:
		f.escapeFlushed = true
		out = append(out, escapeKey...)
	case len(f.held) == 2 && f.held[0] == esc && f.held[1] == esc:
		f.escapeFlushed = true
		out = append(append(out, escapeKey...), escapeKey...)
	case len(f.held) == 2 && f.held[0] == esc && f.held[1] < utf8.RuneSelf: // with alt held
		f.tail = tailOf(f.held)
		out = append(out, f.held...)
	default:
		f.tail = tailOf(f.held)
	}
	f.held = nil
	return out
}
