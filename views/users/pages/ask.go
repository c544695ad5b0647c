package pages

import (
	"frontdesk/views/users/localsearch"
)

// way is how rows are asked for.
type way int

const (
	landing way = iota // where nothing near is here
	growing            // at an end of a run, which the answer has to meet
)

// Ask is one page to ask for: after an id, or from an offset.
type Ask struct {
	Page          int // its number
	After         string
	Offset, Limit int
	// Reverse asks in the opposite order, whose start is our end: the rows are
	// turned round when they come.
	Reverse bool

	way  way
	run  *run             // that grows
	up   bool             // at its top
	at   int              // the position that is missing
	Seen bool             // what is looked at waits for it
	lead *localsearch.Row // stands before the rows, where they cannot overlap with what is here
}

// backs are how many rows an answer should overlap with the run it continues:
// first a row, then more. Those of a chained list but the last two go by id.
var (
	chainedBacks = []int{1, 25, 50, 250}
	offsetBacks  = []int{1, 50, 250}
)

// mostAsked is the most rows that the server gives at a time.
const mostAsked = 500

// Want is what to ask for now, so that rows [first, end) show, and ahead pages
// in the direction of travel (dir < 0 is up) are here before anybody gets there.
// At most room asks are under way at a time.
func (p *Pages) Want(first, end, dir, ahead, room int) []Ask {
	first = max(first, 0)
	end = max(end, first+1)
	var asks []Ask
	send := func(ask Ask, ok, seen bool) {
		if ok && len(p.flying) < room {
			ask.Seen = seen
			asks = append(asks, p.send(ask))
		}
	}
	for i := first; i < end; {
		h, ok := p.hole(i)
		if !ok || h.at >= end {
			break
		}
		ask, ok, near := p.approach(h)
		if !near {
			ask, ok = p.land(h.at, first, end)
		}
		send(ask, ok, true)
		i = h.next()
	}
	if dir < 0 || first == 0 {
		if r := p.holding(first); r != nil && !r.top && r.at > first-ahead*p.size {
			ask, ok := p.growUp(r, r.at-1)
			send(ask, ok, false)
		}
	}
	if dir < 0 {
		return asks
	}
	if h, ok := p.hole(end - 1); ok && h.at < end+ahead*p.size {
		ask, ok, _ := p.approach(h)
		send(ask, ok, false)
	}
	return asks
}

// First is what to ask for when nothing is here: the rows around that one.
func (p *Pages) First(row int) Ask {
	ask, _ := p.land(row, row, row+1)
	return p.send(ask)
}

func (p *Pages) send(ask Ask) Ask {
	p.serial++
	ask.Page = p.serial
	p.flying[ask.Page] = ask
	return ask
}

// hole is a position where a row is missing, and the runs next to it; or where
// two runs touch that were not seen to follow each other.
type hole struct {
	at           int
	above, below *run
}

// next is the position to look for more holes from.
func (h hole) next() int {
	if h.below == nil || h.below.at <= h.at {
		return h.at + 1
	}
	return h.below.at
}

// hole is the first one from a position on; false where the list has none.
func (p *Pages) hole(i int) (hole, bool) {
	var above *run
	for _, r := range p.runs {
		switch {
		case i < r.at, above != nil && above.stop() == r.at && i == r.at:
			return hole{i, above, r}, true
		case i <= r.stop():
			i = r.stop()
		}
		above = r
	}
	if above == nil {
		return hole{at: i}, i == 0 || i < p.Len()
	}
	return hole{i, above, nil}, !above.end && (i < p.Len() || i == above.stop())
}

// holding is the run that holds a position.
func (p *Pages) holding(i int) *run {
	for _, r := range p.runs {
		if i >= r.at && i < r.stop() {
			return r
		}
	}
	return nil
}

// approach grows the run beside a hole; near is false where none is near.
func (p *Pages) approach(h hole) (ask Ask, ok, near bool) {
	switch {
	case h.above != nil && h.at-h.above.stop() < p.size:
		ask, ok = p.growDown(h.above, h.at)
		return ask, ok, true
	case h.below != nil && h.below.at-h.at <= p.size:
		ask, ok = p.growUp(h.below, h.at)
		return ask, ok, true
	}
	return Ask{}, false, false
}

