package pages

import (
	"frontdesk/views/users/localsearch"
)

// Take puts the rows of an answer in their place.
func (p *Pages) Take(ask Ask, rows []*localsearch.Row) {
	delete(p.flying, ask.Page)
	delete(p.failed, ask.at/p.size)
	n := p.answer(ask, rows)
	goesOn := p.heard(ask, n, rows)
	switch {
	case ask.way == growing && !p.meets(ask, n, goesOn):
	case len(n.rows) == 0 && !(n.top && n.end):
		p.shrink(ask)
	default:
		p.weave(n)
	}
	p.vouch()
}

// answer is what came, as a run.
func (p *Pages) answer(ask Ask, rows []*localsearch.Row) *run {
	n := &run{head: -1, tail: -1}
	start := ask.After == "" && ask.Offset == 0
	n.top, n.end = start && !ask.Reverse, start && ask.Reverse
	switch {
	case ask.After != "":
	case ask.Reverse:
		n.head = max(0, p.Len()-ask.Offset-len(rows))
		n.tail = n.head + len(rows)
	default:
		n.head, n.tail = ask.Offset, ask.Offset+len(rows)
	}
	n.at = max(0, n.head)
	switch {
	case ask.lead != nil && ask.up:
		rows = append(rows[:len(rows):len(rows)], ask.lead)
	case ask.lead != nil:
		rows = append([]*localsearch.Row{ask.lead}, rows...)
	}
	in := make(map[string]bool, len(rows))
	for _, r := range rows {
		if !in[r.ID] {
			in[r.ID] = true
			n.rows = append(n.rows, r)
		}
	}
	return n
}

// meets says that an answer continues the run it was asked for. One that does
// not is asked for again, from further back; in the end what is here is given up
// for it.
func (p *Pages) meets(ask Ask, n *run, goesOn bool) bool {
	if goesOn || p.continues(ask, n) {
		return true
	}
	for i, r := range p.runs {
		if r != ask.run {
			continue
		}
		missed := &r.down
		if ask.up {
			missed = &r.up
		}
		if *missed++; *missed < p.tries() {
			return false
		}
		p.forget(r)
		p.runs = append(p.runs[:i:i], p.runs[i+1:]...)
		return n.head >= 0 && len(n.rows) > 0
	}
	return false // it was let go meanwhile
}

// continues says that an answer has a row of the run it was asked for, and goes
// on from there. Offsets may have parted from what is here: such an answer then
// says by how much. A server that does not know starting_after gives the first
// rows again and again.
func (p *Pages) continues(ask Ask, n *run) bool {
	shares := false
	for _, r := range n.rows {
		shares = shares || p.home[r.ID] == ask.run
	}
	if !shares || n.head >= 0 {
		return shares
	}
	if ask.up {
		return n.top || p.over(ask, n) < 0
	}
	return n.end || p.over(ask, n) < 0
}

// shrink takes it that nobody is where somebody was asked for: the list is
// shorter than was believed.
func (p *Pages) shrink(ask Ask) {
	p.total, p.least = min(p.total, ask.Offset), min(p.least, ask.Offset)
	kept := p.runs[:0:0]
	for _, r := range p.runs {
		if ask.Reverse || r.at >= ask.Offset {
			p.forget(r)
		} else {
			kept = append(kept, r)
		}
	}
	p.runs = kept
}

// weave puts a run among those that are here. It is newer than they are: what it
// does not have where it should is gone.
func (p *Pages) weave(n *run) {
	var into *run // the first that n meets; asks under way know it by that name
	var others []*run
	came := n.rows
	for _, q := range p.runs {
		first, last, both := p.shared(q, n)
		if !both {
			others = append(others, q)
			continue
		}
		var gone []*localsearch.Row
		if n, gone = merge(n, q, first, last, into != nil); into == nil {
			into = q
			for _, r := range gone {
				delete(p.home, r.ID)
			}
			continue
		}
		p.forget(q) // all of it lives in the first now
		came = n.rows
	}
	if into == nil {
		into = n
	} else {
		*into = *n
	}
	for _, r := range came {
		p.home[r.ID] = into
	}
	p.settle(others, into)
}

// forget takes the rows of a run out of what is known by id.
func (p *Pages) forget(r *run) {
	for _, one := range r.rows {
		if p.home[one.ID] == r {
			delete(p.home, one.ID)
		}
	}
}

// pair is where a row stands in two runs.
type pair struct{ q, n int }

// shared are the first and the last row of n that q has too.
func (p *Pages) shared(q, n *run) (first, last pair, both bool) {
	for i, r := range n.rows {
		if p.home[r.ID] != q {
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

// merge is n in the place of what it shares with q, between what q has before
// and behind that; gone is what q had in that place and n does not. placed says
// that n's position counts, and not q's.
func merge(n, q *run, first, last pair, placed bool) (m *run, gone []*localsearch.Row) {
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
	m = &run{top: n.top, end: n.end, above: n.above, below: n.below, head: n.head, tail: n.tail, at: n.at}
	from, to := 0, len(q.rows)                   // the place of n in q
	if !n.top && !placed && first.n <= first.q { // else n reaches further up than q
		from = first.q
	}
	if lower := max(first.q, last.q) + 1; !n.end && len(n.rows)-1-last.n <= len(q.rows)-lower {
		to = lower
	}
	before, behind := rest(q.rows[:from]), rest(q.rows[to:])
	m.rows = make([]*localsearch.Row, 0, len(before)+len(n.rows)+len(behind))
	m.rows = append(append(append(m.rows, before...), n.rows...), behind...)
	switch {
	case placed:
	case len(before) > 0:
		m.at = q.at
	default:
		m.at = q.at + first.q - first.n
	}
	if !m.top && (len(before) > 0 || first == (pair{})) {
		m.top, m.above = q.top, q.above
	}
	if len(behind) > 0 {
		m.end, m.below = q.end, q.below
	}
	if n.head >= 0 {
		m.head, m.tail = max(0, n.head-len(before)), n.tail+len(behind)
	} else {
		m.head = max(0, q.head+first.q-first.n-len(before))
		m.tail = q.tail - (len(q.rows) - 1 - last.q) + len(n.rows) - 1 - last.n + len(behind)
	}
	return m, rest(q.rows[from:to])
}

// settle puts a run among others, by position: they do not overlap, and the list
// begins at 0.
func (p *Pages) settle(others []*run, n *run) {
	at := n.at
	if n.top {
		n.at = 0
	}
	n.at = max(n.at, 0)
	p.runs = nil
	put := func(r *run) {
		if above := p.last(); above != nil {
			r.at, r.top, r.above = max(r.at, above.stop()), false, 0
			above.end, above.below = false, 0
		}
		p.runs = append(p.runs, r)
	}
	placed := false
	for _, q := range others {
		switch above := q.at < at; {
		case above && n.top, !above && n.end:
			p.forget(q) // the list neither begins nor ends there any more
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
