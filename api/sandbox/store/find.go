package store

import (
	"errors"
	"fmt"
	"slices"
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

// A plan is a query taken apart: predicates that every row is held against,
// and at most one source of candidates.
type plan struct {
	where []string
	args  []any
	// candidates, where known, hold every row that can match.
	candidates []int64
	known      bool
	match      string // FTS5 expression to walk by rowid
	rest       []needle
}

func (p *plan) and(where string, args ...any) {
	p.where = append(p.where, where)
	p.args = append(p.args, args...)
}

// narrow keeps the candidates that are also among these.
func (p *plan) narrow(seqs []int64) {
	if p.known {
		seqs = slices.DeleteFunc(seqs, func(s int64) bool { return !slices.Contains(p.candidates, s) })
	}
	slices.Sort(seqs)
	p.candidates, p.known = slices.Compact(seqs), true
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
	if err := t.after(&p, q); err != nil {
		return nil, err
	}
	ordered, err := t.ordered()
	if err != nil {
		return nil, err
	}
	if err := t.gather(&p, column == "created_at" && ordered); err != nil {
		return nil, err
	}
	return t.page(p, column, ordered, q)
}

// CountUsers is how many users match; order, page and cursor do not matter.
func (t *Tx) CountUsers(q Query) (n int, err error) {
	p, err := t.plan(q)
	if err != nil {
		return 0, err
	}
	if err := t.gather(&p, true); err != nil {
		return 0, err
	}
	if p.match != "" && len(p.where) == 0 {
		err = t.c.row(t.ctx, "SELECT count(*) FROM search WHERE search MATCH ?", []any{p.match}, &n)
		return n, err
	}
	from, args := p.from()
	err = t.c.row(t.ctx, "SELECT count(*) FROM "+from, args, &n)
	return n, err
}

// plan resolves what is exact and turns the rest into predicates.
func (t *Tx) plan(q Query) (plan, error) {
	var p plan
	for _, step := range []func(*plan, Query) error{t.planIdentifiers, t.planIDs, t.planOrganizations, t.planAccounts} {
		if err := step(&p, q); err != nil {
			return p, err
		}
	}
	if q.Banned != nil {
		if *q.Banned {
			p.and("u.banned")
		} else {
			p.and("NOT u.banned")
		}
	}
	for _, c := range []struct {
		sql   string
		value *int64
	}{
		{"u.last_active_at >= ?", q.ActiveSince}, {"u.last_active_at < ?", q.ActiveBefore}, {"u.last_active_at > ?", q.ActiveAfter},
		{"u.created_at < ?", q.CreatedBefore}, {"u.created_at > ?", q.CreatedAfter},
		{"u.last_sign_in_at < ?", q.SignInBefore}, {"u.last_sign_in_at > ?", q.SignInAfter},
	} {
		if c.value != nil {
			p.and(c.sql, *c.value)
		}
	}
	for _, typed := range []struct {
		in   scope
		text string
	}{{anything, q.Any}, {emails, q.EmailLike}, {phones, q.PhoneLike}, {usernames, q.UsernameLike}, {names, q.NameLike}} {
		if n, ok := parseNeedle(typed.in, typed.text); ok && !n.all {
			p.rest = append(p.rest, n)
		}
	}
	return p, nil
}

// planIdentifiers: owners of any of these.
func (t *Tx) planIdentifiers(p *plan, q Query) error {
	var found []int64
	asked := false
	for _, l := range []struct {
		kind   int
		values []string
		fold   func(string) string
	}{{kindEmail, q.Emails, foldEmail}, {kindPhone, q.Phones, foldPhone}, {kindUsername, q.Usernames, foldEmail}, {kindWallet, q.Wallets, foldWallet}} {
		if len(l.values) == 0 {
			continue
		}
		asked = true
		seqs, err := t.owners(l.kind, folded(l.values, l.fold))
		if err != nil {
			return err
		}
		found = append(found, seqs...)
	}
	if asked {
		p.narrow(found)
	}
	return nil
}

func folded(values []string, fold func(string) string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fold(v)
	}
	return out
}

func (t *Tx) owners(kind int, values []string) ([]int64, error) {
	return t.seqs("SELECT user FROM identifications WHERE "+ofKind(kind)+" AND value IN (SELECT value FROM json_each(?))", list(values))
}

