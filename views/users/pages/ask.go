package pages

import (
	"frontdesk/views/users/localsearch"
)

// requestKind is how rows are requested.
type requestKind int

const (
	jump   requestKind = iota // at a place with no loaded rows nearby
	growth                    // at the end of a run, which the answer must overlap
)

// Request is one page to request: after an id, or from an offset.
type Request struct {
	Number        int // identifies the request
	After         string
	Offset, Limit int
	// Reverse requests the opposite order, which begins at the end of this list; the
	// rows must be reversed when they come.
	Reverse bool

	kind       requestKind
	run        *run             // the run that grows
	up         bool             // at the top of the run
	wanted     int              // the position that is missing
	IsVisible  bool             // the row is on the screen
	overlapRow *localsearch.Row // comes right before the rows, if they cannot overlap the run
}

// These are how many rows an answer should overlap with the run it continues: one at
// first, more after each miss. In a chained list all but the last two are requested by
// id.
var (
	chainedOverlaps = []int{1, 25, 50, 250}
	offsetOverlaps  = []int{1, 50, 250}
)

// maxLimit is the API's maximum page size.
const maxLimit = 500

// Requests returns what to request now to load rows [first, end) and, in advance,
// ahead pages in the direction of travel (dir < 0 is up). At most room requests are in
// flight at a time.
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

// gap is a position at which a row is missing, with the runs next to it, or at which
// two runs touch that are not known to be continuous.
type gap struct {
	at           int
	above, below *run
}

// next returns the position from which to look for more gaps.
func (h gap) next() int {
	if h.below == nil || h.below.start <= h.at {
		return h.at + 1
	}
	return h.below.start
}

// findGap returns the first gap from a position on; false if there is none.
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

// runAt returns the run that contains a position.
func (p *Pages) runAt(i int) *run {
	for _, r := range p.runs {
		if i >= r.start && i < r.stop() {
			return r
		}
	}
	return nil
}

// growTowards requests rows at the end of a run beside a gap; near is false if no run
// is near enough.
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

// mayAsk reports whether a position may be requested: it did not fail and is not in
// flight.
func (p *Pages) mayAsk(at int, flies func(Request) bool) bool {
	for _, ask := range p.inFlight {
		if flies(ask) {
			return false
		}
	}
	return !p.failed[at/p.size]
}

// jumpTo requests rows [first, end) with some on both sides.
func (p *Pages) jumpTo(at, first, end int) (Request, bool) {
	n := max(p.size, end-first)
	if p.pageFill.isUneven {
		n = max(1, min(n, p.pageFill.maxRows))
	}
	from := max(0, first-max(0, n-(end-first))/2)
	ask := Request{kind: jump, wanted: at, Offset: from, Limit: n}
	if p.isChained && from > 0 && p.IsExact() {
		// Beyond the middle the other end is nearer, and large offsets are slow. Only
		// in the order by creation is the opposite order an exact reverse. In other
		// orders, users without a value come last in both directions (in our
		// directory; Clerk does not say), so the start of one is not the end of the
		// other.
		if behind := p.Len() - from - n; behind < from {
			ask.Reverse, ask.Offset = true, max(0, behind)
		}
	}
	return ask, p.mayAsk(at, func(f Request) bool { return f.kind == jump && at >= f.wanted-n && at < f.wanted+n })
}

// growDown requests the rows after a run.
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

// growUp requests the rows before a run.
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
			ask.Limit = p.size + back // rows were inserted above the former start of the list
		}
	}
	return ask, p.mayAsk(at, func(f Request) bool { return f.run == r && f.up })
}

// overlapSize returns how many rows the next answer should overlap with a run of that
// many rows, and whether to request by id.
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

// limitOverlap bounds the overlap where the server's pages are small: at first so that
// an answer reaches beyond it, later so that few loaded rows are given up.
func (p *Pages) limitOverlap(missed, back int) int {
	switch {
	case !p.pageFill.isUneven:
		return back
	case missed < 2:
		return max(1, min(back, p.pageFill.maxRows/2))
	}
	return min(back, 3*p.pageFill.maxRows)
}

// maxTries is how often growing a run is tried before its loaded rows are given up.
func (p *Pages) maxTries() int {
	if p.isChained {
		return len(chainedOverlaps)
	}
	return len(offsetOverlaps)
}
