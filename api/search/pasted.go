package search

import (
	"slices"
	"strings"

	"frontdesk/api/input"
)

// MaxPeople is the maximum number of people that PeopleText searches for.
const MaxPeople = 100

// PeopleText returns the search text that finds the people identified in a text, or "" for
// none.
func PeopleText(p input.People) string {
	join := func(name string, values []string) string {
		return name + strings.Join(values[:min(len(values), MaxPeople)], ",")
	}
	switch {
	case len(p.IDs) > 0:
		return join("id:", p.IDs)
	case len(p.Emails) > 0:
		return join("email:", p.Emails)
	case len(p.Phones) > 0:
		return join("phone:", p.Phones)
	}
	return ""
}

// PastedPeople returns the people identified in a text that is not a search but was copied
// from somewhere: it contains other words, or is a link or a token, and uses no search
// tokens.
func (s Search) PastedPeople() (input.People, bool) {
	if s.InvalidToken() == nil && s.HasTokens() {
		return input.People{}, false
	}
	found := input.FindPeople(s.Text)
	return found, found.Count() > 0 && !(len(s.Tokens) == 1 && isOnlyPerson(s.Words, found))
}

// isOnlyPerson reports whether a word consists of what was found in it and nothing else.
func isOnlyPerson(word string, found input.People) bool {
	if _, err := input.ParsePhone(word); err == nil {
		return true
	}
	return found.Count() == 1 && slices.Contains(slices.Concat(found.IDs, found.Emails), word)
}
