package user

import "strings"

// addColumns adds facts in columns behind a lead of indent cells, aligned with those
// of other rows. If a fact is wider than its column, or the sheet narrower than the
// columns, the facts wrap instead: nothing is cut off.
func (p *sheet) addColumns(lead span, indent int, widths []int, facts ...span) {
	room := max(1, p.width-indent)
	lines := []string{p.sideBySide(widths, facts)}
	if p.styles.Plain || !p.fitColumns(room, widths, facts) {
		lines = p.wrapFacts(room, facts)
	}
	for i, l := range lines {
		head := strings.Repeat(" ", indent)
		if i == 0 && lead.text != "" {
			head = lead.style.Render(p.cells.Pad(lead.text, indent-1)) + " "
		}
		p.lines = append(p.lines, head+l)
	}
}

// fitColumns reports whether every fact fits into its column with a blank cell behind
// it.
func (p *sheet) fitColumns(room int, widths []int, facts []span) bool {
	used := 0
	for i, f := range facts {
		w := p.cells.Width(f.text)
		switch {
		case i == len(facts)-1:
			used += w
		case i >= len(widths) || w >= widths[i]:
			return false
		default:
			used += widths[i]
		}
	}
	return used <= room
}

func (p *sheet) sideBySide(widths []int, facts []span) string {
	line, pad := "", 0
	for i, f := range facts {
		if f.text != "" {
			line += strings.Repeat(" ", pad) + f.style.Render(f.text)
			pad = 0
		}
		if i < len(widths) {
			pad += max(0, widths[i]-p.cells.Width(f.text))
		}
	}
	return line
}

// wrapFacts writes the facts one after the other, as many on a line as fit.
func (p *sheet) wrapFacts(room int, facts []span) []string {
	var lines []string
	used, between := 0, "   "
	if p.styles.Plain {
		between = ", "
	}
	for _, f := range facts {
		if w := p.cells.Width(f.text); len(lines) > 0 && w > 0 && used+3+w <= room {
			lines[len(lines)-1] += between + f.style.Render(f.text)
			used += 3 + w
			continue
		}
		for _, l := range p.cells.Wrap(f.text, room) {
			lines = append(lines, f.style.Render(l))
			used = p.cells.Width(l)
		}
	}
	return lines
}
