package search

import (
	"slices"
	"strings"

	"frontdesk/api/input"
)

// MaxPeople is how many of those who are named in a text Named looks for.
const MaxPeople = 100

// PeopleText returns what to put into the box to find the people who are named in a text,
// "" for nobody.
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

// PastedPeople returns who is named in a text that is no search but was copied from
// somewhere: it has words beside them, or is a link or a token, and asks for nothing by
// tokens.
func (s Search) PastedPeople() (input.People, bool) {
	if s.InvalidToken() == nil && s.HasTokens() {
		return input.People{}, false
	}
	found := input.FindPeople(s.Text)
	return found, found.Count() > 0 && !(len(s.Tokens) == 1 && isOnlyPerson(s.Words, found))
}

// isOnlyPerson reports whether a word is what is found in it, and nothing beside it.
func isOnlyPerson(word string, found input.People) bool {
	if _, err := input.ParsePhone(word); err == nil {
		return true
	}
	return found.Count() == 1 && slices.Contains(slices.Concat(found.IDs, found.Emails), word)
}
