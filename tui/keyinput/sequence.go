package keyinput

import "unicode/utf8"

// unitLength returns the length of the first unit in b: a character, a key or a reply
// of the terminal; 0 if it is incomplete.
func unitLength(b []byte) int {
	if b[0] != esc {
		return characterLength(b)
	}
	if len(b) == 1 {
		return 0
	}
	switch b[1] {
	case esc:
		if len(b) == 2 {
			return 0
		}
		return 1
	case '[':
		return controlLength(b)
	case 'O':
		return keypadLength(b)
	case ']', 'P', '_':
		return replyLength(b)
	}
	if n := characterLength(b[1:]); n > 0 {
		return 1 + n // with alt held
	}
	return 0
}

// isAltSequence reports whether b is an escape before a sequence, which is how some
// terminals send a key like an arrow with alt held. Any other two escapes are the
// key pressed twice.
func isAltSequence(b []byte) bool {
	return len(b) > 2 && b[0] == esc && b[1] == esc && (b[2] == '[' || b[2] == 'O')
}

func characterLength(b []byte) int {
	if !utf8.FullRune(b) {
		return 0
	}
	_, size := utf8.DecodeRune(b)
	return size
}

// controlLength returns the length of a sequence that begins with ESC [ (ECMA-48, 5.4).
// Function keys of the Linux console have a second bracket, followed by a letter.
func controlLength(b []byte) int {
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case c == '[' && i == 2:
		case c >= '@' && c <= '~':
			return i + 1
		case c < ' ' || c > '~':
			return i // broken off
		}
	}
	return 0
}

// keypadLength returns the length of a key that begins with ESC O, in some terminals
// with numbers for the modifiers.
func keypadLength(b []byte) int {
	for i := 2; i < len(b); i++ {
		if c := b[i]; (c < '0' || c > '9') && c != ';' {
			return i + 1
		}
	}
	return 0
}

// replyLength returns the length of a string that ends in BEL or ESC \: OSC, DCS or
// APC.
func replyLength(b []byte) int {
	for i := 2; i < len(b); i++ {
		switch {
		case b[i] == 0x07:
			return i + 1
		case b[i] == esc && i+1 == len(b):
			return 0
		case b[i] == esc && b[i+1] == '\\':
			return i + 2
		case b[i] == esc, i > maxReply:
			return i // broken off
		}
	}
	return 0
}
