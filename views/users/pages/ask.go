package pages

import (
	"frontdesk/views/users/localsearch"
)

// requestKind is how rows are asked for.
type requestKind int

const (
	jump   requestKind = iota // where nothing near is here
	growth                    // at an end of a run, which the answer has to meet
)

// Request is one page to ask the server for: after an id, or from an offset.
type Request struct {
	Number        int // identifies it
	After         string
	Offset, Limit int
	// Reverse asks in the opposite order, whose start is our end: the rows are
	// turned round when they come.
	Reverse bool

	kind       requestKind
	run        *run             // that grows
	up         bool             // at its top
	wanted     int              // the position that is missing
	IsVisible  bool             // what is looked at waits for it
	overlapRow *localsearch.Row // stands before the rows, where they cannot overlap with what is here
}

// backs are how many rows an answer should overlap with the run it continues:
// first a row, then more. Those of a chained list but the last two go by id.
var (
	chainedOverlaps = []int{1, 25, 50, 250}
	offsetOverlaps  = []int{1, 50, 250}
)

// maxLimit is the most rows that the server gives at a time.
const maxLimit = 500

// Requests returns what to ask for now, so that rows [first, end) get loaded, and
// ahead pages in the direction of travel (dir < 0 is up) before anybody gets there.
// At most room requests are in flight at a time.
func (p *Pages) Requests(first, end, dir, ahead, room int) []Request {
	first = max(first, 0)
	end = max(end, first+1)
	var asks []Request
	send := func(ask Request, ok, seen bool) {
		if ok && len(p.inFlight) < room {
			ask.IsVisible = seen
			asks = append(asks, p.register(ask))
		}
	}
	for i := first; i < end; {
		h, ok := p.findGap(i)
		if !ok || h.at >= end {
			break
		}
		ask, ok, near := p.growTowards(h)
		if !near {
			ask, ok = p.jumpTo(h.at, first, end)
		}
		send(ask, ok, true)
		i = h.next()
	}
	if dir < 0 || first == 0 {
		if r := p.runAt(first); r != nil && !r.isTop && r.start > first-ahead*p.size {
			ask, ok := p.growUp(r, r.start-1)
			send(ask, ok, false)
		}
	}
	if dir < 0 {
		return asks
	}
	if h, ok := p.findGap(end - 1); ok && h.at < end+ahead*p.size {
		ask, ok, _ := p.growTowards(h)
		send(ask, ok, false)
	}
	return asks
}

// FirstRequest returns the request for an empty list: the page around row.
func (p *Pages) FirstRequest(row int) Request {
	ask, _ := p.jumpTo(row, row, row+1)
	return p.register(ask)
}

func (p *Pages) register(ask Request) Request {
	p.serial++
	ask.Number = p.serial
	p.inFlight[ask.Number] = ask
	return ask
}

// gap is a position where a row is missing, and the runs next to it; or where
// two runs touch that were not seen to follow each other.
type gap struct {
	at           int
	above, below *run
}

// next is the position to look for more holes from.
func (h gap) next() int {
	if h.below == nil || h.below.start <= h.at {
		return h.at + 1
	}
	return h.below.start
}

// findGap is the first one from a position on; false where the list has none.
func (p *Pages) findGap(i int) (gap, bool) {
	var above *run
	for _, r := range p.runs {
		switch {
		case i < r.start, above != nil && above.stop() == r.start && i == r.start:
			return gap{i, above, r}, true
		case i <= r.stop():
			i = r.stop()
		}
		above = r
	}
	if above == nil {
		return gap{at: i}, i == 0 || i < p.Len()
	}
	return gap{i, above, nil}, !above.isEnd && (i < p.Len() || i == above.stop())
}

// runAt is the run that holds a position.
func (p *Pages) runAt(i int) *run {
	for _, r := range p.runs {
		if i >= r.start && i < r.stop() {
			return r
		}
	}
	return nil
}

// growTowards grows the run beside a hole; near is false where none is near.
func (p *Pages) growTowards(h gap) (ask Request, ok, near bool) {
	switch {
	case h.above != nil && h.at-h.above.stop() < p.size:
		ask, ok = p.growDown(h.above, h.at)
		return ask, ok, true
	case h.below != nil && h.below.start-h.at <= p.size:
		ask, ok = p.growUp(h.below, h.at)
		return ask, ok, true
	}
	return Request{}, false, false
}

