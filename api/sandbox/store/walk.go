package store

// widestSpan is how many times maxCandidates a span may have and still be sorted within
// its index, which is faster than meeting those users late on a walk.
const widestSpan = 25

// walkNewest chooses how to walk in the order of created_at while seq has that order. Rows
// are read from the table users itself: with its index each row would be a read elsewhere,
// and a filter that few users pass would read a million.
func (t *Tx) walkNewest(p *plan, q Query) error {
	if p.known || p.match != "" || len(p.where) == 0 || q.Banned != nil && *q.Banned {
		return nil
	}
	filters := 0
	for _, s := range p.spans {
		if where, _ := s.where(); where != "" {
			if s.column == "created_at" {
				return nil // its index starts where the span does
			}
			filters++
		}
	}
	if filters == 1 && len(p.rest) == 0 && p.onlySpans(q) {
		narrow, err := t.sortSpan(p)
		if narrow || err != nil {
			return err
		}
	}
	p.by, p.bySeq = " NOT INDEXED", true
	return nil
}

// onlySpans reports whether the query has only time filters and a cursor.
func (p *plan) onlySpans(q Query) bool {
	predicates := 0
	for _, s := range p.spans {
		for _, bound := range []*int64{s.before, s.after, s.since} {
			if bound != nil {
				predicates = 1
			}
		}
	}
	if q.After != "" {
		predicates++
	}
	return len(p.where) == predicates
}

// sortSpan uses the index of the only span if it is narrow enough: the index has
// everything that the order needs.
func (t *Tx) sortSpan(p *plan) (narrow bool, err error) {
	for _, s := range p.spans {
		where, args := s.where()
		if where == "" {
			continue
		}
		var inside int
		most := t.maxCandidates * widestSpan
		err := t.c.row(t.ctx, "SELECT count(*) FROM (SELECT 1 FROM users u INDEXED BY "+s.index+" WHERE "+where+" LIMIT ?)",
			append(args, most+1), &inside)
		if err != nil || inside > most {
			return false, err
		}
		p.by, p.bySeq = " INDEXED BY "+s.index, true
		return true, nil
	}
	return false, nil
}
