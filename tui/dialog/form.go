package dialog

import (
	"fmt"
	"strconv"
	"strings"
)

// drawForm draws the checklist and the fields. Ticking a checkbox requires the focus on
// it, so each has been visible even if the form scrolls.
func (p *page) drawForm() {
	from := len(p.rows)
	for i, s := range p.m.stops {
		switch s.kind {
		case stopCheck:
			if i > 0 && p.m.stops[i-1].kind != stopCheck {
				p.addBlank(1)
			}
			p.drawCheck(i, s.index)
		case stopInput:
			if i > 0 && p.m.stops[i-1].kind == stopCheck {
				p.addBlank(2)
			}
			p.withGutter(i, func() { p.drawInput(i, s.index) })
		case stopAdvanced:
			p.drawCollapsed(i)
		}
	}
	for i := range p.rows[from:] {
		p.rows[from+i].form = true
	}
}

// gutter is the width of the column in which a form marks the focused field.
const gutter = 2

// withGutter draws the rows of a stop beside that column.
func (p *page) withGutter(at int, draw func()) {
	from, mark := len(p.rows), strings.Repeat(" ", gutter)
	if p.m.focus == at {
		mark = p.s.AccentBold.Render("▌") + " "
	}
	p.width -= gutter
	draw()
	p.width += gutter
	for i := range p.rows[from:] {
		r := &p.rows[from+i]
		if r.text = mark + r.text; p.s.Plain {
			mark = strings.Repeat(" ", gutter) // said once
		}
		if r.cursor != nil {
			r.cursor.X += gutter
		}
	}
}

// drawCollapsed draws the line that stands for the advanced fields.
func (p *page) drawCollapsed(at int) {
	labels := p.m.collapsedLabels()
	mark, style := p.s.Faint.Render("▸ "), p.s.Dim
	if p.m.focus == at {
		mark, style = p.s.AccentBold.Render("▸ "), p.s.Bold
	}
	p.add(mark + style.Render(fmt.Sprintf("%d more", len(labels))) + p.s.Dim.Render(": "+strings.Join(labels, ", ")))
	p.rows[len(p.rows)-1].stop = at
	if p.level < 1 {
		p.add("")
	}
}

func (p *page) drawCheck(at, index int) {
	box, text := p.s.Dim.Render("[ ]"), p.s.Text
	if p.m.problems[p.m.stops[at]] != "" {
		box = p.s.Bad.Bold(true).Render("[ ]")
	}
	if p.m.ticked[index] {
		box = p.s.OK.Bold(true).Render("[x]")
	}
	mark := " "
	if p.m.focus == at {
		if !p.m.ticked[index] {
			box = p.s.AccentBold.Render("[ ]")
		}
		mark, text = p.s.AccentBold.Render("▸"), p.s.Bold
	}
	mark += p.itemNumber(index)
	indent := p.r.Width(mark)
	for i, line := range p.wrap(p.m.demands().Checklist[index], p.width-indent-len("[ ] "), 2) {
		if i > 0 {
			mark, box = strings.Repeat(" ", indent), "   "
		}
		p.add(mark + box + " " + text.Render(line))
		p.rows[len(p.rows)-1].stop = at
	}
}

// itemNumber returns what stands in front of an item's box: the digit that ticks it.
func (p *page) itemNumber(index int) string {
	if !p.m.isNumbered() {
		return " "
	}
	return p.s.Dim.Render(strconv.Itoa(index+1)) + " "
}

// drawProblem draws the error at a stop, in lines of its own. The key that opens who is
// named comes last and is not cut.
func (p *page) drawProblem(at, indent int) bool {
	what, rows := p.m.problems[p.m.stops[at]], 3
	if what == "" {
		return false
	}
	if p.m.linkAt(p.m.stops[at]) != nil {
		what, rows = what+" "+p.m.keys.Label(actLink)+" opens them.", 5
	}
	mark := "✗ "
	for _, line := range p.wrap(what, p.width-indent-2, rows) {
		p.add(strings.Repeat(" ", indent) + p.s.Bad.Render(mark+line))
		p.rows[len(p.rows)-1].stop = at
		mark = "  "
	}
	return true
}
