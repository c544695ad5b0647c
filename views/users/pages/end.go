package pages

import (
	"slices"

	"frontdesk/views/users/localsearch"
)

// PageFill is what was seen of how full a server's pages come. The lists of one
// server share one.
//
// A page with fewer rows than were asked for need not be the last one: a server
// may have a smaller maximum than ours, or may leave rows out of a page that it
// has read. So it is the end where the count agrees; where nothing was counted,
// if the server has given more rows at once than these; and else only if nothing
// follows. A server that was seen to go on behind a short page is always asked.
type PageFill struct {
	most   int  // rows that a page had at most
	uneven bool // more followed a page with fewer rows than were asked for, or so the count says
}

// Awaits says whether the count is on its way. What follows a short page is not
// asked for meanwhile: the count will most likely say that nothing does.
func (p *Pages) Awaits(count bool) { p.awaits = count }

// Ends says that an answer is all there is, from the first row to the last, before
// it is taken.
func (p *Pages) Ends(ask Ask, rows []*localsearch.Row) bool {
	if ask.After != "" || ask.Offset > 0 || ask.Reverse || len(rows) >= ask.Limit {
		return false
	}
	return len(rows) == 0 || p.agrees(len(rows), len(rows))
}

// agrees says that a list ends behind that many rows, the last page of which had
// so many and was short.
func (p *Pages) agrees(rows, page int) bool {
	switch {
	case p.fill.uneven:
		return false
	case p.total >= 0:
		return rows >= p.total
	}
	return rows >= p.least && page < p.fill.most
}

// vouch takes it that the list begins and ends where its outermost pages came
// short, as far as that agrees with what else is known by now.
func (p *Pages) vouch() {
	if len(p.runs) == 0 {
		return
	}
	if first := p.runs[0]; first.above > 0 {
		if first.top = first.head <= 0 && !p.fill.uneven; first.top {
			first.at = 0
		}
	}
	if last := p.last(); last.below > 0 {
		p.fill.uneven = p.fill.uneven || last.tail+p.size <= p.total
		if last.end = p.agrees(last.tail, last.below); last.end && p.total >= 0 {
			last.below = 0 // a later count is of later rows
		}
	}
}

// heard notes what an answer of these rows says of the server's pages, and of the
// ends of the list; n is the same as a run. goesOn says that the run was cut to
// where the answer ends.
func (p *Pages) heard(ask Ask, n *run, rows []*localsearch.Row) (goesOn bool) {
	got, short := len(rows), len(rows) < ask.Limit
	sure, past := got == 0, false
	if p.follows(ask, n, rows) {
		over := p.over(ask, n)
		past = over < 0
		sure = sure || over == 0
		if goesOn = over > 0 && p.fill.uneven; goesOn {
			p.trim(ask, over)
		}
	}
	switch {
	case past && (ask.up && ask.run.above > 0 || !ask.up && ask.run.below > 0),
		ask.After == "" && got > 0 && short && ask.Offset+ask.Limit <= p.total:
		p.fill.uneven = true
	}
	if short {
		page, ends := got, sure || !p.fill.uneven && got < p.fill.most
		if sure {
			page = 0
		}
		if ask.Reverse {
			n.top, n.above = ends, page
		} else {
			n.end, n.below = ends, page
		}
	}
	p.fill.most = max(p.fill.most, got)
	return goesOn
}

// follows says that an answer goes on towards the end of the run that it was asked
// for. Where it has the one in it whom it should come behind, the server does not
// know ids and gave its first rows.
func (p *Pages) follows(ask Ask, n *run, rows []*localsearch.Row) bool {
	return ask.run != nil && ask.up == ask.Reverse && len(ask.run.rows) > 0 &&
		slices.ContainsFunc(n.rows, func(one *localsearch.Row) bool { return p.home[one.ID] == ask.run }) &&
		!slices.ContainsFunc(rows, func(one *localsearch.Row) bool { return one.ID == ask.After })
}

// over is how many rows a run has behind the last one of an answer, or above its
// first, below 0 where that is none of the run's.
func (p *Pages) over(ask Ask, n *run) int {
	if ask.up {
		return ask.run.index(n.rows[0].ID)
	}
	if i := ask.run.index(n.rows[len(n.rows)-1].ID); i >= 0 {
		return len(ask.run.rows) - 1 - i
	}
	return -1
}

// trim lets rows of a run go that an answer should have had and has not: whether
// they are there still is asked again.
func (p *Pages) trim(ask Ask, rows int) {
	if ask.up {
		p.trimTop(ask.run, rows)
	} else {
		p.trimEnd(ask.run, rows)
	}
}

// waits says that what follows a run is not asked for before the count.
func (p *Pages) waits(r *run) bool {
	return p.awaits && r.below > 0 && !r.end && r == p.last() && r.tail >= p.least && !p.fill.uneven
}

// upward is how many rows to ask for above a run, and by how many of them to reach
// into it, so that as many more may have moved.
func (p *Pages) upward(back int) (rows, over int) {
	if !p.fill.uneven {
		return p.size, back
	}
	over = max(1, min(back, p.fill.most/2-1))
	return max(1, min(p.size, p.fill.most-2*over+1)), over
}
