package pages

import (
	"slices"

	"frontdesk/views/users/localsearch"
)

// Find returns the position of a user whose row is loaded.
func (p *Pages) Find(id string) (int, bool) {
	r, here := p.runOf[id]
	if !here {
		return 0, false
	}
	j := r.index(id)
	return r.start + j, j >= 0
}

// place is a position between rows, identified by the ids around it, the nearest
// first.
type place struct {
	at           int
	above, below []string
}

// PlaceOf returns the place of position i among the loaded rows.
func (p *Pages) PlaceOf(i int) place {
	const some = 60
	out := place{at: i}
	for k := 1; k <= some; k++ {
		if r := p.At(i - k); r != nil {
			out.above = append(out.above, r.ID)
		}
		if r := p.At(i + k - 1); r != nil {
			out.below = append(out.below, r.ID)
		}
	}
	return out
}

// PositionOf returns the position of a place after rows came and went.
func (p *Pages) PositionOf(at place) int {
	for _, id := range at.above {
		if i, here := p.Find(id); here {
			return i + 1
		}
	}
	for _, id := range at.below {
		if i, here := p.Find(id); here {
			return i
		}
	}
	return at.at
}

func (r *run) index(id string) int {
	return slices.IndexFunc(r.rows, func(one *localsearch.Row) bool { return one.ID == id })
}

// Replace stores a newer state of a loaded row.
func (p *Pages) Replace(r *localsearch.Row) {
	if home, here := p.runOf[r.ID]; here {
		home.rows[home.index(r.ID)] = r
	}
}

// Remove deletes a row that the server does not have any more; those after it move up,
// on the server too.
func (p *Pages) Remove(id string) {
	home, here := p.runOf[id]
	if !here {
		return
	}
	delete(p.runOf, id)
	home.rows = slices.Delete(home.rows, home.index(id), home.index(id)+1)
	home.tail--
	for _, r := range p.runs {
		if r != home && r.start > home.start {
			r.start, r.head, r.tail = r.start-1, r.head-1, r.tail-1
		}
	}
	p.total = max(p.total-1, min(p.total, 0))
	p.minimum = max(p.minimum-1, 0)
	if len(home.rows) == 0 && !(home.isTop && home.isEnd) {
		if home.isEnd {
			p.total = home.start
		}
		p.runs = slices.DeleteFunc(p.runs, func(r *run) bool { return r == home })
	}
}

// Unknown returns those of rows that are not loaded, each once.
func (p *Pages) Unknown(rows []*localsearch.Row) (out []*localsearch.Row) {
	for _, r := range rows {
		if p.runOf[r.ID] == nil && !slices.ContainsFunc(out, func(one *localsearch.Row) bool { return one.ID == r.ID }) {
			out = append(out, r)
		}
	}
	return out
}

// Append adds rows to the end of a list that is read from the top; done says that they
// are the last.
func (p *Pages) Append(fresh []*localsearch.Row, done bool) {
	if len(p.runs) == 0 {
		p.runs = []*run{{isTop: true}}
	}
	r := p.runs[0]
	r.rows, r.isEnd = append(r.rows, fresh...), done
	r.tail = len(r.rows)
	p.indexRows(r, fresh)
	p.total = len(r.rows)
}

// InsertNew inserts users created after all others: at the top, or at the end of an
// ascending order, if that end of the list is loaded. It returns by how many rows the
// others moved down.
func (p *Pages) InsertNew(fresh []*localsearch.Row, rising bool) (moved int) {
	n := len(fresh)
	if len(p.runs) == 0 || n == 0 {
		return 0
	}
	if p.total >= 0 {
		p.total += n
	}
	if rising {
		if last := p.last(); last.isEnd {
			last.rows = append(last.rows, fresh...)
			last.tail += n
			p.indexRows(last, fresh)
		}
		return 0
	}
	behind := p.runs
	if first := p.runs[0]; first.isTop {
		first.rows = append(fresh[:n:n], first.rows...)
		first.tail += n
		p.indexRows(first, fresh)
		behind = p.runs[1:]
	}
	for _, r := range behind {
		r.start, r.head, r.tail = r.start+n, r.head+n, r.tail+n
	}
	return n
}

func (p *Pages) indexRows(r *run, rows []*localsearch.Row) {
	for _, one := range rows {
		p.runOf[one.ID] = r
	}
}

// Evict drops the rows farthest from row, until at most most pages are loaded.
func (p *Pages) Evict(row, most int) {
	for over := len(p.runOf) - most*p.size; over > 0; over = len(p.runOf) - most*p.size {
		first, last := p.runs[0], p.last()
		if last.stop()-row >= row-first.start {
			p.trimEnd(last, min(over, len(last.rows)))
		} else {
			p.trimTop(first, min(over, len(first.rows)))
		}
	}
}

func (p *Pages) trimTop(r *run, n int) {
	for _, one := range r.rows[:n] {
		delete(p.runOf, one.ID)
	}
	r.rows = slices.Clone(r.rows[n:]) // do not keep the dropped rows in memory
	r.start, r.head, r.isTop, r.missedUp = r.start+n, r.head+n, false, 0
	r.shortTop = 0
	if len(r.rows) == 0 {
		p.runs = p.runs[1:]
	}
}

func (p *Pages) trimEnd(r *run, n int) {
	if r.isEnd {
		p.total = r.stop()
	}
	keep := len(r.rows) - n
	for _, one := range r.rows[keep:] {
		delete(p.runOf, one.ID)
	}
	r.rows = slices.Clone(r.rows[:keep])
	r.tail, r.isEnd, r.missedDown = r.tail-n, false, 0
	r.shortEnd = 0
	if keep == 0 {
		p.runs = p.runs[:len(p.runs)-1]
	}
}

// Each calls f with every loaded row, in list order.
func (p *Pages) Each(f func(*localsearch.Row)) {
	for _, r := range p.runs {
		for _, one := range r.rows {
			f(one)
		}
	}
}
