package table

import "strings"

// pen writes one line from left to right. It changes its ink only where what
// follows looks different: every change of colour is a dozen bytes on the link,
// and a screen full of rows has a few hundred of them.
type pen struct {
	b   *strings.Builder
	ink StyleSeq
	gap int // blanks that are still to be written
}

// longGap is from how many blanks on a renderer jumps over them in fewer bytes
// than it takes to write them.
const longGap = 25

// skip leaves cells blank.
func (p *pen) skip(cells int) { p.gap += max(0, cells) }

// write writes s in the ink. The blanks before it keep the ink of what stands on
// both sides of them if nobody sees that.
func (p *pen) write(s string, k StyleSeq) {
	if s == "" {
		return
	}
	if k != p.ink || p.gap > 0 && k.seen || p.gap >= longGap {
		p.end()
		p.ink = k
		p.b.WriteString(k.on)
	}
	p.blank()
	p.b.WriteString(s)
}

// end ends the ink and writes the blanks that are left.
func (p *pen) end() {
	p.b.WriteString(p.ink.off)
	p.ink = StyleSeq{}
	p.blank()
}

const spaces = "                                                                                                                        "

func (p *pen) blank() {
	for p.gap > 0 {
		k := min(p.gap, len(spaces))
		p.b.WriteString(spaces[:k])
		p.gap -= k
	}
}
