package pages

import (
	"frontdesk/views/users/localsearch"
)

// Take stores the rows that answer a request, in list order.
func (p *Pages) Take(ask Request, rows []*localsearch.Row) {
	delete(p.inFlight, ask.Number)
	delete(p.failed, ask.wanted/p.size)
	n := p.newRun(ask, rows)
	goesOn := p.noteAnswer(ask, n, rows)
	switch {
	case ask.kind == growth && !p.connects(ask, n, goesOn):
	case len(n.rows) == 0 && !(n.isTop && n.isEnd):
		p.shrink(ask)
	default:
		p.mergeRun(n)
	}
	p.updateEnds()
}

// newRun returns the rows of an answer as a run.
func (p *Pages) newRun(ask Request, rows []*localsearch.Row) *run {
	n := &run{head: -1, tail: -1}
	start := ask.After == "" && ask.Offset == 0
	n.isTop, n.isEnd = start && !ask.Reverse, start && ask.Reverse
	switch {
	case ask.After != "":
	case ask.Reverse:
		n.head = max(0, p.Len()-ask.Offset-len(rows))
		n.tail = n.head + len(rows)
	default:
		n.head, n.tail = ask.Offset, ask.Offset+len(rows)
	}
	n.start = max(0, n.head)
	switch {
	case ask.overlapRow != nil && ask.up:
		rows = append(rows[:len(rows):len(rows)], ask.overlapRow)
	case ask.overlapRow != nil:
		rows = append([]*localsearch.Row{ask.overlapRow}, rows...)
	}
	in := make(map[string]bool, len(rows))
	for _, r := range rows {
		if !in[r.ID] {
			in[r.ID] = true
			n.rows = append(n.rows, r)
		}
	}
	if again := len(rows) - len(n.rows); again > 1 { // one may be the row that both runs share
		p.repeated = max(p.repeated, again)
	}
	return n
}

// connects reports whether an answer continues the run it was requested for. If not,
// it is requested again from further back; in the end the loaded rows are given up for
// it.
func (p *Pages) connects(ask Request, n *run, goesOn bool) bool {
	if goesOn || p.overlapsRun(ask, n) {
		return true
	}
	for i, r := range p.runs {
		if r != ask.run {
			continue
		}
		missed := &r.missedDown
		if ask.up {
			missed = &r.missedUp
		}
		if *missed++; *missed < p.maxTries() {
			return false
		}
		p.unindexRun(r)
		p.runs = append(p.runs[:i:i], p.runs[i+1:]...)
		return n.head >= 0 && len(n.rows) > 0
	}
	return false // the run was evicted meanwhile
}

// overlapsRun reports whether an answer contains a row of the run it was requested
// for, and continues from there. If offsets have shifted, it says by how much. A
// server that ignores starting_after returns its first rows again and again.
func (p *Pages) overlapsRun(ask Request, n *run) bool {
	shares := false
	for _, r := range n.rows {
		shares = shares || p.runOf[r.ID] == ask.run
	}
	if !shares || n.head >= 0 {
		return shares
	}
	if ask.up {
		return n.isTop || p.rowsBeyond(ask, n) < 0
	}
	return n.isEnd || p.rowsBeyond(ask, n) < 0
}

// shrink records that the list ends before a requested position: it is shorter than
// assumed.
func (p *Pages) shrink(ask Request) {
	p.total, p.minimum = min(p.total, ask.Offset), min(p.minimum, ask.Offset)
	kept := p.runs[:0:0]
	for _, r := range p.runs {
		if ask.Reverse || r.start >= ask.Offset {
			p.unindexRun(r)
		} else {
			kept = append(kept, r)
		}
	}
	p.runs = kept
}

// mergeRun merges a run into the others. It is newer: rows of theirs that it should
// contain and does not are gone.
func (p *Pages) mergeRun(n *run) {
	var into *run // the first run that n overlaps; requests in flight refer to it
	var others []*run
	came := n.rows
	for _, q := range p.runs {
		first, last, both := p.overlap(q, n)
		if !both {
			others = append(others, q)
			continue
		}
		var gone []*localsearch.Row
		if n, gone = mergeRuns(n, q, first, last, into != nil); into == nil {
			into = q
			for _, r := range gone {
				delete(p.runOf, r.ID)
			}
			continue
		}
		p.unindexRun(q) // its rows are in into now
		came = n.rows
	}
	if into == nil {
		into = n
	} else {
		*into = *n
	}
	for _, r := range came {
		p.runOf[r.ID] = into
	}
	p.placeRun(others, into)
}

