package localsearch

import (
	"strings"
	"time"
	"unicode"

	"frontdesk/api/search"
)

// Needle is a search prepared for matching: in lower case and without accents, and as
// digits if it can be part of a phone number. It is made of the plain words; Search
// has the tokens.
type Needle struct {
	Typed  string // as in the box, without spaces at the ends
	Folded string
	words  []string // of Folded, if there is more than one
	Digits string   // "" unless Typed may be part of a phone number
	field  search.Field

	Search     search.Search
	ParsedAt   time.Time // relative dates count from here
	highlights []Needle  // all that is highlighted; nil for the needle itself
}

func newNeedle(typed string) Needle {
	n := Needle{Typed: strings.TrimSpace(typed)}
	n.Folded = search.Fold(n.Typed).Text
	if words := strings.Fields(n.Folded); len(words) > 1 {
		n.words = words
	}
	if digits, ok := search.PhoneDigits(n.Typed); ok {
		n.Digits = digits
	}
	return n
}

// NewSearch returns the needle of a parsed search.
func NewSearch(s search.Search, at time.Time) Needle {
	n := newNeedle(s.Words)
	n.Typed, n.Search, n.ParsedAt = strings.TrimSpace(s.Text), s, at
	n.highlights = []Needle{}
	for _, m := range s.Highlights() {
		mark := newNeedle(m.Text)
		mark.field = m.Field
		n.highlights = append(n.highlights, mark)
	}
	return n
}

// NewWords returns the needle of a text without tokens.
func NewWords(text string, at time.Time) Needle {
	return NewSearch(search.Parse(search.QuoteLiteral(text), at), at)
}

// Empty reports whether every user matches.
func (n Needle) Empty() bool { return n.Folded == "" && n.Search.Empty() }

// Equal reports whether both search for the same users.
func (n Needle) Equal(o Needle) bool { return n.Key() == o.Key() }

// Narrows reports whether every match of n is also one of o.
func (n Needle) Narrows(o Needle) bool {
	_, tokens, _ := strings.Cut(n.Key(), "\x00")
	_, others, _ := strings.Cut(o.Key(), "\x00")
	return tokens == others && !n.Search.IsAnyOrder() && !o.Search.IsAnyOrder() && strings.Contains(n.Folded, o.Folded)
}

// Key identifies the search: searches for the same users have equal keys. Words are
// compared without case, tokens with it, because ids have capitals.
func (n Needle) Key() string {
	parts := []string{n.Folded}
	if n.Search.IsAnyOrder() {
		parts[0] += " in any order"
	}
	for _, t := range n.Search.Tokens {
		if t.Name != "" {
			parts = append(parts, n.Search.Text[t.From:t.End])
		}
	}
	return strings.Join(parts, "\x00")
}

// Highlights returns the needles to highlight in a row.
func (n Needle) Highlights() []Needle {
	if n.highlights == nil {
		return []Needle{n}
	}
	return n.highlights
}

// Printable removes from s what is not printed: controls, line ends, invisible and
// bidi characters that come with a paste.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
}
