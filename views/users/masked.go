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
	if v.env.Mask.On() && slices.ContainsFunc(s.Tokens, func(t search.Token) bool { return t.Name != "" && mayNamePeople(t) }) {
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

// mayNamePeople reports whether a part of a search may say whom it is about. What is typed
// is readable while it is typed, and hidden as soon as the box is closed.
func mayNamePeople(t search.Token) bool {
	switch t.Name {
	case "is", "has", "no", "provider", "created", "active", "signed-in":
		return t.Problem != ""
	}
	return true
}

// maskedWord stands for what was typed.
const maskedWord = "••••"

func maskedToken(t search.Token) string {
	if t.Name == "" {
		return maskedWord
	}
	return t.Name + ":" + maskedWord
}

// quotedSearch is what was typed, in quotes, as it may be shown.
func (v *View) quotedSearch() string {
	typed := v.feed.want.query.needle.Typed
	if v.env.Mask.On() && !v.box.IsOpen() {
		typed = maskedWord
	}
	return "“" + typed + "”"
}

func isOrganization(t search.Token) bool { return t.Name == "org" }
