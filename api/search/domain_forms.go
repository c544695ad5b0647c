package search

import (
	"slices"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/input"
)

// A domain with letters beyond ASCII has two spellings, münchen.example and
// xn--mnchen-3ya.example. People use the first, and Clerk may store either.

// matchDomainForms parses an e-mail address, or the part of one from the @ on, whose
// domain has two spellings; it returns false for anything else. The server is asked for a
// whole address exactly, under each spelling. For a part it is asked for what both have in
// common, and the users are filtered here.
func (p *parser) matchDomainForms(t *Token, value string) bool {
	local, domain, _ := strings.Cut(value, "@")
	forms := input.EmailDomainForms(value)
	if forms == nil {
		return false
	}
	t.Meaning = "e-mail has “" + value + "”"
	var folded []string
	for i, form := range forms {
		forms[i] = local + "@" + form
		t.Highlights = append(t.Highlights, Highlight{Email, forms[i]})
		folded = append(folded, Fold(forms[i]).Text)
	}
	t.matches = func(u *api.User, _ time.Time) bool {
		return slices.ContainsFunc(fieldTexts(u, Email), func(s string) bool {
			s = Fold(s).Text
			return slices.ContainsFunc(folded, func(form string) bool { return strings.Contains(s, form) })
		})
	}
	q := &p.s.Query
	switch whole := local != "" && strings.Contains(domain, "."); {
	case whole && len(q.Email)+len(q.Phone) == 0:
		q.Email = input.Email{Address: value}.Candidates()
	case q.EmailLike == "":
		q.EmailLike, t.needsScan = longestCommon(forms[0], forms[1]), true
	default:
		t.needsScan = true
	}
	return true
}

// matchBareEmail takes a text that consists of such an address, or the end of one, for it.
func (p *parser) matchBareEmail() {
	if len(p.s.phrases) != 1 || !strings.Contains(p.s.Words, "@") || strings.Contains(p.s.Words, " ") {
		return
	}
	for i := range p.s.Tokens {
		t := &p.s.Tokens[i]
		if t.Name != "" || t.Problem != "" {
			continue
		}
		asked := *t
		if p.matchDomainForms(&asked, t.Value) {
			p.s.Query.Search = ""
			t.matches, t.needsScan = asked.matches, asked.needsScan
		}
	}
}

// longestCommon returns the longest common substring.
func longestCommon(a, b string) string {
	best, x, y := "", []rune(a), []rune(b)
	for i := range x {
		for j := i + 1; j <= len(x) && j-i <= len(y); j++ {
			if part := string(x[i:j]); len(part) > len(best) && strings.Contains(b, part) {
				best = part
			}
		}
	}
	return best
}
