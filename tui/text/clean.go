package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What may be attached to one letter is limited; what people write stays far below
// these limits.
const (
	maxHung   = 16 // runes on one base: a family of four with skin tones has 10
	maxMarks  = 6  // combining marks on one letter
	maxAccent = 4  // of these, marks that belong to no script
	maxJoins  = 3  // joiners in one emoji
)

// CleanInput returns s as a box keeps what is typed or pasted into it: composed (NFC),
// on one row, with plain spaces, and without what is invisible or would move what is
// beside it. left is the number of characters left out; a line end or a space of
// another width is not left out, it becomes a space. Joiners and variation selectors
// are kept where they have an effect: in emoji and in scripts that join.
func CleanInput(s string) (clean string, left int) {
	if ascii(s) {
		return s, 0
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	// What is left out may have been between a letter and its accent.
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

// Drawable returns s with marks in place of what a box must not draw, as a row of a
// list shows it, but with its plain spaces kept and one mark for each character.
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

// AcceptsJoiner reports whether a joiner typed after s may join it with the letter
// typed next, or separate the two.
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

// dropUnsafe removes what is not allowed in its position.
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

// clusterReader walks a text and tracks what the current rune may attach to.
type clusterReader struct {
	src      string
	at, size int
	r, next  rune

	last      rune // the last rune that was kept, 0 at the start
	base      rune // what marks attach to, 0 if there is nothing
	letter    rune // what marks and joiners belong to: base, or the last letter of a conjunct
	attached  int
	marks     int
	accent    int
	joins     int
	hasVirama bool // a virama ties the next letter to this base
	tags      int  // bytes of a flag's tags still to come
}

// verdict is what happens to a rune.
type verdict int

const (
	keep     verdict = iota
	barred           // not allowed in this position
	loneMark         // a combining mark without a letter
)

// read decodes the current rune; step moves past it.
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

// judge decides what happens to the current rune.
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

// accept records that the current rune is kept.
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

// startCluster begins a new cluster.
func (c *clusterReader) startCluster(r rune) {
	c.last, c.base, c.letter = r, r, r
	c.attached, c.marks, c.accent, c.joins, c.hasVirama = 0, 0, 0, 0, false
}

// variationAllowed reports whether a variation selector has something to vary.
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

// joinerAllowed reports whether a joiner has an effect here: between two parts of an
// emoji, after a virama, or between letters of a script that joins.
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
