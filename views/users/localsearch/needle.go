package localsearch

import (
	"strings"
	"time"
	"unicode"

	"frontdesk/api/search"
)

// Needle is what somebody typed, ready to be looked for in what is here: in
// lower case and without accents, and as digits where it can be part of a phone
// number. Of a search with tokens it is the plain words; the rest hangs on it.
type Needle struct {
	Typed  string // as it stands in the box, without spaces at its ends
	Folded string
	words  []string // of folded, where there are more than one
	Digits string   // "" unless typed can be read as part of a phone number
	field  search.Field

	Search     search.Search
	ParsedAt   time.Time // the moment it was understood at
	highlights []Needle  // all there is to light; nil is the needle itself
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

// NewSearch is the needle of a text with tokens.
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

// NewWords is the needle of a text in which nothing is a token.
func NewWords(text string, at time.Time) Needle {
	return NewSearch(search.Parse(search.QuoteLiteral(text), at), at)
}

// Empty says that nothing is looked for: everybody is.
func (n Needle) Empty() bool { return n.Folded == "" && n.Search.Empty() }

// Equal says that both ask for the same people.
func (n Needle) Equal(o Needle) bool { return n.Key() == o.Key() }

// Narrows says that whoever n finds is also found by o.
func (n Needle) Narrows(o Needle) bool {
	_, tokens, _ := strings.Cut(n.Key(), "\x00")
	_, others, _ := strings.Cut(o.Key(), "\x00")
	return tokens == others && !n.Search.IsAnyOrder() && !o.Search.IsAnyOrder() && strings.Contains(n.Folded, o.Folded)
}

// Key is the text without what makes no difference. The words are compared
// without case, a token as it is: ids have capitals.
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

// Highlights are the needles to light in a row.
func (n Needle) Highlights() []Needle {
	if n.highlights == nil {
		return []Needle{n}
	}
	return n.highlights
}

// isASCII says that a byte is a cell and a cluster.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Printable is s without what no name is searched by: controls, line ends,
// invisible and bidi characters that a paste brings along.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
}
