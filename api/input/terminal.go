package input

import (
	"strings"
)

var (
	bareSequence      = pattern(`\[(?:[?>!=][0-9;]*|[0-9]{1,4}(?:[;:][0-9]{0,4})*)(?: q|[A-HJKLMPSTXZ@adefhlmnprsu])`)
	bareAttributes    = pattern(`\[[0-9]{1,3}(?:;[0-9]{1,3})*[mK]`)
	bareShortSequence = pattern(`\[[mKHJABCDsu]`)
	// ircColour matches mIRC's colours.
	ircColour  = pattern(`\x03[0-9]{1,2}(?:,[0-9]{1,2})?`)
	overstrike = pattern(`[^\x08\x7f\r\n][\x08\x7f]`)
)

// Terminal control sequences (ECMA-48, with the additions of xterm and Linux). A sequence
// that only changes how text looks is removed. One that moves the cursor becomes a space,
// because what follows it is elsewhere on the screen.

// escapeSigns are the notations for an escape character where it cannot be written itself.
// Letters after \e and ^[ may be part of a path or a pattern.
var escapeSigns = [...]struct {
	sign      string
	ambiguous bool
}{
	{"\x1b", false}, {"\u241b", false}, {"^[", true}, {`\e`, true}, {`\x1b`, false}, {`\x1B`, false}, {`\u001b`, false}, {`\u001B`, false},
	{`\u{1b}`, false}, {`\u{1B}`, false}, {`\U0000001b`, false}, {`\U0000001B`, false}, {`\033`, false}, {`#033`, false},
}

// bells end an operating system command, as the string terminator does.
var bells = [...]string{"\x07", "\u2407", "^G", `\a`, `\x07`, `\u0007`, `\007`, "#007"}

// escapeAt returns the length of the escape notation at i, or 0 if there is none.
func escapeAt(text string, i int) (size int, ambiguous bool) {
	for _, e := range escapeSigns {
		if strings.HasPrefix(text[i:], e.sign) {
			return len(e.sign), e.ambiguous
		}
	}
	return 0, false
}

// controlSequences removes the sequences from a text.
func (r escapeDecoder) controlSequences(text string) string {
	text = eightBit.Replace(text)
	if !strings.ContainsAny(text, "\x1b\u241b^\\#") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		sign, ambiguous := escapeAt(text, i)
		if sign == 0 {
			b.WriteByte(text[i])
			i++
			continue
		}
		size, put, is := r.sequence(text[i+sign:], ambiguous)
		if !is {
			size, put = 0, " "
			if ambiguous || text[i] == '#' { // perhaps not an escape: other decodings read it
				put = text[i : i+sign]
			}
		}
		b.WriteString(put)
		i += sign + size
	}
	return b.String()
}

// eightBit rewrites C1 controls as their two-character escapes.
var eightBit = strings.NewReplacer("\u0084", "\x1bD", "\u008d", "\x1bM", "\u0090", "\x1bP", "\u0098", "\x1bX", "\u009b", "\x1b[", "\u009c", "\x1b\\",
	"\u009d", "\x1b]", "\u009e", "\x1b^", "\u009f", "\x1b_", `\x9b`, "\x1b[", `\u009b`, "\x1b[", `\x9d`, "\x1b]", `\u009d`, "\x1b]", `\x9c`, "\x1b\\", `\u009c`, "\x1b\\")

// sequence returns the length of the sequence whose rest begins s, and its replacement. is
// is false if s is not certainly the rest of one and the decoder does not try.
func (r escapeDecoder) sequence(s string, ambiguous bool) (size int, put string, is bool) {
	if s == "" {
		return 0, "", true
	}
	switch c := s[0]; {
	case c == '[':
		size, put = csi(s[1:])
		if size == 1 && strings.IndexByte("mHJKABCDEFGLMPSTXZsucr@`", s[1]) < 0 && !r.backslashes {
			return 1, " ", true // hardly ever sent without parameters: perhaps a word's letter
		}
		return size + 1, put, true
	case c == ']':
		size, closed := controlString(s[1:], true)
		return size + 1, "", closed || !ambiguous || r.backslashes
	case strings.IndexByte("PX^_", c) >= 0:
		size, closed := controlString(s[1:], false)
		return size + 1, "", closed || r.backslashes
	case c >= ' ' && c <= '/':
		return r.designation(s)
	case strings.IndexByte("O", c) >= 0 && len(s) > 1 && strings.IndexByte("ABCDFHMPQRS", s[1]) >= 0:
		return 2, " ", r.backslashes // sent by a key
	case c >= '0' && c <= '~':
		sure := strings.IndexByte("78=>DEHMNOZclmno|}~\\", c) >= 0 && !(ambiguous && c != '7' && c != '8')
		return 1, twoCharacter(c), sure || r.backslashes
	}
	return 0, " ", false
}

