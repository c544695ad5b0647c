package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// few is how many candidates are sorted rather than looked for along an order.
const few = 4000

// orders are the wire's names and their columns. A column that is never null
// needs no rule for nulls.
var orders = map[string]string{
	"created_at":      "created_at",
	"updated_at":      "updated_at",
	"email_address":   "email_address",
	"web3wallet":      "web3wallet",
	"first_name":      "first_name",
	"last_name":       "last_name",
	"phone_number":    "phone_number",
	"username":        "username",
	"last_active_at":  "last_active_at",
	"last_sign_in_at": "last_sign_in_at",
}

// Users finds a page of users, newest first where nothing is said. An unknown OrderBy is an error; an unknown
// After is ErrNotFound; a Limit of 0 is none.
func (t *Tx) Users(q Query) ([]*User, error) {
	if q.OrderBy == "" {
		q.OrderBy, q.Desc = "created_at", true
	}
	column, ok := orders[q.OrderBy]
	if !ok {
		return nil, fmt.Errorf("users cannot be ordered by %q", q.OrderBy)
	}
	p, err := t.plan(q)
	if err != nil {
		return nil, err
	}
	ordered, err := t.ordered()
	if err != nil {
		return nil, err
	}
	if err := t.after(&p, q, ordered); err != nil {
		return nil, err
	}
	if err := t.gather(&p, column == "created_at" && ordered); err != nil {
		return nil, err
	}
	if err := t.narrowBySpan(&p, column); err != nil {
		return nil, err
	}
	if column == "created_at" && ordered {
		if err := t.walkNewest(&p, q); err != nil {
			return nil, err
		}
	}
	return t.page(p, column, ordered, q)
}

// gather decides how the rest is looked for: along the text index where that is
// the wanted order (walk), as candidates where they are few, and else as
// predicates over a walk along the order.
func (t *Tx) gather(p *plan, walk bool) error {
	for _, n := range p.rest {
		inside, err := t.insideIDs(n)
		if err != nil {
			return err
		}
		if len(inside) > 0 {
			p.narrow(inside)
			continue
		}
		byIndex := n.match != "" && !p.known && p.match == ""
		switch {
		case byIndex && walk && n.id == "":
			p.match = n.match
			if n.loose {
				p.and(n.where, n.args...)
			}
		case byIndex:
			seqs, err := t.matches(n)
			if err != nil {
				return err
			}
			if len(seqs) <= t.few {
				p.narrow(seqs)
			}
			if len(seqs) > t.few || n.loose {
				p.and(n.where, n.args...)
			}
		default:
			p.and(n.where, n.args...)
		}
	}
	return nil
}

// narrowBySpan takes a span of time with few people in it as the candidates,
// where a walk along another order would meet them late or never.
func (t *Tx) narrowBySpan(p *plan, column string) error {
	for _, s := range p.spans {
		where, args := s.where()
		if p.known || p.match != "" || where == "" || s.column == column {
			continue
		}
		seqs, err := t.seqs("SELECT u.seq FROM users u INDEXED BY "+s.index+" WHERE "+where+" LIMIT ?", append(args, t.few+1)...)
		if err != nil {
			return err
		}
		if len(seqs) <= t.few {
			p.narrow(seqs)
		}
	}
	return nil
}

// wholeIDs is up to how many users everybody's id is looked into for a word.
const wholeIDs = 20000

// insideIDs finds whose id has the needle inside, where nobody has it anywhere
// else: a scan of the index of ids, a quarter of a second for a million, and
// there only for what can hardly be anything else.
func (t *Tx) insideIDs(n needle) ([]int64, error) {
	if n.inner == "" {
		return nil, nil
	}
	if !n.paste {
		if err := t.loadOrder(); err != nil || t.order.seq > wholeIDs {
			return nil, err
		}
	}
	from, args := (&plan{match: n.match, where: []string{n.where}, args: n.args}).from()
	found, err := t.seqs("SELECT u.seq FROM "+from+" LIMIT 1", args...)
	if err != nil || len(found) > 0 {
		return nil, err
	}
	return t.seqs("SELECT seq FROM users INDEXED BY users_id WHERE instr(lower(id), ?) > 0", n.inner)
}

