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

	// escapeWait is how long an escape may be the beginning of something.
	escapeWait = 50 * time.Millisecond
	// introducerWait is the same for ESC [ and its like, which are alt-[ otherwise.
	introducerWait = 100 * time.Millisecond
	// restWait is how long a link may take over the rest of what can be nothing else
	// than a reply, a key or a character.
	restWait = 2 * time.Second
	// pasteWait is how long a paste may stand still. One that never ends must not
	// keep the keyboard.
	pasteWait = 2 * time.Second

	// tailWait is how long the rest of a sequence that was given up is still no keys. Of
	// a string it is shorter: one that never ends must not keep the keyboard.
	tailWait, stringTailWait = time.Minute, 10 * time.Second

	// replyMost is how long a reply can be, in bytes.
	replyMost = 64 << 10
	// burst is from how many bytes at once on nobody's fingers were it.
	burst = 16

	// restLeast is from how many bytes at once on what follows an escape was not
	// typed after it.
	restLeast = 3

	// unreadable stands for a byte of a paste that is no UTF-8: it is to be seen.
	unreadable = '□'
)

var pasteStart, pasteEnd = []byte("\x1b[200~"), []byte("\x1b[201~")

// escapeKey is the key alone as terminals of kitty's protocol send it: what reads
// after us need not wait once more for what may follow.
var escapeKey = []byte("\x1b[27u")

// escapeThenSearch is escape and then a slash, in one go. No key of ours is a slash
// with alt held, and what follows would be keys of the screen that escape leaves.
var escapeThenSearch = []byte("\x1b/")

// framer cuts what a terminal sends into whole keys, replies and pastes. It knows
// no clock and does no I/O: pending says how long to wait for the rest of what is
// held, and giveUp that it did not come.
type framer struct {
	held    []byte // the beginning of something; in a paste, of its end
	paste   []byte
	pasting bool
	// pasteAbandoned says that a paste was given up whose end may still come, escaped that an
	// escape was taken for the key whose rest may.
	pasteAbandoned, escapeFlushed bool
	// tail is what was given up unfinished, whose rest may still come.
	tail tail
}

// feed appends to out what is whole of what was held and in.
func (f *framer) feed(out, in []byte) []byte {
	if f.pasteAbandoned {
		f.pasteAbandoned = false
		f.pasting = bytes.Contains(in, pasteEnd) || len(in) >= burst && in[0] != esc
	}
	if f.escapeFlushed && len(in) >= restLeast && strings.IndexByte("[]P_", in[0]) >= 0 {
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
		case bytes.Equal(one, pasteEnd): // of none
		case bytes.Equal(one, escapeThenSearch):
			out = append(append(out, escapeKey...), '/')
		case n == 1 && one[0] == esc && !isAltSequence(f.held):
			out = append(out, escapeKey...)
		case n == 1 && one[0] >= utf8.RuneSelf: // no character, and nobody's key
		default:
			out = append(out, one...)
		}
		f.held = f.held[n:]
	}
	f.held = append([]byte(nil), f.held...) // what was passed on is not kept
	return out
}

// feedPaste takes what is held into the paste, up to its end if that is there.
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

// finishPaste passes the paste on, with nothing in it that could be taken for its end, and
// without the sequences in it.
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

// reset gives up what is held and the paste.
func (f *framer) reset() { *f = framer{} }

// pending is how long to wait for the rest; 0 is that nothing is held.
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

// flush appends to out what is held as what it is without a rest: a paste, or the
// keys that it may have been. Half a reply or half a character is nothing.
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
