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

// crowded is from how many parts of a kind on they are no longer all drawn for
// every frame.
const crowded = 50

// kept is what a screen keeps between its frames of a person with very many parts.
// Only drawing notes it, and only what it would find out again.
type kept struct {
	of     *api.User
	width  int
	cells  text.CellWidth
	crowds map[ops.Part]crowd
	worth  []userfmt.Finding
	looked time.Time // when worth was found
}

// crowd is where each of the parts stands, the first line of the first being from.
type crowd struct {
	spots []spot
	lines int
	from  int
}

// about is what is kept of that person at that width: nothing yet where it was of
// somebody else, or as they were before.
func (k *kept) about(u *api.User, width int, cells text.CellWidth) *kept {
	if k.of != u || k.width != width || k.cells != cells {
		*k = kept{of: u, width: width, cells: cells, crowds: map[ops.Part]crowd{}}
	}
	return k
}

// worthALook are the findings, looked for once a minute: some are about times.
func (p *sheet) worthALook(u *api.User) []userfmt.Finding {
	if p.kept == nil {
		return userfmt.WorthALook(u, p.now)
	}
	if minute := p.now.Truncate(time.Minute); !minute.Equal(p.kept.looked) {
		p.kept.worth, p.kept.looked = userfmt.WorthALook(u, p.now), minute
	}
	return p.kept.worth
}

// crowd writes very many parts: where each stands is found out once, and only
// those in sight are drawn, by show.
func (p *sheet) crowd(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) {
	from := len(p.lines)
	c, known := p.kept.crowds[part]
	if !known {
		c = p.place(u, part, draw)
	}
	if c.from != from {
		for i := range c.spots {
			c.spots[i].at += from - c.from
			c.spots[i].end += from - c.from
		}
		c.from, known = from, false
	}
	if !known {
		p.kept.crowds[part] = c
	}
	p.lines = append(p.lines, make([]string, c.lines)...)
	p.lines[from], p.lines[len(p.lines)-1] = " ", " " // an empty line would be taken for a gap
	if len(p.spots) == 0 {
		p.spots = slices.Clip(c.spots) // shared by all frames: nobody writes to it
		return
	}
	p.spots = append(p.spots, c.spots...)
}

// place counts the lines of each part, without drawing it.
func (p *sheet) place(u *api.User, part ops.Part, draw func(p *sheet, i int, head lipgloss.Style)) crowd {
	n := part.Count(u)
	c := crowd{spots: make([]spot, n)}
	of := " of " + comma(n)
	counter := p.inner(p.width)
	counter.counts = true
	for i := range c.spots {
		counter.lines = counter.lines[:0]
		draw(counter, i, p.s.Text)
		row := func() action.PartRow { return action.PartRow{Part: part, Item: part.At(u, i)} }
		c.spots[i] = spot{at: c.lines, end: c.lines + len(counter.lines), blank: true, entry: entry{
			rowKey: rowKey{part, part.At(u, i).ID}, row: row, draw: func(p *sheet, head lipgloss.Style) { draw(p, i, head) },
			where: func() string { return part.String() + " " + comma(i+1) + of },
		}}
		c.lines += len(counter.lines)
	}
	return c
}
