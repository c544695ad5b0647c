package pages

import (
	"slices"

	"frontdesk/views/users/localsearch"
)

// PageFill is how full a server's pages were seen to be. All lists of one server
// share it.
//
// A page with fewer rows than were asked for need not be the last one: a server
// may have a smaller maximum than ours, or may leave rows out of a page that it
// has read. So it is the end if the count agrees; without a count, if the server
// has returned more rows at once than these; and else only if nothing follows. A
// server that was seen to continue after a short page is always asked.
type PageFill struct {
	maxRows  int  // rows that a page had at most
	isUneven bool // more followed a page with fewer rows than were asked for, or so the count says
}

// SetAwaitsCount sets whether the count is requested. What follows a short page is
// not asked for meanwhile: the count will most likely say that nothing does.
func (p *Pages) SetAwaitsCount(count bool) { p.awaitsCount = count }

// IsWholeList says whether an answer that was not taken yet has every row of the
// list.
func (p *Pages) IsWholeList(ask Request, rows []*localsearch.Row) bool {
	if ask.After != "" || ask.Offset > 0 || ask.Reverse || len(rows) >= ask.Limit {
		return false
	}
	return len(rows) == 0 || p.endsBehind(len(rows), len(rows))
}

// endsBehind says that a list ends behind that many rows, the last page of which had
// so many and was short.
func (p *Pages) endsBehind(rows, page int) bool {
	switch {
	case p.pageFill.isUneven:
		return false
	case p.total >= 0:
		return rows >= p.total
	}
	return rows >= p.minimum && page < p.pageFill.maxRows
}

// updateEnds takes it that the list begins and ends where its outermost pages came
// short, as far as that agrees with what else is known by now.
func (p *Pages) updateEnds() {
	if len(p.runs) == 0 {
		return
	}
	if first := p.runs[0]; first.shortTop > 0 {
		if first.isTop = first.head <= 0 && !p.pageFill.isUneven; first.isTop {
			first.start = 0
		}
	}
	if last := p.last(); last.shortEnd > 0 {
		p.pageFill.isUneven = p.pageFill.isUneven || last.tail+p.size <= p.total
		if last.isEnd = p.endsBehind(last.tail, last.shortEnd); last.isEnd && p.total >= 0 {
			last.shortEnd = 0 // a later count is of later rows
		}
	}
}

// noteAnswer notes what an answer of these rows says of the server's pages, and of the
// ends of the list; n is the same as a run. goesOn says that the run was cut to
// where the answer ends.
func (p *Pages) noteAnswer(ask Request, n *run, rows []*localsearch.Row) (goesOn bool) {
	got, short := len(rows), len(rows) < ask.Limit
	sure, past := got == 0, false
	if p.extendsRun(ask, n, rows) {
		over := p.rowsBeyond(ask, n)
		past = over < 0
		sure = sure || over == 0
		if goesOn = over > 0 && p.pageFill.isUneven; goesOn {
			p.trimBeyond(ask, over)
		}
	}
	switch {
	case past && (ask.up && ask.run.shortTop > 0 || !ask.up && ask.run.shortEnd > 0),
		ask.After == "" && got > 0 && short && ask.Offset+ask.Limit <= p.total:
		p.pageFill.isUneven = true
	}
	if short {
		page, ends := got, sure || !p.pageFill.isUneven && got < p.pageFill.maxRows
		if sure {
			page = 0
		}
		if ask.Reverse {
			n.isTop, n.shortTop = ends, page
		} else {
			n.isEnd, n.shortEnd = ends, page
		}
	}
	p.pageFill.maxRows = max(p.pageFill.maxRows, got)
	return goesOn
}

// extendsRun says that an answer goes on towards the end of the run that it was asked
// for. Where it has the one in it whom it should come behind, the server does not
// know ids and gave its first rows.
func (p *Pages) extendsRun(ask Request, n *run, rows []*localsearch.Row) bool {
	return ask.run != nil && ask.up == ask.Reverse && len(ask.run.rows) > 0 &&
		slices.ContainsFunc(n.rows, func(one *localsearch.Row) bool { return p.runOf[one.ID] == ask.run }) &&
		!slices.ContainsFunc(rows, func(one *localsearch.Row) bool { return one.ID == ask.After })
}

// rowsBeyond is how many rows a run has behind the last one of an answer, or above its
// first, below 0 where that is none of the run's.
func (p *Pages) rowsBeyond(ask Request, n *run) int {
	if ask.up {
		return ask.run.index(n.rows[0].ID)
	}
	if i := ask.run.index(n.rows[len(n.rows)-1].ID); i >= 0 {
		return len(ask.run.rows) - 1 - i
	}
	return -1
}

// trimBeyond lets rows of a run go that an answer should have had and has not: whether
// they are there still is asked again.
func (p *Pages) trimBeyond(ask Request, rows int) {
	if ask.up {
		p.trimTop(ask.run, rows)
	} else {
		p.trimEnd(ask.run, rows)
	}
}

// waitsForCount says that what follows a run is not asked for before the count.
func (p *Pages) waitsForCount(r *run) bool {
	return p.awaitsCount && r.shortEnd > 0 && !r.isEnd && r == p.last() && r.tail >= p.minimum && !p.pageFill.isUneven
}

// upwardSize is how many rows to ask for above a run, and by how many of them to reach
// into it, so that as many more may have moved.
func (p *Pages) upwardSize(back int) (rows, over int) {
	if !p.pageFill.isUneven {
		return p.size, back
	}
	over = max(1, min(back, p.pageFill.maxRows/2-1))
	return max(1, min(p.size, p.pageFill.maxRows-2*over+1)), over
}
