package users

import "slices"

// find is the row of an id that is here.
func (p *pages) find(id string) (int, bool) {
	k, here := p.home[id]
	if !here {
		return 0, false
	}
	j := slices.IndexFunc(p.held[k], func(r *row) bool { return r.id == id })
	return p.start(k) + j, j >= 0
}

// replace puts a newer state of a row in its place.
func (p *pages) replace(r *row) {
	k, here := p.home[r.id]
	if !here {
		return
	}
	if j := slices.IndexFunc(p.held[k], func(old *row) bool { return old.id == r.id }); j >= 0 {
		p.held[k][j] = r
	}
}

// remove takes a row out; those after it move up.
func (p *pages) remove(id string) {
	k, here := p.home[id]
	if !here {
		return
	}
	atEnd := p.end >= 0 && p.start(k)+len(p.held[k]) >= p.end
	rows := slices.DeleteFunc(p.held[k], func(r *row) bool { return r.id == id })
	p.held[k] = rows
	delete(p.home, id)
	switch {
	case len(rows) > 0:
		p.last[k] = rows[len(rows)-1].id
	case k == 0:
		delete(p.last, 0)
	default:
		p.last[k] = p.last[k-1]
	}
	if !atEnd {
		p.shorten(k, p.away[k]+1)
	}
	p.total = max(p.total-1, min(p.total, 0))
	if p.end > 0 {
		p.end--
	}
}

// hold lets the pages go that are farthest from a row, until at most most are here.
func (p *pages) hold(row, most int) {
	near := p.pageOf(max(row, 0))
	for len(p.held) > most {
		far := near
		for k := range p.held {
			if abs(k-near) > abs(far-near) || abs(k-near) == abs(far-near) && k > far {
				far = k
			}
		}
		for _, r := range p.held[far] {
			delete(p.home, r.id)
		}
		delete(p.held, far)
	}
}

// each calls f with every row that is here, in list order.
func (p *pages) each(f func(*row)) {
	numbers := make([]int, 0, len(p.held))
	for k := range p.held {
		numbers = append(numbers, k)
	}
	slices.Sort(numbers)
	for _, k := range numbers {
		for _, r := range p.held[k] {
			f(r)
		}
	}
}

func abs(n int) int { return max(n, -n) }
