package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What hangs on one letter is bounded; what people write stays far below.
const (
	maxHung   = 16 // runes on one base: a family of four with skin tones has 10
	maxMarks  = 6  // combining marks on one letter
	maxAccent = 4  // of these, marks that belong to no script
	maxJoins  = 3  // joiners in one emoji
)

// CleanInput is s as a box keeps what is typed or pasted into it: composed (NFC), on one
// row, with plain spaces, and without what cannot be seen or would move what
// stands beside it. left is how many characters were left out; a line end or a
// space of another width is not lost, it becomes a space. Joiners and variation
// selectors stay where they do their work: in emoji and in scripts that join.
func CleanInput(s string) (clean string, left int) {
	if ascii(s) {
		return s, 0
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	// What is left out may have stood between a letter and its accent.
	for {
		kept, lost := dropUnsafe(s)
		composed := norm.NFC.String(kept)
		left += lost
		if composed == s {
			return s, left
		}
		s = composed
	}
}

// Drawable is s with marks in place of what a box must not draw, as a row of a list
// shows it, but with its plain spaces, and a mark for each character.
func Drawable(s string) string {
	if ascii(s) {
		return s
	}
	var b strings.Builder
	for _, shown := range DrawableClusters(s) {
		b.WriteString(shown)
	}
	return b.String()
}

// AcceptsJoiner says that a joiner which is typed behind s may join or part it from the
// letter that is typed next.
func AcceptsJoiner(s, joiner string) bool {
	if joiner != "\u200c" && joiner != "\u200d" {
		return false
	}
	var c clusterReader
	c.src = s
	for c.at < len(s) {
		if c.read(); c.judge() == keep {
			c.accept()
		}
		c.step()
	}
	r, _ := utf8.DecodeRuneInString(joiner)
	c.next = c.letter
	if r == zwj && isEmoji(c.base) {
		c.next = c.base
	}
	return c.joinerAllowed(r)
}

// dropUnsafe leaves out what may not stand where it does.
func dropUnsafe(s string) (kept string, lost int) {
	c := clusterReader{src: s}
	var b strings.Builder
	b.Grow(len(s))
	for c.at < len(s) {
		r := c.read()
		switch {
		case isLineEnd(r) || classOf(r) == space && r != ' ' && !(r == wideSpace && isIdeographic(c.last)):
			c.startCluster(' ')
			c.base, c.letter = 0, 0
			b.WriteByte(' ')
		case c.judge() == keep:
			c.accept()
			b.WriteString(s[c.at : c.at+c.size])
		default:
			lost++
		}
		c.step()
	}
	return b.String(), lost
}

// clusterReader walks a text and knows what the rune at hand may hang on.
type clusterReader struct {
	src      string
	at, size int
	r, next  rune

	last      rune // the last rune that stayed, 0 at the start
	base      rune // what marks hang on, 0 where there is nothing
	letter    rune // what marks and joiners belong to: base, or the last of a conjunct
	attached  int
	marks     int
	accent    int
	joins     int
	hasVirama bool // a virama ties the next letter to this base
	tags      int  // bytes of a flag's tags that are still to come
}

// verdict is what becomes of a rune.
type verdict int

const (
	keep     verdict = iota
	barred           // it may not stand here
	loneMark         // a combining mark without a letter
)

// read takes the rune at hand in; step goes past it.
func (c *clusterReader) read() rune {
	c.r, c.size = utf8.DecodeRuneInString(c.src[c.at:])
	c.next = 0
	if rest := c.src[c.at+c.size:]; rest != "" {
		c.next, _ = utf8.DecodeRuneInString(rest)
	}
	if c.r == blackFlag {
		c.tags = flagTags(c.src[c.at+c.size:])
	}
	return c.r
}

func (c *clusterReader) step() { c.at += c.size }

// judge says what becomes of the rune at hand.
func (c *clusterReader) judge() verdict {
	r := c.r
	if c.tags > 0 && r >= 0xe0000 && r <= 0xe007f {
		return keep
	}
	ok := false
	switch classOf(r) {
	case base:
		return keep
	case space:
		ok = r == ' ' || r == wideSpace && isIdeographic(c.last)
	case mark:
		if r == keycap && !isKeycapBase(c.last) && !(c.last == emoji16 && isKeycapBase(c.base)) {
			return barred
		}
		if c.base == 0 {
			return loneMark
		}
		accent := c.accent
		if unicode.Is(unicode.Inherited, r) {
			accent++
		}
		ok = c.attached < maxHung && c.marks < maxMarks && accent <= maxAccent
	case jamo:
		ok = isHangul(c.last) && c.attached < maxHung
	case tone:
		ok = isEmoji(c.last) || c.last == emoji16 && isEmoji(c.base)
	case variation:
		ok = c.variationAllowed(r)
	case joiner:
		ok = c.joinerAllowed(r) && c.attached < maxHung
	}
	if ok {
		return keep
	}
	return barred
}

// accept remembers the rune at hand, which stays.
func (c *clusterReader) accept() {
	r := c.r
	if c.tags > 0 && r != blackFlag {
		c.tags -= c.size
		return
	}
	switch classOf(r) {
	case base:
		if c.hasVirama && unicode.IsLetter(r) || c.last == zwj && isEmoji(r) || isLead(c.last) && isHangul(r) {
			c.attached++
			c.letter, c.marks, c.accent, c.hasVirama = r, 0, 0, false
			c.last = r
			return
		}
		c.startCluster(r)
	case space:
		c.startCluster(r)
		c.base, c.letter = 0, 0
	case mark:
		c.attached++
		c.marks++
		if unicode.Is(unicode.Inherited, r) {
			c.accent++
		}
		c.hasVirama = c.hasVirama || isLinker(r)
	default:
		c.attached++
		if r == zwj && isEmoji(c.base) {
			c.joins++
		}
	}
	c.last = r
}

// startCluster opens a new cluster.
func (c *clusterReader) startCluster(r rune) {
	c.last, c.base, c.letter = r, r, r
	c.attached, c.marks, c.accent, c.joins, c.hasVirama = 0, 0, 0, 0, false
}

// variationAllowed says that a variation selector has something to vary.
func (c *clusterReader) variationAllowed(r rune) bool {
	switch {
	case r == emoji16 && isKeycapBase(c.last):
		return c.next == keycap
	case r == emoji16 || r == text15:
		return isEmoji(c.last)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, c.last) && !isVariation(c.last)
	case r >= 0xe0100 || r <= 0xfe02:
		return unicode.Is(unicode.Han, c.last)
	}
	return false
}

// joinerAllowed says that a joiner does its work here: between two parts of an emoji,
// after a virama, or between letters of a script that joins.
func (c *clusterReader) joinerAllowed(r rune) bool {
	if r == zwj && isEmoji(c.base) {
		whole := isEmoji(c.last) || c.last == emoji16 || classOf(c.last) == tone
		return whole && isEmoji(c.next) && c.joins < maxJoins
	}
	script := joiningScript(c.letter)
	if script == nil || c.last == zwj || c.last == zwnj || isVariation(c.last) {
		return false
	}
	if isLinker(c.last) {
		return true
	}
	k := classOf(c.next)
	return (k == base || k == mark) && unicode.Is(script, c.next)
}
