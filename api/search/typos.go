package search

import "strings"

// closestWord returns the word that a typed word with a typo or two means, or "" if none
// is close.
func closestWord(typed string, words []string) string {
	best, least := "", 3
	for _, w := range words {
		limit := min(2, (len(w)+1)/3)
		if strings.HasPrefix(w, typed) && len(typed) >= 2 {
			limit = len(w)
		}
		if d := EditDistance(typed, w); d <= limit && (d < least || best == "") {
			best, least = w, d
		}
	}
	return best
}

// EditDistance returns how many letters have to be changed, inserted, deleted or swapped
// with the next to turn a into b.
func EditDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}

// FuzzyPrefix returns the beginning of the longest word of the search: short enough to
// precede most typos, long enough to be selective. It is "" if no word is long enough or
// the search is for a number.
func (s Search) FuzzyPrefix() string {
	const least = 4
	longest := []rune(nil)
	for _, w := range strings.FieldsFunc(s.Words, func(r rune) bool { return strings.ContainsRune(" @._-+", r) }) {
		if letters := []rune(w); len(letters) > len(longest) {
			longest = letters
		}
	}
	if _, number := PhoneDigits(s.Words); number || len(longest) < least {
		return ""
	}
	return string(longest[:(len(longest)+1)/2])
}

// QuoteLiteral returns search text that finds the given text literally: quoted if it would
// otherwise be a token or invalid.
func QuoteLiteral(text string) string {
	for _, p := range splitPieces(text) {
		if p.name != "" || p.exclude || p.quoted {
			return `"` + strings.ReplaceAll(text, `"`, "") + `"`
		}
	}
	return text
}
