package user

import (
	"slices"
	"time"

	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/ops"
	"frontdesk/api/verdict"
	"frontdesk/tui/text"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// A kind with more than bigPartCount parts is laid out once, and only the visible
// parts are drawn.
const bigPartCount = 50

// drawCache keeps layout between the frames of one user. Only drawing writes it, and
// it holds nothing that cannot be computed again.
type drawCache struct {
	user       *api.User
	width      int
	cells      text.CellWidth
	lists      map[ops.Part]bigList
	findings   []userfmt.Finding
	findingsAt findingsKey
}

// bigList is the layout of the parts of one kind. Its areas are relative to line 0 of
// the sheet shifted by from, the line of the first part.
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
// time, and when sessions were read.
func (p *sheet) findingsOf(u *api.User) []userfmt.Finding {
	find := p.find
	if find == nil {
		find = func() []userfmt.Finding { return userfmt.Findings(verdict.Facts{User: u}, p.now) }
	}
	if p.cache == nil {
		return find()
	}
	at := findingsKey{p.now.Truncate(time.Minute), p.known.SessionsRead, len(p.known.Sessions)}
	if at != p.cache.findingsAt {
		p.cache.findings, p.cache.findingsAt = find(), at
	}
	return p.cache.findings
}

// findingsKey is what findings depend on besides the user.
type findingsKey struct {
	minute       time.Time
	sessionsRead bool
	sessions     int
}

// addBigParts adds blank lines for the parts of a large list; drawVisible fills in those
// on the screen.
func (p *sheet) addBigParts(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) {
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
	p.lines[from], p.lines[len(p.lines)-1] = " ", " " // addGap would take an empty line for a gap
	if len(p.areas) == 0 {
		p.areas = slices.Clip(c.areas) // shared by all frames; nobody writes to it
		return
	}
	p.areas = append(p.areas, c.areas...)
}

// layOut measures each part without drawing it.
func (p *sheet) layOut(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) bigList {
	n := part.Count(u)
	c := bigList{areas: make([]rowArea, n)}
	of := " of " + userfmt.Number(n)
	counter := p.newInner(p.width)
	counter.onlyCounts = true
	for i := range c.areas {
		counter.lines = counter.lines[:0]
		draw(counter, i, p.styles.Text)
		row := func() action.PartRow { return action.PartRow{Part: part, Item: part.At(u, i)} }
		c.areas[i] = rowArea{start: c.lines, end: c.lines + len(counter.lines), isBlank: true, rowEntry: rowEntry{
			rowKey: rowKey{part, part.At(u, i).ID}, row: row, draw: func(p *sheet, head lipgloss.Style) { draw(p, i, head) },
			position: func() string { return part.String() + " " + userfmt.Number(i+1) + of },
		}}
		c.lines += len(counter.lines)
	}
	return c
}
