package users

import (
	"slices"

	"github.com/sahilm/fuzzy"
)

const (
	// localMost is how many local matches are shown until the server answers.
	localMost = 200
	// closeMost is how many people are named who are only close to what was typed.
	closeMost = 3
)

// What a match in a field is worth beside sahilm/fuzzy's own points: people mean
// a name first.
const (
	nameBonus = 30
	mailBonus = 15
)

// matched are the rows in which the needle stands, the best first; rows that are
// as good stay in the order they came in.
func matched(rows []*row, n needle) []*row {
	type scored struct {
		row   *row
		score int
	}
	var out []scored
	for _, r := range rows {
		if s, ok := score(r, n); ok {
			out = append(out, scored{r, s})
		}
	}
	slices.SortStableFunc(out, func(a, b scored) int { return b.score - a.score })
	ranked := make([]*row, len(out))
	for i := range out {
		ranked[i] = out[i].row
	}
	return ranked
}

// score is how well a row matches, by its best field. Where nothing but tokens
// is looked for, all who they hold for are as good.
func score(r *row, n needle) (best int, ok bool) {
	if holds, known := n.search.Here(r.user, n.at); !holds || !known {
		return 0, false
	}
	if n.folded == "" {
		return 0, true
	}
	if n.search.Loose() {
		return 0, n.search.Holds(r.user, n.at)
	}
	try := func(f *field, bonus int) {
		if f.in(n) == nil {
			return
		}
		points := bonus
		if m := fuzzy.FindNoSort(n.folded, []string{f.fold.Text}); len(m) > 0 {
			points += m[0].Score
		}
		if !ok || points > best {
			best, ok = points, true
		}
	}
	try(&r.name, nameBonus)
	try(&r.mail, mailBonus)
	for i := range r.more {
		try(&r.more[i], 0)
	}
	return best, ok
}

// nearest are rows whose name only resembles what was typed, the best first;
// tokens resemble nothing.
func nearest(rows []*row, n needle) []*row {
	if n.folded == "" || n.search.Filtered() {
		return nil
	}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.name.fold.Text
	}
	var out []*row
	for _, m := range fuzzy.Find(n.folded, names) {
		if len(out) == closeMost {
			break
		}
		out = append(out, rows[m.Index])
	}
	return out
}

// rank puts the best match first and leaves nobody out: the server may have found
// some by what is not in its answer.
func rank(rows []*row, n needle) []*row {
	out := matched(rows, n)
	in := make(map[*row]bool, len(out))
	for _, r := range out {
		in[r] = true
	}
	for _, r := range rows {
		if !in[r] {
			out = append(out, r)
		}
	}
	return out
}
