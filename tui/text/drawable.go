package text

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// DrawableClusters returns the grapheme clusters of s, each with how it is drawn:
// unchanged if CleanInput would keep it, else with a mark for what it would not. No
// cluster is drawn as nothing. The clusters together are s, byte for byte.
func DrawableClusters(s string) iter.Seq2[string, string] {
	return func(yield func(cluster, shown string) bool) {
		c := clusterReader{src: s}
		for at := 0; at < len(s); {
			n := clusterLength(s[at:])
			cluster := s[at : at+n]
			at += n
			if !yield(cluster, c.show(cluster, at)) {
				return
			}
		}
	}
}

// clusterLength returns the length of the first cluster of s in bytes.
func clusterLength(s string) int {
	if s[0] < utf8.RuneSelf && s[0] != '\r' && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return 1
	}
	return max(1, len(graphemes.FromString(s).First()))
}

// show returns how to draw a cluster that ends at byte end of the text.
func (c *clusterReader) show(cluster string, end int) string {
	if len(cluster) == 1 && cluster[0]-' ' <= '~'-' ' {
		c.r, c.size = rune(cluster[0]), 1
		c.accept()
		c.step()
		return cluster
	}
	var b strings.Builder
	for marked := rune(0); c.at < end; c.step() {
		r := c.read()
		switch c.judge() {
		case keep:
			if r == wideSpace && !isIdeographic(c.next) {
				c.putMark(&b, '␣', &marked)
				break
			}
			c.accept()
			b.WriteRune(r)
			marked = 0
		case loneMark:
			c.startCluster('◌')
			c.accept()
			b.WriteString("◌" + string(r))
			marked = 0
		default:
			c.putMark(&b, markFor(r), &marked)
			if classOf(r) == mark { // one of too many: a single mark stands for the rest
				c.attached = maxHung
			}
		}
	}
	switch shown := b.String(); {
	case classOf(firstRune(shown)) != base && Clusters.Width(shown) == 0: // a combining mark after something that is not a letter
		return "◌" + shown
	case shown == cluster:
		return cluster
	default:
		return shown
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// putMark writes a mark; repeats of the same one within a cluster are written once.
func (c *clusterReader) putMark(b *strings.Builder, m rune, last *rune) {
	if *last != m {
		b.WriteRune(m)
	}
	*last = m
	c.startCluster(m)
	if m == '␣' {
		c.base, c.letter = 0, 0
	}
}

// markFor returns the mark for a rune that is not drawn.
func markFor(r rune) rune {
	switch {
	case r < 0x20:
		return 0x2400 + r
	case r == 0x7f:
		return '␡'
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '␤'
	case classOf(r) == space:
		return '␣'
	}
	return utf8.RuneError
}
