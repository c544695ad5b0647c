package keyinput

import (
	"bytes"
	"time"
)

// tail is the rest of a sequence that was given up unfinished. However late it arrives,
// it must not be taken for keys: the last letter of a reply can be a y.
type tail struct {
	kind byte // the byte after the ESC: '[', 'O', ']', 'P', '_'; 0 if none is expected
	// maybeKey is set if the beginning may have been a key with alt held: then what
	// looks typed is a key.
	maybeKey bool
	ending   bool // an ESC arrived, which may begin the end of a string
	// parameters holds those of a control sequence so far: they tell whether it was the
	// beginning of a paste, whose text must not be taken for keys.
	parameters string
}

// tailOf returns what to expect after the beginning of a sequence.
func tailOf(held []byte) tail {
	if len(held) < 2 || held[0] != esc || bytes.IndexByte([]byte("[O]P_"), held[1]) < 0 {
		return tail{}
	}
	t := tail{kind: held[1], maybeKey: len(held) == 2}
	t.ending = t.isString() && !t.maybeKey && held[len(held)-1] == esc
	if t.kind == '[' {
		t.parameters = string(held[2:])
	}
	return t
}

// isString reports whether it is the rest of a string.
func (t *tail) isString() bool { return t.kind == ']' || t.kind == 'P' || t.kind == '_' }

func (t *tail) wait() time.Duration {
	if t.isString() {
		return stringTailWait
	}
	return tailWait
}

// looksTyped reports whether what arrived was more likely typed, after a key with alt
// held.
func (t *tail) looksTyped(in []byte) bool {
	return len(in) < minRest || t.isString() && !bytes.ContainsAny(in, "\a\x1b")
}

// drop removes the rest of the sequence from in. It ends where the sequence does, where
// the next one begins, and at ctrl-c.
func (t *tail) drop(in []byte) []byte {
	if len(in) == 0 {
		return in
	}
	if t.maybeKey && t.looksTyped(in) {
		*t = tail{}
	}
	t.maybeKey = false
	for i := 0; i < len(in) && t.kind != 0; i++ {
		switch c := in[i]; {
		case t.ending && c == '\\':
			*t = tail{}
			return in[i+1:]
		case t.ending: // the ESC began another sequence
			*t = tail{}
			return append([]byte{esc}, in[i:]...)
		case c == interrupt:
			*t = tail{}
			return in[i:]
		case t.kind == '[' || t.kind == 'O':
			if c >= ' ' && c < '@' {
				if len(t.parameters) < len(pasteStart) {
					t.parameters += string(c)
				}
				continue
			}
			isPaste := t.kind == '[' && t.parameters+string(c) == string(pasteStart[2:])
			*t = tail{}
			if isPaste {
				return append(bytes.Clone(pasteStart), in[i+1:]...)
			}
			if c < ' ' || c > '~' { // broken off
				return in[i:]
			}
			return in[i+1:]
		case c == esc:
			t.ending = true
		case c == 0x07:
			*t = tail{}
			return in[i+1:]
		}
	}
	if t.kind != 0 {
		return nil
	}
	return in
}
