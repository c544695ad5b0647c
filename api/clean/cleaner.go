package clean

import "unicode/utf8"

// limits of a shown text. What people are called stays far below each.
const (
	maxRunes  = 512  // in a row, with the … at its end
	maxScan   = 4096 // bytes looked at for one row: a 16 MB name costs no more
	maxHung   = 16   // runes that hang on one base; a family of four with skin tones has 10
	maxMarks  = 6    // combining marks on one letter; Burmese and Tibetan take 5
	maxAccent = 4    // of these, marks that belong to no script: the stuff of Zalgo
	maxJoins  = 3    // joiners in one emoji: four people
)

// manner is how a place wants its text.
type manner struct {
	runes, bytes int  // bounds; 0 is none
	spaces       bool // plain spaces stay wherever they stand
	drawing      bool // what the program draws itself stays: it is not for a screen
	omit         bool // what is not allowed is left out and counted, not marked
}

var (
	forRow  = manner{runes: maxRunes, bytes: maxScan}
	forLine = manner{runes: maxRunes, bytes: maxScan, spaces: true}
	forCopy = manner{spaces: true, drawing: true}
	forUse  = manner{spaces: true, drawing: true, omit: true}
)

// clean gives s as Display promises, but for secret keys. A string that needs nothing comes back as
// it is, without a copy.
func clean(s string, m manner) string {
	if plainASCII(s, m) {
		return s
	}
	c := cleaner{manner: m, src: s}
	return c.whole()
}

// whole walks the text to its end.
func (c *cleaner) whole() string {
	for c.at < len(c.src) && !c.full {
		if c.bytes > 0 && c.at >= c.bytes {
			c.cutHere()
			break
		}
		r, size := utf8.DecodeRuneInString(c.src[c.at:])
		c.size = size
		c.take(r)
		c.at += c.size
	}
	return c.text()
}

// plainASCII says that a text needs nothing done to it, for the nearly all that
// are printable ASCII with single spaces between words.
func plainASCII(s string, m manner) bool {
	if s == "" {
		return true
	}
	if m.runes > 0 && len(s) > m.runes {
		return false
	}
	prev := byte(' ')
	for i := 0; i < len(s); {
		if i+8 <= len(s) && solid(s[i:i+8]) {
			i += 8
			prev = 0
			continue
		}
		c := s[i]
		if c-' ' > '~'-' ' || c == ' ' && prev == ' ' && !m.spaces {
			return false
		}
		prev = c
		i++
	}
	return prev != ' ' || m.spaces
}

// solid says that eight bytes are all printable ASCII other than the space. It
// looks at them as one word: a byte outside ! to ~ leaves its high bit set.
func solid(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (w|(w-ones*'!')|(w+ones))&high == 0
}

// cleaner walks a text once. While nothing had to change, out is nil and the
// text so far is src[:at].
type cleaner struct {
	manner
	src      string
	at, size int
	out      []byte
	changed  bool
	full     bool

	runes   int // written
	safeLen int // bytes written at the last place where the text may be cut

	last   rune // the last rune written, 0 at the start
	base   rune // what marks hang on, 0 where there is nothing
	letter rune // the letter that marks and joiners belong to: base, or the last of a conjunct
	hung   int  // runes on base
	marks  int  // marks on letter
	accent int
	joins  int
	linked bool // a virama ties the next letter to this base
	spilt  bool // too much hung on base: the rest stands as one mark

	omitted int
}

// start opens a new cluster; the text may be cut before it.
func (c *cleaner) start(r rune) {
	if !c.leans() && (c.manner.runes == 0 || c.runes < c.manner.runes) {
		c.safeLen = c.written()
	}
	c.base, c.letter = r, r
	c.hung, c.marks, c.accent, c.joins = 0, 0, 0, 0
	c.linked, c.spilt = false, false
}

// hang keeps a rune on the base before it, or, where too many hang there, one
// mark for it and all that follow.
func (c *cleaner) hang(r rune) {
	c.hung++
	if c.spilt || c.hung > maxHung {
		c.put(utf8.RuneError)
		c.spilt = true
		return
	}
	c.keep(r)
}

// put writes a mark of ours for the rune at hand; a run of the same mark is one.
func (c *cleaner) put(m rune) {
	if c.omit {
		c.change()
		c.omitted++
		return
	}
	if c.last == m && m != '◌' {
		c.change()
		return
	}
	c.start(m)
	if r, size := utf8.DecodeRuneInString(c.src[c.at:]); r == m && size > 1 {
		c.keep(m)
		return
	}
	c.change()
	c.write(m)
}

// keep writes the rune at hand as it stands.
func (c *cleaner) keep(r rune) {
	if c.changed {
		c.write(r)
		return
	}
	c.count(r)
}

func (c *cleaner) write(r rune) {
	if c.count(r); !c.full {
		c.out = utf8.AppendRune(c.out, r)
	}
}

func (c *cleaner) count(r rune) {
	if c.runes++; c.manner.runes > 0 && c.runes > c.manner.runes {
		c.cut()
		return
	}
	c.last = r
}

// cutHere ends the text where it stands, if what was written last needs nothing after it.
func (c *cleaner) cutHere() {
	if c.runes < c.manner.runes && !c.leans() && !isVariation(c.last) {
		c.safeLen = c.written()
	}
	c.cut()
}

// leans says that the last rune is only allowed because of the one after it.
func (c *cleaner) leans() bool { return c.last == zwj || c.last == zwnj || c.last == wideSp }

// cut ends the text at the last safe place, with the mark that says so.
func (c *cleaner) cut() {
	c.change()
	c.out = append(c.out[:c.safeLen], "…"...)
	c.full = true
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
