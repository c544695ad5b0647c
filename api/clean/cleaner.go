package clean

import "unicode/utf8"

// Limits of a displayed text. Real names stay far below each.
const (
	maxRunes    = 512  // of a row, including a final …
	maxScan     = 4096 // bytes read for one row, so that a 16 MB name costs no more
	maxAttached = 16   // runes attached to one base; a family of four with skin tones has 10
	maxMarks    = 6    // combining marks on one letter; Burmese and Tibetan take 5
	maxAccent   = 4    // marks without a script, as in Zalgo text, among maxMarks
	maxJoins    = 3    // joiners in one emoji: four people
)

// style is the set of rules for one destination of text.
type style struct {
	maxRunes, maxBytes int  // limits; 0 is none
	keepSpaces         bool // plain spaces are kept everywhere
	keepReserved       bool // characters that this program draws are kept, as the text is not for a screen
	omitForbidden      bool // forbidden characters are left out and counted instead of marked
}

var (
	rowStyle   = style{maxRunes: maxRunes, maxBytes: maxScan}
	lineStyle  = style{maxRunes: maxRunes, maxBytes: maxScan, keepSpaces: true}
	copyStyle  = style{keepSpaces: true, keepReserved: true}
	inputStyle = style{keepSpaces: true, keepReserved: true, omitForbidden: true}
)

// cleanText returns s as Display does, except for masking secret keys. A string that needs
// no change is returned without a copy.
func cleanText(s string, m style) string {
	if isPlainASCII(s, m) {
		return s
	}
	c := cleaner{style: m, src: s}
	return c.run()
}

// run processes the text to its end.
func (c *cleaner) run() string {
	for c.at < len(c.src) && !c.truncated {
		if c.maxBytes > 0 && c.at >= c.maxBytes {
			c.truncateHere()
			break
		}
		r, size := utf8.DecodeRuneInString(c.src[c.at:])
		c.size = size
		c.take(r)
		c.at += c.size
	}
	return c.text()
}

// isPlainASCII reports whether a text needs no change: printable ASCII with single spaces
// between words, as nearly all texts are.
func isPlainASCII(s string, m style) bool {
	if s == "" {
		return true
	}
	if m.maxRunes > 0 && len(s) > m.maxRunes {
		return false
	}
	prev := byte(' ')
	for i := 0; i < len(s); {
		if i+8 <= len(s) && isSolidASCII(s[i:i+8]) {
			i += 8
			prev = 0
			continue
		}
		c := s[i]
		if c-' ' > '~'-' ' || c == ' ' && prev == ' ' && !m.keepSpaces {
			return false
		}
		prev = c
		i++
	}
	return prev != ' ' || m.keepSpaces
}

// isSolidASCII reports whether eight bytes are all printable ASCII other than the space.
// It tests them as one 64-bit word: a byte outside ! to ~ leaves its high bit set.
func isSolidASCII(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (w|(w-ones*'!')|(w+ones))&high == 0
}

// cleaner processes a text in one pass. While nothing has changed, out is nil and the
// result so far is src[:at].
type cleaner struct {
	style
	src       string
	at, size  int
	out       []byte
	changed   bool
	truncated bool

	runes   int // written
	safeLen int // length of the output at the last place where it may be cut

	last        rune // the last rune written, 0 at the start
	base        rune // the base that marks attach to, 0 if there is none
	letter      rune // the letter that marks and joiners belong to: base, or the last of a conjunct
	attached    int  // runes on base
	marks       int  // marks on letter
	accent      int
	joins       int
	afterVirama bool // a virama attaches the next letter to this base
	overflowed  bool // too much is attached to base: the rest is shown as one mark

	omitted int
}

// startCluster starts a new cluster. The text may be cut before it.
func (c *cleaner) startCluster(r rune) {
	if !c.endsOpen() && (c.style.maxRunes == 0 || c.runes < c.style.maxRunes) {
		c.safeLen = c.written()
	}
	c.base, c.letter = r, r
	c.attached, c.marks, c.accent, c.joins = 0, 0, 0, 0
	c.afterVirama, c.overflowed = false, false
}

// attach keeps a rune that attaches to the base before it. Once a base has too many, one
// mark replaces this rune and all that follow.
func (c *cleaner) attach(r rune) {
	c.attached++
	if c.overflowed || c.attached > maxAttached {
		c.putMark(utf8.RuneError)
		c.overflowed = true
		return
	}
	c.keep(r)
}

// putMark writes a replacement mark for the current rune. A run of the same mark is
// written once.
func (c *cleaner) putMark(m rune) {
	if c.omitForbidden {
		c.change()
		c.omitted++
		return
	}
	if c.last == m && m != '◌' {
		c.change()
		return
	}
	c.startCluster(m)
	if r, size := utf8.DecodeRuneInString(c.src[c.at:]); r == m && size > 1 {
		c.keep(m)
		return
	}
	c.change()
	c.write(m)
}

// keep writes the current rune unchanged.
func (c *cleaner) keep(r rune) {
	if c.changed {
		c.write(r)
		return
	}
	c.count(r)
}

func (c *cleaner) write(r rune) {
	if c.count(r); !c.truncated {
		c.out = utf8.AppendRune(c.out, r)
	}
}

func (c *cleaner) count(r rune) {
	if c.runes++; c.style.maxRunes > 0 && c.runes > c.style.maxRunes {
		c.truncate()
		return
	}
	c.last = r
}

// truncateHere ends the text at the current position, unless the last rune needs the next
// one.
func (c *cleaner) truncateHere() {
	if c.runes < c.style.maxRunes && !c.endsOpen() && !isVariation(c.last) {
		c.safeLen = c.written()
	}
	c.truncate()
}

// endsOpen reports whether the last rune is only allowed because of the one after it.
func (c *cleaner) endsOpen() bool { return c.last == zwj || c.last == zwnj || c.last == wideSp }

// truncate ends the text with … at the last place where it may be cut.
func (c *cleaner) truncate() {
	c.change()
	c.out = append(c.out[:c.safeLen], "…"...)
	c.truncated = true
}

func (c *cleaner) change() {
	if !c.changed {
		c.out = append(make([]byte, 0, c.at+16+min(len(c.src)-c.at, 256)), c.src[:c.at]...)
		c.changed = true
	}
}

func (c *cleaner) written() int {
	if c.changed {
		return len(c.out)
	}
	return c.at
}

func (c *cleaner) next() rune {
	if c.at+c.size >= len(c.src) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(c.src[c.at+c.size:])
	return r
}

func (c *cleaner) text() string {
	if c.changed {
		return string(c.out)
	}
	return c.src
}
