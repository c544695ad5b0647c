package store

import (
	"slices"
	"strings"
)

// A plan is a prepared query: predicates for every row, and at most one source of
// candidates.
type plan struct {
	where []string
	args  []any
	// candidates, if not nil, have every row that can match.
	candidates []int64
	known      bool
	match      string // FTS5 expression to walk by rowid
	by         string // how SQLite is to find the users, " INDEXED BY …"; "" leaves it to SQLite
	bySeq      bool   // seq has the wanted order
	rest       []needle
	spans      []span
}

// A span is the filters on one time column, and its index.
type span struct {
	column, index        string
	before, after, since *int64
}

func (s span) where() (string, []any) {
	parts, args := []string{}, []any{}
	for _, c := range []struct {
		sql   string
		value *int64
	}{{"u." + s.column + " < ?", s.before}, {"u." + s.column + " > ?", s.after}, {"u." + s.column + " >= ?", s.since}} {
		if c.value != nil {
			parts, args = append(parts, c.sql), append(args, *c.value)
		}
	}
	return strings.Join(parts, " AND "), args
}

func (p *plan) and(where string, args ...any) {
	p.where = append(p.where, where)
	p.args = append(p.args, args...)
}

// narrow keeps the candidates that are also in seqs.
func (p *plan) narrow(seqs []int64) {
	if p.known {
		seqs = slices.DeleteFunc(seqs, func(s int64) bool { return !slices.Contains(p.candidates, s) })
	}
	slices.Sort(seqs)
	p.candidates, p.known = slices.Compact(seqs), true
}

// plan resolves exact filters and turns the others into predicates.
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
	p.spans = []span{
		{"last_active_at", "users_active", q.ActiveBefore, q.ActiveAfter, q.ActiveSince},
		{"last_sign_in_at", "users_sign_in", q.SignInBefore, q.SignInAfter, nil},
		{"created_at", "users_created", q.CreatedBefore, q.CreatedAfter, nil},
	}
	for _, s := range p.spans {
		if where, args := s.where(); where != "" {
			p.and(where, args...)
		}
	}
	for _, typed := range []struct {
		in   searchScope
		text string
	}{{anything, q.AnyLike}, {emails, q.EmailLike}, {phones, q.PhoneLike}, {usernames, q.UsernameLike}, {names, q.NameLike}} {
		if n, ok := parseNeedle(typed.in, typed.text); ok && !n.all {
			p.rest = append(p.rest, n)
		}
	}
	return p, nil
}

// planIdentifiers filters by the owners of any of the identifiers.
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
	return t.seqs("SELECT user FROM identifications WHERE "+ofKind(kind)+" AND value IN (SELECT value FROM json_each(?))", jsonArray(values))
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

// splitSigned splits values by their leading sign. An unescaped plus sign arrives as a
// space.
func splitSigned(values []string) (include, exclude []string) {
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

// planIDs filters by user ids and external ids, included or excluded.
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
		include, exclude := splitSigned(l.values)
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
			p.and("u.seq NOT IN (SELECT value FROM json_each(?))", jsonArray(seqs))
		}
	}
	return nil
}

// planOrganizations filters by members of any included and of no excluded organization.
func (t *Tx) planOrganizations(p *plan, q Query) error {
	const member = "EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.organization_id IN (SELECT value FROM json_each(?)))"
	include, exclude := splitSigned(q.OrganizationIDs)
	if len(exclude) > 0 {
		p.and("NOT "+member, jsonArray(exclude))
	}
	if len(include) == 0 {
		return nil
	}
	seqs, err := t.seqs(`SELECT u.seq FROM (SELECT DISTINCT user_id FROM memberships
		WHERE organization_id IN (SELECT value FROM json_each(?)) LIMIT ?) m
		CROSS JOIN users u ON u.id = m.user_id COLLATE NOCASE AND u.id = m.user_id`, jsonArray(include), t.maxCandidates+1)
	if err != nil {
		return err
	}
	if len(seqs) > t.maxCandidates {
		p.and(member, jsonArray(include))
		return nil
	}
	p.narrow(seqs)
	return nil
}

// planAccounts filters by the owners of an account at the provider.
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
	seqs, err := t.seqs("SELECT user FROM identifications WHERE kind = 6 AND value IN (SELECT value FROM json_each(?))", jsonArray(values))
	if err != nil {
		return err
	}
	p.narrow(seqs)
	return nil
}
