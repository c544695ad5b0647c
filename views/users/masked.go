package users

import (
	"slices"

	"frontdesk/api/search"
	"frontdesk/views/users/localsearch"
)

// With the privacy mask on, people are found by what they are called and shown by
// their masks. What matched is not marked: it would give letters away.

// shownRow is a row as it may be shown; never to be acted on.
func (v *View) shownRow(r *localsearch.Row) *localsearch.Row {
	if shown := v.env.Shown(r.User); shown != r.User {
		return localsearch.NewRow(shown)
	}
	return r
}

// describeSearch is what the tokens in the box mean, "" where that names an
// organization that was only meant by what was typed.
func (v *View) describeSearch() string {
	s := v.parsedBox()
	if v.env.Mask.On() && slices.ContainsFunc(s.Tokens, isOrganization) {
		return ""
	}
	return s.Describe()
}

// shownProblem is what is wrong with a token, and what may be meant, as it may be shown.
func (v *View) shownProblem(t *search.Token) (problem, suggestion string) {
	if v.env.Mask.On() && isOrganization(*t) {
		return "org: this means no organization, or several", ""
	}
	return t.Problem, t.Suggestion
}

func isOrganization(t search.Token) bool { return t.Name == "org" }
