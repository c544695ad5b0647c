package journal

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"frontdesk/tui"
	"frontdesk/tui/text"
)

const margin = 2

// View draws the lines that fit, from the scroll position.
func (v *record) View(s tui.Screen) tui.Frame {
	p := &page{cells: text.CellWidth(s.Cells), styles: s.Styles, width: max(10, s.Width-2*margin)}
	above := breadcrumb(s, p.cells)
	v.draw(p, s)
	v.height, v.lines = max(1, s.Height-len(above)), len(p.lines)
	v.top = max(0, min(v.top, v.lines-v.height))
	end := min(v.lines, v.top+v.height)
	lines := append(above, p.lines[v.top:end]...)
	status := ""
	if v.lines > v.height {
		status = fmt.Sprintf("%d–%d of %d", v.top+1, end, v.lines)
	}
	return tui.Frame{Content: strings.Join(lines[:min(len(lines), s.Height)], "\n"), Status: status}
}

func (v *record) draw(p *page, s tui.Screen) {
	w := v.words
	e := w.Shown(v.entry)
	if s.Height > 16 {
		p.lines = append(p.lines, "")
	}
	mark, word, tone := w.Outcome(e)
	p.add(p.styles.Bold.Render(p.cells.Cut(w.What(e), max(1, p.width-16))) + "   " + p.styles.Tone(tone).Render(mark+" "+word))
	name, more := w.Whom(e)
	if people := targets(e); len(people) == 1 {
		more = strings.TrimSpace(more + "   " + w.show(people[0].ID))
	}
	p.wrap(strings.TrimSpace(name+"   "+more), p.styles.Text)
	if !e.Time.IsZero() {
		p.wrap(exactTime(e.Time, s.Now)+", by "+w.By(e.Who), p.styles.Dim)
	}
	if e.Kind == damaged {
		p.wrap(w.show(e.Message)+".", p.styles.Text)
		p.wrap("The content of this record cannot be trusted. Run frontdesk journal verify to check the whole journal.", p.styles.Dim)
		return
	}
	p.changes(w.changes(e))
	for _, sec := range w.sections(e, s.Now) {
		p.heading(sec.head)
		for _, f := range sec.facts {
			p.fact(f)
		}
	}
}

// page collects lines of text.
type page struct {
	cells  text.CellWidth
	styles *tui.Styles
	width  int
	lines  []string
}

func (p *page) add(line string) { p.lines = append(p.lines, strings.Repeat(" ", margin)+line) }

func (p *page) wrap(words string, style lipgloss.Style) {
	for _, l := range p.cells.Wrap(words, p.width) {
		p.add(style.Render(l))
	}
}

func (p *page) heading(words string) {
	p.lines = append(p.lines, "")
	p.wrap(words, p.styles.Heading)
}

// labelWidth is the width of the labels' column.
func (p *page) labelWidth() int { return max(10, min(20, p.width/4)) }

func (p *page) fact(f fact) {
	col := p.labelWidth()
	style := p.styles.Tone(f.tone)
	for i, l := range p.cells.Wrap(f.value, max(1, p.width-col-1)) {
		label := ""
		if i == 0 {
			label = f.label
		}
		if p.cells.Width(label) > col {
			p.add(p.styles.Dim.Render(p.cells.Cut(label, p.width)))
			label = ""
		}
		p.add(p.styles.Dim.Render(p.cells.Pad(label, col)) + " " + style.Render(l))
	}
}

// changes draws each field's value before, as requested, and after: side by side if they
// fit, otherwise below each other.
func (p *page) changes(fields []changedField) {
	if len(fields) == 0 {
		return
	}
	heads := [3]string{"BEFORE", "REQUESTED", "AFTER"}
	col := p.labelWidth()
	each := (p.width - col - 1) / 3
	if !p.fits(fields, each-2) {
		p.heading("CHANGED")
		for _, f := range fields {
			p.stacked(f, heads, col)
		}
		return
	}
	cells := func(style lipgloss.Style, values [3]string) string {
		line := ""
		for _, v := range values {
			line += p.cells.Pad(v, each)
		}
		return style.Render(strings.TrimRight(line, " "))
	}
	p.lines = append(p.lines, "")
	p.add(p.styles.Heading.Render(p.cells.Pad("CHANGED", col)) + " " + cells(p.styles.Heading, heads))
	for _, f := range fields {
		p.add(p.styles.Dim.Render(p.cells.Pad(p.cells.Cut(f.label, col), col)) + " " + cells(p.styles.Text, [3]string{f.before, f.asked, f.after}))
	}
}

func (p *page) fits(fields []changedField, width int) bool {
	for _, f := range fields {
		for _, v := range []string{f.before, f.asked, f.after} {
			if p.cells.Width(v) > width {
				return false
			}
		}
	}
	return true
}

// stacked draws a field with its three values below each other.
func (p *page) stacked(f changedField, heads [3]string, col int) {
	p.wrap(f.label, p.styles.Text)
	for i, value := range [3]string{f.before, f.asked, f.after} {
		if value != notKnown {
			p.fact(fact{label: "  " + strings.ToLower(heads[i]), value: value})
		}
	}
}
