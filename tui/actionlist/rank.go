package actionlist

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"frontdesk/tui"
)

// How a query matches an action, best first.
const (
	matchAlias     = iota // it begins the alias
	matchExact            // it is the title
	matchPrefix           // it begins the title
	matchWordStart        // it begins a word of the title
	matchKeyword          // it begins a word of a keyword
	matchSubstring        // it is within the title
	matchText             // it is within another text of the action
	matchLetters          // its letters are in the title, in order
)

// scored is an item that matches, with what it is sorted by.
type scored struct {
	Row
	item, how, points int
}

// rank returns the items that match a query, best first. Of equally good ones those that
// can be done now come first, otherwise the order of the items is kept.
func rank(query string, items []tui.Action, moreText func(tui.Action) []string) []Row {
	titles := make([]string, len(items))
	for i, a := range items {
		titles[i] = a.Title
	}
	byLetters := map[int]fuzzy.Match{}
	for _, f := range fuzzy.Find(query, titles) {
		byLetters[f.Index] = f
	}
	var found []scored
	for i, a := range items {
		s := scored{Row: Row{Action: a}, item: i}
		f, letters := byLetters[i]
		how, lit, within := matchTitle(query, a.Title)
		switch {
		case len(query) > 1 && a.Alias != "" && strings.HasPrefix(a.Alias, strings.ToLower(query)):
			s.how = matchAlias
		case within && how < matchKeyword:
			s.how, s.Matched = how, lit
		case matchesKeyword(query, a.Keywords):
			s.how = matchKeyword
		case within:
			s.how, s.Matched = how, lit
		case moreText != nil && containsFold(moreText(a), query):
			s.how = matchText
		case letters:
			s.how, s.Matched, s.points = matchLetters, f.MatchedIndexes, f.Score
		default:
			continue
		}
		found = append(found, s)
	}
	slices.SortStableFunc(found, compare)
	rows := make([]Row, len(found))
	for i, s := range found {
		rows[i] = s.Row
	}
	return rows
}

func compare(a, b scored) int {
	off := func(s scored) int {
		if s.Off != "" {
			return 1
		}
		return 0
	}
	return cmp.Or(a.how-b.how, off(a)-off(b), b.points-a.points, a.item-b.item)
}

// matchesKeyword reports whether a word of a keyword begins with the query.
func matchesKeyword(query string, keywords []string) bool {
	return slices.ContainsFunc(keywords, func(k string) bool {
		how, _, ok := matchTitle(query, k)
		return ok && how < matchKeyword
	})
}

func containsFold(texts []string, query string) bool {
	query = strings.ToLower(query)
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), query) })
}

// matchTitle returns how a title contains a query, and the bytes that do.
func matchTitle(query, title string) (how int, lit []int, ok bool) {
	low := strings.ToLower(title)
	if len(low) != len(title) {
		return 0, nil, false // offsets in low are not offsets in title
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

// isWordStart reports whether a word begins at a byte.
func isWordStart(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	return at == 0 || !isWordRune(before)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
