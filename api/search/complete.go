package search

import (
	"slices"
	"strings"
	"unicode"

	"frontdesk/api"
)

// Completion is a replacement for the word being typed.
type Completion struct {
	From, End int    // byte range of the text that it replaces
	Text      string // "is:locked "; a name ends with its colon, a value with a space
	Meaning   string // "locked out now"
}

// Complete returns the completions at a byte offset of the text, the likeliest first.
// organizations are those known so far.
func Complete(text string, cursor int, organizations []api.Organization) []Completion {
	cursor = min(max(cursor, 0), len(text))
	at := piece{from: cursor, end: cursor}
	for _, p := range splitPieces(text) {
		if p.from < cursor && cursor <= p.end {
			at = newPiece(text[:cursor], p.from, cursor)
			at.end = p.end
		}
	}
	if at.from == cursor && strings.TrimSpace(text) != "" || at.quoted && at.name == "" {
		return nil // nothing is completed in the middle of other words
	}
	minus := ""
	if at.exclude {
		minus = "-"
	}
	var out []Completion
	add := func(body, means string) {
		out = append(out, Completion{From: at.from, End: at.end, Text: minus + body, Meaning: means})
	}
	if at.name == "" {
		completeNames(strings.ToLower(at.value), at.exclude, add)
		return out
	}
	completeValues(at, organizations, add)
	// Skip what is there already.
	return slices.DeleteFunc(out, func(c Completion) bool { return strings.TrimSpace(c.Text) == text[at.from:at.end] })
}

// completeNames offers names with this prefix, and values that are recognizable without a
// name: "lock" may become is:locked.
func completeNames(begun string, exclude bool, add func(body, means string)) {
	const wordy = 3 // letters from which on a plain word is completed to a value
	for _, r := range tokenRules() {
		if strings.HasPrefix(r.name, begun) && (!exclude || r.noExclude == "") {
			add(r.name+":", r.hint)
		}
	}
	if len(begun) < wordy {
		return
	}
	for _, tr := range statePredicates() {
		if strings.HasPrefix(tr.name, begun) {
			add("is:"+tr.name+" ", tr.meaning)
		}
	}
	for _, tr := range hasPredicates() {
		if strings.HasPrefix(tr.name, begun) && tr.name != "name" {
			add("no:"+tr.name+" ", tr.negation)
			add("has:"+tr.name+" ", tr.meaning)
		}
	}
	if strings.HasPrefix("never", begun) {
		add("signed-in:never ", "never signed in")
	}
}

func completeValues(at piece, organizations []api.Organization, add func(body, means string)) {
	begun := Fold(at.value).Text
	rules := tokenRules()
	known := slices.IndexFunc(rules, func(r rule) bool { return r.name == at.name || slices.Contains(r.aliases, at.name) })
	if known < 0 {
		return
	}
	name := rules[known].name
	value := func(v, means string) {
		if strings.HasPrefix(v, begun) {
			add(name+":"+v+" ", means)
		}
	}
	switch name {
	case "is":
		for _, tr := range statePredicates() {
			value(tr.name, tr.meaning)
		}
	case "has", "no":
		for _, tr := range hasPredicates() {
			means := tr.meaning
			if name == "no" {
				means = tr.negation
			}
			value(tr.name, means)
		}
	case "created", "active", "signed-in":
		for _, day := range []string{"today", "yesterday", "<7d", "<30d", ">30d", ">90d"} {
			value(day, "")
		}
		if name != "created" {
			value("never", "")
		}
	case "provider":
		for _, p := range []string{"google", "apple", "microsoft", "github", "facebook", "linkedin_oidc", "x", "discord", "slack"} {
			value(p, "")
		}
	case "org":
		for _, o := range organizations {
			called := strings.Contains(Fold(o.Name.Raw()).Text, begun) || strings.Contains(Fold(o.Slug.Raw()).Text, begun)
			if value := organizationValue(o); called && value != "" {
				add(name+":"+value+" ", o.Name.Display())
			}
		}
	}
}

// organizationValue returns the shortest text for an organization after org: its slug,
// else its id; "" if neither can be typed.
func organizationValue(o api.Organization) string {
	for _, value := range []string{o.Slug.Raw(), o.ID.Raw()} {
		odd := func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) || r == '"' }
		if value != "" && !strings.ContainsFunc(value, odd) {
			return value
		}
	}
	return ""
}
