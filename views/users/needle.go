package users

import (
	"strings"
	"time"

	"frontdesk/api/search"
)

// needle is what somebody typed, ready to be looked for in what is here: in
// lower case and without accents, and as digits where it can be part of a phone
// number. Of a search with tokens it is the plain words; the rest hangs on it.
type needle struct {
	typed  string // as it stands in the box, without spaces at its ends
	folded string
	words  []string // of folded, where there are more than one
	digits string   // "" unless typed can be read as part of a phone number
	field  search.Field

	search search.Search
	at     time.Time // the moment it was understood at
	marks  []needle  // all there is to light; nil is the needle itself
}

func newNeedle(typed string) needle {
	n := needle{typed: strings.TrimSpace(typed)}
	n.folded = search.Fold(n.typed).Text
	if words := strings.Fields(n.folded); len(words) > 1 {
		n.words = words
	}
	if digits, ok := search.Digits(n.typed); ok {
		n.digits = digits
	}
	return n
}

// newSearch is the needle of a text with tokens.
func newSearch(s search.Search, at time.Time) needle {
	n := newNeedle(s.Words)
	n.typed, n.search, n.at = strings.TrimSpace(s.Text), s, at
	n.marks = []needle{}
	for _, m := range s.Marks() {
		mark := newNeedle(m.Text)
		mark.field = m.Field
		n.marks = append(n.marks, mark)
	}
	return n
}

// empty says that nothing is looked for: everybody is.
func (n needle) empty() bool { return n.folded == "" && n.search.Empty() }

// same says that both ask for the same people.
func (n needle) same(o needle) bool { return n.key() == o.key() }

// key is the text without what makes no difference. The words are compared
// without case, a token as it is: ids have capitals.
func (n needle) key() string {
	parts := []string{n.folded}
	if n.search.Loose() {
		parts[0] += " in any order"
	}
	for _, t := range n.search.Tokens {
		if t.Name != "" {
			parts = append(parts, n.search.Text[t.From:t.End])
		}
	}
	return strings.Join(parts, "\x00")
}

// lights are the needles to light in a row.
func (n needle) lights() []needle {
	if n.marks == nil {
		return []needle{n}
	}
	return n.marks
}

// ascii says that a byte is a cell and a cluster.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
