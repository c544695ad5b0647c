package user

import (
	"slices"
	"time"

	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// bigPartCount is from how many parts of a kind on they are no longer all drawn for
// every frame.
const bigPartCount = 50

// drawCache is what a screen keeps between its frames of a person with very many parts.
// Only drawing notes it, and only what it would find out again.
type drawCache struct {
	user       *api.User
	width      int
	cells      text.CellWidth
	lists      map[ops.Part]bigList
	findings   []userfmt.Finding
	findingsAt time.Time // when worth was found
}

// bigList is where each of the parts stands, the first line of the first being from.
type bigList struct {
	areas []rowArea
	lines int
	from  int
}

// forUser is what is kept of that person at that width: nothing yet where it was of
// somebody else, or as they were before.
func (k *drawCache) forUser(u *api.User, width int, cells text.CellWidth) *drawCache {
	if k.user != u || k.width != width || k.cells != cells {
		*k = drawCache{user: u, width: width, cells: cells, lists: map[ops.Part]bigList{}}
	}
	return k
}

// findingsOf are the findings, looked for once a minute: some are about times.
func (p *sheet) findingsOf(u *api.User) []userfmt.Finding {
	if p.cache == nil {
		return userfmt.Findings(u, p.now)
	}
	if minute := p.now.Truncate(time.Minute); !minute.Equal(p.cache.findingsAt) {
		p.cache.findings, p.cache.findingsAt = userfmt.Findings(u, p.now), minute
	}
	return p.cache.findings
}

// bigParts writes very many parts: where each stands is found out once, and only
// those in sight are drawn, by show.
func (p *sheet) bigParts(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) {
	from := len(p.lines)
	c, known := p.cache.lists[part]
	if !known {
		c = p.layOut(u, part, draw)
	}
	if c.from != from {
		for i := range c.areas {
			c.areas[i].start += from - c.from
			c.areas[i].end += from - c.from
		}
		c.from, known = from, false
	}
	if !known {
		p.cache.lists[part] = c
	}
	p.lines = append(p.lines, make([]string, c.lines)...)
	p.lines[from], p.lines[len(p.lines)-1] = " ", " " // an empty line would be taken for a gap
	if len(p.areas) == 0 {
		p.areas = slices.Clip(c.areas) // shared by all frames: nobody writes to it
		return
	}
	p.areas = append(p.areas, c.areas...)
}

// layOut counts the lines of each part, without drawing it.
func (p *sheet) layOut(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) bigList {
	n := part.Count(u)
	c := bigList{areas: make([]rowArea, n)}
	of := " of " + comma(n)
	counter := p.newInner(p.width)
	counter.onlyCounts = true
	for i := range c.areas {
		counter.lines = counter.lines[:0]
		draw(counter, i, p.styles.Text)
		row := func() action.PartRow { return action.PartRow{Part: part, Item: part.At(u, i)} }
		c.areas[i] = rowArea{start: c.lines, end: c.lines + len(counter.lines), isBlank: true, rowEntry: rowEntry{
			rowKey: rowKey{part, part.At(u, i).ID}, row: row, draw: func(p *sheet, head lipgloss.Style) { draw(p, i, head) },
			position: func() string { return part.String() + " " + comma(i+1) + of },
		}}
		c.lines += len(counter.lines)
	}
	return c
}
