package store

// CountUsers is how many users match; order, page and cursor do not matter. On
// a snapshot that was counted before it looks the number up.
func (t *Tx) CountUsers(q Query) (int, error) {
	q.OrderBy, q.Desc, q.After, q.Limit, q.Offset = "", false, "", 0, 0
	return t.snapshot.number(q, func() (int, error) { return t.count(q) })
}

func (t *Tx) count(q Query) (int, error) {
	if q.Banned != nil && !*q.Banned {
		return t.countOthers(q)
	}
	p, err := t.plan(q)
	if err != nil {
		return 0, err
	}
	banned := q.Banned != nil
	if err := t.gatherToCount(&p, banned); err != nil {
		return 0, err
	}
	if banned && !p.known && p.match == "" {
		p.by = " INDEXED BY users_banned"
	}
	var n int
	from, args := p.from()
	err = t.c.row(t.ctx, "SELECT count(*) FROM "+from, args, &n)
	return n, err
}

// countOthers counts those who are not banned: everybody less the banned, who
// are few and have an index.
func (t *Tx) countOthers(q Query) (int, error) {
	q.Banned = nil
	all, err := t.count(q)
	if err != nil || all == 0 {
		return 0, err
	}
	yes := true
	q.Banned = &yes
	banned, err := t.count(q)
	return all - banned, err
}

// gatherToCount is gather where no order is wanted: the text index where it
// holds few, a look at everybody where it holds many.
func (t *Tx) gatherToCount(p *plan, banned bool) error {
	if banned || len(p.rest) != 1 || p.known || len(p.where) > 0 {
		return t.gather(p, !banned)
	}
	n := p.rest[0]
	common, err := t.common(n)
	if err != nil {
		return err
	}
	if !common {
		return t.gather(p, true)
	}
	p.and(n.where, n.args...)
	p.by = " NOT INDEXED"
	return nil
}

// The text index takes several times as long for a row it finds as a look at
// the row takes. So it is asked unless more than a tenth are expected.
const (
	sampled     = 500
	sampleShare = 10
)

// common looks at some people from one end of the directory to the other, and
// says whether many of them have what is looked for.
func (t *Tx) common(n needle) (bool, error) {
	if n.match == "" {
		return true, nil // no index knows it
	}
	if err := t.loadOrder(); err != nil {
		return false, err
	}
	step := max(1, t.order.seq/sampled)
	seqs := make([]int64, 0, sampled+1)
	for seq := int64(1); seq <= t.order.seq && len(seqs) <= sampled; seq += step {
		seqs = append(seqs, seq)
	}
	var hits int
	err := t.c.row(t.ctx, "SELECT count(*) FROM users u WHERE u.seq IN (SELECT value FROM json_each(?)) AND "+n.where,
		append([]any{list(seqs)}, n.args...), &hits)
	return hits*sampleShare > len(seqs), err
}
