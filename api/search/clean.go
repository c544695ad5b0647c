package search

import (
	"strings"

	"frontdesk/api/clean"
)

// Clean returns text as the search box shows it and Parse reads it: [clean.Normalize], with
// typographic quotes replaced by plain ones.
func Clean(text string) string {
	normal, _ := clean.Normalize(text)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("\u201c\u201d\u201e\u201f\uff02", r) {
			return '"'
		}
		return r
	}, normal)
}
