package pages

import (
	"frontdesk/views/users/localsearch"
)

// maxFailed is how many failed places are remembered at a time.
const maxFailed = 30

// Pages knows which rows of one result are here, on their way, and wanted.
//
// What is here is kept as runs: rows that follow each other without a gap, as
// the server gave them. A run grows at either end by asking with an overlap of
// a row, so that rows put in or taken out elsewhere neither repeat nor vanish:
// an answer that does not meet the run is not believed, and is asked for again
// from further back. Runs that meet become one.
//
// It does no I/O and knows no clock: want (ask.go) says what to ask for,
// take (take.go) and fail say what came of it. Only so many rows are held
// (rows.go); those far away are let go, nothing is kept of them, and they
// are asked for again when somebody goes back.
type Pages struct {
	size int
	// isChained says that rows are asked for by the id before them, in either
	// direction. Else it goes by offset.
	isChained   bool
	total       int // what the count said, -1 for not known
	minimum     int // there are at least so many, while that is all that is known
	pageFill    *PageFill
	awaitsCount bool // the count is on its way

	runs     []*run          // by position, none over another
	runOf    map[string]*run // id -> the run that holds it
	inFlight map[int]Request // by number
	failed   map[int]bool    // by position, in steps of size
	serial   int             // of asks
}

// run is rows without a gap between them.
type run struct {
	start int // the position of the first row in the list
	rows  []*localsearch.Row
	// isTop and end say that the list begins and ends with it.
	isTop, isEnd bool
	// shortTop and below are how many rows the outermost page had where it came short,
	// so that the list most likely begins or ends there; 0 where none did (end.go).
	shortTop, shortEnd int
	// head and tail are the server's offsets of the first row and behind the last
	// one as far as was heard: they part from the positions when rows come and go.
	head, tail int
	// missedUp and down count the answers that should have met the run there and did not.
	missedUp, missedDown int
}

// stop is the position behind the last row.
func (r *run) stop() int { return r.start + len(r.rows) }

// New is an empty list read in steps of size rows; chained as Pages says.
func New(size int, chained bool, fill *PageFill) *Pages {
	return &Pages{
		size: size, isChained: chained, total: -1, pageFill: fill,
		runOf: map[string]*run{}, inFlight: map[int]Request{}, failed: map[int]bool{},
	}
}

// At is a row, nil where it is not here.
func (p *Pages) At(i int) *localsearch.Row {
	for _, r := range p.runs {
		if i >= r.start && i < r.stop() {
			return r.rows[i-r.start]
		}
	}
	return nil
}

// last is the run furthest down, nil where nothing is here.
func (p *Pages) last() *run {
	if len(p.runs) == 0 {
		return nil
	}
	return p.runs[len(p.runs)-1]
}

// knownEnd is the position after the last row that is here.
func (p *Pages) knownEnd() int {
	if r := p.last(); r != nil {
		return r.stop()
	}
	return 0
}

// Len is how many rows the list has as far as is known.
func (p *Pages) Len() int {
	if r := p.last(); r != nil && r.isEnd {
		return r.stop()
	}
	return max(p.total, p.minimum, p.knownEnd())
}

// IsExact says that len is not only what is known so far.
func (p *Pages) IsExact() bool {
	r := p.last()
	return p.total >= 0 || r != nil && r.isEnd
}

// IsComplete says that every row is here.
func (p *Pages) IsComplete() bool { return len(p.runs) == 1 && p.runs[0].isTop && p.runs[0].isEnd }

// SetTotal takes what the count said; atLeast what is known before it answers.
func (p *Pages) SetTotal(n int) {
	p.total = n
	p.updateEnds()
}

// SetMinimum is described at Counted.
func (p *Pages) SetMinimum(n int) {
	p.minimum = n
	p.updateEnds()
}

// MarkFailed notes that rows could not be had; they are not asked for until retry.
func (p *Pages) MarkFailed(number int) {
	if ask, flew := p.inFlight[number]; flew {
		delete(p.inFlight, number)
		if len(p.failed) > maxFailed {
			clear(p.failed)
		}
		p.failed[ask.wanted/p.size] = true
	}
}

// ClearFailed forgets what failed.
func (p *Pages) ClearFailed() { clear(p.failed) }
