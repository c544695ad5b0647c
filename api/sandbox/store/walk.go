package store

// widest is how many times few a span may hold and still be sorted inside its
// index, which is quicker than meeting those people late on a walk.
const widest = 25

// walkNewest chooses how people are met in the order of created_at, while seq
// is that order. Rows are read from the users themselves: by their index every
// one would be a look elsewhere, and a filter that hardly anybody passes would
// look at a million.
func (t *Tx) walkNewest(p *plan, q Query) error {
	if p.known || p.match != "" || len(p.where) == 0 || q.Banned != nil && *q.Banned {
		return nil
	}
	filters := 0
	for _, s := range p.spans {
		if where, _ := s.where(); where != "" {
			if s.column == "created_at" {
				return nil // its index begins where the span does
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

// onlySpans says that nothing but instants and a cursor is asked for.
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

// sortSpan takes the index of the one span there is, if it is narrow enough:
// all that the order needs stands in it.
func (t *Tx) sortSpan(p *plan) (narrow bool, err error) {
	for _, s := range p.spans {
		where, args := s.where()
		if where == "" {
			continue
		}
		var inside int
		most := t.few * widest
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
