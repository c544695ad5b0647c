package api

import (
	"unicode"
	"unicode/utf8"
)

// What happens to each kind of rune. How it is written is in text_clean.go.

func (c *cleaner) take(r rune) {
	if r == utf8.RuneError {
		c.put(r)
		return
	}
	if c.omit && unicode.IsSpace(r) {
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
			c.hang(r)
		} else {
			c.put(utf8.RuneError)
		}
	case tone:
		c.hangIf(isEmoji(c.last) || c.last == emo16 && isEmoji(c.base), r)
	case variation:
		c.hangIf(c.varies(r), r)
	case joiner:
		if c.joinsHere(r) {
			c.hang(r)
		} else {
			c.put(utf8.RuneError)
		}
	default:
		if c.at < c.flagEnd {
			c.hang(r)
			return
		}
		c.put(forbiddenMark(r))
	}
}

func (c *cleaner) hangIf(ok bool, r rune) {
	if ok {
		c.hang(r)
		return
	}
	c.put(utf8.RuneError)
}

func (c *cleaner) takeBase(r rune) {
	tied := c.linked && unicode.IsLetter(r) ||
		c.last == zwj && isEmoji(r) ||
		isLead(c.last) && isHangul(r)
	if tied {
		if c.hang(r); !c.spilt {
			c.letter, c.marks, c.accent, c.linked = r, 0, 0, false
		}
		return
	}
	c.start(r)
	c.keep(r)
	if r == blackFlag && c.flags {
		c.flagEnd = c.at + c.size + tagsOfFlag(c.src[c.at+c.size:])
	}
}

// takeAsSpace makes one plain space of a space of any kind, and of a line's end.
func (c *cleaner) takeAsSpace(r rune) {
	if r == '\r' && c.next() == '\n' {
		c.change()
		return
	}
	c.start(' ')
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
	kept := r == ' ' && (c.spaces || c.last != 0 && c.last != ' ' && c.last != '␣' && next != 0 && kindOf(next) != space) ||
		r == wideSp && isIdeographic(c.last) && next != 0 && isIdeographic(next)
	if !kept {
		c.put('␣')
		return
	}
	c.start(r)
	c.base, c.letter = 0, 0
	c.keep(r)
}

func (c *cleaner) takeMark(r rune) {
	if r == keycap && !(isKeycapBase(c.last) || c.last == emo16 && isKeycapBase(c.base)) {
		c.put(utf8.RuneError)
		return
	}
	if c.base == 0 && !c.omit {
		c.put('◌')
	}
	c.marks++
	if unicode.Is(unicode.Inherited, r) {
		c.accent++
	}
	c.spilt = c.spilt || c.marks > maxMarks || c.accent > maxAccent
	c.hang(r)
	c.linked = !c.spilt && (c.linked || isLinker(r))
}

// varies says that a variation selector has something to vary.
func (c *cleaner) varies(r rune) bool {
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

// joinsHere says that a joiner does its work here: between two parts of an
// emoji, after a virama, or between letters of a script that joins.
func (c *cleaner) joinsHere(r rune) bool {
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
