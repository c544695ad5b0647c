package localsearch

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/api/search"
)

// Suggest returns users whose name or address is what was typed but for a typo or two
// in a word, the nearest first and each name once. It returns none for a search with
// tokens, or for a number: with another digit it is another number.
func Suggest(rows []*Row, n Needle) []*Row {
	typed := splitWords(n.Folded)
	if len(typed) == 0 || n.Digits != "" || n.Search.HasTokens() {
		return nil
	}
	type candidate struct {
		row  *Row
		cost int
	}
	var near []candidate
	for _, r := range rows {
		cost, ok := wordsDistance(typed, splitWords(r.Name.Fold.Text))
		if by, mail := wordsDistance(typed, splitWords(r.Mail.Fold.Text)); mail && (!ok || by < cost) {
			cost, ok = by, true
		}
		known := slices.ContainsFunc(near, func(s candidate) bool { return s.row.Name.Shown == r.Name.Shown })
		if ok && !known {
			near = append(near, candidate{r, cost})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return a.cost - b.cost })
	var out []*Row
	for _, s := range near[:min(len(near), maxFuzzy)] {
		out = append(out, s.row)
	}
	return out
}

func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

// wordsDistance returns the sum of the distances of the typed words from the nearest
// word of a field; ok is false if one is near none.
func wordsDistance(typed, field []string) (cost int, ok bool) {
	for _, t := range typed {
		best := -1
		for _, w := range field {
			if d, near := wordDistance(t, w); near && (best < 0 || d < best) {
				best = d
			}
		}
		if best < 0 {
			return 0, false
		}
		cost += best
	}
	return cost, len(typed) > 0
}

// wordDistance returns how far a word is from another; longer words may differ more. A
// word that is still being typed may be near the beginning of another, which counts a
// little more than being near all of it.
func wordDistance(typed, word string) (cost int, near bool) {
	letters, most := utf8.RuneCountInString(typed), 2
	switch {
	case letters < 3:
		most = 0
	case letters < 5:
		most = 1
	}
	all := []rune(word)
	if len(all) < letters-most {
		return 0, false
	}
	best := 2 * search.EditDistance(typed, word)
	for k := letters; k <= letters+1 && k < len(all) && letters > 3; k++ {
		best = min(best, 2*search.EditDistance(typed, string(all[:k]))+1)
	}
	return best, best <= 2*most+1
}
