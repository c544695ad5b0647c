package pages

import (
	"frontdesk/views/users/localsearch"
)

// maxFailed is how many failed places are remembered.
const maxFailed = 30

// Pages knows which rows of one list are loaded, requested and missing.
//
// Loaded rows are kept as runs: rows that follow each other without a gap, as the
// server returned them. A run grows at either end by a request that overlaps it by a
// row, so that rows inserted or deleted elsewhere neither repeat nor vanish: an answer
// that does not overlap the run is dropped and requested again from further back. Runs
// that meet are merged.
//
// Requests (ask.go) says what to request; Take (take.go) and MarkFailed record the
// outcome. The number of loaded rows is bounded: Evict drops those far away, and they
// are requested again when needed.
type Pages struct {
	size int
	// isChained says that rows are requested by the id before them, in either
	// direction, instead of by offset.
	isChained   bool
	total       int // the count, -1 if not known
	minimum     int // a lower bound while the count is not known
	pageFill    *PageFill
	awaitsCount bool // a count is in progress

	runs     []*run          // by position, without overlap
	runOf    map[string]*run // by id
	inFlight map[int]Request // by number
	failed   map[int]bool    // by position / size
	serial   int             // of the last request
	repeated int             // the most rows of an answer that had another's id
}

// run is a range of rows without a gap.
type run struct {
	start int // position of the first row
	rows  []*localsearch.Row
	// isTop and isEnd say that the list begins and ends with the run.
	isTop, isEnd bool
	// shortTop and shortEnd are the sizes of the outermost pages if they had fewer
	// rows than requested, so that the list most likely begins or ends there; else 0
	// (end.go).
	shortTop, shortEnd int
	// head and tail are the server's offsets of the first row and after the last one
	// when they were read: they differ from the positions as rows come and go.
	head, tail int
	// missedUp and missedDown count the answers that should have overlapped the run at
	// its top or end and did not.
	missedUp, missedDown int
}

// stop returns the position after the last row.
func (r *run) stop() int { return r.start + len(r.rows) }

// New returns an empty list that is read in pages of size rows. Where chained is
// set, rows are requested by the id before them, else by offset.
func New(size int, chained bool, fill *PageFill) *Pages {
	return &Pages{
		size: size, isChained: chained, total: -1, pageFill: fill,
		runOf: map[string]*run{}, inFlight: map[int]Request{}, failed: map[int]bool{},
	}
}

// Repeated returns how many rows of one answer had the id of another row in it, so that
// they have no place in the list.
func (p *Pages) Repeated() int { return p.repeated }

// At returns a row, nil if it is not loaded.
func (p *Pages) At(i int) *localsearch.Row {
	for _, r := range p.runs {
		if i >= r.start && i < r.stop() {
			return r.rows[i-r.start]
		}
	}
	return nil
}

// last returns the last run, nil if there is none.
func (p *Pages) last() *run {
	if len(p.runs) == 0 {
		return nil
	}
	return p.runs[len(p.runs)-1]
}

// knownEnd returns the position after the last loaded row.
func (p *Pages) knownEnd() int {
	if r := p.last(); r != nil {
		return r.stop()
	}
	return 0
}

// Len returns how many rows the list has as far as is known; see IsExact.
func (p *Pages) Len() int {
	if r := p.last(); r != nil && r.isEnd {
		return r.stop()
	}
	return max(p.total, p.minimum, p.knownEnd())
}

// IsExact reports whether Len is the length of the whole list.
func (p *Pages) IsExact() bool {
	r := p.last()
	return p.total >= 0 || r != nil && r.isEnd
}

// IsComplete reports whether every row is loaded.
func (p *Pages) IsComplete() bool { return len(p.runs) == 1 && p.runs[0].isTop && p.runs[0].isEnd }

// SetTotal sets the length counted by the server, -1 for unknown.
func (p *Pages) SetTotal(n int) {
	p.total = n
	p.updateEnds()
}

// SetMinimum sets a lower bound of the length, while the total is not known.
func (p *Pages) SetMinimum(n int) {
	p.minimum = n
	p.updateEnds()
}

// MarkFailed records that a request failed; its rows are not requested again until
// ClearFailed.
func (p *Pages) MarkFailed(number int) {
	if ask, flew := p.inFlight[number]; flew {
		delete(p.inFlight, number)
		if len(p.failed) > maxFailed {
			clear(p.failed)
		}
		p.failed[ask.wanted/p.size] = true
	}
}

// ClearFailed lets failed rows be requested again.
func (p *Pages) ClearFailed() { clear(p.failed) }
