package search

import (
	"slices"
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/input"
)

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
