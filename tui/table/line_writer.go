package table

import "strings"

// lineWriter writes one line from left to right. It changes its style only where what
// follows looks different: every change of colour is a dozen bytes on the connection,
// and a screen full of rows has a few hundred of them.
type lineWriter struct {
	b     *strings.Builder
	style StyleSeq
	gap   int // blanks not yet written
}

// jumpGap is the number of blanks from which a renderer moves the cursor instead, in
// fewer bytes.
const jumpGap = 25

// skip leaves cells blank.
func (p *lineWriter) skip(cells int) { p.gap += max(0, cells) }

// write writes s in the style. The blanks before it keep the current style if that is
// invisible on them.
func (p *lineWriter) write(s string, k StyleSeq) {
	if s == "" {
		return
	}
	if k != p.style || p.gap > 0 && k.showsOnBlank || p.gap >= jumpGap {
		p.finish()
		p.style = k
		p.b.WriteString(k.on)
	}
	p.flushGap()
	p.b.WriteString(s)
}

// finish ends the style and writes the remaining blanks.
func (p *lineWriter) finish() {
	p.b.WriteString(p.style.off)
	p.style = StyleSeq{}
	p.flushGap()
}

const spaces = "                                                                                                                        "

func (p *lineWriter) flushGap() {
	for p.gap > 0 {
		k := min(p.gap, len(spaces))
		p.b.WriteString(spaces[:k])
		p.gap -= k
	}
}
