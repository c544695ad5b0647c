package command

import (
	"slices"
	"strings"
)

// closest returns the names with the smallest distance to what was typed, at most
// three. It considers only names with the same first letter, which is rarely mistyped,
// and within maxDistance.
func closest[V any](typed string, names map[string]V) []string {
	typed = strings.ToLower(typed)
	best, found := maxDistance(typed)+1, []string(nil)
	for name := range names {
		if name == "" || typed == "" || name[0] != typed[0] {
			continue
		}
		switch d := distance(typed, name); {
		case d > maxDistance(typed) || d > best:
		case d < best:
			best, found = d, []string{name}
		default:
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found[:min(len(found), 3)]
}

// maxDistance returns the distance up to which another word may have been meant.
func maxDistance(word string) int {
	switch n := len([]rune(word)); {
	case n < 3:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// distance is the Damerau-Levenshtein distance of two words (its variant known as
// optimal string alignment).
func distance(one, other string) int {
	a, b := []rune(one), []rune(other)
	var before, last, row []int
	for j := range len(b) + 1 {
		row = append(row, j)
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
