package store

// CountUsers returns how many users match; order, page and cursor are ignored. A count
// that is known for the current state of the file is reused.
func (t *Tx) CountUsers(q Query) (int, error) {
	q.OrderBy, q.Desc, q.After, q.Limit, q.Offset = "", false, "", 0, 0
	return t.snapshot.number(q, func() (int, error) { return t.count(q) })
}

func (t *Tx) count(q Query) (int, error) {
	if q.Banned != nil && !*q.Banned {
		return t.countNotBanned(q)
	}
	p, err := t.plan(q)
	if err != nil {
		return 0, err
	}
	banned := q.Banned != nil
	if err := t.planCount(&p, banned); err != nil {
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

// countNotBanned counts all users and subtracts the banned ones, who are few and have an
// index.
func (t *Tx) countNotBanned(q Query) (int, error) {
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

// planCount is planSearch without an order: it uses the text index for rare matches and
// scans all users for common ones.
func (t *Tx) planCount(p *plan, banned bool) error {
	if banned || len(p.rest) != 1 || p.known || len(p.where) > 0 {
		return t.planSearch(p, !banned)
	}
	n := p.rest[0]
	common, err := t.isCommon(n)
	if err != nil {
		return err
	}
	if !common {
		return t.planSearch(p, true)
	}
	p.and(n.where, n.args...)
	p.by = " NOT INDEXED"
	return nil
}

// A row found by the text index takes several times as long as a scanned row. The index is
// therefore used unless more than a tenth of the users are expected.
const (
	sampled     = 500
	sampleShare = 10
)

// isCommon samples users across the whole directory and reports whether many of them
// match.
func (t *Tx) isCommon(n needle) (bool, error) {
	if n.match == "" {
		return true, nil // no index covers it
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
		append([]any{jsonArray(seqs)}, n.args...), &hits)
	return hits*sampleShare > len(seqs), err
}