func (t *Tx) seqs(query string, args ...any) ([]int64, error) {
	var all []int64
	err := t.c.rows(t.ctx, query, args, func(scan func(...any) error) error {
		var s int64
		if err := scan(&s); err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	return all, err
}

// signed splits values by their leading sign. A plus sign that nobody escaped
// arrives as a space.
func signed(values []string) (include, exclude []string) {
	for _, v := range values {
		switch {
		case strings.HasPrefix(v, "-"):
			exclude = append(exclude, v[1:])
		case strings.HasPrefix(v, "+"), strings.HasPrefix(v, " "):
			include = append(include, v[1:])
		default:
			include = append(include, v)
		}
	}
	return include, exclude
}

// planIDs: user ids and external ids, each included or excluded.
func (t *Tx) planIDs(p *plan, q Query) error {
	byID := func(ids []string) ([]int64, error) {
		var all []int64
		for _, id := range ids {
			seqs, err := t.seqs("SELECT seq FROM users WHERE id = ?1 COLLATE NOCASE AND id = ?1", id)
			if err != nil {
				return nil, err
			}
			all = append(all, seqs...)
		}
		return all, nil
	}
	byExternalID := func(ids []string) ([]int64, error) { return t.owners(kindExternalID, ids) }
	for _, l := range []struct {
		values []string
		find   func([]string) ([]int64, error)
	}{{q.UserIDs, byID}, {q.ExternalIDs, byExternalID}} {
		include, exclude := signed(l.values)
		if len(include) > 0 {
			seqs, err := l.find(include)
			if err != nil {
				return err
			}
			p.narrow(seqs)
		}
		if len(exclude) > 0 {
			seqs, err := l.find(exclude)
			if err != nil {
				return err
			}
			p.and("u.seq NOT IN (SELECT value FROM json_each(?))", list(seqs))
		}
	}
	return nil
}

// planOrganizations: members of any of these, and of none of those.
func (t *Tx) planOrganizations(p *plan, q Query) error {
	const member = "EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organization_id IN (SELECT value FROM json_each(?)))"
	include, exclude := signed(q.OrganizationIDs)
	if len(exclude) > 0 {
		p.and("NOT "+member, list(exclude))
	}
	if len(include) == 0 {
		return nil
	}
	seqs, err := t.seqs(`SELECT u.seq FROM (SELECT DISTINCT user_id FROM memberships
		WHERE organization_id IN (SELECT value FROM json_each(?)) LIMIT ?) m
		CROSS JOIN users u ON u.id = m.user_id COLLATE NOCASE AND u.id = m.user_id`, list(include), t.few+1)
	if err != nil {
		return err
	}
	if len(seqs) > t.few {
		p.and(member, list(include))
		return nil
	}
	p.narrow(seqs)
	return nil
}

// planAccounts: owners of an account at that provider.
func (t *Tx) planAccounts(p *plan, q Query) error {
	if q.Provider == "" {
		return nil
	}
	if len(q.ProviderUserIDs) == 0 {
		p.and("u.seq IN (SELECT user FROM identifications WHERE kind = 6 AND value >= ? AND value < ?)",
			account(q.Provider, ""), account(q.Provider, "\U0010FFFF"))
		return nil
	}
	values := folded(q.ProviderUserIDs, func(id string) string { return account(q.Provider, id) })
	seqs, err := t.seqs("SELECT user FROM identifications WHERE kind = 6 AND value IN (SELECT value FROM json_each(?))", list(values))
	if err != nil {
		return err
	}
	p.narrow(seqs)
	return nil
}

// gather decides how the needles are looked for: along the text index where
// that is the wanted order (walk), as candidates where they are few, and else
// as predicates over a walk along the order.
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
		case byIndex:
			seqs, err := t.matches(n)
			if err != nil {
				return err
			}
			if len(seqs) <= t.few {
				p.narrow(seqs)
			} else {
				p.and(n.where, n.args...)
			}
		default:
			p.and(n.where, n.args...)
		}
	}
	return nil
}

// insideIDs finds whose id has the needle inside, where nobody has it anywhere
// else: a scan of the index of ids, half a second for a million.
func (t *Tx) insideIDs(n needle) ([]int64, error) {
	if n.inner == "" {
		return nil, nil
	}
	found, err := t.seqs("SELECT rowid FROM search WHERE search MATCH ? LIMIT 1", n.match)
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
	from, where, args := "users u", p.where, p.args
	switch {
	case p.known:
		where = append([]string{"u.seq IN (SELECT value FROM json_each(?))"}, where...)
		args = append([]any{list(p.candidates)}, args...)
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
func (t *Tx) after(p *plan, q Query) error {
	if q.After == "" {
		return nil
	}
	if orders[q.OrderBy] != "created_at" {
		return errors.New("a cursor needs the order of created_at")
	}
	_, u, err := t.userByID(q.After)
	if err != nil {
		return err
	}
	p.and("(u.created_at, u.id) "+map[bool]string{true: "<", false: ">"}[q.Desc]+" (?, ?)", u.CreatedAt, u.ID)
	return nil
}

// page walks the order and then fetches the records: the walk stays inside an
// index and carries no documents through a sort.
func (t *Tx) page(p plan, column string, ordered bool, q Query) ([]*User, error) {
	from, args := p.from()
	seqs, err := t.seqs("SELECT u.seq FROM "+from+" ORDER BY "+orderBy(column, p.match != "", ordered, q.Desc)+" LIMIT ? OFFSET ?",
		append(args, orAll(q.Limit), q.Offset)...)
	if err != nil {
		return nil, err
	}
	users := make([]*User, 0, len(seqs))
	for _, seq := range seqs {
		u, err := t.userBySeq(seq)
		if err != nil {
			return nil, err
		}
		users = append(users, u)
	}
	return users, nil
}

// orderBy says the order in the words that an index answers. Ties go by
// created_at and id; seq is the same and in every index, while it is ordered.
func orderBy(column string, byText, ordered, desc bool) string {
	dir := " ASC"
	if desc {
		dir = " DESC"
	}
	if byText {
		return "s.rowid" + dir
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
