package outputfilter

import "unicode/utf8"

// state is what the machine is in the middle of.
type state uint8

const (
	ground  state = iota
	char          // a UTF-8 character
	escape        // after ESC
	charset       // ESC and an intermediate byte, dropped with the byte that ends it
	csi           // after ESC [
	str           // the payload of an OSC or DCS
	strEsc        // an ESC in it: its end, or the next sequence
	skip          // a string that does not pass
	skipEsc
)

const (
	esc = 0x1b
	bel = 0x07

	maxCSI = 256       // bytes of one control sequence; the longest SGR has 90
	maxStr = 192 << 10 // bytes of one string: a clipboard of 140 kB
)

// machine holds one unfinished character or sequence and nothing else.
type machine struct {
	state state
	held  []byte
	flag  flag
	// plainKeys drops everything that changes how the terminal sends keys.
	plainKeys bool
}

// filter appends to out what passes of p.
func (m *machine) filter(out, p []byte) []byte {
	for i := 0; i < len(p); {
		if m.state == ground {
			from := i
			for i < len(p) && p[i]-' ' <= '~'-' ' {
				i++
			}
			if i > from {
				m.flag = flag{}
			}
			if out = append(out, p[from:i]...); i == len(p) {
				break
			}
		}
		var again bool
		if out, again = m.step(out, p[i]); !again {
			i++
		}
	}
	return out
}

// step handles one byte; again reports whether it belongs to what comes next.
func (m *machine) step(out []byte, b byte) (_ []byte, again bool) {
	switch m.state {
	case ground:
		return m.stepGround(out, b), false
	case char:
		return m.stepChar(out, b)
	case escape:
		return m.stepEscape(out, b)
	case charset:
		if b < 0x20 || b > 0x7e {
			m.drop(ground)
			return out, true
		}
		if b >= 0x30 {
			m.drop(ground)
		}
	case csi:
		return m.stepCSI(out, b)
	case str, strEsc:
		return m.stepString(out, b)
	case skip:
		switch b {
		case esc:
			m.state = skipEsc
		case 0x18, 0x1a: // CAN and SUB abort a sequence
			m.state = ground
		}
	case skipEsc:
		if b != '\\' {
			m.begin(escape, esc)
			return out, true
		}
		m.state = ground
	}
	return out, false
}

func (m *machine) stepGround(out []byte, b byte) []byte {
	if b < 0x80 {
		m.flag = flag{}
	}
	switch {
	case b == esc:
		m.begin(escape, b)
	case b == '\r' || b == '\n' || b == '\b' || b == '\t':
		return append(out, b)
	case b >= 0xc2 && b <= 0xf4:
		m.begin(char, b)
	}
	return out
}

func (m *machine) stepChar(out []byte, b byte) ([]byte, bool) {
	if b < 0x80 || b > 0xbf {
		m.drop(ground)
		return out, true
	}
	if m.held = append(m.held, b); !utf8.FullRune(m.held) {
		return out, false
	}
	r, size := utf8.DecodeRune(m.held)
	if size == len(m.held) && (m.flag.accepts(r) || passesRune(r)) {
		out = append(out, m.held...)
	}
	m.drop(ground)
	return out, false
}

func (m *machine) stepEscape(out []byte, b byte) ([]byte, bool) {
	switch {
	case b == '[':
		m.held = append(m.held, b)
		m.state = csi
	case b == ']' || b == 'P':
		m.held = append(m.held, b)
		m.state = str
	case b == 'X' || b == '^' || b == '_' || b == 'k': // SOS, PM, APC; tmux and screen use k for a title
		m.drop(skip)
	case b == 'M': // reverse index
		out = append(out, esc, b)
		m.drop(ground)
	case b >= 0x20 && b < 0x30:
		m.state = charset
	case b == esc:
	case b < 0x20 || b > 0x7e:
		m.drop(ground)
		return out, true
	default:
		m.drop(ground)
	}
	return out, false
}

func (m *machine) stepCSI(out []byte, b byte) ([]byte, bool) {
	switch {
	case b < 0x20 || b > 0x7e:
		m.drop(ground)
		return out, b != 0x18 && b != 0x1a
	case b < 0x40:
		if len(m.held) < maxCSI {
			m.held = append(m.held, b)
		} else {
			m.held[2] = '\\' // out of order here, and so refused at its end
		}
		return out, false
	}
	if !m.plainKeys || !setsKeyboard(m.held[2:], b) {
		out = appendCSI(out, m.held[2:], b)
	}
	m.drop(ground)
	return out, false
}

func (m *machine) stepString(out []byte, b byte) ([]byte, bool) {
	osc := m.held[1] == ']'
	switch {
	case m.state == strEsc && b == '\\', b == bel && osc && m.state == str:
		if passesString(m.held[2:], osc) {
			out = append(out, m.held...)
			if b == bel {
				out = append(out, bel)
			} else {
				out = append(out, esc, '\\')
			}
		}
		m.drop(ground)
	case m.state == strEsc && b == esc && !osc:
		m.held = append(m.held, esc, esc) // tmux doubles the ESCs of the sequence it wraps
		m.state = str
	case m.state == strEsc:
		m.begin(escape, esc)
		return out, true
	case b == esc:
		m.state = strEsc
	case b < 0x20 && (osc || b != bel), b == 0x7f:
		m.drop(ground)
		return out, b != 0x18 && b != 0x1a
	case len(m.held) >= maxStr:
		m.drop(skip)
	default:
		m.held = append(m.held, b)
	}
	return out, false
}

func (m *machine) begin(s state, b byte) {
	m.state = s
	m.held = append(m.held[:0], b)
}

func (m *machine) drop(s state) {
	m.state = s
	if m.held = m.held[:0]; cap(m.held) > 4<<10 {
		m.held = nil
	}
}
