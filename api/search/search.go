package search

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
)

// Search is the parsed text of the search box. It is a value; nothing in it changes after
// Parse.
type Search struct {
	Text   string
	Tokens []Token
	// Words are the plain words as typed, separated by single spaces.
	Words string
	// Query holds everything that the server can filter by.
	Query api.Query

	phrases  []string // the plain words, folded; each quoted phrase is one
	anyOrder bool     // the words may occur anywhere and in any order
}

// Token is one word or filter of the text.
type Token struct {
	From, End int    // byte range in Text
	Name      string // "is"; "" for a plain word
	Value     string
	Exclude   bool
	// Meaning explains the token in words: "locked now", "created in the last 7 days".
	Meaning string
	// Problem is why the token is invalid, in one sentence, or "". Suggestion is a
	// replacement that may be meant, ready to put into the text, or "".
	Problem, Suggestion string
	// UnknownName reports that no token has this name. Incomplete reports that the token's
	// value is still missing, as in "is:" or after an opening quote.
	UnknownName, Incomplete bool
	// Highlights are the texts to highlight in a user's fields.
	Highlights []Highlight

	matches   matchFunc
	needsScan bool   // the server cannot decide it
	orgName   string // the name of an organization that is not resolved yet
}

// matchFunc decides whether a user matches at a moment.
type matchFunc func(u *api.User, now time.Time) bool

// Field is a searchable part of a user; Anywhere is all of them.
type Field int

// The fields that a token can search.
const (
	Anywhere Field = iota
	Name
	Email
	Phone
	Username
	Wallet
	ID
	ExternalID
)

// Highlight is a text searched in a field.
type Highlight struct {
	Field Field
	Text  string
}

// Empty reports whether the search is empty.
func (s Search) Empty() bool { return len(s.Tokens) == 0 }

// InvalidToken returns the first invalid token, or nil.
func (s Search) InvalidToken() *Token {
	for i := range s.Tokens {
		if s.Tokens[i].Problem != "" {
			return &s.Tokens[i]
		}
	}
	return nil
}

// HasTokens reports whether there are tokens besides the words.
func (s Search) HasTokens() bool {
	return slices.ContainsFunc(s.Tokens, func(t Token) bool { return t.Name != "" })
}

// NeedsScan reports whether the server cannot decide everything, so that every user that
// matches Query has to be checked with Matches.
func (s Search) NeedsScan() bool {
	return s.anyOrder || slices.ContainsFunc(s.Tokens, func(t Token) bool { return t.needsScan })
}

// Matches reports whether a user that matches Query matches the search.
func (s Search) Matches(u *api.User, now time.Time) bool {
	for _, t := range s.Tokens {
		if t.needsScan && !t.matches(u, now) {
			return false
		}
	}
	return !s.anyOrder || matchesPhrases(u, s.phrases)
}

// MatchesTokens decides about a user without the server, by everything except the plain
// words. known is false if the user's data cannot tell, as with organizations.
func (s Search) MatchesTokens(u *api.User, now time.Time) (holds, known bool) {
	for _, t := range s.Tokens {
		switch {
		case t.Name == "":
		case t.matches == nil:
			return false, false
		case !t.matches(u, now):
			return false, true
		}
	}
	return true, true
}

// Highlights returns the texts to highlight, those of plain words first.
func (s Search) Highlights() []Highlight {
	var out []Highlight
	if words := s.plainWords(); s.anyOrder {
		for _, w := range words {
			out = append(out, Highlight{Anywhere, w})
		}
	} else if s.Words != "" {
		out = append(out, Highlight{Anywhere, s.Words})
	}
	for _, t := range s.Tokens {
		out = append(out, t.Highlights...)
	}
	return out
}

// Describe returns the meaning of the tokens in words: "locked now · no MFA".
func (s Search) Describe() string {
	var out []string
	if s.anyOrder {
		out = append(out, "words in any order")
	}
	for _, t := range s.Tokens {
		if t.Meaning != "" && t.Problem == "" {
			out = append(out, t.Meaning)
		}
	}
	return strings.Join(out, " · ")
}
