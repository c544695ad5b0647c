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

// bigPartCount is the number of parts of a kind above which only those in sight are
// drawn.
const bigPartCount = 50

// drawCache keeps layout between the frames of a user with very many parts. Only
// drawing writes it, and only what it would compute again.
type drawCache struct {
	user       *api.User
	width      int
	cells      text.CellWidth
	lists      map[ops.Part]bigList
	findings   []userfmt.Finding
	findingsAt time.Time // when worth was found
}

// bigList is where each of the parts stands; from is the first line of the first.
type bigList struct {
	areas []rowArea
	lines int
	from  int
}

// forUser returns the cache, emptied where it is of another user, width or version.
func (k *drawCache) forUser(u *api.User, width int, cells text.CellWidth) *drawCache {
	if k.user != u || k.width != width || k.cells != cells {
		*k = drawCache{user: u, width: width, cells: cells, lists: map[ops.Part]bigList{}}
	}
	return k
}

// findingsOf returns the findings, computed once a minute because some depend on
// time.
func (p *sheet) findingsOf(u *api.User) []userfmt.Finding {
	find := p.find
	if find == nil {
		find = func() []userfmt.Finding { return userfmt.Findings(u, p.now) }
	}
	if p.cache == nil {
		return find()
	}
	if minute := p.now.Truncate(time.Minute); !minute.Equal(p.cache.findingsAt) {
		p.cache.findings, p.cache.findingsAt = find(), minute
	}
	return p.cache.findings
}

// bigParts writes very many parts: their places are computed once, and only those in
// sight are drawn, by drawVisible.
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

// layOut counts the lines of each part without drawing it.
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