// may says that a position may be asked for: it did not fail, and nobody else
// brings it.
func (p *Pages) may(at int, flies func(Ask) bool) bool {
	for _, ask := range p.flying {
		if flies(ask) {
			return false
		}
	}
	return !p.failed[at/p.size]
}

// land asks for rows [first, end) with some on both sides.
func (p *Pages) land(at, first, end int) (Ask, bool) {
	n := max(p.size, end-first)
	if p.fill.uneven {
		n = max(1, min(n, p.fill.most))
	}
	from := max(0, first-max(0, n-(end-first))/2)
	ask := Ask{way: landing, at: at, Offset: from, Limit: n}
	if p.chained && from > 0 && p.Exact() {
		// What lies behind the middle is nearer from the other end: large offsets
		// are slow. Only by age is the opposite order this one turned round. In the
		// others there are people without a value, who come last in either direction
		// (in our directory; Clerk says nothing of it), so the start of the one is
		// not the end of the other, and what was read from there would not be who
		// stands there.
		if behind := p.Len() - from - n; behind < from {
			ask.Reverse, ask.Offset = true, max(0, behind)
		}
	}
	return ask, p.may(at, func(f Ask) bool { return f.way == landing && at >= f.at-n && at < f.at+n })
}

// growDown asks for what follows a run.
func (p *Pages) growDown(r *run, at int) (Ask, bool) {
	ask := Ask{way: growing, run: r, at: at}
	back, byID := p.back(r.down, len(r.rows))
	byID = byID && !r.rows[len(r.rows)-1-back].Unread()
	switch {
	case byID && len(r.rows) == 1:
		ask.After, ask.Limit, ask.lead = r.rows[0].ID, p.size, r.rows[0]
	case byID:
		ask.After, ask.Limit = r.rows[len(r.rows)-1-back].ID, p.size+back
	default:
		ask.Offset, ask.Limit = max(0, r.tail-back), min(p.size+back+back/2, mostAsked)
	}
	return ask, !p.waits(r) && p.may(at, func(f Ask) bool { return f.run == r && !f.up })
}

// growUp asks for what stands before a run.
func (p *Pages) growUp(r *run, at int) (Ask, bool) {
	ask := Ask{way: growing, run: r, up: true, at: at}
	back, byID := p.back(r.up, len(r.rows))
	byID = byID && !r.rows[back].Unread()
	switch {
	case byID && len(r.rows) == 1:
		ask.After, ask.Limit, ask.lead, ask.Reverse = r.rows[0].ID, p.size, r.rows[0], true
	case byID:
		ask.After, ask.Limit, ask.Reverse = r.rows[back].ID, p.size+back, true
	default:
		var rows int
		rows, back = p.upward(back)
		ask.Offset = max(0, r.head-rows-back+1)
		ask.Limit = min(max(r.head-ask.Offset, 0)+max(back, 1)+back/2, mostAsked)
		if r.head == 0 {
			ask.Limit = p.size + back // rows came in above where the list began
		}
	}
	return ask, p.may(at, func(f Ask) bool { return f.run == r && f.up })
}

// back is how many rows the next answer should overlap with a run of that many,
// and whether it is asked for by id.
func (p *Pages) back(missed, rows int) (back int, byID bool) {
	if !p.chained {
		return p.nearer(missed, offsetBacks[min(missed, len(offsetBacks)-1)]), false
	}
	back = chainedBacks[min(missed, len(chainedBacks)-1)]
	if missed < 2 {
		return max(0, min(back, rows-1)), true
	}
	return p.nearer(missed, back), false
}

// nearer is how far to go back where the server's pages are small: first so that an
// answer reaches over it, then so that not much of what is here is let go.
func (p *Pages) nearer(missed, back int) int {
	switch {
	case !p.fill.uneven:
		return back
	case missed < 2:
		return max(1, min(back, p.fill.most/2))
	}
	return min(back, 3*p.fill.most)
}

// tries is how often a run is asked to grow before what is here of it is given up.
func (p *Pages) tries() int {
	if p.chained {
		return len(chainedBacks)
	}
	return len(offsetBacks)
}
