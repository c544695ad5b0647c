package search

import "strings"

// closestWord returns the word that is meant by one with a slip of the finger or two in
// it, "" where none is near.
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

// EditDistance returns how many letters have to be changed, put in, left out or swapped
// with the next to make b of a.
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

// FuzzyPrefix returns the beginning of the longest word that is looked for: short enough
// to stand before a slip of the finger in most, long enough to tell people apart. "" where
// no word is long enough, or what is looked for is a number.
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

// QuoteLiteral returns a text as it stands in the box to be looked for as it is: in quotes
// where it would be a token, or could not be asked.
func QuoteLiteral(text string) string {
	for _, p := range splitPieces(text) {
		if p.name != "" || p.exclude || p.quoted {
			return `"` + strings.ReplaceAll(text, `"`, "") + `"`
		}
	}
	return text
}
