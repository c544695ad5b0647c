package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

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
		t.Incomplete, t.Problem = true, "The quotes are empty. Quoted text is searched literally."
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
		t.Problem = "There is no token " + t.Name + ":. "
		if near := closestWord(t.Name, ruleNames(known)); near != "" {
			t.Suggestion = near + ":" + quoteValue(t.Value)
		} else {
			const some = 4
			t.Problem = "There is no token " + t.Name + ":. There are "
			for _, r := range known[:some] {
				t.Problem += r.name + ": "
			}
			t.Problem += "… "
		}
		t.Problem += "Put it in quotes to search for it as text."
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