// designation returns a sequence with intermediate bytes: a character set (ESC ( B), a
// double-width line (ESC # 6), the form in which 8-bit controls are sent (ESC SP F).
func (r escapeDecoder) designation(s string) (size int, put string, is bool) {
	for size < len(s) && s[size] >= ' ' && s[size] <= '/' {
		size++
	}
	if size == len(s) || s[size] < '0' || s[size] > '~' {
		return 0, " ", false
	}
	final := s[size]
	sure := final >= '0' && final <= '9' || final >= 'A' && final <= 'Z' || strings.IndexByte("<=>?`", final) >= 0
	if s[0] == ' ' {
		sure = strings.IndexByte("FGLMN", final) >= 0
	}
	return size + 1, "", sure || r.backslashes
}

func twoCharacter(final byte) string {
	if strings.IndexByte("DEM78c", final) >= 0 || final >= 'a' && final <= 'k' {
		return " "
	}
	return ""
}

// csi returns the length of the control sequence after ESC [, and its replacement.
func csi(s string) (size int, put string) {
	for size < len(s) && s[size] >= '0' && s[size] <= '?' {
		size++
	}
	parameters := s[:size]
	for size < len(s) && s[size] >= ' ' && s[size] <= '/' {
		size++
	}
	if size == len(s) || s[size] < '@' || s[size] > '~' {
		return len(parameters), " "
	}
	final, intermediate := s[size], s[len(parameters):size]
	return size + 1, csiStandsFor(parameters, intermediate, final)
}

// csiStandsFor returns "" for attributes, erasures to the right, modes, cursor shapes,
// reports and resets, and a space for everything else.
func csiStandsFor(parameters, intermediate string, final byte) string {
	switch final {
	case 'm', 'q', 'p', 'X', 'c', 'n', 't', 'u', 'v', 'w', 'x', 'y', 'z':
		if final == 'u' && parameters == "" { // restores the cursor position
			return " "
		}
		return ""
	case 'J', 'K': // erasing to the left, or everything, hides what came before
		if parameters == "" || parameters == "0" || parameters == "?" || parameters == "?0" {
			return ""
		}
		return " "
	case 'h', 'l':
		switch parameters {
		case "?3", "?6", "?47", "?1047", "?1048", "?1049":
			return " "
		}
		return ""
	}
	_ = intermediate
	return " "
}

// controlString returns the length of a control string with its terminator. Without a
// terminator it extends to the end of the line.
func controlString(s string, bell bool) (size int, closed bool) {
	for i := 0; i < len(s) && s[i] != '\n' && s[i] != '\r'; i++ {
		if sign, _ := escapeAt(s, i); sign > 0 && i+sign < len(s) && s[i+sign] == '\\' {
			end := i + sign + 1
			if s[i] == '\\' && strings.HasPrefix(s[end:], `\`) { // \033\\
				end++
			}
			return end, true
		}
		if !bell {
			continue
		}
		for _, sign := range bells {
			if strings.HasPrefix(s[i:], sign) {
				return i + len(sign), true
			}
		}
	}
	return len(s[:lineLength(s)]), false
}

func lineLength(s string) int {
	if at := strings.IndexAny(s, "\r\n"); at >= 0 {
		return at
	}
	return len(s)
}

// lostEscapes removes sequences whose escape character was lost: [31m, [?25h, [K. A word
// in brackets may begin like the short ones: [maya@pine.example].
func (r escapeDecoder) lostEscapes(text string) string {
	if !strings.Contains(text, "[") || !r.lostColours && !strings.Contains(text, "[0m") {
		return text
	}
	long := bareSequence()
	if !r.lostColours {
		long = bareAttributes()
	}
	text = long.ReplaceAllStringFunc(text, func(sequence string) string {
		_, put := csi(sequence[1:])
		return put
	})
	return replaceAt(text, bareShortSequence(), func(from, end int) (string, bool) {
		line := text[end : end+lineLength(text[end:])]
		_, put := csi(text[from+1 : end])
		return put, !strings.Contains(line, "]")
	})
}

// rawControls undoes overstriking and replaces control characters that separate text by
// spaces. Those that only change how text looks are left to clean.Normalize.
func (r escapeDecoder) rawControls(text string) string {
	if !strings.ContainsFunc(text, isControl) {
		return text
	}
	if r.lostColours {
		text = ircColour().ReplaceAllString(text, "") // mIRC's colours
		for before := ""; before != text; {
			before = text
			text = overstrike().ReplaceAllString(text, "")
		}
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == 0, c == '\v', c == '\f', c == 0x1c, c == 0x1e:
			return '\n'
		case c != 0x1b && isControl(c) && !r.lostColours:
			return ' '
		}
		return c
	}, text)
}

// isControl reports whether r is a control character other than a space.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85
}
