package clean

import (
	"unicode"
	"unicode/utf8"
)

// What happens to each kind of rune. How it is written is in cleaner.go.

func (c *cleaner) take(r rune) {
	if r == utf8.RuneError {
		c.putMark(r)
		return
	}
	if c.omitForbidden && unicode.IsSpace(r) {
		c.takeAsSpace(r)
		return
	}
	switch kindOf(r) {
	case base:
		c.takeBase(r)
	case space:
		c.takeSpace(r)
	case mark:
		c.takeMark(r)
	case jamo:
		if isHangul(c.last) {
			c.attach(r)
		} else {
			c.putMark(utf8.RuneError)
		}
	case tone:
		c.attachIf(isEmoji(c.last) || c.last == emo16 && isEmoji(c.base), r)
	case variation:
		c.attachIf(c.canVary(r), r)
	case joiner:
		if c.canJoin(r) {
			c.attach(r)
		} else {
			c.putMark(utf8.RuneError)
		}
	case reserved:
		if c.keepReserved {
			c.takeBase(r)
		} else {
			c.putMark(utf8.RuneError)
		}
	default:
		if isTag(r) && c.takeTags() {
			return
		}
		c.putMark(forbiddenMark(r))
	}
}

func (c *cleaner) attachIf(ok bool, r rune) {
	if ok {
		c.attach(r)
		return
	}
	c.putMark(utf8.RuneError)
}

func (c *cleaner) takeBase(r rune) {
	tied := c.afterVirama && unicode.IsLetter(r) ||
		c.last == zwj && isEmoji(r) ||
		isLead(c.last) && isHangul(r)
	if tied {
		if c.attach(r); !c.overflowed {
			c.letter, c.marks, c.accent, c.afterVirama = r, 0, 0, false
		}
		return
	}
	c.startCluster(r)
	c.keep(r)
}

// takeAsSpace writes one plain space for a space of any kind or a line end.
func (c *cleaner) takeAsSpace(r rune) {
	if r == '\r' && c.next() == '\n' {
		c.change()
		return
	}
	c.startCluster(' ')
	c.base, c.letter = 0, 0
	if r == ' ' {
		c.keep(r)
		return
	}
	c.change()
	c.write(' ')
}

func (c *cleaner) takeSpace(r rune) {
	next := c.next()
	kept := r == ' ' && (c.keepSpaces || c.last != 0 && c.last != ' ' && c.last != '␣' && next != 0 && kindOf(next) != space) ||
		r == wideSp && isIdeographic(c.last) && next != 0 && isIdeographic(next)
	if !kept {
		c.putMark('␣')
		return
	}
	c.startCluster(r)
	c.base, c.letter = 0, 0
	c.keep(r)
}

func (c *cleaner) takeMark(r rune) {
	if r == keycap && !(isKeycapBase(c.last) || c.last == emo16 && isKeycapBase(c.base)) {
		c.putMark(utf8.RuneError)
		return
	}
	if c.base == 0 && !c.omitForbidden {
		c.putMark('◌')
	}
	c.marks++
	if unicode.Is(unicode.Inherited, r) {
		c.accent++
	}
	c.overflowed = c.overflowed || c.marks > maxMarks || c.accent > maxAccent
	c.attach(r)
	c.afterVirama = !c.overflowed && (c.afterVirama || isLinker(r))
}

// canVary reports whether a variation selector applies to the rune before it.
func (c *cleaner) canVary(r rune) bool {
	switch {
	case r == emo16 && isKeycapBase(c.last):
		return c.next() == keycap
	case r == emo16 || r == text15:
		return isEmoji(c.last)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, c.last) && !isVariation(c.last)
	case r >= 0xe0100 || r <= 0xfe02:
		return unicode.Is(unicode.Han, c.last)
	}
	return false
}

// canJoin reports whether a joiner has an effect here: between two parts of an emoji,
// after a virama, or between letters of a script that joins.
func (c *cleaner) canJoin(r rune) bool {
	next := c.next()
	if r == zwj && isEmoji(c.base) {
		whole := isEmoji(c.last) || c.last == emo16 || kindOf(c.last) == tone
		c.joins++
		return whole && isEmoji(next) && c.joins <= maxJoins
	}
	script := joiningScript(c.letter)
	if script == nil || c.last == zwj || c.last == zwnj || isVariation(c.last) {
		return false
	}
	if isLinker(c.last) {
		return true
	}
	k := kindOf(next)
	return (k == base || k == mark) && unicode.Is(script, next)
}

// blackFlag and the tags after it form the flag of a part of a country: two letters for
// the country, up to three more, and a final tag.
const (
	blackFlag = 0x1f3f4
	endTag    = 0xe007f
)

func isTag(r rune) bool { return r > 0xe0020 && r <= endTag }

// takeTags keeps the tags of a flag together. On a screen it only accepts the three flags
// that fonts have: all others look alike there and would hide what is written in tags. It
// returns false if the tags are not a flag's.
func (c *cleaner) takeTags() bool {
	if c.last != blackFlag {
		return false
	}
	var where []byte
	size := 0
	for {
		r, n := utf8.DecodeRuneInString(c.src[c.at+size:])
		size += n
		if r == endTag {
			break
		}
		if !isTag(r) || len(where) == 5 {
			return false
		}
		where = append(where, byte(r-0xe0000))
	}
	if !c.flies(string(where)) {
		return false
	}
	if c.attached += len(where) + 1; c.attached > maxAttached {
		return false
	}
	if c.style.maxRunes > 0 && c.runes+len(where)+1 > c.style.maxRunes {
		c.truncate()
		return true
	}
	for _, r := range c.src[c.at : c.at+size] {
		c.keep(r)
	}
	c.size = size
	return true
}

// flies reports whether fonts have a flag for the place.
func (c *cleaner) flies(where string) bool {
	switch where {
	case "gbeng", "gbsct", "gbwls":
		return true
	}
	if !c.keepReserved || len(where) < 3 { // on a screen
		return false
	}
	for i := range len(where) {
		letter, digit := where[i] >= 'a' && where[i] <= 'z', where[i] >= '0' && where[i] <= '9'
		if !letter && (i < 2 || !digit) {
			return false
		}
	}
	return true
}