// matches are the rows of a needle, or more than few of them.
func (t *Tx) matches(n needle) ([]int64, error) {
	seqs, err := t.seqs("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", n.match, t.few+1)
	if err != nil || n.id == "" || len(seqs) > t.few {
		return seqs, err
	}
	byID, err := t.seqs("SELECT seq FROM users WHERE id >= ? COLLATE NOCASE AND id < ? COLLATE NOCASE LIMIT ?", n.id, after(n.id), t.few+1)
	return append(seqs, byID...), err
}

// from is the FROM and WHERE of a plan.
func (p *plan) from() (string, []any) {
	from, where, args := "users u"+p.by, p.where, p.args
	switch {
	case p.known:
		where = append([]string{"u.seq IN (SELECT value FROM json_each(?))"}, where...)
		args = append([]any{list(p.candidates)}, args...)
	case p.match != "" && len(where) == 0:
		return "search s WHERE s.search MATCH ?", []any{p.match}
	case p.match != "":
		from = "search s CROSS JOIN users u ON u.seq = s.rowid"
		where = append([]string{"s.search MATCH ?"}, where...)
		args = append([]any{p.match}, args...)
	}
	if len(where) == 0 {
		return from, args
	}
	return from + " WHERE " + strings.Join(where, " AND "), args
}

// after starts the page behind the cursor.
func (t *Tx) after(p *plan, q Query, ordered bool) error {
	if q.After == "" {
		return nil
	}
	if orders[q.OrderBy] != "created_at" {
		return errors.New("a cursor needs the order of created_at")
	}
	seq, u, err := t.userByID(q.After)
	if err != nil {
		return err
	}
	behind := map[bool]string{true: "<", false: ">"}[q.Desc]
	if ordered {
		p.and("u.seq "+behind+" ?", seq)
		return nil
	}
	p.and("(u.created_at, u.id) "+behind+" (?, ?)", u.CreatedAt, u.ID)
	return nil
}

// page walks the order and then fetches the records: the walk stays inside an
// index and carries no documents through a sort.
func (t *Tx) page(p plan, column string, ordered bool, q Query) ([]*User, error) {
	from, args := p.from()
	seq := "u.seq"
	if p.match != "" {
		seq = "s.rowid"
	}
	seqs, err := t.seqs("SELECT "+seq+" FROM "+from+" ORDER BY "+orderBy(column, p.match != "", p.bySeq, ordered, q.Desc)+" LIMIT ? OFFSET ?",
		append(args, orAll(q.Limit), q.Offset)...)
	if err != nil {
		return nil, err
	}
	return t.usersBySeq(seqs)
}

// usersBySeq reads the records in the order of the seqs, all of which are there.
func (t *Tx) usersBySeq(seqs []int64) ([]*User, error) {
	at := make(map[int64]int, len(seqs))
	for i, seq := range seqs {
		at[seq] = i
	}
	users := make([]*User, len(seqs))
	err := t.c.rows(t.ctx, "SELECT seq, doc FROM docs WHERE seq IN (SELECT value FROM json_each(?))", []any{list(seqs)}, func(scan func(...any) error) error {
		var seq int64
		var doc sql.RawBytes
		err := scan(&seq, &doc)
		if err == nil {
			users[at[seq]], err = decodeUser(doc)
		}
		return err
	})
	return users, err
}

// orderBy says the order in the words that an index answers. Ties go by
// created_at and id; seq is the same and in every index, while it is ordered.
func orderBy(column string, byText, bySeq, ordered, desc bool) string {
	dir := " ASC"
	if desc {
		dir = " DESC"
	}
	switch {
	case byText:
		return "s.rowid" + dir
	case bySeq:
		return "u.seq" + dir
	}
	tie := ", u.id" + dir
	if ordered {
		tie = ", u.seq" + dir
	}
	if column == "created_at" {
		return "u.created_at" + dir + ", u.id" + dir
	}
	nulls := " NULLS LAST"
	if desc || column == "updated_at" {
		nulls = "" // last already, or none
	}
	return "u." + column + dir + nulls + ", u.created_at" + dir + tie
}
