package localsearch

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"frontdesk/api/search"
)

const (
	// MaxLocal is how many local matches are shown until the server answers.
	MaxLocal = 200
	// maxFuzzy is how many similar users are shown if none matches.
	maxFuzzy = 3
)

// Points for a match in a field, beside those of sahilm/fuzzy: most searches are for a
// name.
const (
	nameBonus = 100
	mailBonus = 15
	// wordBonus is for a word that begins with the needle, twice if the needle is the
	// whole word: Eve ranks before Verhoeven, however long the rest of her name is.
	wordBonus = 200
	// maxLengthPenalty is the most points that a field loses for its length.
	maxLengthPenalty = 50
)

// Filter returns the rows that match, in their order.
func Filter(rows []*Row, n Needle) []*Row {
	var out []*Row
	for _, r := range rows {
		if r.Matches(n) {
			out = append(out, r)
		}
	}
	return out
}

// FilterRanked is Filter with the best match first; the sort is stable, but that among
// namesakes those who cannot sign in come first: about them is the call.
func FilterRanked(rows []*Row, n Needle) []*Row {
	type scored struct {
		row   *Row
		score int
	}
	var out []scored
	for _, r := range Filter(rows, n) {
		out = append(out, scored{r, r.score(n)})
	}
	slices.SortStableFunc(out, func(a, b scored) int { return b.score - a.score })
	ranked := make([]*Row, len(out))
	for i := range out {
		ranked[i] = out[i].row
	}
	blockedFirst(ranked, n.ParsedAt)
	return ranked
}

// blockedFirst moves those who cannot sign in to the first of the places that people of
// their name have. Nobody else moves.
func blockedFirst(rows []*Row, now time.Time) {
	places := map[string][]int{}
	for i, r := range rows {
		places[r.Name.Shown] = append(places[r.Name.Shown], i)
	}
	for _, at := range places {
		if len(at) == 1 {
			continue
		}
		namesakes := make([]*Row, len(at))
		for i, place := range at {
			namesakes[i] = rows[place]
		}
		slices.SortStableFunc(namesakes, func(a, b *Row) int { return cmp.Compare(a.blockedRank(now), b.blockedRank(now)) })
		for i, place := range at {
			rows[place] = namesakes[i]
		}
	}
}

// blockedRank is 0 for a user who cannot sign in, else 1.
func (r *Row) blockedRank(now time.Time) int {
	left, never := r.User.LockRemaining(now)
	if r.User.Banned || r.User.Deprovisioned || never || left > 0 {
		return 0
	}
	return 1
}

// Matches reports whether a user matches, as far as that is known without the server.
func (r *Row) Matches(n Needle) bool {
	if holds, known := n.Search.MatchesTokens(r.User, n.ParsedAt); !holds || !known {
		return false
	}
	switch {
	case n.Folded == "":
		return true
	case n.Search.IsAnyOrder():
		return n.Search.Matches(r.User, n.ParsedAt)
	}
	return r.Name.foundByServer(n) || r.Mail.foundByServer(n) || slices.ContainsFunc(r.Others, func(f Field) bool { return f.foundByServer(n) })
}

// foundByServer reports whether the server finds the user by this field too. Ids
// contain any letters: only the beginning of an id is matched, or text that can hardly
// be a word. An external id needs its token.
func (f Field) foundByServer(n Needle) bool {
	switch f.Kind {
	case search.ExternalID:
		return false
	case search.ID:
		if !strings.HasPrefix(n.Folded, "user_") && (len(n.Folded) < 3 || !strings.ContainsAny(n.Folded, "0123456789")) {
			return false
		}
	}
	return f.spans(n) != nil
}

// score returns how well a matching row matches, by its best field. It is the same for
// all rows of a search that has only tokens, or words in any order.
func (r *Row) score(n Needle) (best int) {
	if n.Folded == "" || n.Search.IsAnyOrder() {
		return 0
	}
	tried := false
	try := func(f *Field, bonus int) {
		if f.spans(n) == nil {
			return
		}
		points := bonus
		if m := fuzzy.FindNoSort(n.Folded, []string{f.Fold.Text}); len(m) > 0 {
			points += max(m[0].Score, -maxLengthPenalty)
		}
		points += f.wordStartPoints(n)
		if !tried || points > best {
			best, tried = points, true
		}
	}
	try(&r.Name, nameBonus)
	try(&r.Mail, mailBonus)
	for i := range r.Others {
		try(&r.Others[i], 0)
	}
	return best
}

// wordStartPoints returns the points for words of the field that begin with the
// needle.
func (f Field) wordStartPoints(n Needle) (points int) {
	text := f.Fold.Text
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	for from := 0; ; {
		at := strings.Index(text[from:], n.Folded)
		if at < 0 {
			return points
		}
		at += from
		end := at + len(n.Folded)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[end:])
		switch {
		case at > 0 && letter(before):
		case end == len(text) || !letter(behind):
			return 2 * wordBonus
		default:
			points = wordBonus
		}
		from = end
	}
}

// Nearest returns the rows whose names are similar to what was typed, the best first;
// none for a search with tokens.
func Nearest(rows []*Row, n Needle) []*Row {
	if n.Folded == "" || n.Search.HasTokens() {
		return nil
	}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name.Fold.Text
	}
	var out []*Row
	for _, m := range fuzzy.Find(n.Folded, names) {
		if len(out) == maxFuzzy {
			break
		}
		out = append(out, rows[m.Index])
	}
	return out
}

// Rank sorts the best match first. It drops no row: the server may have found some by
// fields that are not in its answer.
func Rank(rows []*Row, n Needle) []*Row {
	out := FilterRanked(rows, n)
	in := make(map[*Row]bool, len(out))
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
