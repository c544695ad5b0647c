package localsearch

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/api/search"
)

// Suggest are people whose name or address is what was typed but for a slip of the
// finger or two in a word, the nearest first and each name once. Tokens resemble
// nothing, and a number that is off by a digit is another number.
func Suggest(rows []*Row, n Needle) []*Row {
	typed := splitWords(n.Folded)
	if len(typed) == 0 || n.Digits != "" || n.Search.HasTokens() {
		return nil
	}
	type slipped struct {
		row  *Row
		cost int
	}
	var near []slipped
	for _, r := range rows {
		cost, ok := wordsDistance(typed, splitWords(r.Name.Fold.Text))
		if by, mail := wordsDistance(typed, splitWords(r.Mail.Fold.Text)); mail && (!ok || by < cost) {
			cost, ok = by, true
		}
		known := slices.ContainsFunc(near, func(s slipped) bool { return s.row.Name.Shown == r.Name.Shown })
		if ok && !known {
			near = append(near, slipped{r, cost})
		}
	}
	slices.SortStableFunc(near, func(a, b slipped) int { return a.cost - b.cost })
	var out []*Row
	for _, s := range near[:min(len(near), maxFuzzy)] {
		out = append(out, s.row)
	}
	return out
}

func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

// wordsDistance is how far the words that were typed are from those of a field, each from
// its nearest; false where one is too far from all.
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

// wordDistance is how far a word is from another: the longer it is, the more may be wrong
// with it. A word that is still being typed may be near the beginning of one, which
// counts a little more than being near all of it.
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
