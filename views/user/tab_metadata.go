package user

import (
	"encoding/json"
	"fmt"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/tui/text"
)

// drawMetadata draws the three kinds of metadata and who can see each.
func drawMetadata(p *sheet, u *api.User) {
	const wideEnough = 150 // for two columns: a value may be long
	kinds := []func(*sheet){
		func(p *sheet) {
			p.metadata("PUBLIC METADATA", "the application and the user can read it", u.PublicMetadata)
		},
		func(p *sheet) { p.metadata("PRIVATE METADATA", "only the backend can read it", u.PrivateMetadata) },
		func(p *sheet) {
			p.metadata("UNSAFE METADATA", "the user can change it: do not trust it", u.UnsafeMetadata)
		},
	}
	if p.width >= wideEnough {
		p.addBlocks(kinds...)
		return
	}
	for _, draw := range kinds {
		draw(p)
	}
}

func (p *sheet) metadata(title, who string, raw json.RawMessage) {
	p.addGap()
	if p.cells.Width(title)+2+p.cells.Width(who) <= p.width {
		p.addHeading(span{title, p.styles.Heading}, p.faint("  "+who))
	} else {
		p.addHeading(span{title, p.styles.Heading})
	}
	if len(raw) == 0 {
		p.add(p.dim("none"))
		return
	}
	if len(raw) > jsonBytes { // Clerk accepts 8 KB
		p.add(p.warn(fmt.Sprintf("! %d KB, too large to show; it begins:", len(raw)/1000)))
		p.addWrapped(clean.NewText(string(raw[:jsonBytes])).Display(), p.styles.Text)
		return
	}
	n, err := parseJSON(raw)
	if err != nil {
		p.add(p.warn("! not readable as JSON; as it came:"))
		p.addWrapped(clean.NewText(string(raw)).Display(), p.styles.Text)
		return
	}
	p.addTree(n, 0)
}

// addTree draws the entries of an object or array, one on each line with the keys of a
// level in one column.
func (p *sheet) addTree(n node, indent int) {
	if len(n.children) == 0 {
		p.add(p.blank(indent), p.leafSpan(n))
		return
	}
	col := n.column(p.cells, p.width-indent)
	for _, kid := range n.children {
		p.branch(n, kid, indent, col)
	}
}

func (p *sheet) branch(parent, kid node, indent, col int) {
	label, gap := p.dim(kid.key.Display()), 2
	if parent.kind == kindArray {
		label, col, gap = p.faint("–"), 1, 1
	}
	if !kid.isLeaf() {
		if parent.kind != kindArray {
			p.add(p.blank(indent), label)
		}
		at, deeper := len(p.lines), min(indent+2, p.width/2)
		p.addTree(kid, deeper)
		if rest, ok := strings.CutPrefix(p.lines[at], strings.Repeat(" ", deeper)); ok && parent.kind == kindArray {
			p.lines[at] = joinSpans(p.cells, deeper, p.blank(indent), label, p.blank(deeper-indent-1)) + rest
		}
		return
	}
	room := p.width - indent - col - gap
	value := p.leafSpan(kid)
	if room < 8 || p.cells.Width(label.text) > col { // the key needs the whole line
		p.add(p.blank(indent), label)
		for _, l := range p.cells.Wrap(value.text, max(1, p.width-indent-2)) {
			p.add(p.blank(indent+2), span{l, value.style})
		}
		return
	}
	for i, l := range p.cells.Wrap(value.text, room) {
		head := span{p.cells.Pad("", col), p.styles.Text}
		if i == 0 {
			head = span{p.cells.Pad(label.text, col), label.style}
		}
		p.add(p.blank(indent), head, p.blank(gap), span{l, value.style})
	}
}

// column returns the width of the keys of a level.
func (n node) column(r text.CellWidth, room int) int {
	col := 0
	for _, kid := range n.children {
		if w := r.Width(kid.key.Display()); w <= room/2 {
			col = max(col, w)
		}
	}
	return max(1, col)
}

// leafSpan returns a leaf as it is shown; empty values have a visible form too.
func (p *sheet) leafSpan(n node) span {
	switch n.kind {
	case kindObject:
		return p.dim("{} empty")
	case kindArray:
		return p.dim("[] empty")
	case kindString:
		if n.text.Empty() {
			return p.dim("“” empty text")
		}
		return p.plain(n.text.Display())
	case kindDeep:
		return p.dim(n.text.Display())
	}
	return span{n.text.Display(), p.styles.Info}
}
