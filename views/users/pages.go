package users

// pages knows which rows of one result are here, on their way, and wanted. The
// result is cut into pages; a page is size rows as the server gave them, or
// fewer where rows were removed since or had come with another page already.
//
// It does no I/O and knows no clock: want says what to ask for, take and fail
// say what came of it. Only so many pages are held; those far away are let go
// and asked for again when somebody goes back.
type pages struct {
	size int
	// chained says that a page is asked for by the id before it, so that rows put
	// in or taken out elsewhere neither repeat nor vanish. Else it goes by offset.
	chained bool
	total   int // what the count said, -1 for not known
	end     int // where the rows end, -1 while the end was not seen

	held   map[int][]*row
	last   map[int]string // the id a page ends with; outlives the page
	away   map[int]int    // how many rows fewer than size a page has; outlives the page
	flying map[int]bool
	failed map[int]bool
	home   map[string]int // id -> the page that holds it
	// shift is how far the server's offsets have run ahead of our rows: rows that
	// were put in before them since.
	shift int
}

// pageAsk is one page to ask for: after an id, or from an offset.
type pageAsk struct {
	page          int
	after         string
	offset, limit int
}

func newPages(size int, chained bool) *pages {
	return &pages{
		size: size, chained: chained, total: -1, end: -1,
		held: map[int][]*row{}, last: map[int]string{}, away: map[int]int{},
		flying: map[int]bool{}, failed: map[int]bool{}, home: map[string]int{},
	}
}

// start is the row a page begins with.
func (p *pages) start(page int) int {
	at := page * p.size
	for k, less := range p.away {
		if k < page {
			at -= less
		}
	}
	return at
}

// pageOf is the page a row is on.
func (p *pages) pageOf(row int) int {
	k := row / p.size
	for len(p.away) > 0 && row >= p.start(k+1) {
		k++
	}
	return k
}

// at is a row, nil where it is not here.
func (p *pages) at(i int) *row {
	if i < 0 {
		return nil
	}
	k := p.pageOf(i)
	rows := p.held[k]
	if j := i - p.start(k); j < len(rows) {
		return rows[j]
	}
	return nil
}

// reach is the row after the last that is here.
func (p *pages) reach() int {
	far := 0
	for k, rows := range p.held {
		far = max(far, p.start(k)+len(rows))
	}
	return far
}

// len is how many rows the list has as far as is known.
func (p *pages) len() int {
	if p.end >= 0 {
		return p.end
	}
	return max(p.total, p.reach())
}

// exact says that len is not only what is here so far.
func (p *pages) exact() bool { return p.end >= 0 || p.total >= 0 }

// whole says that every row is here.
func (p *pages) whole() bool { return p.end >= 0 && len(p.home) == p.end }

// counted takes what the count said.
func (p *pages) counted(n int) { p.total = n }

// want is what to ask for now, so that rows [first, end) show and ahead pages on
// either side are here before anybody gets there: first what shows, from the
// top, then what lies in the direction of travel (dir < 0 is up). At most room
// pages are under way at a time.
func (p *pages) want(first, end, dir, ahead, room int) []pageAsk {
	from, to := p.pageOf(max(first, 0)), p.pageOf(max(end-1, first, 0))
	var order []int
	for k := from; k <= to; k++ {
		order = append(order, k)
	}
	for i := 1; i <= ahead; i++ {
		if dir < 0 {
			order = append(order, from-i)
		} else {
			order = append(order, to+i)
		}
	}
	var asks []pageAsk
	for _, k := range order {
		if len(p.flying) >= room {
			break
		}
		if ask, ok := p.ask(k); ok {
			p.flying[k] = true
			asks = append(asks, ask)
		}
	}
	return asks
}

// first is the first page to ask for when nothing is here: the one with that row.
func (p *pages) first(row int) pageAsk {
	k := p.pageOf(max(row, 0))
	p.flying[k] = true
	return pageAsk{page: k, offset: p.start(k), limit: p.size}
}

// ask is how to ask for a page; false when it is here, under way, failed, past
// the end, or has to wait for the page before it.
func (p *pages) ask(k int) (pageAsk, bool) {
	if k < 0 || p.held[k] != nil || p.flying[k] || p.failed[k] || !p.beyond(k) {
		return pageAsk{}, false
	}
	ask := pageAsk{page: k, limit: p.size - p.away[k]}
	if ask.limit <= 0 {
		return pageAsk{}, false
	}
	if p.chained && k > 0 {
		if id, known := p.last[k-1]; known {
			ask.after = id
			return ask, true
		}
		if p.flying[k-1] {
			return pageAsk{}, false
		}
	}
	ask.offset = p.start(k) + p.shift
	return ask, true
}

// beyond says that there can be rows on a page.
func (p *pages) beyond(k int) bool {
	at := p.start(k)
	if p.end >= 0 {
		return at < p.end
	}
	reach := p.reach()
	if at < max(p.total, reach) {
		return true
	}
	// The count may not be known or have fallen behind: only a page that is not
	// full is the end.
	return at == reach
}

// take puts the rows of an answer in their place. A row that another page has
// already is left out.
func (p *pages) take(ask pageAsk, rows []*row) {
	delete(p.flying, ask.page)
	delete(p.failed, ask.page)
	got := len(rows)
	kept := make([]*row, 0, got)
	for _, r := range rows {
		if in, here := p.home[r.id]; here && in != ask.page {
			if ask.after == "" && in == ask.page-1 {
				p.shift++
			}
			continue
		}
		p.home[r.id] = ask.page
		kept = append(kept, r)
	}
	p.held[ask.page] = kept
	if len(kept) > 0 {
		p.last[ask.page] = kept[len(kept)-1].id
	} else if id, known := p.last[ask.page-1]; known {
		p.last[ask.page] = id
	}
	if got < ask.limit {
		p.end = p.start(ask.page) + len(kept)
		delete(p.away, ask.page)
		return
	}
	p.shorten(ask.page, p.size-len(kept))
	if p.end >= 0 {
		p.end = max(p.end, p.reach())
	}
}

// shorten notes that a page has that many rows fewer than size.
func (p *pages) shorten(page, less int) {
	if less == 0 {
		delete(p.away, page)
		return
	}
	p.away[page] = less
}

// fail notes that a page could not be had; it is not asked for until retry.
func (p *pages) fail(page int) {
	delete(p.flying, page)
	p.failed[page] = true
}

// retry forgets what failed.
func (p *pages) retry() { clear(p.failed) }
