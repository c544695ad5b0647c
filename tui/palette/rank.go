package palette

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"frontdesk/tui"
)

// How well a title is meant by what was typed, the best first.
const (
	matchExact     = iota // it is the title, to the last letter
	matchPrefix           // it is the title's start
	matchWordStart        // it begins words of the title
	matchSubstring        // it stands in the title
	matchLetters          // its letters do, in order
)

// rank returns the items that a text may mean, the best first. Of those that are
// meant as well the ones that can be done come first, then the menu's own order
// counts.
func rank(query string, items []tui.Action) []match {
	type scored struct {
		match
		how, off, points int
	}
	titles := make([]string, len(items))
	for i, a := range items {
		titles[i] = a.Title
	}
	var out []scored
	for _, f := range fuzzy.Find(query, titles) {
		s := scored{match: match{item: f.Index, matched: f.MatchedIndexes}, how: matchLetters, points: f.Score}
		if how, lit, ok := matchTitle(query, titles[f.Index]); ok {
			s.how, s.matched, s.points = how, lit, 0
		}
		if items[f.Index].Off != "" {
			s.off = 1
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b scored) int {
		for _, by := range []int{a.how - b.how, a.off - b.off, b.points - a.points, a.item - b.item} {
			if by != 0 {
				return by
			}
		}
		return 0
	})
	rows := make([]match, len(out))
	for i, s := range out {
		rows[i] = s.match
	}
	return rows
}

// matchTitle returns how a text that stands in a title as it is does so, and the bytes
// where.
func matchTitle(query, title string) (how int, lit []int, ok bool) {
	low := strings.ToLower(title)
	if len(low) != len(title) {
		return 0, nil, false // places in the one are not places in the other
	}
	query = strings.ToLower(query)
	at, how := -1, matchSubstring
	for from := 0; from <= len(low)-len(query); {
		i := strings.Index(low[from:], query)
		if i < 0 {
			break
		}
		i += from
		if isWordStart(low, i) {
			at, how = i, matchWordStart
			break
		}
		if at < 0 {
			at = i
		}
		_, size := utf8.DecodeRuneInString(low[i:])
		from = i + size
	}
	if at < 0 {
		return 0, nil, false
	}
	if before := strings.TrimFunc(low[:at], func(r rune) bool { return !isWordRune(r) }); before == "" {
		how = matchPrefix
	}
	if low == query {
		how = matchExact
	}
	for i := range query {
		lit = append(lit, at+i)
	}
	return how, lit, true
}

// isWordStart reports whether a word begins at that byte.
func isWordStart(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	return at == 0 || !isWordRune(before)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
