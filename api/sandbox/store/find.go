package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// maxCandidates is how many candidates are sorted. More are looked up along the order.
const maxCandidates = 4000

// orderColumns maps the wire's order names to columns. A column that is never null needs
// no rule for nulls.
var orderColumns = map[string]string{
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

// Users returns a page of users, newest first by default. An unknown OrderBy is an error;
// an unknown After is ErrNotFound; a Limit of 0 means no limit.
func (t *Tx) Users(q Query) ([]*User, error) {
	if q.OrderBy == "" {
		q.OrderBy, q.Desc = "created_at", true
	}
	column, ok := orderColumns[q.OrderBy]
	if !ok {
		return nil, fmt.Errorf("users cannot be ordered by %q", q.OrderBy)
	}
	p, err := t.plan(q)
	if err != nil {
		return nil, err
	}
	ordered, err := t.isOrdered()
	if err != nil {
		return nil, err
	}
	if err := t.after(&p, q, ordered); err != nil {
		return nil, err
	}
	if err := t.planSearch(&p, column == "created_at" && ordered); err != nil {
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

// planSearch decides how to search: along the text index if that has the wanted order
// (walk), with candidates if they are few, and otherwise with predicates along the order.
func (t *Tx) planSearch(p *plan, walk bool) error {
	for _, n := range p.rest {
		inside, err := t.searchInsideIDs(n)
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
			if n.needsCheck {
				p.and(n.where, n.args...)
			}
		case byIndex:
			seqs, err := t.searchRows(n)
			if err != nil {
				return err
			}
			if len(seqs) <= t.maxCandidates {
				p.narrow(seqs)
			}
			if len(seqs) > t.maxCandidates || n.needsCheck {
				p.and(n.where, n.args...)
			}
		default:
			p.and(n.where, n.args...)
		}
	}
	return nil
}

// narrowBySpan takes the users of a time span as candidates if they are few: along another
// order they would come late or never.
func (t *Tx) narrowBySpan(p *plan, column string) error {
	for _, s := range p.spans {
		where, args := s.where()
		if p.known || p.match != "" || where == "" || s.column == column {
			continue
		}
		seqs, err := t.seqs("SELECT u.seq FROM users u INDEXED BY "+s.index+" WHERE "+where+" LIMIT ?", append(args, t.maxCandidates+1)...)
		if err != nil {
			return err
		}
		if len(seqs) <= t.maxCandidates {
			p.narrow(seqs)
		}
	}
	return nil
}

// maxScannedIDs is the number of users up to which a word is always looked for inside ids.
const maxScannedIDs = 20000

// searchInsideIDs finds the needle inside ids if it is nowhere else. It scans the index of
// ids, which takes a quarter of a second with a million users, and is therefore used only
// for text that looks like part of an id.
func (t *Tx) searchInsideIDs(n needle) ([]int64, error) {
	if n.inner == "" {
		return nil, nil
	}
	if !n.fromPaste {
		if err := t.loadOrder(); err != nil || t.order.seq > maxScannedIDs {
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

// searchRows returns the rows that match a needle. More than maxCandidates mean too many.
func (t *Tx) searchRows(n needle) ([]int64, error) {
	seqs, err := t.seqs("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", n.match, t.maxCandidates+1)
	if err != nil || n.id == "" || len(seqs) > t.maxCandidates {
		return seqs, err
	}
	byID, err := t.seqs("SELECT seq FROM users WHERE id >= ? COLLATE NOCASE AND id < ? COLLATE NOCASE LIMIT ?", n.id, prefixEnd(n.id), t.maxCandidates+1)
	return append(seqs, byID...), err
}

// from returns the FROM and WHERE clauses of a plan.
func (p *plan) from() (string, []any) {
	from, where, args := "users u"+p.by, p.where, p.args
	switch {
	case p.known:
		where = append([]string{"u.seq IN (SELECT value FROM json_each(?))"}, where...)
		args = append([]any{jsonArray(p.candidates)}, args...)
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

// after starts the page after the cursor.
func (t *Tx) after(p *plan, q Query, ordered bool) error {
	if q.After == "" {
		return nil
	}
	if orderColumns[q.OrderBy] != "created_at" {
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

// page walks the order and then fetches the records: the walk stays inside an index, and
// no documents are sorted.
func (t *Tx) page(p plan, column string, ordered bool, q Query) ([]*User, error) {
	from, args := p.from()
	seq := "u.seq"
	if p.match != "" {
		seq = "s.rowid"
	}
	seqs, err := t.seqs("SELECT "+seq+" FROM "+from+" ORDER BY "+orderBy(column, p.match != "", p.bySeq, ordered, q.Desc)+" LIMIT ? OFFSET ?",
		append(args, limitOrAll(q.Limit), q.Offset)...)
	if err != nil {
		return nil, err
	}
	return t.usersBySeq(seqs)
}

// usersBySeq reads the records in the order of seqs, all of which exist.
func (t *Tx) usersBySeq(seqs []int64) ([]*User, error) {
	at := make(map[int64]int, len(seqs))
	for i, seq := range seqs {
		at[seq] = i
	}
	users := make([]*User, len(seqs))
	err := t.c.rows(t.ctx, "SELECT seq, doc FROM docs WHERE seq IN (SELECT value FROM json_each(?))", []any{jsonArray(seqs)}, func(scan func(...any) error) error {
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

// orderBy returns an ORDER BY clause that an index can answer. Ties are ordered by
// created_at and id; while the file is ordered, seq is equivalent and part of every index.
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