// unindexRun removes the rows of a run from runOf.
func (p *Pages) unindexRun(r *run) {
	for _, one := range r.rows {
		if p.runOf[one.ID] == r {
			delete(p.runOf, one.ID)
		}
	}
}

// pair is the indices of one row in two runs.
type pair struct{ q, n int }

// overlap returns the first and the last row of n that is also in q.
func (p *Pages) overlap(q, n *run) (first, last pair, both bool) {
	for i, r := range n.rows {
		if p.runOf[r.ID] != q {
			continue
		}
		if last.n = i; !both {
			first, both = pair{q.index(r.ID), i}, true
		}
	}
	if both {
		last.q = q.index(n.rows[last.n].ID)
	}
	return first, last, both
}

// mergeRuns returns n with the rows that q has before and after what they share; gone
// are the rows of q in between that n does not have. placed says that n's position
// counts, not q's.
func mergeRuns(n, q *run, first, last pair, placed bool) (m *run, gone []*localsearch.Row) {
	in := make(map[string]bool, len(n.rows))
	for _, r := range n.rows {
		in[r.ID] = true
	}
	rest := func(rows []*localsearch.Row) (out []*localsearch.Row) {
		for _, r := range rows {
			if !in[r.ID] {
				out = append(out, r)
			}
		}
		return out
	}
	m = &run{isTop: n.isTop, isEnd: n.isEnd, shortTop: n.shortTop, shortEnd: n.shortEnd, head: n.head, tail: n.tail, start: n.start}
	from, to := 0, len(q.rows)                     // the range of q that n replaces
	if !n.isTop && !placed && first.n <= first.q { // else n reaches further up than q
		from = first.q
	}
	if lower := max(first.q, last.q) + 1; !n.isEnd && len(n.rows)-1-last.n <= len(q.rows)-lower {
		to = lower
	}
	before, behind := rest(q.rows[:from]), rest(q.rows[to:])
	m.rows = make([]*localsearch.Row, 0, len(before)+len(n.rows)+len(behind))
	m.rows = append(append(append(m.rows, before...), n.rows...), behind...)
	switch {
	case placed:
	case len(before) > 0:
		m.start = q.start
	default:
		m.start = q.start + first.q - first.n
	}
	if !m.isTop && (len(before) > 0 || first == (pair{})) {
		m.isTop, m.shortTop = q.isTop, q.shortTop
	}
	if len(behind) > 0 {
		m.isEnd, m.shortEnd = q.isEnd, q.shortEnd
	}
	if n.head >= 0 {
		m.head, m.tail = max(0, n.head-len(before)), n.tail+len(behind)
	} else {
		m.head = max(0, q.head+first.q-first.n-len(before))
		m.tail = q.tail - (len(q.rows) - 1 - last.q) + len(n.rows) - 1 - last.n + len(behind)
	}
	return m, rest(q.rows[from:to])
}

// placeRun inserts a run by position, so that runs do not overlap and the list begins
// at 0.
func (p *Pages) placeRun(others []*run, n *run) {
	at := n.start
	if n.isTop {
		n.start = 0
	}
	n.start = max(n.start, 0)
	p.runs = nil
	put := func(r *run) {
		if above := p.last(); above != nil {
			r.start, r.isTop, r.shortTop = max(r.start, above.stop()), false, 0
			above.isEnd, above.shortEnd = false, 0
		}
		p.runs = append(p.runs, r)
	}
	placed := false
	for _, q := range others {
		switch above := q.start < at; {
		case above && n.isTop, !above && n.isEnd:
			p.unindexRun(q) // neither the first nor the last any more
			continue
		case !above && !placed:
			put(n)
			placed = true
		}
		put(q)
	}
	if !placed {
		put(n)
	}
}
