package pages

import (
	"slices"

	"frontdesk/views/users/localsearch"
)

// PageFill is how full the server's pages have been. All lists of one server share it.
//
// A page with fewer rows than requested need not be the last one: a server may have a
// smaller maximum than ours, or may omit rows of a page it has read. Such a page is
// the end if the count agrees; without a count, if the server has returned more rows
// at once than these; else only if nothing follows it. A server that has continued
// after a short page is always asked.
type PageFill struct {
	maxRows  int  // the most rows of any page
	isUneven bool // rows followed a short page, or the count says so
}

// SetAwaitsCount sets whether a count is in progress. What follows a short page is not
// requested meanwhile: the count will most likely say that nothing does.
func (p *Pages) SetAwaitsCount(count bool) { p.awaitsCount = count }

// IsWholeList reports whether an answer, before it is taken, contains the whole list.
func (p *Pages) IsWholeList(ask Request, rows []*localsearch.Row) bool {
	if ask.After != "" || ask.Offset > 0 || ask.Reverse || len(rows) >= ask.Limit {
		return false
	}
	return len(rows) == 0 || p.endsBehind(len(rows), len(rows))
}

// endsBehind reports whether a list ends after that many rows, with a short last page
// of that size.
func (p *Pages) endsBehind(rows, page int) bool {
	switch {
	case p.pageFill.isUneven:
		return false
	case p.total >= 0:
		return rows >= p.total
	}
	return rows >= p.minimum && page < p.pageFill.maxRows
}

// updateEnds decides whether the list begins and ends at its short outermost pages, by
// all that is known now.
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

// noteAnswer records what an answer says about the server's pages and the ends of the
// list; n is the answer as a run. goesOn says that the run was cut to where the answer
// ends.
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

// extendsRun reports whether an answer continues towards the end of its run. If it
// contains the user it should come after, the server ignores ids and returned its
// first rows.
func (p *Pages) extendsRun(ask Request, n *run, rows []*localsearch.Row) bool {
	return ask.run != nil && ask.up == ask.Reverse && len(ask.run.rows) > 0 &&
		slices.ContainsFunc(n.rows, func(one *localsearch.Row) bool { return p.runOf[one.ID] == ask.run }) &&
		!slices.ContainsFunc(rows, func(one *localsearch.Row) bool { return one.ID == ask.After })
}

// rowsBeyond returns how many rows a run has after the last row of an answer (or
// before its first), negative if that row is not in the run.
func (p *Pages) rowsBeyond(ask Request, n *run) int {
	if ask.up {
		return ask.run.index(n.rows[0].ID)
	}
	if i := ask.run.index(n.rows[len(n.rows)-1].ID); i >= 0 {
		return len(ask.run.rows) - 1 - i
	}
	return -1
}

// trimBeyond drops rows of a run that an answer should contain and does not; they are
// requested again.
func (p *Pages) trimBeyond(ask Request, rows int) {
	if ask.up {
		p.trimTop(ask.run, rows)
	} else {
		p.trimEnd(ask.run, rows)
	}
}

// waitsForCount reports whether requesting what follows a run waits for the count.
func (p *Pages) waitsForCount(r *run) bool {
	return p.awaitsCount && r.shortEnd > 0 && !r.isEnd && r == p.last() && r.tail >= p.minimum && !p.pageFill.isUneven
}

// upwardSize returns how many rows to request above a run and how many of them overlap
// it, so that as many may have moved.
func (p *Pages) upwardSize(back int) (rows, over int) {
	if !p.pageFill.isUneven {
		return p.size, back
	}
	over = max(1, min(back, p.pageFill.maxRows/2-1))
	return max(1, min(p.size, p.pageFill.maxRows-2*over+1)), over
}
