package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
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

// Parse parses a text at now, whose time zone decides which days are meant. It never
// fails: each invalid token has a Problem.
func Parse(text string, now time.Time) Search {
	p := &parser{now: now, s: Search{Text: text}}
	known := tokenRules()
	var words []string
	for _, piece := range splitPieces(text) {
		t := Token{From: piece.from, End: piece.end, Name: piece.name, Value: piece.value, Exclude: piece.exclude}
		if head, tail, cut := splitShortID(piece.value); cut && !piece.quoted && (piece.name == "" || piece.name == "id") {
			p.parseShortID(&t, head, tail)
		} else if piece.name == "" {
			t.parseWord(piece)
			if t.Problem == "" {
				words = append(words, t.Value)
				p.s.phrases = append(p.s.phrases, Fold(t.Value).Text)
			}
		} else {
			p.parseToken(known, &t)
		}
		p.s.Tokens = append(p.s.Tokens, t)
	}
	p.s.Words = strings.Join(words, " ")
	if p.s.Query.Search = serverWords(p.s.Words); p.s.Words == "" {
		p.s.Query.Search = p.idPrefix
	}
	p.matchBareEmail()
	return p.s
}

// parseWord parses a plain word. A minus sign before a letter is taken for an exclusion,
// which words do not support; before a digit or alone it is part of copied text.
func (t *Token) parseWord(p piece) {
	switch {
	case p.quoted && strings.TrimSpace(p.value) == "":
		t.Incomplete, t.Problem = true, "There is nothing in the quotes: what stands in them is looked for as it is."
		return
	case !p.exclude:
		return
	}
	if first, _ := utf8.DecodeRuneInString(p.value); !p.quoted && !unicode.IsLetter(first) {
		t.Exclude, t.Value = false, "-"+p.value
		return
	}
	t.Problem = "Words cannot be excluded, only tokens like -org: and -is:banned."
	t.Suggestion = `"-` + p.value + `"`
}

// serverWords returns the words to send to the server. Clerk stores phone numbers as a
// plus sign and digits and matches them literally, so punctuation is removed.
func serverWords(words string) string {
	if digits, ok := PhoneDigits(words); ok {
		return digits
	}
	return words
}

// parser builds a Search.
type parser struct {
	now      time.Time
	s        Search
	idPrefix string // of an id that is shortened in the middle
}

// parseToken parses a token by its rule.
func (p *parser) parseToken(known []rule, t *Token) {
	at := slices.IndexFunc(known, func(r rule) bool { return r.name == t.Name || slices.Contains(r.aliases, t.Name) })
	if at < 0 {
		t.UnknownName = true
		t.Problem = "There is no " + t.Name + ": here. "
		if near := closestWord(t.Name, ruleNames(known)); near != "" {
			t.Suggestion = near + ":" + quoteValue(t.Value)
		} else {
			const some = 4
			t.Problem = "There is no " + t.Name + ": here, but "
			for _, r := range known[:some] {
				t.Problem += r.name + ": "
			}
			t.Problem += "… "
		}
		t.Problem += "In quotes it is looked for as it stands."
		return
	}
	r := known[at]
	t.Name = r.name
	switch {
	case strings.TrimSpace(t.Value) == "":
		t.Incomplete, t.Problem = true, r.name+": "+r.needs+"."
	case t.Exclude && r.noExclude != "":
		t.Problem = "-" + r.name + ": is not possible: " + r.noExclude
	default:
		r.parse(p, t)
	}
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

// AnyOrder returns the same search with its words anywhere and in any order ("okafor
// maya"), for when nobody matches them as typed. The API searches for one piece of text
// only: it gets the longest word, which is likely to be the most selective, and the rest
// is matched here. ok is false if there is nothing to relax.
func (s Search) AnyOrder() (loose Search, ok bool) {
	if _, phone := PhoneDigits(s.Words); s.anyOrder || len(s.phrases) < 2 || phone || s.InvalidToken() != nil {
		return s, false
	}
	s.anyOrder = true
	longest := slices.MaxFunc(s.plainWords(), func(a, b string) int { return len([]rune(a)) - len([]rune(b)) })
	s.Query.Search = serverWords(longest)
	return s, true
}

// IsAnyOrder reports whether the words may occur in any order.
func (s Search) IsAnyOrder() bool { return s.anyOrder }

func (s Search) plainWords() []string {
	var out []string
	for _, t := range s.Tokens {
		if t.Name == "" && t.Problem == "" {
			out = append(out, t.Value)
		}
	}
	return out
}

// matchesPhrases reports whether each phrase occurs in one of the searchable fields.
func matchesPhrases(u *api.User, phrases []string) bool {
	all := searchableTexts(u)
	for _, phrase := range phrases {
		digits, phone := PhoneDigits(phrase)
		if !slices.ContainsFunc(all, func(s string) bool {
			return strings.Contains(s, phrase) || phone && strings.Contains(s, digits)
		}) {
			return false
		}
	}
	return true
}

// searchableTexts returns the fields that the API's own query searches, folded.
func searchableTexts(u *api.User) []string {
	texts := []clean.Text{u.FirstName, u.LastName, u.Username, u.ID}
	for _, e := range u.EmailAddresses {
		texts = append(texts, e.EmailAddress, clean.NewText(input.OtherDomainForm(e.EmailAddress.Raw())))
	}
	for _, p := range u.PhoneNumbers {
		texts = append(texts, p.PhoneNumber)
	}
	for _, w := range u.Web3Wallets {
		texts = append(texts, w.Web3Wallet)
	}
	out := make([]string, 0, len(texts)+1)
	for _, t := range texts {
		if !t.Empty() {
			out = append(out, Fold(t.Raw()).Text)
		}
	}
	return append(out, Fold(u.FirstName.Raw()+" "+u.LastName.Raw()).Text)
}