// mayAsk says that a position may be asked for: it did not fail, and nobody else
// brings it.
func (p *Pages) mayAsk(at int, flies func(Request) bool) bool {
	for _, ask := range p.inFlight {
		if flies(ask) {
			return false
		}
	}
	return !p.failed[at/p.size]
}

// jumpTo asks for rows [first, end) with some on both sides.
func (p *Pages) jumpTo(at, first, end int) (Request, bool) {
	n := max(p.size, end-first)
	if p.pageFill.isUneven {
		n = max(1, min(n, p.pageFill.maxRows))
	}
	from := max(0, first-max(0, n-(end-first))/2)
	ask := Request{kind: jump, wanted: at, Offset: from, Limit: n}
	if p.isChained && from > 0 && p.IsExact() {
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
	return ask, p.mayAsk(at, func(f Request) bool { return f.kind == jump && at >= f.wanted-n && at < f.wanted+n })
}

// growDown asks for what follows a run.
func (p *Pages) growDown(r *run, at int) (Request, bool) {
	ask := Request{kind: growth, run: r, wanted: at}
	back, byID := p.overlapSize(r.missedDown, len(r.rows))
	byID = byID && !r.rows[len(r.rows)-1-back].HasNoID()
	switch {
	case byID && len(r.rows) == 1:
		ask.After, ask.Limit, ask.overlapRow = r.rows[0].ID, p.size, r.rows[0]
	case byID:
		ask.After, ask.Limit = r.rows[len(r.rows)-1-back].ID, p.size+back
	default:
		ask.Offset, ask.Limit = max(0, r.tail-back), min(p.size+back+back/2, maxLimit)
	}
	return ask, !p.waitsForCount(r) && p.mayAsk(at, func(f Request) bool { return f.run == r && !f.up })
}

// growUp asks for what stands before a run.
func (p *Pages) growUp(r *run, at int) (Request, bool) {
	ask := Request{kind: growth, run: r, up: true, wanted: at}
	back, byID := p.overlapSize(r.missedUp, len(r.rows))
	byID = byID && !r.rows[back].HasNoID()
	switch {
	case byID && len(r.rows) == 1:
		ask.After, ask.Limit, ask.overlapRow, ask.Reverse = r.rows[0].ID, p.size, r.rows[0], true
	case byID:
		ask.After, ask.Limit, ask.Reverse = r.rows[back].ID, p.size+back, true
	default:
		var rows int
		rows, back = p.upwardSize(back)
		ask.Offset = max(0, r.head-rows-back+1)
		ask.Limit = min(max(r.head-ask.Offset, 0)+max(back, 1)+back/2, maxLimit)
		if r.head == 0 {
			ask.Limit = p.size + back // rows came in above where the list began
		}
	}
	return ask, p.mayAsk(at, func(f Request) bool { return f.run == r && f.up })
}

// overlapSize is how many rows the next answer should overlap with a run of that many,
// and whether it is asked for by id.
func (p *Pages) overlapSize(missed, rows int) (back int, byID bool) {
	if !p.isChained {
		return p.limitOverlap(missed, offsetOverlaps[min(missed, len(offsetOverlaps)-1)]), false
	}
	back = chainedOverlaps[min(missed, len(chainedOverlaps)-1)]
	if missed < 2 {
		return max(0, min(back, rows-1)), true
	}
	return p.limitOverlap(missed, back), false
}

// limitOverlap is how far to go back where the server's pages are small: first so that an
// answer reaches over it, then so that not much of what is here is let go.
func (p *Pages) limitOverlap(missed, back int) int {
	switch {
	case !p.pageFill.isUneven:
		return back
	case missed < 2:
		return max(1, min(back, p.pageFill.maxRows/2))
	}
	return min(back, 3*p.pageFill.maxRows)
}

// maxTries is how often a run is asked to grow before what is here of it is given up.
func (p *Pages) maxTries() int {
	if p.isChained {
		return len(chainedOverlaps)
	}
	return len(offsetOverlaps)
}
