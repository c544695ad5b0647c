package user

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

const margin = 2

// View draws the breadcrumb, the user's head, the verdict, and the open tab.
func (d *detail) View(s tui.Screen) tui.Frame {
	r := text.CellWidth(s.Cells)
	wide := s.Width - 2*margin
	if wide < 8 || s.Height < 3 {
		return tui.Frame{Content: r.Cut(d.Title(), s.Width)}
	}
	if !d.isRead() {
		return tui.Frame{Content: strings.Join(indent(d.drawUnread(s, wide), s.Height), "\n")}
	}
	if s.Styles.Plain {
		return d.drawPlain(s)
	}
	above := d.drawHead(s, wide)
	lines := above.lines
	row, spots := d.tabRow(r, wide, s.Styles)
	for i := range spots {
		spots[i].X, spots[i].Y = spots[i].X+margin, len(lines)
	}
	lines = append(lines, row...)
	if s.Height >= 26 {
		lines = append(lines, "")
	}
	top := len(lines)
	body := newSheet(s, wide)
	body.above = above.verdictRest
	shown := d.shown()
	body.heights = d.knownHeights(wide, r)
	body.cache = d.cache.forUser(shown, wide, r)
	body.known = d.env.Facts(d.user)
	body.find = func() []userfmt.Finding { return d.env.Findings(d.user) }
	d.tabs[d.tabIndex].Draw(body, shown)
	d.viewport = d.layOut(body, top, max(1, s.Height-top))
	body.drawVisible(d.viewport.offset, d.viewport.offset+d.viewport.height)
	if d.viewport.hasRow() {
		body.drawSelected(d.viewport.areas[d.viewport.row])
	}
	e := d.viewport
	lines = indent(append(lines, body.lines[e.offset:e.lastLine(body.headings)]...), s.Height)
	e.markRow(lines, s.Styles.Accent.Render("▌"), false)
	return tui.Frame{Content: strings.Join(lines, "\n"), Status: d.status(e), HitAreas: spots}
}

// markRow draws the cursor into the margin of its row, or of the row's first line.
func (e viewport) markRow(lines []string, mark string, onFirst bool) {
	if !e.hasRow() {
		return
	}
	here := e.areas[e.row]
	first, end := max(here.start, e.offset), min(here.end, e.offset+e.height)
	if onFirst {
		end = min(end, first+1)
	}
	for at := e.top + first - e.offset; at < min(e.top+end-e.offset, len(lines)); at++ {
		lines[at] = mark + strings.TrimPrefix(lines[at], " ")
	}
}

// layOut returns the viewport of the tab drawn on body, with the rows that have
// actions.
func (d *detail) layOut(body *sheet, top, rows int) viewport {
	acts := map[ops.Part]bool{}
	can := func(s *rowArea) bool {
		if s.open != nil {
			return true
		}
		here, known := acts[s.part]
		if !known {
			here = s.row != nil && action.HasRowActions(d.env, s.part)
			acts[s.part] = here
		}
		return here
	}
	spots := body.areas // usually all of them, and there may be thousands
	for i := range spots {
		if !can(&spots[i]) {
			spots = slices.DeleteFunc(slices.Clone(spots), func(s rowArea) bool { return !can(&s) })
			break
		}
	}
	e := d.positions[d.tabIndex].viewport(len(body.lines), rows, spots)
	e.top, e.tails = top, body.tails
	return e
}

// knownHeights returns the heights of rows drawn at this width.
func (d *detail) knownHeights(width int, cells text.CellWidth) map[rowKey]int {
	key := heightKey{width, cells, d.env.Mask.On()}
	if d.heights == nil || d.heightsFor != key {
		d.heights, d.heightsFor = map[rowKey]int{}, key
	}
	return d.heights
}

// heightKey is what the height of a row depends on.
type heightKey struct {
	width  int
	cells  text.CellWidth
	masked bool
}

// indent adds the margin and cuts the lines off at height.
func indent(lines []string, height int) []string {
	pad := strings.Repeat(" ", margin)
	for i, l := range lines {
		if l != "" {
			lines[i] = pad + l
		}
	}
	return lines[:min(len(lines), height)]
}

// tabTitles returns the titles of the tabs, the short ones where there are any.
func (d *detail) tabTitles(isShort bool) []string {
	titles := make([]string, len(d.tabs))
	for i, t := range d.tabs {
		titles[i] = t.Title()
		if short, is := t.(interface{ ShortTitle() string }); is && isShort {
			titles[i] = short.ShortTitle()
		}
	}
	return titles
}

// tabRow draws the tabs and the rule below them, which marks the open one. Where they
// do not fit it draws the open tab and its number. A click on a tab opens it.
func (d *detail) tabRow(r text.CellWidth, wide int, s *tui.Styles) ([]string, []tui.HitArea) {
	for _, try := range []struct {
		gap     int
		isShort bool
	}{{3, false}, {2, false}, {1, false}, {2, true}, {1, true}} {
		gap, titles := try.gap, d.tabTitles(try.isShort)
		var spots []tui.HitArea
		var names, rule strings.Builder
		used := 0
		for i, t := range d.tabs {
			if i > 0 {
				names.WriteString(strings.Repeat(" ", gap))
				rule.WriteString(s.Line.Render(strings.Repeat("─", gap)))
				used += gap
			}
			w := r.Width(titles[i])
			spots = append(spots, tui.HitArea{X: used, Width: w, Action: "user.tab." + t.ID()})
			used += w
			if i == d.tabIndex {
				names.WriteString(s.AccentBold.Render(titles[i]))
				rule.WriteString(s.AccentBold.Render(strings.Repeat("━", w)))
				continue
			}
			names.WriteString(s.Dim.Render(titles[i]))
			rule.WriteString(s.Line.Render(strings.Repeat("─", w)))
		}
		if used <= wide {
			return []string{names.String(), rule.String() + s.Line.Render(strings.Repeat("─", wide-used))}, spots
		}
	}
	here := r.Cut(d.tabs[d.tabIndex].Title(), max(1, wide-12))
	place := r.Cut(fmt.Sprintf("  %d of %d", d.tabIndex+1, len(d.tabs)), wide-4-r.Width(here))
	return []string{
		s.Faint.Render("‹ ") + s.AccentBold.Render(here) + s.Faint.Render(" ›") + s.Dim.Render(place),
		s.Line.Render(strings.Repeat("─", wide)),
	}, []tui.HitArea{{Width: 2, Action: "user.tab.prev"}, {X: 2 + r.Width(here), Width: 2, Action: "user.tab.next"}}
}
